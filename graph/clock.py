"""The server's clock, injected so that tests can stand on any day."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...

    def today(self) -> date:
        """The present day in Denmark: what `asOf: null` means."""
        ...


class SystemClock:
    def __init__(self) -> None:
        self._known = (0.0, 0.0, date.min)
        """A day, and from when until when it is that day in Denmark, in seconds since 1970. Every request asks."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        now = time.time()
        begins, ends, day = self._known
        if not begins <= now < ends:
            day = datetime.fromtimestamp(now, COPENHAGEN).date()
            begins, ends = _midnight(day), _midnight(day + timedelta(days=1))
            self._known = begins, ends, day
        return day


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until it is moved."""

    moment: datetime

    @classmethod
    def on(cls, day: date) -> FixedClock:
        return cls(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.astimezone(COPENHAGEN).date()


def _midnight(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=COPENHAGEN).timestamp()
