"""A deadline: the moment by which something must be done, carried along instead of a time-out at each step."""

from __future__ import annotations

import time
from dataclasses import dataclass

from graph.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Deadline:
    """`at` is a moment of the monotonic clock; `seconds` is how long there was when it was set."""

    at: float
    seconds: float

    @classmethod
    def within(cls, seconds: float) -> Deadline:
        return cls(time.monotonic() + seconds, seconds)

    def sooner(self, share: float) -> Deadline:
        """One that comes earlier by this share of the time that there was: what is left after it is for the answer."""
        return Deadline(self.at - share * self.seconds, self.seconds)

    def left(self) -> float:
        """Seconds that are left, more than 0. Raises Unavailable when none are."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise Unavailable(f"No answer within {self.seconds:g} seconds.")
        return left
