"""Time as bars over years, in percent of the width."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.pages.governance.days import FIRST, LAST

HOLDING = ("MEMBER", "CHAIR", "VICE_CHAIR")
"""Roles that fill a seat."""

_END = date(LAST.year + 1, 1, 1)
_DAYS = (_END - FIRST).days


@dataclass(frozen=True, slots=True)
class Bar:
    """One person's time in one seat, as far as it lies within the years that are shown."""

    x: float
    end: float
    tenure: Mapping[str, Any]

    @property
    def width(self) -> float:
        return round(self.end - self.x, 2)


def lanes(tenures: Iterable[Mapping[str, Any]]) -> list[list[Bar]]:
    """Bars in lanes in which none covers another: first those who hold a seat, then who stands in or looks on."""
    tenures = list(tenures)
    found: list[list[Bar]] = []
    for holding in (True, False):
        own: list[list[Bar]] = []
        for bar in bars(tenure for tenure in tenures if (tenure["role"] in HOLDING) is holding):
            free = next((lane for lane in own if lane[-1].end <= bar.x), None)
            if free is None:
                own.append([bar])
            else:
                free.append(bar)
        found += own
    return found


def bars(tenures: Iterable[Mapping[str, Any]]) -> list[Bar]:
    """Earliest first. What has no first or last day goes on beyond the years that are shown."""
    found = [Bar(place(one["validFrom"] or FIRST), place(one["validTo"] or _END), one) for one in tenures]
    return sorted((bar for bar in found if bar.width > 0), key=lambda bar: bar.x)


def years() -> list[tuple[int, float]]:
    """Every year, and where it begins."""
    return [(year, place(date(year, 1, 1))) for year in range(FIRST.year, LAST.year + 1)]


def place(day: str | date) -> float:
    """Where a day lies, 0 to 100."""
    found = day if isinstance(day, date) else date.fromisoformat(day)
    return round(min(max((found - FIRST).days / _DAYS, 0.0), 1.0) * 100, 2)
