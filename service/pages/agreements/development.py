"""How capacity and prices of the offers under an agreement develop: charts of the years, group by group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.pages.drawing.charts import SHAPES, Chart, Series, lines
from service.pages.visit import Visit

Point = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart and its title; `left_out` are groups of which there is more to draw than can be told apart."""

    title: str
    chart: Chart
    left_out: tuple[str, ...]


def development(visit: Visit, points: Sequence[Point], by: str) -> tuple[Drawn, ...]:
    """Places, free places and prices per day, by year. What no offer states is a gap."""
    none = visit.gettext("Alle tilbud") if by == "NONE" else visit.gettext("Ikke oplyst")
    groups: dict[str, list[Point]] = {}
    for point in points:
        groups.setdefault(point["group"] or none, []).append(point)
    per_day = visit.gettext("kr. pr. døgn")

    def money(value: float) -> str:
        return visit.formats.money(value)

    return (
        _drawn(visit, visit.gettext("Pladser"), groups, "places", visit.gettext("pladser"), None),
        _drawn(visit, visit.gettext("Ledige pladser"), groups, "free", visit.gettext("ledige pladser"), None),
        _drawn(visit, visit.gettext("Gennemsnitspris"), groups, "averagePricePerDay", per_day, money),
    )


def _drawn(
    visit: Visit,
    title: str,
    groups: Mapping[str, Sequence[Point]],
    field: str,
    unit: str,
    write: Callable[[float], str] | None,
) -> Drawn:
    """The groups that state something, the largest of the last year first, as many as can be told apart."""

    def read(point: Point) -> float | None:
        return None if point[field] is None else float(point[field])

    stated = {
        name: [(int(point["year"]), read(point)) for point in points]
        for name, points in groups.items()
        if any(point[field] is not None for point in points)
    }
    largest = sorted(stated, key=lambda name: -next(v for _, v in reversed(stated[name]) if v is not None))
    shown = [Series(name, stated[name]) for name in largest[: len(SHAPES)]]
    chart = lines(shown, visit.formats, unit=unit, write=write, zero=True)
    return Drawn(title, chart, tuple(largest[len(SHAPES) :]))
