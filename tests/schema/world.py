"""A directory to ask: the first content, and offers that are hard to answer for, in an engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from graphql import ExecutionResult
from graphql.execution.values import VariableValues

from graph.actor import ANYONE, Actor
from graph.clock import FixedClock
from graph.commands import Commands
from graph.database import Database
from graph.deadline import Deadline
from graph.ledger import Ledger
from graph.memory import Memory
from graph.plan.binding import Binding
from graph.record import Edge, Record
from graph.snapshot import snapshot
from schema.directory import Directory
from schema.plain import PlainDirectory
from seeds.generator import generate
from seeds.loader import CONTENT, read
from tests.calls import TESTS
from tests.schema.hard_seats import HARD_SEATS
from tests.schema.marked import mark

TODAY = date(2026, 11, 21)

HARD = (
    # Nothing is known of it but its name.
    Record("offer:aa-bar", {"name": "Å bar", "dataStatus": "ILLUSTRATIVE", "version": 1}),
    Record(
        "location:skjult",
        {"protected": True, "address": "Ærø Allé 1", "town": "Aars", "latitude": 56.8, "longitude": 9.5},
        (Edge("IN_MUNICIPALITY", "municipality:vesthimmerland"),),
    ),
    Record("contact:skjult", {"phone": "+45 00 00 00 00"}),
    Record(
        "offer:skjult-oe",
        {
            "name": "Østers & ålegræs «½» 'citat' \"dobbelt\" \\",
            "summary": "Linje 1\nLinje 2\t– æøåÆØÅ",
            "dataStatus": "ILLUSTRATIVE",
            "version": 1,
            "ageFrom": 18.0,
            "verifiedOn": "2026-11-01",
            "openFrom": "2026-01-01",
        },
        (
            Edge("LOCATED_AT", "location:skjult"),
            Edge("HAS_CONTACT", "contact:skjult"),
            Edge("OPERATED_BY", "municipality:vesthimmerland"),
            Edge("PART_OF", "offer:aa-bar"),
            Edge("SERVES", "target-group:hjerneskade", {"approved": True, "coversNarrower": False}),
            Edge("SERVES", "target-group:angst", {"approved": False, "coversNarrower": False}),
        ),
    ),
    # Closed before today, and a department of what is not.
    Record(
        "offer:zz-lukket",
        {"name": "Åbæk", "dataStatus": "ILLUSTRATIVE", "version": 1, "closedOn": "2026-11-21"},
        (Edge("PART_OF", "offer:aa-bar"),),
    ),
    # Facts that overlap, end today, begin today, and have no bounds.
    Record("capacity:h1", {"dataStatus": "ILLUSTRATIVE"}, (Edge("CAPACITY_OF", "offer:skjult-oe"),)),
    Record(
        "capacity:h2",
        {"dataStatus": "ILLUSTRATIVE", "free": 0, "places": 4, "validFrom": "2026-11-21", "countedOn": "2026-11-21"},
        (Edge("CAPACITY_OF", "offer:skjult-oe"),),
    ),
    Record(
        "price:h1",
        {
            "dataStatus": "ILLUSTRATIVE",
            "amount": "66567",
            "unit": "MONTH",
            "ownPayment": "9603",
            "validFrom": "2026-01-01",
        },
        (Edge("PRICE_OF", "offer:skjult-oe"),),
    ),
    Record(
        "price:h2",
        {
            "dataStatus": "ILLUSTRATIVE",
            "amount": "1.5",
            "unit": "HOUR",
            "model": "SUPPLEMENT",
            "validFrom": "2026-06-01",
        },
        (Edge("PRICE_OF", "offer:skjult-oe"),),
    ),
    Record(
        "price:h3",
        {
            "dataStatus": "ILLUSTRATIVE",
            "amount": "2190.00",
            "unit": "DAY",
            "model": "DIFFERENTIATED",
            "validFrom": "2026-07-01",
        },
        (Edge("PRICE_OF", "offer:skjult-oe"),),
    ),
    Record(
        "approval:h1",
        {"dataStatus": "ILLUSTRATIVE", "status": "ENDED", "validFrom": "2020-01-01", "validTo": "2026-11-21"},
        (Edge("APPROVAL_OF", "offer:skjult-oe"),),
    ),
    Record(
        "institution:navnloes",
        {"name": "Ørsted – Institutionen", "dataStatus": "ILLUSTRATIVE"},
        (Edge("LOCATED_AT", "location:skjult"),),
    ),
    *HARD_SEATS,
)


class Listened:
    """A database that keeps the statements that it was asked."""

    def __init__(self, database: Database) -> None:
        self._database, self.dialect = database, database.dialect
        self.asked: list[str] = []

    async def read(
        self, statement: str, parameters: Mapping[str, Any], *, until: Deadline | None = None
    ) -> list[dict[str, Any]]:
        self.asked.append(statement)
        return await self._database.read(statement, parameters, until=until)


@dataclass(slots=True, repr=False)
class World:
    """One directory on one engine, and its plain twin."""

    database: Listened
    directory: Directory
    plain: PlainDirectory
    commands: Commands
    ledger: Ledger
    ids: dict[str, list[str]]
    """Every node's id, by its kind."""

    async def follow(self) -> None:
        """Lets the memory take in what was written."""
        memory = self.directory.memory
        await memory.follow(await self.ledger.since(memory.position))

    def binding(self, variables: VariableValues | None = None, actor: Actor = ANYONE) -> Binding:
        directory = self.directory
        return Binding(variables or VariableValues({}, {}), directory.memory, directory.clock.today(), actor.view)

    def asked_plainly(
        self, text: str, variables: dict[str, Any] | None = None, name: str | None = None, actor: Actor = ANYONE
    ) -> ExecutionResult:
        return self.plain.execute(text, variables, name, self.binding(actor=actor))


async def make_world(database: Database) -> World:
    # Neo4j takes its time to plan a large statement for the first time; what is tested here is the answer.
    database.deadline = 60
    clock = FixedClock.on(TODAY)
    ledger = Ledger(database, clock)
    commands = Commands(database, ledger, clock)
    content = read(CONTENT, TODAY)
    # Some wrong answers of engines have shown on graphs of more than a thousand nodes only.
    many = generate(70, 7, content, TODAY)
    await commands.import_records(TESTS, [*content, *HARD, *many], label="world")
    await commands.record_capacity(
        TESTS, offer="offer:aa-bar", places=3, free=None, waiting_days=None, counted_on=TODAY, source=None
    )
    await commands.delete(TESTS, ["institution:navnloes"])
    await commands.confirm(TESTS, ids=["board:haard"])
    await mark(database)
    memory = await Memory.load(database, clock, await ledger.position())
    taken = await snapshot(database)
    assert len(taken.nodes) >= 1000
    ids: dict[str, list[str]] = {}
    for id in sorted(taken.nodes):
        ids.setdefault(id.partition(":")[0], []).append(id)
    listened = Listened(database)
    directory = Directory(cast(Database, listened), memory, clock)
    return World(listened, directory, PlainDirectory(taken), commands, ledger, ids)
