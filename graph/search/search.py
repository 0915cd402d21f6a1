"""The search: everything that can be found by words, in memory, following the graph."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from graph.clock import Clock
from graph.database import Database
from graph.errors import BadInput
from graph.garbage import uncollected
from graph.keyset import Cursors, PageRequest, page
from graph.ledger import Action, Change
from graph.reading import GraphSource, RecordSource, Source
from graph.record import Record
from graph.search.documents import EDGES, PROPERTIES, SEARCHED, Entry, entries, leads_to
from graph.search.index import Document, Found, TextIndex
from graph.search.ranking import Ranking
from graph.search.snippets import Snippets

LONGEST_TEXT = 500
"""Characters of a text that is searched for."""
_MOST_REREAD = 1000
"""Of more nodes than this, reading everything is no slower."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that was found. `score` compares hits of one search only: the greater, the better."""

    id: str
    score: float
    _document: Document = field(repr=False)
    _snippets: Snippets = field(repr=False)

    @property
    def snippet(self) -> str | None:
        """The text around what was found, that itself between « and »; None where the name alone says it."""
        return self._snippets.of(self._document)


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Hits, best first. Their cursors are made when they are read, and so are their snippets."""

    hits: list[Hit]
    cursors: Sequence[str]
    has_next: bool
    has_previous: bool

    @property
    def ids(self) -> list[str]:
        return [hit.id for hit in self.hits]


@dataclass(frozen=True, slots=True)
class Content:
    """What can be found. Never changed once made."""

    entries: Mapping[str, Entry]
    index: TextIndex

    @classmethod
    def of(cls, records: Iterable[Record]) -> Content:
        with uncollected():
            found = entries(records)
            return cls(found, TextIndex.of((id, entry.document) for id, entry in found.items()).prepare())

    def touched(self, subjects: Collection[str]) -> set[str]:
        """The ids whose documents may be others once `subjects` have changed, new ones included."""
        own = {id for id in subjects if id.partition(":")[0] in SEARCHED.values()}
        others = {id for id in subjects if id.partition(":")[0] in EDGES}
        return own | {id for id, entry in self.entries.items() if not others.isdisjoint(entry.refers)}

    def replaced(self, ids: Collection[str], records: Iterable[Record]) -> Content:
        """This content with what `records` say of `ids`; what they do not name has gone."""
        read = {id: entry for id, entry in entries(records).items() if id in ids}
        kept = {id: entry for id, entry in self.entries.items() if id not in ids}
        gone = {id for id in ids if id in self.entries and id not in read}
        new = [(id, e.document) for id, e in read.items() if id not in self.entries or e != self.entries[id]]
        if not gone and not new:
            return self
        return Content({**kept, **read}, self.index.replaced(gone, new).prepare())


class Search:
    """Answers what a text finds, without asking the graph, which it follows through the ledger.

    Words are found by their stem, the last one by its beginning, and inside compounds; æ, ø and å however they are
    typed; target groups and services by their synonyms, which lead to the offers that serve or give them too.
    """

    def __init__(self, source: Source, clock: Clock, position: int) -> None:
        """An empty search; `load` and `from_records` make full ones. What is found is the same on every day: closed
        offers and repealed sections are found like others, so `clock` is there for likeness with other projections."""
        self.position = position
        """The last position of the ledger that the search reflects."""
        self._source = source
        self._content: Content | None = None
        self._read: list[Record] = []
        """What the index is to be made of, while there is none."""
        self._making = Lock()

    @classmethod
    async def load(cls, database: Database, clock: Clock, position: int) -> Search:
        """The search over what `database` holds, at `position` or later. Unavailable as in `Database.read`."""
        search = cls(GraphSource(database), clock, position)
        await search.rebuild()
        return search

    @classmethod
    def from_records(cls, records: Iterable[Record], clock: Clock) -> Search:
        """The same from memory, at position 0."""
        source = RecordSource(records)
        search = cls(source, clock, 0)
        search._read = list(source.records.values())
        return search

    async def rebuild(self) -> None:
        """Read everything anew. What stands answers until what comes in its place is whole."""
        with uncollected():
            read = await self._source.read(EDGES, PROPERTIES)
        await asyncio.to_thread(self._renew, read)

    async def index(self) -> None:
        """Make the index, which a search that is new has not yet: questions would wait for it."""
        await asyncio.to_thread(self._made)

    async def follow(self, changes: Sequence[Change]) -> None:
        """Take in what `changes` name, and stand at their last position.

        What has changed is read anew, with everything that is found by its name or place; an import means reading
        everything.
        """
        if not changes:
            return
        subjects = {change.subject for change in changes}
        if any(change.action is Action.IMPORTED for change in changes):
            await self.rebuild()
        elif any(subject.partition(":")[0] in EDGES for subject in subjects):
            await self._reread(subjects)
        self.position = max(self.position, changes[-1].position)

    def find(
        self, text: str, kinds: Collection[str] | None = None, first: int | None = None, after: str | None = None
    ) -> SearchPage:
        """A page of what `text` finds, best first; of all kinds, or of those in `kinds` (names as in `SEARCHED`).

        Any text may be asked for: one without words finds nothing. BadInput at `text` where it is longer than
        `LONGEST_TEXT`, at `kinds` where one is not known, at `first` and `after` as in `PageRequest`.
        """
        request = PageRequest(first, after)
        for n, kind in enumerate(kinds or ()):
            if kind not in SEARCHED:
                raise BadInput(f"kinds: {kind[:80]!r} is none of {', '.join(SEARCHED)}.", ("kinds", n))
        content, found = self._found(text, [SEARCHED[kind] for kind in kinds or ()])
        asked = "\n".join((text, *sorted(kinds or ())))
        order = Ranking.of(found, content.index, asked)
        taken = page(np.ones(len(found.rows), np.bool_), order, request)
        places: list[int] = taken.rows.tolist()
        ids, scores = content.index.id_array[found.rows[places]].tolist(), found.scores[places].tolist()
        snippets = Snippets(found.wanted)
        hits = [Hit(id, s, content.entries[id].document, snippets) for id, s in zip(ids, scores, strict=True)]
        return SearchPage(hits, Cursors(order, places), taken.has_next, taken.has_previous)

    def texts(self, text: str, kind: str) -> dict[str, float]:
        """Everything of one kind (as in `graph.model`) that `text` finds, with its score. BadInput at `text`."""
        content, found = self._found(text, (kind,))
        return dict(zip(content.index.id_array[found.rows].tolist(), found.scores.tolist(), strict=True))

    def equals(self, other: Search) -> bool:
        """Whether both find the same; used to prove that following and rebuilding agree."""
        mine, theirs = self._made(), other._made()
        return mine.entries == theirs.entries and mine.index.same(theirs.index)

    def __len__(self) -> int:
        return len(self._made().index)

    def _found(self, text: str, kinds: Collection[str]) -> tuple[Content, Found]:
        if len(text) > LONGEST_TEXT:
            raise BadInput(f"text is {len(text)} characters long; it may have {LONGEST_TEXT} at most.", ("text",))
        content = self._made()
        found = content.index.find(text)
        return content, found.among(content.index.ranges(kinds)) if kinds else found

    def _made(self) -> Content:
        """The content, made at the first call of what was read."""
        if self._content is not None:
            return self._content
        with self._making:
            if self._content is None:
                self._content, self._read = Content.of(self._read), []
            return self._content

    def _renew(self, read: list[Record]) -> None:
        with self._making:  # what is being made of what was read before must not come after this
            if self._content is None:
                self._read = read
                return
        self._content = Content.of(read)

    async def _reread(self, subjects: Collection[str]) -> None:
        content = await asyncio.to_thread(self._made)
        touched = await asyncio.to_thread(content.touched, subjects)
        if len(touched) > _MOST_REREAD:
            await self.rebuild()
        elif touched:
            records = await self._with_neighbours(touched)
            self._content = await asyncio.to_thread(content.replaced, touched, records)

    async def _with_neighbours(self, ids: set[str]) -> list[Record]:
        """The records `ids`, and all that they are connected to, however far that is read."""
        read: list[Record] = []
        asked, wanted = set[str](), ids
        while wanted:
            records = await self._source.read(EDGES, PROPERTIES, ids=wanted)
            read += records
            asked |= wanted
            wanted = {target for record in records for target in leads_to(record)} - asked
        return read
