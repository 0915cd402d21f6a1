"""Paths follow the ledger: after any changes they are those that would be made anew."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.clock import FixedClock
from graph.commands import Commands
from graph.database import Database
from graph.errors import Unavailable
from graph.ledger import Action, Change, Ledger
from graph.paths import network
from graph.paths.paths import Paths
from graph.reading import Kinds, Properties, RecordSource
from graph.record import Edge, Record
from tests.calls import TESTS
from tests.graph.commands.made import DIRECTORY, made
from tests.graph.paths.worlds import IDS, SEEN, directories, record, seeds

CLOCK = FixedClock.on(date(2026, 11, 21))


def changes(subjects: Collection[str], after: int, action: Action = Action.UPDATED) -> list[Change]:
    return [
        Change(after + n, "2026-11-21T12:00:00Z", "test", action, id.partition(":")[0], id, ())
        for n, id in enumerate(sorted(subjects), start=1)
    ]


def change(records: dict[str, Record], ids: list[str], random: Random) -> set[str]:
    """Draw each of `ids` anew, or take it away with the edges of all that name it. Which records are others now."""
    changed = set(ids)
    for id in ids:
        if random.random() < 0.6:
            records[id] = record(id, random)
        else:
            records.pop(id, None)
    for id, old in list(records.items()):
        kept = tuple(edge for edge in old.edges if edge.target in records)
        if kept != old.edges:
            records[id] = Record(id, old.properties, kept)
            changed.add(id)
    return changed


@settings(max_examples=150, deadline=None)
@given(directories, st.lists(st.lists(st.sampled_from(IDS), min_size=1, max_size=6), max_size=4), seeds)
async def test_following_is_making_anew(records: dict[str, Record], batches: list[list[str]], seed: int) -> None:
    random = Random(seed)
    source = RecordSource(records.values())
    paths = Paths(source, CLOCK, 0)
    await paths.index()
    for ids in batches:
        await paths.follow(came := changes(change(source.records, ids, random), paths.position))
        anew = Paths.from_records(source.records.values(), CLOCK)
        assert paths.position == came[-1].position
        assert paths.equals(anew)
        assert len(paths) == len(anew)
        with patch.object(network, "_FEW", random.choice([0, 100])):
            for _ in range(10):
                start, end = random.sample(SEEN, 2)
                assert paths.between(start, end, 5, 5) == anew.between(start, end, 5, 5)


def test_two_directories_that_differ_are_not_equal() -> None:
    offer = Record("offer:a", {"name": "A"}, (Edge("PART_OF", "offer:b"),))
    other = Record("offer:b", {"name": "B"})
    paths = Paths.from_records([offer, other], CLOCK)
    assert paths.equals(Paths.from_records([other, offer], CLOCK))
    assert not paths.equals(Paths.from_records([Record("offer:a", {"name": "A"}), other], CLOCK))
    assert not paths.equals(Paths.from_records([Record("offer:a", {"name": "Å"}, offer.edges), other], CLOCK))


async def test_an_import_makes_everything_anew() -> None:
    source = RecordSource([Record("offer:a", {"name": "A"})])
    paths = Paths(source, CLOCK, 0)
    await paths.index()
    source.records["offer:b"] = Record("offer:b", {"name": "B"}, (Edge("PART_OF", "offer:a"),))
    await paths.follow(changes(["import:x"], 0, Action.IMPORTED))
    assert [path.length for path in paths.between("offer:a", "offer:b")] == [1]


class Counting(RecordSource):
    """Records in memory that count how often all of them are read."""

    def __init__(self) -> None:
        super().__init__([Record("offer:a", {"name": "A"}, (Edge("PART_OF", "offer:b"),)), Record("offer:b", {})])
        self.read_whole = 0

    async def read(
        self, kinds: Kinds, properties: Properties | None = None, *, ids: Collection[str] | None = None
    ) -> list[Record]:
        self.read_whole += ids is None
        return await super().read(kinds, properties, ids=ids)


async def test_they_are_made_by_index_and_not_before() -> None:
    source = Counting()
    paths = Paths(source, CLOCK, 0)
    await paths.rebuild()
    await paths.follow(changes(["offer:a"], 0))
    assert (source.read_whole, paths.position) == (0, 1)
    with pytest.raises(Unavailable):
        paths.between("offer:a", "offer:b")
    await paths.index()
    await paths.index()
    assert source.read_whole == 1
    assert len(paths.between("offer:a", "offer:b")) == 1
    await paths.rebuild()
    assert source.read_whole == 2


async def test_a_whole_directory_through_the_graph(database: Database) -> None:
    ledger = Ledger(database, CLOCK)
    commands = Commands(database, ledger, CLOCK)
    board = made("board:b", Edge("BOARD_OF", "municipality:aalborg"), kind="COUNCIL")
    seat = made("seat:s", Edge("SEAT_OF", "board:b"))
    people = [
        made("representative:r", Edge("FROM_MUNICIPALITY", "municipality:aalborg")),
        made("tenure:t", Edge("IN_SEAT", "seat:s"), Edge("HELD_BY", "representative:r"), validFrom="2026-01-01"),
    ]
    records = [*DIRECTORY, board, seat, *people]
    imported = await commands.import_records(TESTS, records, label="test")
    paths = await Paths.load(database, CLOCK, imported.position)
    assert paths.equals(Paths.from_records(records, CLOCK))
    assert [path.length for path in paths.between("offer:oen", "representative:r")] == [4]

    moved = made("location:havvej", town="Aalborg")
    await commands.save(TESTS, [moved, made("board:b", name="Andet navn", kind="FORUM")])
    await commands.delete(TESTS, ["tenure:t"])
    await paths.follow(await ledger.since(imported.position))
    assert paths.equals(await Paths.load(database, CLOCK, paths.position))
    assert paths.between("offer:oen", "representative:r") == []
