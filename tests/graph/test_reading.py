"""Reading nodes into records: what is asked for comes, as it was written, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from graph.clock import FixedClock
from graph.commands import Commands
from graph.database import Database, Row
from graph.errors import Unavailable
from graph.ledger import Ledger
from graph.reading import GraphSource, RecordSource, read_records, read_records_leading_to
from graph.record import Edge, Record
from tests.calls import TESTS
from tests.graph.commands.made import made

RECORDS = [
    made("target-group:autisme", synonyms=["ASF"]),
    made("board:a", statutorySize=3, purpose="Tilsyn"),
    made("board:b", Edge("WITHIN", "board:a"), Edge("MEETS_WITH", "board:a")),
    made("seat:1", Edge("SEAT_OF", "board:a"), Edge("APPOINTED_BY", "board:b"), validFrom="2022-01-01"),
    made("offer:o", Edge("SERVES", "target-group:autisme", {"approved": True})),
]


@pytest.fixture
def commands(database: Database) -> Commands:
    clock = FixedClock.on(date(2026, 3, 1))
    return Commands(database, Ledger(database, clock), clock)


def plain(records: list[Record]) -> dict[str, tuple[object, object]]:
    """What records say, whatever the order they say it in."""
    return {
        r.id: (dict(r.properties), sorted((e.type, e.target, dict(e.properties)) for e in r.edges)) for r in records
    }


async def test_what_is_asked_for(database: Database, commands: Commands) -> None:
    await commands.save(TESTS, RECORDS)
    kinds = {"board": ("WITHIN",), "seat": (), "tenure": ("IN_SEAT",), "offer": ("SERVES",)}
    by_id = {record.id: record for record in RECORDS}
    expected = [
        by_id["board:a"],
        Record("board:b", by_id["board:b"].properties, (Edge("WITHIN", "board:a"),)),
        Record("seat:1", by_id["seat:1"].properties),
        Record("offer:o", {**by_id["offer:o"].properties, "version": 1}, by_id["offer:o"].edges),
    ]
    assert plain(await read_records(database, kinds)) == plain(expected)

    some = await read_records(
        database, kinds, {"board": ("name",), "seat": ()}, ids=["board:b", "seat:1", "board:none"]
    )
    name = {"name": by_id["board:b"].properties["name"]}
    assert plain(some) == plain([Record("board:b", name, (Edge("WITHIN", "board:a"),)), Record("seat:1", {})])
    assert await read_records(database, kinds, ids=[]) == []
    assert await read_records_leading_to(database, ["board:a"], {"seat": ("SEAT_OF",)}, {"seat": ()}) == [
        Record("seat:1", {}, (Edge("SEAT_OF", "board:a"),))
    ]


async def test_unavailable_is_told_as_it_is() -> None:
    class Going(Database):
        """Answers once."""

        answered = 0

        def __init__(self) -> None: ...

        async def read(self, *_: object, **__: object) -> list[Row]:
            self.answered += 1
            if self.answered == 1:
                return [{"nodes": [[["source:a"], []]]}]
            raise Unavailable("gone")

    with pytest.raises(Unavailable):
        await read_records(Going(), {"source": (), "board": ()}, {"source": ()})


async def test_both_sources_hold_the_same(database: Database, commands: Commands) -> None:
    await commands.save(TESTS, RECORDS)
    kinds = {"board": ("WITHIN", "MEETS_WITH"), "seat": ("SEAT_OF", "APPOINTED_BY")}
    graph, memory = GraphSource(database), RecordSource(RECORDS)
    for ids in (None, ["board:a", "seat:1", "offer:o", "seat:none"], []):
        assert plain(await graph.read(kinds, ids=ids)) == plain(await memory.read(kinds, ids=ids))


async def test_both_sources_hold_the_same_that_leads_to_others(database: Database, commands: Commands) -> None:
    await commands.save(TESTS, RECORDS)
    kinds = {"board": ("WITHIN", "MEETS_WITH"), "seat": ("SEAT_OF", "APPOINTED_BY"), "tenure": (), "offer": ("SERVES",)}
    graph, memory = GraphSource(database), RecordSource(RECORDS)
    for targets, expected in (
        (["board:a"], {"board:b", "seat:1"}),
        (["board:a", "board:b", "target-group:autisme"], {"board:b", "seat:1", "offer:o"}),
        (["seat:1", "board:none", "none"], set()),
        ([], set()),
    ):
        for source in (graph, memory):
            found = await source.read_leading_to(targets, kinds)
            assert sorted(record.id for record in found) == sorted(expected), "each once"
