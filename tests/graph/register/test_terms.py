"""When a holder's time runs out, by each term rule."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import ENUMS
from graph.register.terms import ends_on
from tests.graph.register.plain import begins, days_after

days = st.dates(date(1970, 1, 1), date(2100, 1, 1))
rules = st.sampled_from([*ENUMS["termRule"], None])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["CALENDAR_TERM", "MONTH_OF_ELECTION", "SCHOOL_YEAR"]), days)
def test_the_end_is_the_first_day_after_that_begins_a_term(rule: str, since: date) -> None:
    assert ends_on(rule, since, None) == next(day for day in days_after(since) if begins(rule, day))


@given(rules, days, days)
def test_a_stated_end_goes_before_any_rule(rule: str | None, since: date, until: date) -> None:
    assert ends_on(rule, since, until) == until


@pytest.mark.parametrize("rule", ["OFFICE", "OPEN", None])
def test_some_seats_have_no_end(rule: str | None) -> None:
    assert ends_on(rule, date(2022, 1, 1), None) is None


@pytest.mark.parametrize(
    ("rule", "since", "ends"),
    [
        ("CALENDAR_TERM", date(2022, 1, 1), date(2026, 1, 1)),
        ("CALENDAR_TERM", date(2025, 12, 31), date(2026, 1, 1)),
        ("CALENDAR_TERM", date(2018, 3, 1), date(2022, 1, 1)),
        ("MONTH_OF_ELECTION", date(2022, 1, 1), date(2025, 12, 1)),
        ("MONTH_OF_ELECTION", date(2025, 11, 30), date(2025, 12, 1)),
        ("MONTH_OF_ELECTION", date(2025, 12, 1), date(2029, 12, 1)),
        ("SCHOOL_YEAR", date(2025, 7, 31), date(2025, 8, 1)),
        ("SCHOOL_YEAR", date(2025, 8, 1), date(2026, 8, 1)),
        # Where the calendar ends, no term does.
        ("CALENDAR_TERM", date(9999, 1, 1), None),
        ("MONTH_OF_ELECTION", date(9999, 12, 31), None),
        ("SCHOOL_YEAR", date(9999, 8, 1), None),
        ("SCHOOL_YEAR", date(9999, 7, 31), date(9999, 8, 1)),
        ("CALENDAR_TERM", date(1, 1, 1), date(2, 1, 1)),
    ],
)
def test_terms_as_they_are_known(rule: str, since: date, ends: date | None) -> None:
    assert ends_on(rule, since, None) == ends
