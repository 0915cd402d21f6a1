"""Nothing of a need stays in the process: not in a kept document, not in the key of a kept plan."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from graphql import parse

from schema.needs import needs_in
from tests.schema.world import World

BY_VARIABLE = (
    "query ($need: NeedInput!, $first: Int) { matchOffers(need: $need) { fits(first: $first) { totalCount } } }"
)
BY_PARTS = (
    "query ($age: Float, $level: SupportLevel) { matchOffers(need: {age: $age, supportLevel: $level}) { position } }"
)
WRITTEN = '{ matchOffers(need: {words: ["kanariefugl"]}) { position } }'
BY_DEFAULT = 'query ($w: [String!] = ["kanariefugl"]) { matchOffers(need: {words: $w}) { position } }'
MISSPELT = '{ matchOffer(need: {words: ["kanariefugl"]}) { position } }'
BESIDE = '{ matchOffers(need: {}) { fits(after: "kanariefugl") { totalCount } } }'
COMMENT = "# kanariefugl\n{ matchOffers(need: {}) { position } }"
BROKEN = '{ matchOffers(need: {words: ["kanariefugl"]) { position } }'


@pytest.mark.parametrize(
    ("text", "private", "outside"),
    [
        (BY_VARIABLE, False, {"first"}),
        (BY_PARTS, False, set()),
        (WRITTEN, True, set()),
        (BY_DEFAULT, True, set()),
        (BESIDE, True, set()),
        (COMMENT, True, set()),
        ("query ($a: Int = 3) { offers(first: $a) { totalCount } }", False, {"a"}),
        ("query ($a: Boolean!) { offers { totalCount @include(if: $a) } }", False, {"a"}),
    ],
)
def test_where_a_need_stands(text: str, private: bool, outside: set[str]) -> None:
    assert needs_in(parse(text)) == (private, frozenset(outside), "matchOffers" in text)


@pytest.mark.engines("embedded")
@pytest.mark.parametrize("text", [WRITTEN, BY_DEFAULT, MISSPELT, BESIDE, COMMENT, BROKEN])
async def test_a_written_need_is_not_kept(world: World, text: str) -> None:
    await world.directory.execute(text)
    assert "kanariefugl" not in str(world.directory.documents._kept.keys())


@pytest.mark.engines("embedded")
async def test_a_need_in_variables_shapes_no_plan(world: World) -> None:
    variables: list[dict[str, Any]] = [
        {"age": 34.0, "level": "HIGH"},
        {"age": None, "level": "MILD"},
        {"level": "NONE"},
    ]
    for given in variables:
        answer = await world.directory.execute(BY_PARTS, given)
        assert answer.errors is None
    plans = world.directory.documents.get(BY_PARTS).plans
    assert len(plans) == 1
    assert "HIGH" not in str(list(plans))


@pytest.mark.engines("embedded")
async def test_words_of_a_need_are_gone_when_it_is_answered(world: World) -> None:
    word = "kanariefuglene" + "s" * 3
    answer = await world.directory.execute(
        "query ($need: NeedInput!) { matchOffers(need: $need) { notices { message } } }", {"need": {"words": [word]}}
    )
    assert word in str(answer.data), "what could not be read is told"
    del answer
    gc.collect()
    kept = [held for held in gc.get_objects() if isinstance(held, (dict, list, tuple, set)) and _holds(held, word)]
    assert kept == [], "only this test may hold the word"


def _holds(container: Any, word: str) -> bool:
    values = [*container, *container.values()] if isinstance(container, dict) else list(container)
    return any(isinstance(value, str) and word in value for value in values)
