"""The catalogue follows the ledger: after any changes it is the catalogue that would be made anew."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue.catalogue import Catalogue
from graph.catalogue.need import Need, OfferFilter, OfferOrder, OfferQuery
from graph.catalogue.records import OFFERS, read_offers
from graph.clock import FixedClock
from graph.commands import Commands
from graph.database import Database
from graph.keyset import PageRequest
from graph.ledger import Action, Change, Ledger
from graph.reading import GraphSource, RecordSource
from graph.record import Edge, Record
from graph.search.index import Document, TextIndex
from tests.calls import TESTS
from tests.graph.catalogue import example
from tests.graph.catalogue.example import ACQUIRED, ANXIETY, at, fact, located, offer, serves
from tests.oracle import strategies

CLOCK = FixedClock.on(example.TODAY)


def change(position: int, subject: str, action: Action = Action.UPDATED) -> Change:
    return Change(position, "2026-11-21T12:00:00Z", "test", action, subject.partition(":")[0], subject, ())


class Directory:
    """Records that change, and a catalogue that follows them."""

    def __init__(self, *records: Record) -> None:
        self.source = RecordSource(records)
        self.catalogue = Catalogue(self.source, CLOCK, 0)
        self._position = 0

    def put(self, *records: Record) -> None:
        self.source.records.update({record.id: record for record in records})

    async def follow(self, *subjects: str, action: Action = Action.UPDATED) -> None:
        start = self._position + 1
        self._position += len(subjects)
        await self.catalogue.follow([change(start + n, subject, action) for n, subject in enumerate(subjects)])
        assert self.catalogue.position == self._position

    def assert_as_made_anew(self) -> None:
        anew = Catalogue.from_records(self.source.records.values(), CLOCK)
        assert self.catalogue.equals(anew)
        for order in (OfferOrder("NAME"), OfferOrder("PRICE", True)):
            query = OfferQuery(OfferFilter(include_closed=True), order)
            assert (
                self.catalogue.offers(query, sees_protected=False).ids == anew.offers(query, sees_protected=False).ids
            )
        for text in ("anlæg", "ordet", "Østersk"):
            query = OfferQuery(OfferFilter(text=text, include_closed=True), OfferOrder("RELEVANCE"))
            found, expected = (c.offers(query, sees_protected=False) for c in (self.catalogue, anew))
            assert found.ids == expected.ids
        found, expected = (c.match(Need(), sees_protected=False).fits(PageRequest()) for c in (self.catalogue, anew))
        assert [(e.offer, e.score) for e in found.entries] == [(e.offer, e.score) for e in expected.entries]


async def made(*records: Record) -> Directory:
    directory = Directory(*example.REFERENCE, *records)
    await directory.catalogue.rebuild()
    return directory


numbers = st.integers(0, 7)
steps = st.lists(
    st.lists(st.tuples(numbers, st.none() | st.integers(0, 2**32 - 1)), min_size=1, max_size=4), max_size=5
)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), steps)
async def test_following_is_making_anew(seed: int, batches: list[list[tuple[int, int | None]]]) -> None:
    directory = Directory(*strategies.classification(Random(seed)))
    await directory.catalogue.rebuild()
    directory.catalogue.match(Need(), sees_protected=False)
    for batch in batches:
        for n, drawn in batch:
            records = directory.source.records
            own = [id for id in records if re.match(rf"({'|'.join(OFFERS)}):{n}(-|$)", id)]
            for id in own:
                del records[id]
            if drawn is not None:
                directory.put(*(r for r in strategies.offer(n, Random(drawn))))
        await directory.follow(*(f"offer:{n}" for n, _ in batch))
        directory.assert_as_made_anew()


async def test_a_new_offer_and_one_that_goes() -> None:
    directory = await made(offer("a"), offer("b"))
    directory.put(offer("aa", serves(ACQUIRED)))
    await directory.follow("offer:aa", action=Action.CREATED)
    directory.assert_as_made_anew()
    del directory.source.records["offer:a"]
    await directory.follow("offer:a", action=Action.DELETED)
    directory.assert_as_made_anew()
    assert len(directory.catalogue) == 2


async def test_a_location_moves_its_offer() -> None:
    directory = await made(offer("a", at("a")), *located("a", 57.0, 9.9))
    directory.put(*located("a", 56.0, 9.0, protected=True))
    await directory.follow("location:a")
    directory.assert_as_made_anew()


async def test_a_location_that_no_offer_has_is_left_alone() -> None:
    directory = await made(offer("a"))
    directory.put(*located("b", 56.0, 9.0), offer("a", name="Ikke læst"))
    await directory.follow("location:b")
    assert directory.catalogue.offers(OfferQuery(OfferFilter(text="ikke")), sees_protected=False).ids == []


async def test_a_fact_changes_its_offer() -> None:
    directory = await made(offer("a"), fact("capacity", "a", free=1))
    directory.put(fact("capacity", "a", free=0))
    await directory.follow("capacity:a-1")
    directory.put(fact("approval", "a", status="APPROVED"))
    await directory.follow("approval:a-1")
    directory.assert_as_made_anew()


@pytest.mark.parametrize("subject", [ANXIETY, example.AALBORG, example.HOME, "agreement:ny"])
async def test_a_change_to_what_offers_refer_to(subject: str) -> None:
    directory = await made(offer("a", serves(ANXIETY)))
    directory.put(Record(subject, {"name": "Nyt navn", "code": "2", "needsApproval": True, "dataStatus": "SOURCED"}))
    await directory.follow(subject)
    directory.assert_as_made_anew()


async def test_an_import_is_read_as_a_whole() -> None:
    directory = await made(offer("a"))
    directory.put(*(offer(f"new{n}") for n in range(3)))
    await directory.follow("import:1", action=Action.IMPORTED)
    directory.assert_as_made_anew()
    assert len(directory.catalogue) == 4


async def test_an_offer_that_names_what_has_yet_to_come() -> None:
    directory = await made(offer("a"))
    directory.put(example.term("target-group:ny", "Ny", "New"), offer("a", serves("target-group:ny")))
    await directory.follow("offer:a")
    directory.assert_as_made_anew()


async def test_what_is_no_part_of_it_only_moves_the_position() -> None:
    directory = await made(offer("a"))
    directory.put(offer("a", name="Ikke læst"))
    await directory.follow("board:kkr", "source:x")
    assert not directory.catalogue.equals(Catalogue.from_records(directory.source.records.values(), CLOCK))
    await directory.catalogue.follow([])


async def test_a_match_stays_as_it_was_when_the_catalogue_moves_on() -> None:
    directory = await made(offer("a", serves(ACQUIRED)), offer("b", serves(ACQUIRED)))
    match = directory.catalogue.match(Need(primary_target_group=ACQUIRED), sees_protected=False)
    before = [(e.offer, [r.explain("DA") for r in e.criteria]) for e in match.fits(PageRequest()).entries]
    del directory.source.records["offer:a"]
    directory.put(offer("b", name="Omdøbt"))
    await directory.follow("offer:a", "offer:b")
    assert [(e.offer, [r.explain("DA") for r in e.criteria]) for e in match.fits(PageRequest()).entries] == before


def named(directory: Directory, text: str) -> list[str]:
    return directory.catalogue.offers(OfferQuery(OfferFilter(text=text)), sees_protected=False).ids


@pytest.mark.parametrize("indexed", [False, True])
async def test_what_changed_is_found_whether_or_not_texts_were_indexed_before(indexed: bool) -> None:
    directory = await made(offer("a", name="Gammel"), offer("b", name="Gammel"), offer("c", name="Gammel"))
    if indexed:
        await directory.catalogue.index()
    del directory.source.records["offer:a"]
    directory.put(offer("b", name="Omdøbt"), offer("d", name="Tilføjet"))
    await directory.follow("offer:a", "offer:b", "offer:d")
    assert (named(directory, "gammel"), named(directory, "omdøbt")) == (["offer:c"], ["offer:b"])
    assert named(directory, "tilføjet") == ["offer:d"]


@pytest.mark.parametrize("first", ["asked", "changed"])
async def test_questions_and_changes_wait_for_texts_that_are_being_indexed(
    monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    begun, go_on, made_so_far = threading.Event(), threading.Event(), []

    class Slow(TextIndex):
        @classmethod
        def of(cls, documents: Iterable[tuple[str, Document]]) -> TextIndex:
            begun.set()
            assert go_on.wait(10)
            made_so_far.append(super().of(documents))
            return made_so_far[-1]

    directory = await made(offer("a", name="Gammel"))
    monkeypatch.setattr("graph.catalogue.catalogue.TextIndex", Slow)
    indexing = asyncio.create_task(directory.catalogue.index())
    await asyncio.to_thread(begun.wait, 10)
    threading.Timer(0.2, go_on.set).start()
    if first == "asked":
        assert named(directory, "gammel") == ["offer:a"]
    directory.put(offer("a", name="Omdøbt"))
    await directory.follow("offer:a")
    assert (named(directory, "gammel"), named(directory, "omdøbt")) == ([], ["offer:a"])
    await indexing
    assert len(made_so_far) == 1, "made once"


async def test_a_catalogue_that_answers_is_not_replaced_before_its_texts_are_indexed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    directory = await made(offer("a", name="Gammel"))
    during: list[list[str]] = []

    class Asked(TextIndex):
        @classmethod
        def of(cls, documents: Iterable[tuple[str, Document]]) -> TextIndex:
            index = super().of(documents)
            during.append(named(directory, "gammel"))
            return index

    assert named(directory, "gammel") == ["offer:a"]
    monkeypatch.setattr("graph.catalogue.catalogue.TextIndex", Asked)
    directory.put(offer("a", name="Omdøbt"))
    await directory.follow("import:1", action=Action.IMPORTED)
    assert during == [["offer:a"]]
    assert (named(directory, "gammel"), named(directory, "omdøbt")) == ([], ["offer:a"])
    assert len(during) == 1


async def test_the_graph_gives_the_same_catalogue_as_its_records(database: Database) -> None:
    records = [
        *example.REFERENCE,
        offer("a", serves(ACQUIRED, narrower=True), serves(ANXIETY, approved=False), at("a"), ageFrom=16.0),
        *located("a", 56.6431, 9.7903, protected=True),
        *(fact("capacity", "a", free=2, countedOn="2026-11-01"), fact("price", "a", amount="2190.00", unit="DAY")),
        fact("approval", "a", status="APPROVED", validFrom="2020-01-01"),
        offer("b", Edge("EXCLUDES", ANXIETY, {"note": "nej"}), Edge("OF_TYPE", example.DAY), closedOn="2026-12-01"),
        offer("c", Edge("PART_OF", "offer:b"), Edge("SUPPORTS", example.TALK, {"upTo": "MILD"})),
    ]
    ledger = Ledger(database, CLOCK)
    commands = Commands(database, ledger, CLOCK)
    imported = await commands.import_records(TESTS, records, label="test")
    catalogue = await Catalogue.load(database, CLOCK, imported.position)
    assert catalogue.equals(Catalogue.from_records(records, CLOCK))

    await commands.save(TESTS, [offer("d", serves(ANXIETY), name="Ny")])
    await commands.delete(TESTS, ["offer:c"])
    changes = await ledger.since(imported.position)
    await catalogue.follow(changes)
    assert catalogue.position == changes[-1].position
    assert catalogue.equals(await Catalogue.load(database, CLOCK, catalogue.position))
    assert {"offer:a", "offer:b", "offer:d"} == {
        record.id
        for record in await read_offers(GraphSource(database), ["offer:a", "offer:b", "offer:c", "offer:d"])
        if record.id.startswith("offer:")
    }
