"""Charts as plain geometry, which `charts.html` draws: axes, and lines or bars of values by day or year.

What is not known is a gap: no line runs across it, and nothing begins at a 0 that nobody stated. Series differ by the
shape of their marks and by dashes, so that colour is never alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import TypeAlias

from service.pages.drawing.scales import dates, thinned, ticks
from service.pages.formats import Formats

X: TypeAlias = date | int
"""A day, or a year. One chart has the one or the other."""

WIDTH, HEIGHT = 400, 230
LETTER = 7.0
"""About the breadth of a digit, which makes room for what is written at the axis."""

SHAPES = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    "M-3.5-3.5h7v7h-7z",
    "M0-4.5 4.5 3.5h-9z",
    "M0-5 5 0 0 5-5 0z",
    "M0 4.5 4.5-3.5h-9z",
    "M-1.5-4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z",
)
"""The marks of the first, second … series: disc, square, triangle, diamond, triangle on its tip, cross."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values by day or year, in order. In `steps` each holds until the next; None: from there on it is not known."""

    name: str
    points: Sequence[tuple[X, float | None]]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, and what is written there."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A stated value, and what it is in words."""

    x: float
    y: float
    said: str


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A series on the paper. `index` gives its colour, `shape` the path of each mark, `path` its line."""

    index: int
    name: str
    dashed: bool
    path: str
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...] = ()

    @property
    def shape(self) -> str:
        return SHAPES[self.index % len(SHAPES)]


@dataclass(frozen=True, slots=True)
class Chart:
    """A frame from (left, top) to (right, bottom) with ticks, series, and the same values as the rows of a table."""

    left: float
    top: float
    right: float
    bottom: float
    unit: str
    xs: tuple[Tick, ...]
    ys: tuple[Tick, ...]
    series: tuple[Drawn, ...]
    rows: tuple[tuple[str, tuple[str | None, ...]], ...]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def known(self) -> bool:
        """Whether there is any value to draw."""
        return bool(self.ys)


def steps(
    series: Sequence[Series],
    formats: Formats,
    *,
    until: date,
    unit: str = "",
    write: Callable[[float], str] | None = None,
    zero: bool = False,
) -> Chart:
    """Values that hold from a day until the next; the last until `until`. `zero`: the scale has 0 on it.

    `unit` is written above the scale, and `write` writes a value with it.
    """
    paper = _Paper(series, formats, unit, write, zero, until)
    drawn = []
    for index, one in enumerate(series):
        path, joined = "", False
        ends = [*(paper.across(x) for x, _ in one.points[1:]), paper.right]
        for (x, value), end in zip(one.points, ends, strict=False):
            if value is not None:
                path += f"{'V' if joined else f'M{paper.across(x):g} '}{paper.up(value):g}H{end:g}"
            joined = value is not None
        drawn.append(Drawn(index, one.name, one.dashed, path, paper.marks(one)))
    return paper.chart(drawn, carried=True)


def lines(
    series: Sequence[Series],
    formats: Formats,
    *,
    unit: str = "",
    write: Callable[[float], str] | None = None,
    zero: bool = False,
) -> Chart:
    """Values of years or days, joined where neighbours are known: a year without one breaks the line."""
    paper = _Paper(series, formats, unit, write, zero)
    drawn = []
    for index, one in enumerate(series):
        path, joined = "", False
        values = dict(one.points)
        for x in paper.xs:
            value = values.get(x)
            if value is not None:
                path += f"{'L' if joined else 'M'}{paper.across(x):g} {paper.up(value):g}"
            joined = value is not None
        drawn.append(Drawn(index, one.name, one.dashed, path, paper.marks(one)))
    return paper.chart(drawn)


def bars(
    series: Sequence[Series],
    formats: Formats,
    *,
    unit: str = "",
    write: Callable[[float], str] | None = None,
) -> Chart:
    """Values of years side by side, from 0, each with the mark of its series at its end."""
    paper = _Paper(series, formats, unit, write, zero=True, bands=True)
    breadth = paper.band * 0.8 / max(len(series), 1)
    drawn = []
    for index, one in enumerate(series):
        aside = (index - (len(series) - 1) / 2) * breadth
        marks = paper.marks(one, aside)
        base = paper.up(0) if marks else 0
        made = tuple(
            Bar(_tenth(mark.x - breadth * 0.46), min(mark.y, base), _tenth(breadth * 0.92), _tenth(abs(base - mark.y)))
            for mark in marks
        )
        drawn.append(Drawn(index, one.name, one.dashed, "", marks, made))
    return paper.chart(drawn)


def held(spans: Iterable[tuple[date, date | None, float | None]]) -> list[tuple[X, float | None]]:
    """The points, for `steps`, of values that hold from a day to the day before another; None = to no known day."""
    ordered = sorted(spans, key=lambda span: span[0])
    points: list[tuple[X, float | None]] = []
    for (start, end, value), following in zip_longest(ordered, ordered[1:]):
        points.append((start, value))
        if end is not None and (following is None or end < following[0]):
            points.append((end, None))
    return points


class _Paper:
    """Where days, years and values of one chart are on the paper."""

    def __init__(
        self,
        series: Sequence[Series],
        formats: Formats,
        unit: str,
        write: Callable[[float], str] | None,
        zero: bool,
        until: date | None = None,
        bands: bool = False,
    ) -> None:
        self.series, self.formats, self.unit, self.bands = series, formats, unit, bands
        self.write = write or formats.number
        self.xs: list[X] = sorted({x for one in series for x, _ in one.points}, key=_number)
        numbers = [_number(x) for x in (*self.xs, until) if x is not None]
        self.first, self.last = min(numbers, default=0), max(numbers, default=0)
        values = [value for one in series for _, value in one.points if value is not None]
        whole = all(value == int(value) for value in values)
        spread = [*values, 0.0] if zero else values
        self.scale = ticks(min(spread), max(spread), whole) if values else []
        decimals = max((-int(tick.as_tuple().exponent) for tick in self.scale), default=0)
        self.labels = [formats.number(tick, max(decimals, 0)) for tick in self.scale]
        self.left = min(_tenth(12 + LETTER * max(map(len, self.labels), default=0)), WIDTH / 2)
        self.right, self.top, self.bottom = WIDTH - 14.0, 26.0, HEIGHT - 28.0

    @property
    def band(self) -> float:
        """The breadth that bars of one year have."""
        return (self.right - self.left) / max(len(self.xs), 1)

    def across(self, x: X) -> float:
        if self.bands:
            return _tenth(self.left + (self.xs.index(x) + 0.5) * self.band)
        if self.first == self.last:
            return _tenth((self.left + self.right) / 2)
        return _tenth(self.left + (self.right - self.left) * (_number(x) - self.first) / (self.last - self.first))

    def up(self, value: float | Decimal) -> float:
        low, high = self.scale[0], self.scale[-1]
        exact = value if isinstance(value, Decimal) else Decimal(repr(value))
        return _tenth(self.bottom - (self.bottom - self.top) * float((exact - low) / (high - low)))

    def label(self, x: X) -> str:
        return str(x) if isinstance(x, int) else self.formats.day(x)

    def marks(self, one: Series, aside: float = 0) -> tuple[Mark, ...]:
        """One at each value that a series states."""
        return tuple(
            Mark(
                _tenth(self.across(x) + aside),
                self.up(value),
                f"{one.name}, {self.label(x)}: {self.write(value)}",
            )
            for x, value in one.points
            if value is not None
        )

    def chart(self, series: Iterable[Drawn], carried: bool = False) -> Chart:
        """The whole. `carried`: values hold on in the rows of the table, until the next."""
        values = [dict(one.points) for one in self.series]
        now: list[float | None] = [None for _ in values]
        rows = []
        for x in self.xs:
            now = [of.get(x, before if carried else None) for of, before in zip(values, now, strict=True)]
            rows.append((self.label(x), tuple(None if value is None else self.write(value) for value in now)))
        ys = (Tick(self.up(at), label) for at, label in zip(self.scale, self.labels, strict=True))
        frame = (self.left, self.top, self.right, self.bottom)
        return Chart(*frame, self.unit, tuple(self._across()), tuple(ys), tuple(series), tuple(rows))

    def _across(self) -> Iterator[Tick]:
        """The ticks of days or years."""
        if not self.xs:
            return
        if isinstance(self.xs[0], int):
            years: Sequence[X] = self.xs if self.bands else range(self.first, self.last + 1)
            yield from (Tick(self.across(year), str(year)) for year in thinned(years, 8))
            return
        for day, year in dates(date.fromordinal(self.first), date.fromordinal(self.last)):
            label = str(day.year) if year else self.formats.month(day) if day.day == 1 else self.formats.day(day)
            yield Tick(self.across(day), label)


def _number(x: X) -> int:
    return x if isinstance(x, int) else x.toordinal()


def _tenth(value: float) -> float:
    """A tenth of a point is as exact as a screen is."""
    return round(value, 1)
