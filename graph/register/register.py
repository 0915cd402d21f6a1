"""The register: every board, its seats and who holds them, in memory, following the graph."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from graph.clock import Clock
from graph.database import Database
from graph.errors import BadInput
from graph.garbage import uncollected
from graph.keyset import PageRequest
from graph.ledger import Action, Change
from graph.reading import GraphSource, RecordSource, Source, Whole
from graph.record import Record
from graph.register import filters
from graph.register.composition import Composition
from graph.register.content import Content, by_name, in_board
from graph.register.days import Day, Days
from graph.register.filters import BoardFilter, SeatFilter
from graph.register.listing import Identified, Listed, Order, page
from graph.register.rows import KINDS, PROPERTIES, BoardRow, RepresentativeRow
from graph.register.seats import ENDING_WITHIN_DAYS, NOT_YET, SeatRow, Standing

BOARDS: Order[BoardRow] = Order("BOARD", by_name, (str, str))
PEOPLE: Order[RepresentativeRow] = Order("REPRESENTATIVE", by_name, (str, str))
IN_BOARD: Order[SeatRow] = Order("SEAT", in_board, (int, str))

T = TypeVar("T", bound=Identified)
F = TypeVar("F")


class Held(NamedTuple):
    """A seat that someone holds on a day. Ids; None where it is not stated."""

    representative: str
    tenure: str
    seat: str
    board: str
    organisation: str | None
    """That the board governs or belongs to."""
    municipality: str | None
    """Where the representative comes from."""


class Register:
    """Answers who decides: which boards and seats there are, who holds them on a day, and which are vacant.

    The graph is the truth: the register is made from it, follows its ledger through `follow`, and may be made anew at
    any time. Where a day is None it is today; `recorded_at` is the moment whose belief is asked for, None is now.
    Vacancy is what `SeatRow.standing` says; everything here is read off it.
    """

    def __init__(self, source: Source, clock: Clock, position: int) -> None:
        """An empty register; `load` and `from_records` make full ones."""
        self.position = position
        """The last position of the ledger that the register reflects."""
        self._source = source
        self._clock = clock
        self._days = Days(Content())

    @classmethod
    async def load(cls, database: Database, clock: Clock, position: int) -> Register:
        """The register of what `database` holds, at `position` or later. Unavailable as in `Database.read`."""
        register = cls(GraphSource(database), clock, position)
        await register.rebuild()
        return register

    @classmethod
    def from_records(cls, records: Iterable[Record], clock: Clock) -> Register:
        """The same from memory, at position 0."""
        source = RecordSource(records)
        register = cls(source, clock, 0)
        records = (r for r in source.records.values() if r.id.partition(":")[0] in KINDS)
        register._days = Days(Content.of(records))
        return register

    async def rebuild(self, source: Whole | None = None) -> None:
        """Read everything anew; from `source`, where it is given, instead of the graph."""
        with uncollected():
            records = await (source or self._source).read(KINDS, PROPERTIES)
            self._days = Days(await asyncio.to_thread(Content.of, records))

    async def follow(self, changes: Sequence[Change]) -> None:
        """Take in what `changes` name, and stand at their last position.

        What they name is read anew, one by one; an import means reading everything. What is no part of the register
        (offers, knowledge, sources …) only moves the position.
        """
        if not changes:
            return
        ids = {change.subject for change in changes if change.subject.partition(":")[0] in KINDS}
        if any(change.action is Action.IMPORTED for change in changes):
            await self.rebuild()
        elif ids:
            records = await self._source.read(KINDS, PROPERTIES, ids=ids)
            self._days = Days(self._content.replaced(ids, records))
        self.position = max(self.position, changes[-1].position)

    def boards(self, filter: BoardFilter | None, request: PageRequest, *, total: bool) -> Listed[BoardRow]:
        """A page of boards, by name. BadInput at the argument, such as `("filter", "kinds", 0)` or `("after",)`."""
        passes = self._board_filter(filter)
        return page([row for row in self._content.boards_by_name if passes(row)], BOARDS, request, total=total)

    def boards_by(
        self,
        parent: str,
        filter: BoardFilter | None,
        request: PageRequest,
        *,
        total: bool,
        only: Collection[str] | None = None,
    ) -> Mapping[str, Listed[BoardRow]]:
        """The same page for each parent that has any boards that pass, by the parent's id.

        `parent` is "organisation", that the board governs or belongs to; `only` names the parents that matter, where
        that is known.
        """
        groups = _group(parent, organisation=self._content.boards_of)
        return _pages(groups, self._board_filter(filter), BOARDS, request, total, only)

    def seats(self, filter: SeatFilter | None, request: PageRequest, *, total: bool) -> Listed[SeatRow]:
        """A page of seats, by their boards' names and then in each board's order. BadInput as in `boards`."""
        passes, order = self._seat_filter(filter), Order("SEAT", self._content.by_board, (str, str, int, str))
        return page([row for row in self._content.seats_by_board if passes(row)], order, request, total=total)

    def seats_by(
        self,
        parent: str,
        filter: SeatFilter | None,
        request: PageRequest,
        *,
        total: bool,
        only: Collection[str] | None = None,
    ) -> Mapping[str, Listed[SeatRow]]:
        """The same page of each board's own seats ("board"), by its id: see `boards_by`."""
        groups = _group(parent, board=self._content.seats_of)
        return _pages(groups, self._seat_filter(filter), IN_BOARD, request, total, only)

    def representatives(
        self,
        text: str | None,
        holding_at_least: int | None,
        as_of: date | None,
        request: PageRequest,
        *,
        total: bool,
        recorded_at: datetime | None = None,
    ) -> Listed[RepresentativeRow]:
        """A page of people, by name: whose name `text` may mean, and who hold so many seats on the day."""
        passes = filters.representatives(text, holding_at_least, self._day(as_of, recorded_at))
        return page([row for row in self._content.representatives_by_name if passes(row)], PEOPLE, request, total=total)

    def status(self, seat: str, as_of: date | None, ending_within_days: int = ENDING_WITHIN_DAYS) -> str | None:
        """One of `STATUSES`; None where the seat is not here. BadInput at `endingWithinDays` for less than no days."""
        if ending_within_days < 0:
            raise BadInput(f"{ending_within_days} is no number of days.", ("endingWithinDays",))
        row = self._content.seats.get(seat)
        if row is None:
            return None
        if ending_within_days == ENDING_WITHIN_DAYS:
            return self._day(as_of).standing(row).status
        return row.standing(as_of or self._clock.today(), ending_within_days).status

    def ends_on(self, seat: str, as_of: date | None) -> date | None:
        """When the holder's time runs out; None where there is no holder, or no end."""
        return self._standing(seat, as_of).ends_on

    def holder(self, seat: str, as_of: date | None) -> str | None:
        """The tenure of whoever holds the seat."""
        holder = self._standing(seat, as_of).holder
        return holder.id if holder else None

    def substitutes(self, seat: str, as_of: date | None) -> list[str]:
        """The tenures of those who stand in for the holder, first come first."""
        return [tenure.id for tenure in self._standing(seat, as_of).substitutes]

    def composition(self, board: str, as_of: date | None, recorded_at: datetime | None = None) -> Composition | None:
        """Who the board is made of that day; None where the board is not here."""
        row = self._content.boards.get(board)
        return self._day(as_of, recorded_at).composition(row) if row else None

    def held_on(self, day: date | None) -> Iterator[Held]:
        """Every seat that is held that day, by board."""
        content, on = self._content, self._day(day)
        for seat in content.seats_by_board:
            if holder := on.standing(seat).holder:
                board = content.boards.get(seat.board)
                municipality = content.municipality(holder.representative)
                organisation = board.organisation if board else None
                yield Held(holder.representative, holder.id, seat.id, seat.board, organisation, municipality)

    def held_by_municipality(self, filter: SeatFilter | None) -> Counter[str | None]:
        """How many of the seats that pass are held by people from each municipality. BadInput as in `seats`."""
        passes, content = self._seat_filter(filter), self._content
        day = self._day(filter.as_of, filter.recorded_at) if filter else self._day(None)
        holders = (day.standing(seat).holder for seat in content.seats_by_board if passes(seat))
        return Counter(content.municipality(holder.representative) for holder in holders if holder)

    def board_ids(self) -> Collection[str]:
        """Every board there is."""
        return self._content.boards.keys()

    @property
    def content(self) -> Content:
        """All that is here now, for whoever joins it with other things. It is never changed, only replaced."""
        return self._content

    def equals(self, other: Register) -> bool:
        """Whether both hold the same; used to prove that following and rebuilding agree."""
        return self._content == other._content

    def __len__(self) -> int:
        """How many boards there are."""
        return len(self._content.boards)

    @property
    def _content(self) -> Content:
        return self._days.content

    def _day(self, as_of: date | None, recorded_at: datetime | None = None) -> Day:
        return self._days.on(as_of or self._clock.today(), recorded_at)

    def _standing(self, seat: str, as_of: date | None) -> Standing:
        row = self._content.seats.get(seat)
        return self._day(as_of).standing(row) if row else NOT_YET

    def _board_filter(self, filter: BoardFilter | None) -> Callable[[BoardRow], bool]:
        return _under_filter(lambda: filters.boards(self._days, filter or BoardFilter(), self._clock.today()))

    def _seat_filter(self, filter: SeatFilter | None) -> Callable[[SeatRow], bool]:
        return _under_filter(lambda: filters.seats(self._days, filter or SeatFilter(), self._clock.today()))


def _under_filter(make: Callable[[], F]) -> F:
    try:
        return make()
    except BadInput as error:
        raise error.under("filter") from error


def _group(parent: str, **known: Mapping[str, Sequence[T]]) -> Mapping[str, Sequence[T]]:
    if parent not in known:
        raise ValueError(f"{parent!r} is none of {', '.join(known)}")
    return known[parent]


def _pages(
    groups: Mapping[str, Sequence[T]],
    passes: Callable[[T], bool],
    order: Order[T],
    request: PageRequest,
    total: bool,
    only: Collection[str] | None,
) -> dict[str, Listed[T]]:
    return {
        id: page(found, order, request, total=total)
        for id in (groups if only is None else only)
        if (found := [row for row in groups.get(id, ()) if passes(row)])
    }
