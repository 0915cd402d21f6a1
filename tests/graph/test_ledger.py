"""Positions: no gap, no repeat, whoever writes and whatever fails."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import pytest

from graph.clock import FixedClock
from graph.commands import Commands, Receipt
from graph.database import Database
from graph.ledger import Action, Change, Draft, FieldChange, Ledger, Turn
from tests.calls import by
from tests.graph.commands.made import made

CLOCK = FixedClock(datetime(2026, 3, 1, 11, 0, 0, 250_000, tzinfo=UTC))


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database, CLOCK)


def draft(subject: str, *fields: FieldChange) -> Draft:
    return Draft("user:anna", Action.UPDATED, "offer", subject, fields)


async def test_an_empty_ledger_stands_at_0(ledger: Ledger) -> None:
    assert await ledger.position() == 0
    assert await ledger.since(0) == []


async def test_changes_are_read_as_they_were_written(database: Database, ledger: Ledger) -> None:
    field = FieldChange("name", "Øen", None)
    assert await ledger.commit(lambda turn: ledger.append(turn, [draft("offer:a", field), draft("offer:b")])) == 2
    assert await ledger.position() == 2
    assert await ledger.since(0) == [
        Change(1, "2026-03-01T11:00:00.250Z", "user:anna", Action.UPDATED, "offer", "offer:a", (field,)),
        Change(2, "2026-03-01T11:00:00.250Z", "user:anna", Action.UPDATED, "offer", "offer:b", ()),
    ]


async def test_pages_of_changes_join(database: Database, ledger: Ledger) -> None:
    await ledger.commit(lambda turn: ledger.append(turn, [draft(f"offer:{n}") for n in range(25)]))
    read: list[Change] = []
    while page := await ledger.since(read[-1].position if read else 0, limit=10):
        assert len(page) <= 10
        read += page
    assert [change.position for change in read] == list(range(1, 26))
    assert [change.subject for change in read] == [f"offer:{n}" for n in range(25)]


async def test_appending_nothing_moves_nothing(database: Database, ledger: Ledger) -> None:
    await ledger.commit(lambda turn: ledger.append(turn, [draft("offer:a")]))
    assert await ledger.commit(lambda turn: ledger.append(turn, [])) == 1
    assert await ledger.position() == 1


async def test_a_transaction_that_fails_leaves_no_gap(database: Database, ledger: Ledger) -> None:
    async def fails(turn: Turn) -> None:
        await ledger.append(turn, [draft("offer:lost")])
        raise ValueError("on purpose")

    await ledger.commit(lambda turn: ledger.append(turn, [draft("offer:a")]))
    with pytest.raises(ValueError, match="on purpose"):
        await ledger.commit(fails)
    await ledger.commit(lambda turn: ledger.append(turn, [draft("offer:b")]))
    assert [(c.position, c.subject) for c in await ledger.since(0)] == [(1, "offer:a"), (2, "offer:b")]


async def test_what_cannot_be_seen_yet_is_not_jumped_over(database: Database, ledger: Ledger) -> None:
    await ledger.commit(lambda turn: ledger.append(turn, [draft(f"offer:{n}") for n in range(4)]))
    await database.write(lambda w: w.run("MATCH (c:Change {id: 'change:3'}) DETACH DELETE c"))
    assert [change.position for change in await ledger.since(0)] == [1, 2]


async def test_writers_of_one_process_queue_up(database: Database, ledger: Ledger) -> None:
    await _write_at_once([Commands(database, ledger, CLOCK) for _ in range(8)], 20)
    await _expect_gapless(ledger, 160)


async def test_32_writers_at_once_are_all_answered(
    database: Database, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the same offer and on others; what is acknowledged is there once, at the position that was told."""
    monkeypatch.setattr(database, "deadline", 60.0)
    commands = Commands(database, ledger, CLOCK)
    await commands.save(by("first"), [made(f"offer:{n}") for n in range(4)])

    async def count(n: int) -> Receipt:
        return await commands.record_capacity(
            by(f"writer:{n}", key="k"), offer=f"offer:{n % 4}", free=n, counted_on=date(2026, 1, 1)
        )

    receipts = await asyncio.gather(*(count(n) for n in range(32)))
    assert sorted(receipt.position for receipt in receipts) == list(range(5, 37))
    changes = {change.position: change for change in await ledger.since(0)}
    assert set(changes) == set(range(1, 37))
    for n, receipt in enumerate(receipts):
        assert changes[receipt.position].actor == f"writer:{n}"
        assert changes[receipt.position].subject == f"offer:{n % 4}"
    in_force = await database.read(
        "MATCH (c:Capacity)-[:CAPACITY_OF]->(o) WHERE c.validTo IS NULL RETURN o.id AS offer, count(c) AS n"
    )
    assert sorted((row["offer"], row["n"]) for row in in_force) == [(f"offer:{n}", 1) for n in range(4)]


async def test_processes_order_each_other(database: Database, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    # Each has a queue of its own, as in another process: the engine's conflicts and the retries must order them,
    # however long that takes when four never pause.
    monkeypatch.setattr(database, "deadline", 60.0)
    await ledger.commit(lambda turn: ledger.append(turn, []))
    await _write_at_once([Commands(database, Ledger(database, CLOCK), CLOCK) for _ in range(4)], 20)
    await _expect_gapless(ledger, 80)


async def _write_at_once(desks: list[Commands], each: int) -> None:
    async def writer(number: int, commands: Commands) -> None:
        for n in range(each):
            await commands.save(by(f"writer:{number}"), [made(f"service:{number}-{n}")])

    await asyncio.gather(*(writer(number, commands) for number, commands in enumerate(desks)))


async def _expect_gapless(ledger: Ledger, count: int) -> None:
    changes = await ledger.since(0)
    assert [change.position for change in changes] == list(range(1, count + 1))
    assert len({change.subject for change in changes}) == count
    for number in range(8):  # and what one writer did comes in the order in which it did it
        own = [change.subject for change in changes if change.actor == f"writer:{number}"]
        assert own == [f"service:{number}-{n}" for n in range(len(own))]
