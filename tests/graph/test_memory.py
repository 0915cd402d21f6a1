"""The memory: made in two steps, following all the while."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from graph.clock import FixedClock
from graph.commands import Commands
from graph.database import Database
from graph.ledger import Ledger
from graph.memory import Memory, Unprepared
from graph.record import Edge, Record
from tests.calls import TESTS

CLOCK = FixedClock.on(date(2026, 11, 21))


def board(slug: str, name: str) -> Record:
    return Record(f"board:{slug}", {"name": name, "kind": "FORUM", "dataStatus": "ILLUSTRATIVE"})


def seat(slug: str, of: str) -> Record:
    given = {"label": "Sæde", "order": 1, "dataStatus": "ILLUSTRATIVE"}
    return Record(f"seat:{slug}", given, (Edge("SEAT_OF", f"board:{of}"),))


async def test_search_and_paths_come_last_and_miss_nothing(database: Database) -> None:
    ledger = Ledger(database, CLOCK)
    commands = Commands(database, ledger, CLOCK)
    await commands.import_records(TESTS, [board("a", "Åbenhedsrådet"), seat("a", "a")], label="first")
    memory = Memory.of(database, CLOCK)
    await memory.rebuild(await ledger.position())
    assert len(memory.register) == 1
    for late in ("search", "paths"):
        with pytest.raises(Unprepared):
            getattr(memory, late)

    made = asyncio.create_task(memory.index())
    # Whatever is written meanwhile is part of what is made.
    for n in range(5):
        await commands.save(TESTS, [board(f"n{n}", f"Nævnet {n}"), seat(f"n{n}", f"n{n}")])
        await memory.follow(await ledger.since(memory.position))
    await made
    assert memory.position == await ledger.position()
    assert {hit.id for hit in memory.search.find("nævnet").hits} == {f"board:n{n}" for n in range(5)}
    assert [path.length for path in memory.paths.between("seat:n4", "board:n4", 6, 3)] == [1]

    await commands.delete(TESTS, ["seat:n4", "board:n4"])
    await memory.follow(await ledger.since(memory.position))
    assert "board:n4" not in {hit.id for hit in memory.search.find("nævnet").hits}
    assert memory.paths.between("seat:n4", "board:n4", 6, 3) == []
    again = await Memory.load(database, CLOCK, await ledger.position())
    assert again.register.equals(memory.register)
    assert again.search.equals(memory.search)
