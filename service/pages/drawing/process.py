"""A process in time as plain geometry: where along it each step lies, in percent of its breadth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date

from service.pages.languages import Language

MOST = 13
"""Labels that fit side by side on a phone."""


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a month, and its name."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Span:
    """The time of a step."""

    at: float
    width: float


@dataclass(frozen=True, slots=True)
class Course:
    """`spans` are those of the steps, in their order; `mark` is where the chosen day is, None where it is not on it."""

    years: str
    ticks: tuple[Tick, ...]
    spans: tuple[Span, ...]
    mark: float | None
    before: bool
    """Whether the chosen day comes before all of it."""


def course(steps: Sequence[Mapping[str, Any]], day: str, language: Language) -> Course | None:
    """Of steps with `validFrom` and `validTo`, from the first month on; None where there are none."""
    if not steps:
        return None
    times = [(date.fromisoformat(step["validFrom"]), date.fromisoformat(step["validTo"])) for step in steps]
    start = min(begin for begin, _ in times).replace(day=1)
    end = max(over for _, over in times)
    whole = (end - start).days

    def at(day: date) -> float:
        return round(100 * (day - start).days / whole, 2)

    months = [start]
    while (following := (months[-1] + timedelta(days=31)).replace(day=1)) < end:
        months.append(following)
    every = -(-len(months) // MOST)
    chosen, last = date.fromisoformat(day), end - timedelta(days=1)
    return Course(
        str(start.year) if start.year == last.year else f"{start.year}–{last.year}",
        tuple(Tick(at(month), format_date(month, "LLL", language.tag).rstrip(".")) for month in months[::every]),
        tuple(Span(at(begin), round(at(over) - at(begin), 2)) for begin, over in times),
        at(chosen) if start <= chosen < end else None,
        chosen < start,
    )
