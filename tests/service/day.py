"""One day for everything that a run of the tests starts: a run that goes on past midnight ends on the day it began.

TEST_DAY chooses another day than today. A service of the tests is this module, `python -m tests.service.day serve`,
which is `tilbudsvifte` but for what it takes for today; the time of day stays the machine's, as tokens need it.
"""

from __future__ import annotations

import os
from datetime import date

from graph.clock import SystemClock

VARIABLE = "TEST_DAY"


def settle() -> None:
    """Fixes the day for this process and for those that it starts."""
    os.environ.setdefault(VARIABLE, SystemClock().today().isoformat())


def the_day() -> date:
    """The day of this run: today, where it was not settled."""
    return date.fromisoformat(given) if (given := os.environ.get(VARIABLE)) else SystemClock().today()


def main() -> int:
    day = the_day()

    def today(clock: SystemClock) -> date:
        return day

    SystemClock.today = today  # type: ignore[method-assign]
    from service.cli import main

    return main()


if __name__ == "__main__":
    raise SystemExit(main())
