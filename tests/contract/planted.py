"""A directory with secrets in it: protected places in every state they can have come to, and persons with a gender.

`MARK` stands in every address that is protected, or was; `DIGITS` in every coordinate of such a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.clock import FixedClock
from graph.commands import Commands
from graph.database import Database
from graph.feed import Feed
from graph.follower import Follower
from graph.ledger import Ledger
from graph.memory import Memory
from graph.record import Edge, Record
from schema.directory import Directory
from schema.limits.limits import UNLIMITED
from seeds.loader import CONTENT, read
from tests.calls import TESTS

TODAY = date(2026, 11, 21)
MARK = "Zqxvejen"
DIGITS = "3456789"
MADE_UP = {"dataStatus": "ILLUSTRATIVE"}


@dataclass(frozen=True)
class Secrets:
    """What is withheld of the planted things; two that differ make directories that differ in nothing else."""

    street: str = f"{MARK} 1"
    latitude: float = 56.9123456789
    longitude: float = 9.8123456789
    genders: tuple[str, str] = ("WOMAN", "MAN")
    """Of two persons who sit in the same board for the same municipality."""


OFFERS = ("planted", "later", "opened", "moved")
"""Offers at a place that is protected; that came to be; that no longer is; and that moved before it no longer was."""


def place(name: str, secrets: Secrets, *, protected: bool = True, street: str | None = None) -> Record:
    properties = {
        "protected": protected,
        "address": street or secrets.street,
        "town": "Aars",
        "latitude": secrets.latitude,
        "longitude": secrets.longitude,
    }
    return Record(f"location:{name}", properties, (Edge("IN_MUNICIPALITY", "municipality:vesthimmerland"),))


def opened(name: str) -> Record:
    """The place when it is for everyone: elsewhere than where it was protected."""
    properties = {"protected": False, "address": "Åben Gade 1", "town": "Aars", "latitude": 56.8, "longitude": 9.5}
    return Record(f"location:{name}", properties, (Edge("IN_MUNICIPALITY", "municipality:vesthimmerland"),))


def offer(name: str) -> Record:
    edges = (
        Edge("LOCATED_AT", f"location:{name}"),
        Edge("OF_INSTITUTION", "institution:planted"),
        Edge("OPERATED_BY", "municipality:vesthimmerland"),
        Edge("BOUGHT_BY", "municipality:aalborg"),
        Edge("SERVES", "target-group:planted", {"approved": True, "coversNarrower": True}),
        Edge("COVERED_BY", "agreement:nordjysk-socialaftale-2021-2022"),
    )
    given = {"name": f"0 Plantet {name}", "version": 1, "openFrom": "2026-01-01", **MADE_UP}
    return Record(f"offer:{name}", given, edges)


def person(number: int, gender: str) -> Record:
    given = {"name": f"0 Plantet {number} (fiktiv)", "gender": gender, **MADE_UP}
    return Record(f"representative:planted-{number}", given, (Edge("FROM_MUNICIPALITY", "municipality:aalborg"),))


def records(secrets: Secrets) -> list[Record]:
    seats = [
        record
        for n in (1, 2)
        for record in (
            Record(
                f"seat:planted-{n}",
                {"label": f"Sæde {n}", "order": n, **MADE_UP},
                (
                    Edge("SEAT_OF", "board:planted"),
                    Edge("APPOINTED_BY", "board:planted"),
                    Edge("REPRESENTS", "municipality:aalborg"),
                ),
            ),
            Record(
                f"tenure:planted-{n}",
                {"role": "MEMBER", "validFrom": "2026-01-01", **MADE_UP},
                (Edge("IN_SEAT", f"seat:planted-{n}"), Edge("HELD_BY", f"representative:planted-{n}")),
            ),
        )
    ]
    return [
        *(place(name, secrets, protected=name != "later") for name in OFFERS),
        Record("target-group:planted", {"name": "0 Plantet gruppe"}),
        Record(
            "institution:planted",
            {"name": "0 Plantet", **MADE_UP},
            (Edge("LOCATED_AT", "location:institution"), Edge("RUN_BY", "municipality:vesthimmerland")),
        ),
        place("institution", secrets),
        *(offer(name) for name in OFFERS),
        Record(
            "board:planted",
            {"name": "0 Plantet", "kind": "BOARD", "statutorySize": 2, **MADE_UP},
            (Edge("BOARD_OF", "institution:planted"),),
        ),
        *(person(n, gender) for n, gender in enumerate(secrets.genders, start=1)),
        *seats,
    ]


def moves(secrets: Secrets) -> Sequence[Record]:
    """What happens afterwards, each a change of its own."""
    return (
        place("later", secrets),
        opened("opened"),
        place("moved", secrets, street=f"{secrets.street} B"),
        opened("moved"),
        person(1, secrets.genders[1]),
        person(1, secrets.genders[0]),
    )


@dataclass(frozen=True)
class Planted:
    directory: Directory
    ledger: Ledger
    follower: Follower
    """Stands where the memory does, and is not started."""
    before: int
    """The position before anything was planted."""


async def plant(database: Database, secrets: Secrets | None = None) -> Planted:
    """The first content and what is planted in it. Everything the memory knows of the latter, it has heard of."""
    database.deadline = 60
    secrets = secrets or Secrets()
    clock = FixedClock.on(TODAY)
    ledger = Ledger(database, clock)
    commands = Commands(database, ledger, clock)
    await commands.import_records(TESTS, read(CONTENT, TODAY), label="content")
    memory = await Memory.load(database, clock, await ledger.position())
    await memory.index()
    before = memory.position
    await commands.save(TESTS, records(secrets))
    for record in moves(secrets):
        await commands.save(TESTS, [record])
    await memory.follow(await ledger.since(before))
    follower = Follower(ledger, position=memory.position)
    follower.subscribe(memory.follow)
    feed = Feed(ledger, follower)
    return Planted(
        Directory(database, memory, clock, commands=commands, feed=feed, limits=UNLIMITED), ledger, follower, before
    )


def moved_by_little(secrets: Secrets) -> Secrets:
    """Others of the same look: other streets, some hundred metres away, the genders the other way round."""
    return replace(
        secrets,
        street="Ukendtgade 7",
        latitude=secrets.latitude + 0.003,
        longitude=secrets.longitude - 0.004,
        genders=secrets.genders[::-1],
    )
