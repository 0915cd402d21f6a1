"""The day that a page about seats looks at, and the days that terms turn on."""

from __future__ import annotations

from datetime import date, timedelta

from service.pages.visit import Visit

FIRST, LAST = date(2018, 1, 1), date(2029, 12, 31)
"""The days that can be looked at: three municipal terms."""

_TERM_YEARS = 4


def asked(visit: Visit) -> str:
    """The day in the address (`paa`), else today. What cannot be read stands among the query's faults."""
    refuse = visit.gettext("Skriv en dag fra 1. januar 2018 til 31. december 2029, fx 1.3.2025.")
    day = visit.query.day("paa", refuse)
    if day is not None and not FIRST.isoformat() <= day <= LAST.isoformat():
        visit.query.faults["paa"] = refuse
        day = None
    return day or clamped(visit.site.clock.today()).isoformat()


def clamped(day: date) -> date:
    """The nearest day that can be looked at."""
    return min(max(day, FIRST), LAST)


def turns() -> list[date]:
    """The last day of each municipal term, and the first of the next."""
    firsts = [date(year, 1, 1) for year in range(FIRST.year, LAST.year + 2, _TERM_YEARS)]
    days = [day for first in firsts for day in (first - timedelta(1), first)]
    return [day for day in days if FIRST <= day <= LAST]


def after(day: str, days: int) -> str:
    """So many days later."""
    return (date.fromisoformat(day) + timedelta(days)).isoformat()
