"""The catalogue: every offer in columns, in memory, following the graph."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from graph.catalogue import checking, groups, pages
from graph.catalogue.columns import Columns
from graph.catalogue.criteria.rule import Case, Numbers
from graph.catalogue.development import DevelopmentPoint, development
from graph.catalogue.filters import Filtering
from graph.catalogue.groups import GroupPage
from graph.catalogue.matching import Match
from graph.catalogue.need import Need, OfferQuery
from graph.catalogue.pages import OfferPage
from graph.catalogue.records import FACTS, OFFERS, REFERENCE, read_all, read_offers
from graph.catalogue.reference import Reference
from graph.catalogue.rows import OfferRow, offer_rows
from graph.clock import Clock
from graph.database import Database
from graph.errors import BadInput
from graph.garbage import uncollected
from graph.keyset import PageRequest
from graph.ledger import Action, Change
from graph.reading import GraphSource, RecordSource, Source, Whole
from graph.record import Record
from graph.search.index import Document, TextIndex


@dataclass(slots=True)
class Content:
    """The offers as columns, and as text, in the same order. But for the text, never changed once made.

    The text index takes as long to make as all the rest. It is made by `index`, in any thread, or else by the first
    question that needs it; what would change the content meanwhile waits.
    """

    columns: Columns
    _text: TextIndex | None = None
    _making: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Content:
        given = list(records)
        return cls(Columns.of(offer_rows(given), Reference.from_records(given)))

    @property
    def indexed(self) -> bool:
        """Whether the text index is made, or is being made."""
        return self._text is not None or self._making.locked()

    def index(self) -> TextIndex:
        """The text index, made at the first call."""
        with self._making:
            if self._text is None:
                self._text = TextIndex.of((row.id, self._document(row)) for row in self.columns.rows).prepare()
            return self._text

    def replaced(self, ids: Collection[str], rows: Sequence[OfferRow]) -> Content:
        """This content with `rows` in place of the offers `ids`. KeyError where one names what is not here."""
        columns = self.columns.replaced(ids, rows)
        with self._making:
            text = self._text
        if text is not None:
            here = self.columns.row_of
            known = {id: self._document(self.columns.rows[here[id]]) for id in ids if id in here}
            new = {row.id: self._document(row) for row in rows}
            gone, said = known.keys() - new.keys(), {id: d for id, d in new.items() if known.get(id) != d}
            if gone or said:  # most changes are of capacities and prices, which nobody searches for
                text = text.replaced(gone, said.items()).prepare()
        return Content(columns, text)

    def holders(self, ids: Collection[str]) -> dict[str, set[str]]:
        """Of the locations and dated facts `ids`, those that offers have: the offers of each."""
        held: dict[str, set[str]] = {}
        for row in self.columns.rows if ids else ():
            for id in (row.location, *(fact.id for fact in (*row.capacities, *row.prices, *row.approvals))):
                if id in ids:
                    held.setdefault(id or "", set()).add(row.id)
        return held

    def scores(self, text: str) -> Numbers:
        """How well each offer answers `text`, NaN where it does not. Shape (offers,)."""
        return self.index().scores(text)

    def _document(self, row: OfferRow) -> Document:
        """What an offer is found by."""
        reference = self.columns.reference
        organisations = [reference.name(id) for id in (row.institution, row.operator) if id]
        terms = (*(edge.group for edge in row.serves), *row.services)
        forms = (form for id in terms for form in reference.vocabulary.term(id).forms)
        return Document(
            row.name,
            related=(*organisations, *([row.town] if row.town else ())),
            terms=(*forms, *([reference.name(row.type)] if row.type else ())),
            texts=(row.summary,) if row.summary else (),
        )


class Catalogue:
    """Answers which offers there are and which fit, without asking the graph.

    The graph is the truth: the catalogue is made from it, follows its ledger through `follow`, and may be made anew at
    any time. What it has given out (a match, a page) stays as it was when the catalogue moves on.
    """

    def __init__(self, source: Source, clock: Clock, position: int) -> None:
        """An empty catalogue; `load` and `from_records` make full ones."""
        self.position = position
        """The last position of the ledger that the catalogue reflects."""
        self._source = source
        self._clock = clock
        self._content = Content.of([])

    @classmethod
    async def load(cls, database: Database, clock: Clock, position: int) -> Catalogue:
        """The catalogue of what `database` holds, at `position` or later. Unavailable as in `Database.read`."""
        catalogue = cls(GraphSource(database), clock, position)
        await catalogue.rebuild()
        return catalogue

    @classmethod
    def from_records(cls, records: Iterable[Record], clock: Clock) -> Catalogue:
        """The same from memory, at position 0. KeyError where an offer names what is not among the records."""
        source = RecordSource(records)
        catalogue = cls(source, clock, 0)
        catalogue._content = Content.of(source.records.values())
        return catalogue

    async def rebuild(self, source: Whole | None = None) -> None:
        """Read everything anew; from `source`, where it is given, instead of the graph."""
        with uncollected():
            content = await asyncio.to_thread(Content.of, await read_all(source or self._source))
            if self._content.indexed:  # what stands answers until what comes in its place is whole
                await asyncio.to_thread(content.index)
        self._content = content

    async def index(self) -> None:
        """Make the text index, which a catalogue that is new has not yet: questions for text would wait for it."""
        await asyncio.to_thread(self._content.index)

    async def follow(self, changes: Sequence[Change]) -> None:
        """Take in what `changes` name, and stand at their last position.

        Offers are read anew one by one; an import, or a change to anything that offers refer to, means reading
        everything. What is no part of the catalogue (boards, knowledge, sources …) only moves the position.
        """
        if not changes:
            return
        subjects = {kind: {c.subject for c in changes if c.subject.startswith(f"{kind}:")} for kind in OFFERS}
        offers = subjects.pop("offer")
        held = self._content.holders(set().union(*subjects.values()))
        offers.update(*held.values())
        unplaced = set().union(*(subjects[kind] for kind in FACTS)) - held.keys()
        imported = any(c.action is Action.IMPORTED for c in changes)
        if imported or unplaced or any(c.subject.partition(":")[0] in REFERENCE for c in changes):
            await self.rebuild()
        elif offers:
            await self._reread(offers)
        self.position = max(self.position, changes[-1].position)

    def offers(self, query: OfferQuery, *, sees_protected: bool) -> OfferPage:
        """A page of the offers that pass a filter. BadInput at the argument, such as `("orderBy", "field")`."""
        return pages.offers(self._filtering(sees_protected), query)

    def offers_by(
        self, parent: str, query: OfferQuery, *, sees_protected: bool, only: Collection[str] | None = None
    ) -> Mapping[str, OfferPage]:
        """The same page for each parent that has any offers that pass, by its id: see `pages.offers_by`."""
        return pages.offers_by(self._filtering(sees_protected), parent, query, only)

    def match(self, need: Need, *, sees_protected: bool) -> Match:
        """Every offer judged by the need. BadInput at the need's field, such as `("need", "near", "withinKm")`."""
        reference = self._content.columns.reference
        try:
            read, notices = checking.read_words(checking.checked(need, reference), reference)
        except BadInput as error:
            raise error.under("need") from error
        today = self._clock.today()
        case = Case(
            self._content.columns,
            read,
            today.toordinal(),
            (read.needed_from or today).toordinal(),
            checking.place(read.near, read.home_municipality, reference),
            sees_protected,
        )
        return Match(case, self.position, notices)

    def target_groups(self, text: str | None, *, root: str | None, page: PageRequest) -> GroupPage:
        """A page of target groups: a level of the tree, or what `text` may mean, best first."""
        return groups.target_groups(self._content.columns.reference.vocabulary, root, text, page)

    def development(self, agreement: str, first_year: int, last_year: int, by: str) -> list[DevelopmentPoint]:
        """Capacity and price of the offers that an agreement covers, year by year: see `development.development`."""
        return development(self._content.columns, agreement, first_year, last_year, by)

    @property
    def columns(self) -> Columns:
        """All offers as they are now, for whoever joins them with other things. Never changed, only replaced."""
        return self._content.columns

    def equals(self, other: Catalogue) -> bool:
        """Whether both hold the same offers; used to prove that following and rebuilding agree."""
        mine, theirs = self._content.columns, other._content.columns
        return (
            mine.rows == theirs.rows
            and mine.reference.entries == theirs.reference.entries
            and mine.arrays.same(theirs.arrays)
            and all(a.same(b) for a, b in zip(mine.facts, theirs.facts, strict=True))
        )

    def __len__(self) -> int:
        return len(self._content.columns)

    def _filtering(self, sees_protected: bool) -> Filtering:
        return Filtering(self._content.columns, self._content.scores, self._clock.today().toordinal(), sees_protected)

    async def _reread(self, ids: set[str]) -> None:
        rows = offer_rows(await read_offers(self._source, ids))
        try:
            self._content = await asyncio.to_thread(self._content.replaced, ids, rows)
        except KeyError:
            # An offer already names something whose own change has yet to come.
            await self.rebuild()
