"""When a holder's time runs out, by the term rule of the seat.

A municipal term runs for four years from 1 January of a year that leaves 2 when divided by four (2018, 2022, 2026);
the election is in November of the year before it.
"""

from __future__ import annotations

from datetime import MAXYEAR, date
from functools import lru_cache

YEARS = 4
"""A municipal term."""


def ends_on(rule: str | None, since: date, until: date | None) -> date | None:
    """The first day on which the time of one who holds a seat from `since` has run out; None where it never does.

    `until` is the holder's own last day, exclusive, and goes before the seat's rule. By rule it is the first of these
    days after `since`: CALENDAR_TERM the first day of a term; MONTH_OF_ELECTION 1 December of an election year;
    SCHOOL_YEAR 1 August. OFFICE, OPEN and None set no end.
    """
    if until is not None:
        return until
    return _by_rule(rule, since)


@lru_cache(maxsize=4096)
def _by_rule(rule: str | None, since: date) -> date | None:
    match rule:
        case "CALENDAR_TERM":
            return _next(since, 1, every=YEARS, leaving=2)
        case "MONTH_OF_ELECTION":
            return _next(since, 12, every=YEARS, leaving=1)
        case "SCHOOL_YEAR":
            return _next(since, 8)
        case _:
            return None


def _next(since: date, month: int, *, every: int = 1, leaving: int = 0) -> date | None:
    """The first day after `since` that begins `month` in a year that leaves `leaving` when divided by `every`."""
    year = since.year + (leaving - since.year) % every
    if year == since.year and since.month >= month:
        year += every
    # The calendar ends, and with it the terms.
    return date(year, month, 1) if year <= MAXYEAR else None
