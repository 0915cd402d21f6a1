"""Every limit over HTTP: what is just allowed, and one more."""

from __future__ import annotations

from typing import Any

import pytest

from schema.limits.limits import Limits
from service.settings import Settings
from tests.schema.compiled import directory_without_engine
from tests.service.asked import Alone

MATCH = "{ matchOffers(need: {}) { position } }"


@pytest.mark.parametrize(
    ("name", "text", "size"),
    [
        ("max_tokens", "{ __typename }", 3),
        ("max_depth", MATCH, 2),
        ("max_fields", MATCH, 2),
        ("max_repeats", "{ __typename __typename __typename }", 2),
        ("max_aliases", "{ a: __typename b: __typename }", 2),
        ("max_directives", "{ a: __typename @skip(if: false) @include(if: true) }", 2),
        ("max_cost", MATCH, 102),
    ],
)
async def test_at_the_limit_and_one_beyond(name: str, text: str, size: int) -> None:
    async with Alone(
        directory_without_engine(limits=Limits(**{name: size})), max_cost=size if "cost" in name else 999
    ) as at:
        assert (await at.ask(text)).json().get("errors") is None
    beyond = directory_without_engine(limits=Limits(**{name: size - 1}))
    async with Alone(beyond, max_cost=size - 1 if "cost" in name else 999) as client:
        answer = await client.ask(text)
    assert answer.status_code == 400
    assert "data" not in answer.json()
    [error] = answer.json()["errors"]
    assert "path" not in error
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
    limit = error["extensions"]["limit"]
    assert (limit["name"], limit["allowed"]) == (name.upper(), size - 1)
    assert limit["asked"] == (None if name == "max_tokens" else size)


async def test_a_body_at_the_limit_and_one_byte_beyond() -> None:
    body = b'{"query":"{ __typename }"}'
    headers = {"Content-Type": "application/json"}
    for most, status in ((len(body), 200), (len(body) - 1, 413)):
        async with Alone(directory_without_engine(), max_body=most) as client:

            async def in_pieces() -> Any:
                for number in range(0, len(body), 5):
                    yield body[number : number + 5]

            for content in (body, in_pieces()):
                answer = await client.client.post("/graphql", content=content, headers=headers)
                assert answer.status_code == status


def test_the_defaults_stand_in_one_place() -> None:
    settings = Settings()
    assert Limits(**{name: getattr(settings, name) for name in Limits.__slots__}) == Limits()


@pytest.mark.parametrize(
    "text",
    [
        "{ regio { id } }",
        "{ offers(frst: 1) { totalCount } }",
        "{ offers(orderBy: {field: NAM}) { totalCount } }",
        "{ offers(filter: {tex: 1}) { totalCount } }",
        "query ($a: OfferFilte) { offers(filter: $a) { totalCount } }",
        "{ node(id: 1) { ... on Offr { id } } }",
        "{ region @includ(if: true) { id } }",
        "{ ...Regin } fragment Region on Query { __typename }",
    ],
)
async def test_no_name_is_suggested_where_the_schema_is_hidden(text: str) -> None:
    directory = directory_without_engine(introspection=False)
    async with Alone(directory, introspection=False) as client:
        answer = await client.ask(text)
    assert answer.status_code == 400
    assert "Did you mean" not in answer.text


@pytest.mark.parametrize("given", [{"field": "NAM"}, {"fiel": "NAME"}])
async def test_no_value_of_a_variable_is_suggested_either(given: dict[str, str]) -> None:
    text = "query ($order: OfferOrder) { offers(orderBy: $order) { totalCount } }"
    async with Alone(directory_without_engine(introspection=False), introspection=False) as client:
        answer = await client.ask(text, variables={"order": given})
    assert answer.status_code == 400
    assert "Did you mean" not in answer.text
