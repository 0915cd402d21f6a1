"""The search follows the ledger: after any changes it is the search that would be made anew."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Collection, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.commands import Commands
from graph.database import Database
from graph.ledger import Action, Change, Ledger
from graph.reading import RecordSource
from graph.record import Record
from graph.search import search as module
from graph.search.search import Content, Search
from tests.calls import TESTS
from tests.graph.search.example import CLOCK, PUBLIC, RECORDS, record


def change(position: int, subject: str, action: Action = Action.UPDATED) -> Change:
    return Change(position, "2026-03-01T12:00:00Z", "test", action, subject.partition(":")[0], subject, ())


class Counted(RecordSource):
    """Records that say how much was read of them: the ids, or None for everything."""

    def __init__(self, records: Iterable[Record]) -> None:
        super().__init__(records)
        self.asked: list[set[str] | None] = []

    async def read(
        self, kinds: object, properties: object = None, *, ids: Collection[str] | None = None
    ) -> list[Record]:
        self.asked.append(None if ids is None else set(ids))
        return await super().read(kinds, properties, ids=ids)  # type: ignore[arg-type]


class Directory:
    """Records that change, and a search that follows them."""

    def __init__(self, *records: Record) -> None:
        self.source = Counted(records)
        self.search = Search(self.source, CLOCK, 0)
        self._position = 0

    def put(self, *records: Record) -> None:
        self.source.records.update({record.id: record for record in records})

    def drop(self, *ids: str) -> None:
        for id in ids:
            self.source.records.pop(id, None)

    async def follow(self, *subjects: str, action: Action = Action.UPDATED) -> None:
        start = self._position + 1
        self._position += len(subjects)
        self.source.asked.clear()
        await self.search.follow([change(start + n, subject, action) for n, subject in enumerate(subjects)])
        assert self.search.position == self._position

    def found(self, text: str) -> list[str]:
        return self.search.find(text, None, None, None).ids

    def assert_as_made_anew(self) -> None:
        anew = Search.from_records(self.source.records.values(), CLOCK)
        assert self.search.equals(anew)
        for text in ("n", "nord", "hjerneskader", "engvejen", "aalborg"):
            mine, theirs = (search.find(text, None, None, None) for search in (self.search, anew))
            assert [(hit.id, hit.score, hit.snippet) for hit in mine.hits] == [
                (hit.id, hit.score, hit.snippet) for hit in theirs.hits
            ]


async def made(*records: Record) -> Directory:
    directory = Directory(*RECORDS, *records)
    await directory.search.rebuild()
    return directory


WORDS = st.sampled_from(["Nord", "Hjerneskade", "hjerneskaden", "Aalborg", "Engvejen", "Ærø"])
IDS = [record.id for record in RECORDS]
RENAMED = st.tuples(st.sampled_from(IDS), st.none() | st.lists(WORDS, min_size=1, max_size=3).map(" ".join))


def renamed(id: str, name: str) -> Record:
    """One of the example, called otherwise, with the other texts and edges that it has there."""
    (old,) = (record for record in RECORDS if record.id == id)
    key = next((key for key in ("name", "title", "address") if key in old.properties), "name")
    return Record(id, {**old.properties, key: name}, old.edges)


@settings(deadline=None)
@given(st.lists(st.lists(RENAMED, min_size=1, max_size=4), max_size=5))
async def test_following_is_making_anew(batches: list[list[tuple[str, str | None]]]) -> None:
    directory = await made()
    for batch in batches:
        for id, name in batch:
            if name is None:
                directory.drop(id)
            else:
                directory.put(renamed(id, name))
        await directory.follow(*(id for id, _ in batch))
        directory.assert_as_made_anew()


async def test_what_is_deleted_vanishes_and_what_is_new_is_found() -> None:
    directory = await made()
    directory.drop("offer:krise")
    directory.put(record("board:ny", ("BOARD_OF", "municipality:aalborg"), name="Handicaprådet"))
    await directory.follow("offer:krise", "board:ny")
    assert directory.found("krisecenter") == []
    assert directory.found("handicapråd aalb") == ["board:ny"]
    directory.assert_as_made_anew()


async def test_an_address_that_becomes_protected_is_found_no_more() -> None:
    directory = await made()
    assert directory.found("engvejen") == ["institution:neuro", "offer:oesterskoven"]
    directory.put(record("location:neuro", address=PUBLIC, town="Hobro", protected=True))
    await directory.follow("location:neuro")
    assert directory.found("engvejen") == []
    directory.assert_as_made_anew()


async def test_a_name_that_others_are_found_by_is_read_anew_with_these_alone() -> None:
    directory = await made()
    directory.put(record("target-group:adhd", name="Uro", synonyms=["Krudtugle"]))
    await directory.follow("target-group:adhd")
    assert None not in directory.source.asked
    assert set(directory.found("krudtugle")) == {"target-group:adhd", "offer:krise", "focus-area:hjerne"}
    assert directory.found("adhd") == []
    directory.assert_as_made_anew()


async def test_what_names_something_that_has_yet_to_come() -> None:
    directory = await made()
    directory.put(record("offer:ny", ("OF_INSTITUTION", "institution:ny"), ("LOCATED_AT", "location:ny"), name="Ny"))
    await directory.follow("offer:ny")
    directory.put(record("institution:ny", name="Kornblomsten"))
    await directory.follow("institution:ny")
    assert set(directory.found("kornblomst")) == {"offer:ny", "institution:ny"}
    directory.put(record("location:ny", ("IN_MUNICIPALITY", "municipality:ny"), town="Løkken", protected=False))
    await directory.follow("location:ny")
    directory.put(record("municipality:ny", name="Kystkommunen"))
    await directory.follow("municipality:ny")
    assert directory.found("løkken") == ["offer:ny"]
    assert set(directory.found("kystkommunen")) == {"offer:ny", "municipality:ny"}
    directory.assert_as_made_anew()


async def test_an_import_is_read_as_a_whole() -> None:
    directory = await made()
    directory.put(*(record(f"offer:{n}", name=f"Tilbud {n}") for n in range(3)))
    await directory.follow("import:1", action=Action.IMPORTED)
    assert directory.source.asked == [None]
    directory.assert_as_made_anew()


async def test_more_than_can_be_read_one_by_one_is_read_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_REREAD", 1)
    directory = await made()
    directory.put(record("region:nordjylland", name="Region Vendsyssel"))
    await directory.follow("region:nordjylland")
    assert directory.source.asked == [None]
    assert set(directory.found("vendsyssel")) == {"offer:oesterskoven", "institution:neuro"}


async def test_what_is_not_searched_for_only_moves_the_position() -> None:
    directory = await made()
    directory.put(record("offer:krise", name="Ikke læst"))
    await directory.follow("tenure:x", "source:y", "capacity:z-1")
    assert directory.source.asked == []
    assert directory.found("ikke læst") == []


async def test_a_change_that_says_nothing_new_leaves_the_index_as_it_is() -> None:
    directory = await made()
    before = directory.search._made()
    await directory.follow("offer:krise", "location:neuro")
    assert directory.search._made() is before


async def test_the_graph_gives_the_same_search_as_its_records(database: Database) -> None:
    ledger = Ledger(database, CLOCK)
    commands = Commands(database, ledger, CLOCK)
    imported = await commands.import_records(TESTS, RECORDS, label="test")
    search = await Search.load(database, CLOCK, imported.position)
    assert search.equals(Search.from_records(RECORDS, CLOCK))

    await commands.save(TESTS, [record("target-group:adhd", name="Uro"), renamed("board:bestyrelsen", "Rådet")])
    await commands.delete(TESTS, ["knowledge:guide"])
    changes = await ledger.since(imported.position)
    await search.follow(changes)
    assert search.position == changes[-1].position
    assert search.equals(await Search.load(database, CLOCK, search.position))
    assert set(search.find("uro", None, None, None).ids) == {"target-group:adhd", "offer:krise", "focus-area:hjerne"}
    assert search.find("neuropædagogik", None, None, None).ids == []


async def test_what_is_read_while_the_index_is_made_comes_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()
    original = Content.of

    def slowly(records: Iterable[Record]) -> Content:
        begun.set()
        assert go_on.wait(10)
        return original(records)

    directory = await made()
    monkeypatch.setattr(Content, "of", slowly)
    indexing = asyncio.create_task(directory.search.index())
    await asyncio.to_thread(begun.wait, 10)
    directory.put(record("offer:ny", name="Kornblomsten"))
    following = asyncio.create_task(directory.follow("import:1", action=Action.IMPORTED))
    await asyncio.sleep(0.05)
    go_on.set()
    await asyncio.gather(indexing, following)
    assert directory.found("kornblomst") == ["offer:ny"]
