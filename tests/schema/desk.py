"""A directory that can be written: the first content, and everything that a mutation needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphql import ExecutionResult

from graph.actor import Actor, Role
from graph.clock import FixedClock
from graph.commands import Commands
from graph.database import Database
from graph.feed import Feed
from graph.follower import Follower
from graph.ledger import Ledger
from graph.memory import Memory
from schema.directory import Directory
from schema.limits.budget import Budget
from seeds.loader import CONTENT, read
from tests.calls import TESTS

TODAY = date(2026, 11, 21)
ADMIN = Actor.of("leder", [Role.ADMIN])


@dataclass
class Desk:
    """A directory that can be written, on one engine."""

    database: Database
    directory: Directory
    ledger: Ledger
    follower: Follower

    async def ask(
        self, text: str, variables: dict[str, Any] | None = None, actor: Actor = ADMIN, budget: Budget | None = None
    ) -> ExecutionResult:
        return await self.directory.execute(text, variables, None, actor, budget=budget)

    async def data(self, text: str, variables: dict[str, Any] | None = None, actor: Actor = ADMIN) -> Any:
        answer = await self.ask(text, variables, actor)
        assert answer.errors is None, answer.errors
        return answer.data


async def make_desk(database: Database) -> Desk:
    clock = FixedClock.on(TODAY)
    ledger = Ledger(database, clock)
    commands = Commands(database, ledger, clock)
    await commands.import_records(TESTS, read(CONTENT, TODAY), label="content")
    memory = await Memory.load(database, clock, await ledger.position())
    follower = Follower(ledger, position=memory.position)
    follower.subscribe(memory.follow)
    await follower.start()
    database.deadline = 60  # Neo4j takes its time to plan a statement that it has not seen
    directory = Directory(database, memory, clock, commands=commands, feed=Feed(ledger, follower))
    return Desk(database, directory, ledger, follower)
