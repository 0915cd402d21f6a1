"""The plan answers what the plain path answers, whatever is asked, with one statement."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.actor import ANYONE, Actor, Role
from schema.limits.budget import Budget
from schema.limits.limits import UNLIMITED
from tests.schema.corpus import CORPUS, Written
from tests.schema.generated import Operations
from tests.schema.world import World

# Nothing is asked of the graph for the schema itself, and for what the catalogue counts and judges.
UNASKED = {
    *("Introspection", "IntrospectionByVariable", "NothingAtAll", "RootTypeName", "SearchNothing"),
    "PathsNowhere",
    *("PositionOnly", "EveryWeight", "UnapprovedToo", "NeedOfVariables", "NeedOfPartVariables", "MatchTypeNames"),
    *("ByEmptyText", "ByBroadService", "ByAnyOwnership", "ByHighestAge", "ByNoFreePlaces", "ByHourlyAndYearlyPrice"),
    *("ByEveryApproval", "OpenNextYear", "WithClosed", "WithoutClosed", "ByEmptyLists", "ByNulls"),
    *("ListOfOneByVariable", "NumbersCoerced"),
}
ACTORS = [ANYONE, Actor.of("admin", [Role.ADMIN])]


async def agree(world: World, text: str, name: str | None, actor: Actor) -> dict[str, Any] | None:
    """Asserts that both paths give the same, in the same order of keys, and gives it."""
    planned = await world.directory.execute(text, None, name, actor, budget=Budget(UNLIMITED.max_cost))
    plainly = world.asked_plainly(text, None, name, actor)
    codes = [(error.extensions or {}).get("code") for error in planned.errors or ()]
    if "BAD_USER_INPUT" in codes:
        # The plan refuses the request as a whole; graphql-core refuses the field, if it ever comes to it.
        assert planned.data is None
        return None
    assert bool(planned.errors) == bool(plainly.errors), (planned.errors, plainly.errors)
    assert orjson.dumps(planned.data) == orjson.dumps(plainly.data), text
    return planned.data


@pytest.mark.parametrize("actor", ACTORS, ids=["public", "admin"])
@pytest.mark.parametrize("written", CORPUS, ids=str)
async def test_written_operations(world: World, written: Written, actor: Actor) -> None:
    world.database.asked.clear()
    data = await agree(world, written.text, written.name, actor)
    assert data is not None, "a written operation is one that can be answered"
    assert len(world.database.asked) == (0 if written.name in UNASKED else 1), "one operation, one statement"


@settings(
    max_examples=200,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.large_base_example],
)
@given(data=st.data())
async def test_generated_operations(world: World, data: st.DataObject) -> None:
    text = data.draw(Operations(world.directory.core, world.ids).operations())
    actor = data.draw(st.sampled_from(ACTORS))
    document = world.directory.documents.get(text)
    assert not document.errors, (text, document.errors)
    await agree(world, text, None, actor)
