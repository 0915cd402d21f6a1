"""The day in Denmark, whatever the hour is elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.clock import COPENHAGEN, SystemClock

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@pytest.fixture(scope="module")
def patched() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@given(first=MOMENTS, hours=st.lists(st.floats(-30, 30), max_size=8))
@example(first=datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC), hours=[1 / 3600, 1.0, 22.0, 1.0])
@example(first=datetime(2026, 10, 24, 21, 59, 59, tzinfo=UTC), hours=[1 / 3600, 24.0, 1.0, -1.0])
def test_today_is_the_day_in_denmark_as_the_clock_goes_on_or_is_set_back(
    patched: pytest.MonkeyPatch, first: datetime, hours: list[float]
) -> None:
    clock, moment = SystemClock(), first
    for step in [0.0, *hours]:
        moment += timedelta(hours=step)
        patched.setattr(time, "time", moment.timestamp)
        assert clock.today() == moment.astimezone(COPENHAGEN).date()
