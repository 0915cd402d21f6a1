"""What the graph holds already and the memory does not know yet."""

from __future__ import annotations

import asyncio
from typing import cast

from graph.database import Database
from graph.memory import Memory
from graph.record import Edge, Record
from schema.directory import Directory
from tests.calls import TESTS
from tests.schema.world import World

BOARD = Record("board:00-ny", {"name": "Nyt nævn", "kind": "PANEL", "dataStatus": "ILLUSTRATIVE"})
SEAT = Record(
    "seat:00-ny", {"label": "Sæde", "order": 1, "dataStatus": "ILLUSTRATIVE"}, (Edge("SEAT_OF", "board:00-ny"),)
)
QUESTION = """
{ board(id: "board:00-ny") { composition { seats vacant } } node(id: "seat:00-ny") { ... on Seat { status } } }
"""


async def test_a_board_is_counted_as_soon_as_the_register_hears_of_it(world: World) -> None:
    # An engine plans a statement when it first sees it: that is not what is waited for here.
    await world.commands.confirm(TESTS, ids=["board:haard", "seat:haard-1"])
    await world.follow()
    await world.commands.save(TESTS, [BOARD, SEAT])

    async def hear_of_it() -> None:
        await asyncio.sleep(0.05)
        await world.follow()

    answer, _ = await asyncio.gather(world.directory.execute(QUESTION), hear_of_it())
    assert answer.errors is None
    assert answer.data == {"board": {"composition": {"seats": 1, "vacant": 1}}, "node": {"status": "VACANT"}}
    await world.commands.delete(TESTS, [SEAT.id, BOARD.id])
    await world.follow()


async def test_the_first_search_waits_for_what_it_needs(world: World) -> None:
    database = cast(Database, world.database)
    memory = Memory.of(world.database._database, world.directory.clock)
    await memory.rebuild(await world.ledger.position())
    directory = Directory(database, memory, world.directory.clock)
    text = """{
      search(text: "hjerneskade", first: 3) { edges { node { __typename } } }
      paths(from: "seat:haard-1", to: "board:haard") { length }
    }"""
    first, second = await asyncio.gather(directory.execute(text), directory.execute(text))
    assert first.errors is None and first.data == second.data
    assert first.data is not None
    assert len(first.data["search"]["edges"]) == 3
    assert [path["length"] for path in first.data["paths"]][:1] == [1]
