"""Seats and the time that people spend in them; what a seat is on a day. Vacancy is defined here and only here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, TypedDict, TypeVar

from graph.model import HOLDING
from graph.recorded import believed_end, recorded
from graph.register.terms import ends_on

STATUSES = ("FILLED", "ENDING", "CARRY_OVER", "VACANT", "NOT_YET", "ABOLISHED")
ENDING_WITHIN_DAYS = 90
"""How near the end of a holder's time must be for the seat to be ENDING, where nothing else is asked for."""


class Marks(TypedDict):
    """What a seat or a tenure keeps of its own recording: see `graph.recorded`."""

    recorded_at: str | None
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TenureRow:
    """One person's time in one seat: the days from `since` to before `until`, which is None where it is open."""

    id: str
    seat: str
    representative: str
    role: str
    since: date
    until: date | None
    recorded_at: str | None = None
    endings: tuple[str, ...] = ()

    def valid(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def believed(self, horizon: str) -> TenureRow | None:
        """It, as it was believed; None where it was not there yet."""
        return _believed(self, horizon)


class Standing(NamedTuple):
    """What a seat is on a day: one of STATUSES, who holds it, who stands in for the holder (first come first), and the
    day on which the holder's time runs out."""

    status: str
    holder: TenureRow | None = None
    substitutes: tuple[TenureRow, ...] = ()
    ends_on: date | None = None

    @property
    def exists(self) -> bool:
        return self.status not in ("NOT_YET", "ABOLISHED")


NOT_YET, ABOLISHED = Standing("NOT_YET"), Standing("ABOLISHED")


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat of the board `board`, which exists on the days from `since` to before `until`; None is open.

    `appointed_by` is the id of a board, `represents` that of an organisation; `tenures` come newest first.
    """

    id: str
    board: str
    label: str
    order: int
    appointed_by: str | None
    represents: str | None
    requirement: str | None
    term_rule: str | None
    since: date | None
    until: date | None
    tenures: tuple[TenureRow, ...] = ()
    recorded_at: str | None = None
    endings: tuple[str, ...] = ()

    def believed(self, horizon: str) -> SeatRow | None:
        """It and its tenures, as they were believed; None where it was not there yet."""
        if seat := _believed(self, horizon):
            return replace(seat, tenures=tuple(t for tenure in self.tenures if (t := tenure.believed(horizon))))
        return None

    def standing(self, day: date, ending_within_days: int = ENDING_WITHIN_DAYS) -> Standing:
        """What the seat is on `day`. A seat that does not exist then has neither holder nor substitutes.

        Should tenures of holders overlap, which no command lets happen, the one that began last holds the seat.
        """
        if self.since is not None and day < self.since:
            return NOT_YET
        if self.until is not None and day >= self.until:
            return ABOLISHED
        holder: TenureRow | None = None
        substitutes: tuple[TenureRow, ...] = ()
        for tenure in self.tenures:
            # As `valid` says, written out: thousands of seats are asked for in one answer.
            if tenure.since <= day and (tenure.until is None or day < tenure.until):
                if tenure.role in HOLDING:
                    holder = holder or tenure
                elif tenure.role == "SUBSTITUTE":
                    substitutes = (tenure, *substitutes)
        if holder is None:
            return Standing("VACANT", None, substitutes)
        ends = ends_on(self.term_rule, holder.since, holder.until)
        return Standing(_held(ends, day, ending_within_days), holder, substitutes, ends)


R = TypeVar("R", TenureRow, SeatRow)


def _believed(row: R, horizon: str) -> R | None:
    if not recorded(row.recorded_at, horizon):
        return None
    if not row.endings:
        return row
    end = believed_end(None, row.endings, horizon)
    return replace(row, until=date.fromisoformat(end) if end else None)


def _held(ends: date | None, day: date, ending_within_days: int) -> str:
    if ends is None:
        return "FILLED"
    left = (ends - day).days
    return "CARRY_OVER" if left <= 0 else "ENDING" if left <= ending_within_days else "FILLED"
