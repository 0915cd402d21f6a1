"""An offer that is deleted between the catalogue's answer and the graph's."""

from __future__ import annotations

import asyncio

from graph.record import Edge, Record
from tests.calls import TESTS
from tests.schema.world import World

QUESTION = """
{ matchOffers(need: {primaryTargetGroup: "target-group:doevblindhed"}) { fits(first: 200) { nodes { offer { id } } } } }
"""
SHORT_LIVED = Record(
    "offer:00-kortlivet",
    {"name": "000", "dataStatus": "ILLUSTRATIVE", "version": 1},
    (Edge("SERVES", "target-group:doevblindhed", {"approved": True, "coversNarrower": False}),),
)


async def test_a_match_is_made_again_without_it(world: World) -> None:
    before = await fitting(world)
    await world.commands.save(TESTS, [SHORT_LIVED])
    await world.follow()
    assert sorted([*before, SHORT_LIVED.id]) == sorted(await fitting(world))

    await world.commands.delete(TESTS, [SHORT_LIVED.id])

    async def hear_of_it() -> None:
        await asyncio.sleep(0.05)
        await world.follow()

    after, _ = await asyncio.gather(fitting(world), hear_of_it())
    assert after == before


async def fitting(world: World) -> list[str]:
    answer = await world.directory.execute(QUESTION)
    assert answer.errors is None
    assert answer.data is not None
    return [node["offer"]["id"] for node in answer.data["matchOffers"]["fits"]["nodes"]]


async def test_a_list_leaves_it_out(world: World) -> None:
    await world.commands.save(TESTS, [SHORT_LIVED])
    await world.follow()
    await world.commands.delete(TESTS, [SHORT_LIVED.id])
    answer = await world.directory.execute("{ offers(first: 2) { nodes { id } } }")
    assert answer.errors is None
    assert answer.data is not None
    assert SHORT_LIVED.id not in [node["id"] for node in answer.data["offers"]["nodes"]]
    await world.follow()
