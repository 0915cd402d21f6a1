"""Mutations that run out of time: whoever waits is told what became of each, before the time is over."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from graph.deadline import Deadline
from graph.ledger import Turn
from schema import writing
from schema.limits.budget import Budget
from tests.schema.desk import Desk
from tests.schema.samples import OFFER

TIME = 6.0
"""Seconds that a mutation has."""
BOTH = """mutation($first: RecordCapacityInput!, $second: RecordCapacityInput!) {
  first: recordCapacity(input: $first) { position errors { code } }
  second: recordCapacity(input: $second) { position errors { code } } }"""
ONE = "mutation($first: RecordCapacityInput!) { first: recordCapacity(input: $first) { position errors { code } } }"


@pytest.fixture(autouse=True)
def a_busy_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the time is for writing, and half for saying what became of it."""
    monkeypatch.setattr(writing, "SAYING", 0.5)


def counted(free: int) -> dict[str, Any]:
    return {"offer": OFFER, "places": 20, "free": free, "countedOn": "2026-11-20"}


async def told(desk: Desk, text: str) -> str:
    """The one error of a mutation that has `TIME` seconds, which it must not use up."""
    variables = {"first": counted(1), "second": counted(2)}
    asking = desk.ask(text, variables, budget=Budget(1000, deadline=Deadline.within(TIME)))
    async with asyncio.timeout(TIME):  # the request itself would be given up, and nobody knew what became of it
        answer = await asking
    assert answer.data is None
    [error] = answer.errors or ()
    assert (error.extensions or {})["code"] == "SERVICE_UNAVAILABLE"
    return error.message


async def test_who_waits_for_other_writes_is_told_that_nothing_was_written(desk: Desk) -> None:
    begun, done = asyncio.Event(), asyncio.Event()

    async def long(turn: Turn) -> None:
        begun.set()
        await done.wait()

    before = await desk.ledger.position()
    holding = asyncio.create_task(desk.ledger.commit(long))
    await begun.wait()
    assert await told(desk, ONE) == "Other writes are not done yet; it may be tried again."
    done.set()
    await holding
    assert await desk.ledger.position() == before


@pytest.mark.parametrize("silent", ["the engine", "the feed"])
async def test_what_was_written_and_is_not_read_back_in_time_is_told_as_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, silent: str
) -> None:
    async def never(*_: Any, **__: Any) -> Any:
        await asyncio.sleep(60)

    await desk.data(ONE, {"first": counted(9)})  # the engine has planned its statements
    before = await desk.ledger.position()
    if silent == "the engine":
        monkeypatch.setattr(desk.directory, "answer", never)
    else:
        monkeypatch.setattr(desk.follower, "reach", never)
    said = f"It was written, at position {before + 1}, but could not be read back: No answer within {TIME:g} seconds."
    assert await told(desk, BOTH) == said
    assert await desk.ledger.position() == before + 1, "the second was not tried"


async def test_what_was_written_before_is_told_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    answer, calls = desk.directory.answer, 0

    async def once(*given: Any) -> Any:
        nonlocal calls
        calls += 1
        return await (answer(*given) if calls == 1 else asyncio.sleep(60))

    before = await desk.ledger.position()
    monkeypatch.setattr(desk.directory, "answer", once)
    said = f"It was written, at position {before + 2}, but could not be read back: No answer within {TIME:g} seconds."
    assert await told(desk, BOTH) == f"{said} Written before it: first at position {before + 1}."
    assert await desk.ledger.position() == before + 2


async def test_nothing_is_begun_when_the_time_is_over(desk: Desk) -> None:
    before = await desk.ledger.position()
    budget = Budget(1000, deadline=Deadline.within(TIME).sooner(0.5))
    answer = await desk.ask(ONE, {"first": counted(1)}, budget=budget)
    [error] = answer.errors or ()
    assert error.message == f"No answer within {TIME:g} seconds."
    assert await desk.ledger.position() == before
