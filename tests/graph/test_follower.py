from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date

from graph.clock import FixedClock
from graph.commands import Commands
from graph.database import Database
from graph.errors import Unavailable
from graph.follower import Follower
from graph.ledger import Change, Ledger
from tests.calls import TESTS
from tests.graph.commands.made import made

CLOCK = FixedClock.on(date(2026, 3, 1))
HOURS = 3600.0
"""An interval that no test waits for: what comes, comes because the follower was woken."""


class Reader:
    """A subscriber that remembers the positions it was given, and what they were about."""

    def __init__(self) -> None:
        self.positions: list[int] = []
        self.subjects: list[str] = []

    async def __call__(self, changes: Sequence[Change]) -> None:
        self.positions += [change.position for change in changes]
        self.subjects += [change.subject for change in changes]


class FaultyLedger(Ledger):
    """A ledger whose engine is away for the next `outage` looks."""

    outage = 0

    async def since(self, position: int, limit: int = 1000) -> list[Change]:
        if self.outage:
            self.outage -= 1
            raise Unavailable("The database cannot be reached.")
        return await super().since(position, limit)


@asynccontextmanager
async def following(follower: Follower) -> AsyncIterator[Follower]:
    await follower.start()
    try:
        yield follower
    finally:
        await follower.stop()


async def _save(commands: Commands, *names: str) -> int:
    position = 0
    for name in names:
        position = (await commands.save(TESTS, [made(f"service:{name}")])).position
    return position


async def test_own_writes_are_handed_on_at_once(database: Database) -> None:
    ledger, reader = Ledger(database, CLOCK), Reader()
    follower = Follower(ledger, HOURS)
    follower.subscribe(reader)
    async with following(follower):
        last = await _save(Commands(database, ledger, CLOCK), "a", "b", "c")
        assert await follower.reach(last, timeout=5)
    assert reader.positions == [1, 2, 3]
    assert reader.subjects == ["service:a", "service:b", "service:c"]


async def test_writes_of_other_processes_are_found(database: Database) -> None:
    reader, arrived = Reader(), asyncio.Event()

    async def until_2(changes: Sequence[Change]) -> None:
        if changes[-1].position == 2:
            arrived.set()

    follower = Follower(Ledger(database, CLOCK), 0.02)
    follower.subscribe(reader)
    follower.subscribe(until_2)
    async with following(follower):
        await _save(Commands(database, Ledger(database, CLOCK), CLOCK), "a", "b")
        async with asyncio.timeout(5):  # not `reach`, which would wake it
            await arrived.wait()
    assert reader.positions == [1, 2]


async def test_it_starts_where_the_ledger_stands(database: Database) -> None:
    ledger, reader = Ledger(database, CLOCK), Reader()
    commands = Commands(database, ledger, CLOCK)
    await _save(commands, "a", "b")
    follower = Follower(ledger, HOURS)
    follower.subscribe(reader)
    async with following(follower):
        assert follower.position == 2
        assert await follower.reach(await _save(commands, "c"), timeout=5)
    assert reader.positions == [3]


async def test_it_starts_where_it_is_told(database: Database) -> None:
    ledger, reader = Ledger(database, CLOCK), Reader()
    await _save(Commands(database, ledger, CLOCK), "a", "b", "c")
    follower = Follower(ledger, HOURS, position=1)
    follower.subscribe(reader)
    async with following(follower):
        assert await follower.reach(3, timeout=5)
    assert reader.positions == [2, 3]


async def test_it_goes_on_where_it_was_stopped(database: Database) -> None:
    ledger, reader = Ledger(database, CLOCK), Reader()
    commands = Commands(database, ledger, CLOCK)
    follower = Follower(ledger, HOURS)
    follower.subscribe(reader)
    async with following(follower):
        assert await follower.reach(await _save(commands, "a"), timeout=5)
    await _save(commands, "b", "c")
    assert reader.positions == [1]
    async with following(follower):
        assert await follower.reach(3, timeout=5)
    assert reader.positions == [1, 2, 3]


async def test_an_outage_loses_and_repeats_nothing(database: Database) -> None:
    ledger, reader = FaultyLedger(database, CLOCK), Reader()
    commands = Commands(database, ledger, CLOCK)
    follower = Follower(ledger, 0.01)
    follower.subscribe(reader)
    async with following(follower):
        assert await follower.reach(await _save(commands, "a"), timeout=5)
        ledger.outage = 5
        last = await _save(commands, "b", "c")
        assert await follower.reach(last, timeout=5)
        assert ledger.outage == 0
    assert reader.positions == [1, 2, 3]


async def test_a_subscriber_that_fails_stops_no_one(database: Database) -> None:
    ledger, reader = Ledger(database, CLOCK), Reader()
    commands = Commands(database, ledger, CLOCK)
    seen: list[int] = []

    async def fails_at_2_and_3(changes: Sequence[Change]) -> None:
        if {2, 3} & {change.position for change in changes}:
            raise ValueError("on purpose")
        seen.extend(change.position for change in changes)

    follower = Follower(ledger, HOURS)
    failing, well = follower.subscribe(fails_at_2_and_3), follower.subscribe(reader)
    async with following(follower):
        for name in ("a", "b", "c", "d"):
            assert await follower.reach(await _save(commands, name), timeout=5)
    assert reader.positions == [1, 2, 3, 4]
    assert seen == [1, 4]
    assert (failing.missed, well.missed) == (2, None)


async def test_one_who_unsubscribed_is_told_no_more(database: Database) -> None:
    ledger, gone, stays = Ledger(database, CLOCK), Reader(), Reader()
    commands = Commands(database, ledger, CLOCK)
    follower = Follower(ledger, HOURS)
    subscription = follower.subscribe(gone)
    follower.subscribe(stays)
    async with following(follower):
        assert await follower.reach(await _save(commands, "a"), timeout=5)
        follower.unsubscribe(subscription)
        follower.unsubscribe(subscription)
        assert await follower.reach(await _save(commands, "b"), timeout=5)
    assert (gone.positions, stays.positions) == ([1], [1, 2])


async def test_a_position_that_does_not_come_is_not_waited_for_longer(database: Database) -> None:
    follower = Follower(Ledger(database, CLOCK), HOURS)
    async with following(follower):
        assert await follower.reach(0, timeout=0)
        async with asyncio.timeout(2):
            assert not await follower.reach(1, timeout=0.05)


async def test_stopping_lets_a_subscriber_finish(database: Database) -> None:
    ledger = Ledger(database, CLOCK)
    begun, finished = asyncio.Event(), asyncio.Event()

    async def slow(changes: Sequence[Change]) -> None:
        begun.set()
        await asyncio.sleep(0.1)
        finished.set()

    follower = Follower(ledger, HOURS)
    follower.subscribe(slow)
    await follower.start()
    await _save(Commands(database, ledger, CLOCK), "a")
    async with asyncio.timeout(5):
        await begun.wait()
        await follower.stop()
    assert finished.is_set()
    assert follower.position == 1
