"""Answers by GET: what may be kept, and when it is told to have changed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from graph.actor import Actor, Role
from graph.clock import FixedClock
from service.conditional import has, tag_of
from service.identity.identity import Signed
from tests.schema.world import TODAY, World, make_world
from tests.service.asked import Alone

OFFERS = "query Q($first: Int) { offers(first: $first) { nodes { id location { address } operator { name } } } }"
NEED = "query Q($need: NeedInput!) { matchOffers(need: $need) { fits(first: 1) { nodes { offer { name } } } } }"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(shared_database: Any) -> AsyncIterator[World]:
    yield await make_world(shared_database)


@pytest.fixture
async def client(world: World) -> AsyncIterator[Alone]:
    world.database.asked.clear()
    async with Alone(world.directory) as client:
        yield client


@pytest.mark.engines("embedded")
async def test_what_has_not_changed_is_not_asked_of_the_engine(world: World, client: Alone) -> None:
    first = await client.get(query=OFFERS, variables='{"first": 3}')
    assert first.status_code == 200
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["vary"] == "Authorization, Accept"
    assert len(world.database.asked) == 1
    # However its variables are written down.
    again = await client.get({"If-None-Match": first.headers["etag"]}, query=OFFERS, variables='{ "first":3 }')
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == "no-cache"
    assert len(world.database.asked) == 1


@pytest.mark.engines("embedded")
async def test_whatever_an_answer_depends_on_changes_its_tag(
    world: World, client: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    tags = [(await client.get(query=OFFERS)).headers["etag"]]
    for other in (
        {"variables": '{"first": 3}'},
        {"query": OFFERS + " "},
        {"operationName": "Q"},
        {"headers": {"Accept": "application/json"}},
    ):
        asked = {"query": OFFERS, **other}
        tags.append((await client.get(asked.pop("headers", None), **asked)).headers["etag"])  # type: ignore[arg-type]
    client.position += 1
    tags.append((await client.get(query=OFFERS)).headers["etag"])
    monkeypatch.setattr(world.directory, "clock", FixedClock.on(TODAY.replace(day=22)))
    tags.append((await client.get(query=OFFERS)).headers["etag"])
    assert len(set(tags)) == len(tags) == 7


@pytest.mark.engines("embedded")
async def test_who_may_see_more_has_another_tag_that_is_theirs_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = tag_of("a")
    assert public != tag_of("b")
    async with Alone(world.directory) as client:
        tag = (await client.get(query=OFFERS)).headers["etag"]

        async def signed(header: str | None) -> Signed:
            return Signed(Actor.of("eva", [Role.CASEWORKER]), None)

        endpoint: Any = client.client._transport.app.routes[0].endpoint  # type: ignore[attr-defined]
        monkeypatch.setattr(endpoint._identity, "signed", signed)
        answer = await client.get({"If-None-Match": tag, "Authorization": "Bearer x"}, query=OFFERS)
    assert answer.status_code == 200
    assert answer.headers["etag"] != tag
    assert answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.engines("embedded")
async def test_an_answer_about_a_need_is_never_kept(client: Alone) -> None:
    answer = await client.get({"If-None-Match": "*"}, query=NEED, variables='{"need": {"age": 34}}')
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


@pytest.mark.engines("embedded")
@pytest.mark.parametrize("query", ["{ nothing }", "{", "{ offer(id: 3) { id } }", '{ offer(id: "x") { id } }', ""])
async def test_what_went_wrong_is_not_kept(client: Alone, query: str) -> None:
    answer = await client.get({"If-None-Match": '"a"'}, query=query)
    assert answer.status_code == 400
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_what_a_client_says_that_it_has() -> None:
    assert has('"b", W/"a"', '"a"')
    assert has("*", '"a"')
    assert not has('"b"', '"a"')
    assert not has("a", '"a"')
    assert not has(None, '"a"')
