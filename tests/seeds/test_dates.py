from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.dates import absolute, relative

DAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"ago": "0 days"}, "2026-03-31"),
        ({"ago": "12 days"}, "2026-03-19"),
        ({"ago": "1 day"}, "2026-03-30"),
        ({"ago": "2 weeks"}, "2026-03-17"),
        ({"ago": "1 month"}, "2026-02-28"),
        ({"ago": "25 months"}, "2024-02-29"),
        ({"in": "3 months"}, "2026-06-30"),
        ({"in": "9 months"}, "2026-12-31"),
        ({"in": "10 months"}, "2027-01-31"),
        ({"ago": "2 years"}, "2024-03-31"),
        ({"yearStart": 0}, "2026-01-01"),
        ({"yearStart": -1}, "2025-01-01"),
        ({"yearStart": 2}, "2028-01-01"),
    ],
)
def test_relative_dates(form: dict[str, Any], expected: str) -> None:
    assert relative(form, DAY).isoformat() == expected


def test_a_year_from_a_leap_day() -> None:
    assert relative({"in": "1 year"}, date(2024, 2, 29)) == date(2025, 2, 28)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"ago": 12},
        {"ago": "12"},
        {"ago": "-1 days"},
        {"ago": "1.5 months"},
        {"ago": "one day"},
        {"ago": "1 day", "in": "1 day"},
        {"since": "1 day"},
        {"yearStart": "0"},
        {"yearStart": True},
        {"yearStart": 10_000},
        {"yearStart": 10**20},
        {"ago": "9999 years"},
        {"in": "9999 years"},
        {"in": "9999 months", "x": 1},
    ],
)
def test_what_is_no_relative_date(form: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        relative(form, DAY)


@given(day=st.dates(date(1900, 1, 1), date(2200, 1, 1)), months=st.integers(0, 500))
def test_months_keep_the_day_or_end_the_month(day: date, months: int) -> None:
    moved = relative({"in": f"{months} months"}, day)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    "text", ["2026-3-1", "20260301", "2026-W10-1", "2026-02-30", "01-03-2026", "", "2026-03-01T00:00"]
)
def test_what_is_no_absolute_date(text: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        absolute(text)


def test_an_absolute_date() -> None:
    assert absolute("2024-02-29") == date(2024, 2, 29)
