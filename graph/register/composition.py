"""Who a board is made of on a day, in numbers, and whether that is as rules ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from graph.register import checks
from graph.register.checks import CompositionCheck
from graph.register.rows import BoardRow
from graph.register.seats import SeatRow, Standing

if TYPE_CHECKING:
    from graph.register.content import Content

GENDERS = ("WOMAN", "MAN", "OTHER", None)


@dataclass(frozen=True, slots=True)
class GenderCount:
    gender: str | None
    count: int


@dataclass(frozen=True, slots=True)
class MunicipalityCount:
    municipality: str | None
    count: int


@dataclass(frozen=True, slots=True)
class AppointerCount:
    appointed_by: str | None
    filled: int
    vacant: int


@dataclass(frozen=True)
class Composition:
    """Counts of the seats that exist on `as_of`, and of those who hold them; substitutes are never counted.

    `seats` = `filled` (FILLED and ENDING) + `carry_over` + `vacant`. `overfilled` counts the holders beyond
    `statutory_size`. Of the lists, by gender and by municipality count holders (`filled` + `carry_over` in all); by
    appointer counts seats: its `filled` are all that someone holds, also beyond the end of his or her time, so that
    `filled` + `vacant` over all appointers are `seats`. None is what is not stated, and comes last.
    """

    as_of: date
    statutory_size: int | None
    seats: int
    filled: int
    vacant: int
    carry_over: int
    overfilled: int
    _board: BoardRow = field(repr=False)
    _existing: Sequence[tuple[SeatRow, Standing]] = field(repr=False)
    _content: Content = field(repr=False, compare=False)

    @cached_property
    def by_gender(self) -> list[GenderCount]:
        genders = [self._content.gender(holder) for holder in self._holders]
        return [GenderCount(gender, genders.count(gender)) for gender in GENDERS if gender in genders]

    @cached_property
    def by_municipality(self) -> list[MunicipalityCount]:
        """Where the holders come from, in the order of the Danish alphabet."""
        homes = [self._content.municipality(holder) for holder in self._holders]
        return [MunicipalityCount(id, homes.count(id)) for id in self._content.in_order(set(homes))]

    @cached_property
    def by_appointer(self) -> list[AppointerCount]:
        """In the order of the Danish alphabet."""
        held = [seat.appointed_by for seat, standing in self._existing if standing.holder]
        vacant = [seat.appointed_by for seat, standing in self._existing if not standing.holder]
        ids = self._content.in_order({*held, *vacant})
        return [AppointerCount(id, held.count(id), vacant.count(id)) for id in ids]

    @cached_property
    def checks(self) -> list[CompositionCheck]:
        """STATUTORY_SIZE, a GENDER_BALANCE for each board that appoints, EVERY_PARTY_REPRESENTED where it is a rule."""
        return list(checks.checks(self._board, self._existing, self.as_of, self._content))

    @cached_property
    def _holders(self) -> list[str]:
        return [standing.holder.representative for _, standing in self._existing if standing.holder]


def compose(board: BoardRow, seats: Iterable[tuple[SeatRow, Standing]], day: date, content: Content) -> Composition:
    """The composition of `board`, whose seats stand as they do on `day`."""
    existing = [(seat, standing) for seat, standing in seats if standing.exists]
    statuses = [standing.status for _, standing in existing]
    vacant, size = statuses.count("VACANT"), board.statutory_size
    return Composition(
        as_of=day,
        statutory_size=size,
        seats=len(existing),
        filled=statuses.count("FILLED") + statuses.count("ENDING"),
        vacant=vacant,
        carry_over=statuses.count("CARRY_OVER"),
        overfilled=0 if size is None else max(0, len(existing) - vacant - size),
        _board=board,
        _existing=existing,
        _content=content,
    )
