"""Charts, of any values: everything within the frame, gaps stay gaps, and the scale says what is drawn."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pages.drawing.charts import Chart, Series, bars, held, lines, steps
from service.pages.drawing.scales import dates, ticks
from service.pages.formats import Formats
from service.pages.languages import Language
from service.pages.templates import environment

DANISH, ENGLISH = Formats(Language.DA), Formats(Language.EN)

VALUES = st.one_of(
    st.floats(-1e15, 1e15, allow_subnormal=False),
    st.floats(-1e-6, 1e-6, allow_subnormal=False).map(lambda value: round(value, 9)),
    st.integers(-(10**9), 10**9).map(float),
)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
YEARS = st.integers(1990, 2060)


def series(xs: st.SearchStrategy, most: int = 4) -> st.SearchStrategy[list[Series]]:
    points = st.dictionaries(xs, st.one_of(st.none(), VALUES), max_size=12)
    ordered = points.map(lambda values: Series("en", sorted(values.items())))
    return st.lists(ordered, min_size=1, max_size=most)


def spots(path: str) -> list[tuple[float, float]]:
    """The corners of a line of M, L, H and V."""
    x = y = 0.0
    found = []
    for letter, numbers in re.findall(r"([MLHV])([^MLHV]*)", path):
        values = [float(number) for number in numbers.split()]
        x = values[0] if letter in "MLH" else x
        y = values[-1] if letter in "MLV" else y
        found.append((x, y))
    return found


def within(chart: Chart) -> None:
    assert 0 <= chart.left < chart.right <= chart.width
    assert 0 <= chart.top < chart.bottom <= chart.height
    for one in chart.series:
        at = [(mark.x, mark.y) for mark in one.marks] + spots(one.path)
        at += [corner for bar in one.bars for corner in ((bar.x, bar.y), (bar.x + bar.width, bar.y + bar.height))]
        for x, y in at:
            assert chart.left - 0.2 <= x <= chart.right + 0.2
            assert chart.top - 0.2 <= y <= chart.bottom + 0.2
    for tick in chart.xs:
        assert chart.left <= tick.at <= chart.right
    for tick in chart.ys:
        assert chart.top <= tick.at <= chart.bottom


def ordered(given: list[Series], chart: Chart) -> None:
    """A higher value never stands lower, a later one never further left, and no two scales are mixed."""
    marks = [
        (x, value, mark)
        for one, drawn in zip(given, chart.series, strict=True)
        for (x, value), mark in zip([p for p in one.points if p[1] is not None], drawn.marks, strict=True)
    ]
    for (x, value, mark), (after, other, beside) in zip(marks, marks[1:], strict=False):
        assert (value - other) * (beside.y - mark.y) >= 0  # type: ignore[operator]
        if not chart.series[0].bars:
            assert (x > after) <= (mark.x >= beside.x) and (x < after) <= (mark.x <= beside.x)  # type: ignore[operator]


def rows(given: list[Series]) -> int:
    return len({x for one in given for x, _ in one.points})


@given(series(DAYS), DAYS, st.booleans())
def test_steps_of_any_values_are_within_the_frame(given: list[Series], until: date, zero: bool) -> None:
    chart = steps(given, DANISH, until=until, zero=zero)
    within(chart)
    ordered(given, chart)
    assert len(chart.rows) == rows(given)
    assert chart.known == any(value is not None for one in given for _, value in one.points)


@given(series(YEARS) | series(DAYS), st.booleans())
def test_lines_of_any_values_are_within_the_frame(given: list[Series], zero: bool) -> None:
    chart = lines(given, ENGLISH, zero=zero)
    within(chart)
    ordered(given, chart)
    assert len(chart.rows) == rows(given)


@given(series(st.integers(2015, 2030), most=6))
def test_bars_of_any_values_are_within_the_frame_and_begin_at_nothing(given: list[Series]) -> None:
    chart = bars(given, DANISH)
    within(chart)
    ordered(given, chart)
    every = [bar for one in chart.series for bar in one.bars]
    if every:
        zero = next(tick.at for tick in chart.ys if float(tick.label.replace(".", "").replace(",", ".")) == 0)
        assert all(bar.y == zero or bar.y + bar.height == pytest.approx(zero, abs=0.11) for bar in every)
        for one, other in zip(
            sorted(every, key=lambda bar: bar.x), sorted(every, key=lambda bar: bar.x)[1:], strict=False
        ):
            assert one.x + one.width <= other.x + 0.3


@given(series(DAYS, most=1), DAYS)
def test_a_step_is_as_long_as_its_value_holds(given: list[Series], until: date) -> None:
    chart = steps(given, DANISH, until=until)
    points, drawn = given[0].points, chart.series[0]
    starts = sum(value is not None and (i == 0 or points[i - 1][1] is None) for i, (_, value) in enumerate(points))
    assert drawn.path.count("M") == starts
    assert drawn.path.count("H") == len(drawn.marks) == sum(value is not None for _, value in points)
    if points and points[-1][1] is not None:
        assert spots(drawn.path)[-1][0] == chart.right


@given(series(YEARS, most=1))
def test_a_year_without_a_value_breaks_the_line(given: list[Series]) -> None:
    drawn = lines(given, DANISH).series[0]
    runs = "".join(" " if value is None else "x" for _, value in given[0].points).split()
    assert drawn.path.count("M") == len(runs)
    assert drawn.path.count("L") == sum(len(run) - 1 for run in runs)


@given(VALUES, VALUES, st.booleans())
def test_ticks_are_few_round_and_even_and_cover_the_values(one: float, other: float, whole: bool) -> None:
    low, high = sorted((one, other))
    found = ticks(low, high, whole)
    assert 2 <= len(found) <= 8
    assert float(found[0]) <= low and high <= float(found[-1])
    step = found[1] - found[0]
    assert all(after - before == step for before, after in zip(found, found[1:], strict=False))
    assert str(step.normalize().as_tuple().digits[0]) in "125" and len(step.normalize().as_tuple().digits) == 1
    assert not whole or step == int(step)


@given(DAYS, DAYS)
def test_ticks_of_days_are_in_order_and_within(one: date, other: date) -> None:
    first, last = sorted((one, other))
    found = [day for day, _ in dates(first, last)]
    assert found == sorted(set(found)) and 1 <= len(found) <= 7
    assert first <= found[0] and found[-1] <= last
    assert len(found) > 1 or first == last


@given(
    st.lists(st.tuples(DAYS, st.integers(1, 900), st.booleans(), VALUES), max_size=8, unique_by=lambda span: span[0])
)
def test_what_holds_from_a_day_to_a_day_does_so_as_points(spans: list[tuple[date, int, bool, float]]) -> None:
    given = [(start, start + timedelta(days) if ends else None, value) for start, days, ends, value in spans]
    points = held(given)
    assert [x for x, _ in points] == sorted({x for x, _ in points})
    for day in {x for x, _ in points} | {start + timedelta(1) for start, _, _, _ in spans}:
        begun = max((span for span in given if span[0] <= day), default=None, key=lambda span: span[0])
        holds = begun[2] if begun and (begun[1] is None or day < begun[1]) else None
        assert ([value for x, value in points if x <= day] or [None])[-1] == holds


def test_one_value_stands_in_the_middle() -> None:
    chart = lines([Series("pladser", [(2025, 28.0)])], DANISH)
    (mark,) = chart.series[0].marks
    assert mark.x == pytest.approx((chart.left + chart.right) / 2, abs=0.1)
    assert mark.said == "pladser, 2025: 28"


def test_the_table_has_what_held_on_each_day_and_gaps_as_gaps() -> None:
    given = [
        Series("pladser", [(date(2024, 1, 1), 28.0), (date(2025, 6, 1), None)]),
        Series("ledige", [(date(2024, 3, 1), 2.0)]),
    ]
    chart = steps(given, DANISH, until=date(2026, 1, 1))
    assert chart.rows == (
        ("1. januar 2024", ("28", None)),
        ("1. marts 2024", ("28", "2")),
        ("1. juni 2025", (None, "2")),
    )


def test_labels_are_in_the_language_of_the_page() -> None:
    given = [Series("pris", [(2024, 1250.5), (2025, 2250.0)])]
    assert "1.200" in [tick.label for tick in lines(given, DANISH).ys]
    assert "1,200" in [tick.label for tick in lines(given, ENGLISH).ys]


def test_a_chart_that_is_drawn_says_its_sentence_and_its_numbers() -> None:
    given = [Series("<pris>", [(2024, 1250.5), (2025, None), (2026, 2.0)], dashed=True), Series("andre", [(2026, 3.0)])]
    source = '{% import "charts.html" as charts with context %}{{ charts.chart(chart, title) }}'
    page = environment(Language.DA).from_string(source).render(chart=lines(given, DANISH), title="Prisen & dens gang")
    assert 'role="img" aria-label="Prisen &amp; dens gang"' in page
    assert "&lt;pris&gt;" in page and "<pris>" not in page
    assert page.count("ikke oplyst") == 3
    assert "stroke-dasharray" in page and "style" not in page
    empty = environment(Language.DA).from_string(source).render(chart=lines([], DANISH), title="Intet")
    assert "ingen oplysninger" in empty and "<svg" not in empty
