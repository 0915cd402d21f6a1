"""Time as bars over years, in percent of the width."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.pages.days import FIRST, LAST

_END = date(LAST.year + 1, 1, 1)
_DAYS = (_END - FIRST).days


@dataclass(frozen=True, slots=True)
class Bar:
    """One person's time in one seat, as far as it lies within the years that are shown."""

    x: float
    width: float
    tenure: Mapping[str, Any]


def bars(tenures: Iterable[Mapping[str, Any]]) -> list[Bar]:
    """Earliest first. What has no first or last day goes on beyond the years that are shown."""
    found = []
    for tenure in tenures:
        x, end = place(tenure["validFrom"] or FIRST), place(tenure["validTo"] or _END)
        if end > x:
            found.append(Bar(x, round(end - x, 2), tenure))
    return sorted(found, key=lambda bar: bar.x)


def years() -> list[tuple[int, float]]:
    """Every year, and where it begins."""
    return [(year, place(date(year, 1, 1))) for year in range(FIRST.year, LAST.year + 1)]


def place(day: str | date) -> float:
    """Where a day lies, 0 to 100."""
    found = day if isinstance(day, date) else date.fromisoformat(day)
    return round(min(max((found - FIRST).days / _DAYS, 0.0), 1.0) * 100, 2)
