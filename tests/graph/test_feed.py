"""Whoever listens is told of every change once, in order, however slow they are and wherever they begin."""

from __future__ import annotations

import asyncio
import random
from datetime import date

import pytest

from graph import feed as feeds
from graph.clock import FixedClock
from graph.commands import Commands
from graph.database import Database
from graph.feed import Feed
from graph.follower import Follower
from graph.ledger import Ledger
from tests.calls import TESTS
from tests.graph.commands.made import DIRECTORY

OFFER = "offer:oen"


@pytest.mark.parametrize("recent", [1, 5, 2_000])
async def test_every_change_once_and_in_order(database: Database, recent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of changes that are still in memory and of those that are not, and of both at once."""
    monkeypatch.setattr(feeds, "RECENT", recent)
    monkeypatch.setattr(feeds, "TOGETHER", 7)
    clock = FixedClock.on(date(2026, 3, 1))
    ledger = Ledger(database, clock)
    commands = Commands(database, ledger, clock)
    await commands.import_records(TESTS, DIRECTORY, label="test")
    follower = Follower(ledger, interval=0.05)
    feed = Feed(ledger, follower)
    await follower.start()
    chance = random.Random(recent)
    last = 40

    async def write() -> None:
        while await ledger.position() < last:
            await commands.record_capacity(TESTS, offer=OFFER, free=chance.randrange(9), counted_on=date(2026, 2, 1))

    async def listen(begin: int, pause: float) -> list[int]:
        told: list[int] = []
        async for changes in feed.after(begin):
            told += [change.position for change in changes]
            if told[-1] >= last:
                return told
            await asyncio.sleep(pause)
        raise AssertionError("a feed has no end")

    begins, pauses = [0, 0, 1, 1, 1], [0, 0.2, 0, 0.01, 0.5]
    async with asyncio.timeout(120):
        writing = asyncio.create_task(write())
        listening = [asyncio.create_task(listen(*each)) for each in zip(begins, pauses, strict=True)]
        await feed.reach(20, 60)
        begins.append(20)
        listening.append(asyncio.create_task(listen(20, 0)))
        told = await asyncio.gather(*listening)
        await writing
    assert told == [list(range(begin + 1, last + 1)) for begin in begins]
    await follower.stop()


async def test_nobody_is_told_before_the_memory_has_taken_it_in(database: Database) -> None:
    clock = FixedClock.on(date(2026, 3, 1))
    ledger = Ledger(database, clock)
    commands = Commands(database, ledger, clock)
    await commands.import_records(TESTS, DIRECTORY, label="test")
    follower = Follower(ledger, interval=0.05)
    feed = Feed(ledger, follower)
    taken: list[int] = []

    async def take_in(changes: object) -> None:
        await asyncio.sleep(0.3)
        taken.extend(change.position for change in changes)  # type: ignore[attr-defined]

    follower.subscribe(take_in)  # after the feed: the order does not matter
    await follower.start()
    begin = feed.position
    await commands.record_capacity(TESTS, offer=OFFER, free=1, counted_on=date(2026, 2, 1))
    async with asyncio.timeout(30):
        changes = await anext(feed.after(begin))
    assert [change.position for change in changes] == taken == [begin + 1]
    await follower.stop()
