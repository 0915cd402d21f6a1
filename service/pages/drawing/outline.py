"""The map of North Jutland: outlines of its municipalities, and hits as numbered marks where they are.

The outlines are open data; `outline.json` names their source and what was done to them. A point at longitude `x` and
latitude `y` in degrees is drawn at ((x - WEST) * cos(MIDDLE), NORTH - y) * UNITS: equirectangular, true to scale at the
latitude MIDDLE and within two percent of it all over the region.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import cos, pi, radians, sin
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 1000, 760
WEST, NORTH, MIDDLE = 8.16, 57.79, 57.1
UNITS = 593.88
"""In a degree of latitude."""
PER_KM = UNITS / 111.2
RINGS = (25, 50, 100)
"""Kilometres from the place of search."""
SPACE = 70
"""Between the middles of two marks: on a phone they are 68 wide, to be hit by a finger."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A hit: its mark is drawn at `x`, `y`, its place is at `at`, as near as other marks allow."""

    hit: Mapping[str, Any]
    x: int
    y: int
    at: tuple[int, int]

    @property
    def moved(self) -> bool:
        return (self.x, self.y) != self.at


@dataclass(frozen=True, slots=True)
class Ring:
    """So far from home; `at` is where that is written, if there is room on the map."""

    km: int
    radius: int
    at: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Picture:
    """What a map shows, and the hits that it cannot show."""

    marks: list[Mark]
    home: tuple[int, int] | None
    rings: list[Ring]
    protected: list[Mapping[str, Any]]
    unknown: list[Mapping[str, Any]]
    outside: list[Mapping[str, Any]]


@cache
def outlines() -> dict[str, str]:
    """SVG paths of the municipalities' outlines, by code."""
    data = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return dict(data["municipalities"])


def drawn(point: Mapping[str, float]) -> tuple[int, int]:
    """Where a point with `latitude` and `longitude` is drawn."""
    east = (point["longitude"] - WEST) * cos(radians(MIDDLE))
    return round(east * UNITS), round((NORTH - point["latitude"]) * UNITS)


def picture(hits: Iterable[Mapping[str, Any]], home: Mapping[str, Any] | None) -> Picture:
    """Of matches with `rank` and `offer { id name location { protected town point } }`, best first, and the
    municipality from which distances count, with its main town's `location`.
    """
    middle = _within(home and home["location"])
    made = Picture([], middle, [_ring(middle, km) for km in RINGS] if middle else [], [], [], [])
    taken = [middle] if middle else []
    for hit in hits:
        location = hit["offer"]["location"]
        if location is None or location["point"] is None:
            (made.protected if location and location["protected"] else made.unknown).append(hit)
        elif (at := _within(location["point"])) is None:
            made.outside.append(hit)
        else:
            x, y = next(spot for spot in _around(*at) if all(_apart(spot, one) for one in taken))
            taken.append((x, y))
            made.marks.append(Mark(hit, x, y, at))
    return made


def _within(point: Mapping[str, float] | None) -> tuple[int, int] | None:
    if point is None:
        return None
    x, y = drawn(point)
    return (x, y) if 0 <= x <= WIDTH and 0 <= y <= HEIGHT else None


def _ring(middle: tuple[int, int], km: int) -> Ring:
    radius = round(km * PER_KM)
    away = round(radius * sin(pi / 4))
    corners = [(middle[0] + x * away, middle[1] + y * away) for x, y in ((-1, -1), (-1, 1), (1, 1), (1, -1))]
    return Ring(km, radius, next(((x, y) for x, y in corners if 40 < x < WIDTH - 40 and 20 < y < HEIGHT - 10), None))


def _apart(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 >= SPACE**2


def _around(x: int, y: int) -> Iterator[tuple[int, int]]:
    """A place, then others around it on the map, ever farther away: many offers lie in the same town."""
    for dx, dy in _spiral():
        if 0 <= x + dx <= WIDTH and 0 <= y + dy <= HEIGHT:
            yield x + dx, y + dy


@cache
def _spiral() -> list[tuple[int, int]]:
    """Steps away from a place, nearest first, in rings of marks that just do not touch; enough for 200 hits."""
    steps = [(0, 0)]
    for ring in range(1, 40):
        for n in range(6 * ring):
            angle = 2 * pi * n / (6 * ring) - pi / 2
            steps.append((round(ring * (SPACE + 1) * cos(angle)), round(ring * (SPACE + 1) * sin(angle))))
    return steps
