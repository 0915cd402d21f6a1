"""Dates in the files: ISO 8601, or, for made-up content, relative to the day of loading.

Three relative forms keep illustrative content fresh on any day: `{ago: 12 days}`, `{in: 3 months}` and
`{yearStart: -1}`, the first of January of last year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

_SPAN = re.compile(r"([0-9]{1,4}) (day|week|month|year)s?")
_MONTHS = {"month": 1, "year": 12}
_DAYS = {"day": 1, "week": 7}


def absolute(text: str) -> date:
    """The day that `text` names as `YYYY-MM-DD`. Raises ValueError for anything else."""
    try:
        if (day := date.fromisoformat(text)).isoformat() == text:
            return day
    except ValueError:
        pass
    raise ValueError(f"{text!r} is no date: write YYYY-MM-DD")


def relative(form: Mapping[str, Any], today: date) -> date:
    """The day that `form` means when loaded on `today`.

    >>> relative({"ago": "1 month"}, date(2026, 3, 31)), relative({"yearStart": 0}, date(2026, 3, 31))
    (datetime.date(2026, 2, 28), datetime.date(2026, 1, 1))
    """
    try:
        match dict(form):
            case {"ago": str(span), **rest} if not rest:
                return _moved(today, span, -1)
            case {"in": str(span), **rest} if not rest:
                return _moved(today, span, 1)
            case {"yearStart": int(years), **rest} if not rest and not isinstance(years, bool):
                return date(today.year + years, 1, 1)
    except OverflowError as error:
        raise ValueError(f"{dict(form)} leaves the calendar") from error
    raise ValueError(f"{dict(form)} is no relative date: write {{ago: 12 days}}, {{in: 3 months}} or {{yearStart: 0}}")


def _moved(day: date, span: str, sign: int) -> date:
    found = _SPAN.fullmatch(span)
    if found is None:
        raise ValueError(f"{span!r} is no span of time: write such as 1 day, 2 weeks, 3 months, 1 year")
    count, unit = sign * int(found[1]), found[2]
    return day + timedelta(days=count * _DAYS[unit]) if unit in _DAYS else _months(day, count * _MONTHS[unit])


def _months(day: date, count: int) -> date:
    """`day`, `count` months on; the last day of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
