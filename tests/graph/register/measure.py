"""How long the register takes over 600 boards, 6,000 seats and 30,000 tenures.

`python -m tests.graph.register.measure` tells milliseconds of the processor, the least and the median of ten days.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from graph.clock import FixedClock
from graph.keyset import PageRequest
from graph.register.filters import BoardFilter, SeatFilter
from graph.register.register import Register
from seeds.board_generator import generate_boards
from seeds.loader import read

TODAY = date(2026, 3, 1)
DAYS = [date(2016 + n, 3, 1 + n) for n in range(10)]
PAGE = PageRequest(first=50)


def main() -> None:
    classification = read(Path("seeds/content"), TODAY)
    records = [*classification, *generate_boards(600, 6000, 30000, 1, classification)]
    started = time.process_time()
    register = Register.from_records(records, FixedClock.on(TODAY))
    print(f"{'made from records':44} {1000 * (time.process_time() - started):7.1f}")
    boards = [record.id for record in records if record.id.startswith("board:")]
    seats = [record.id for record in records if record.id.startswith("seat:")]
    gc.collect()
    gc.freeze()  # as the service does

    def compositions(day: date) -> list[object]:
        return [register.composition(board, day) for board in boards]

    def lists(day: date) -> list[object]:
        found = [register.composition(board, day) for board in boards]
        return [(c.by_gender, c.by_municipality, c.by_appointer, c.checks) for c in found if c]

    report("compositions, the first time", compositions)
    report("compositions, the second time", compositions, again=True)
    forget(register)
    report("with their lists and checks, the first time", lists)
    report("with their lists and checks, the second time", lists, again=True)
    forget(register)
    report("status of every seat", lambda day: [register.status(seat, day) for seat in seats])
    report("seats vacant on a day", lambda day: register.seats(SeatFilter(day, ("VACANT",)), PAGE, total=True))
    report("boards with a vacancy", lambda day: register.boards(BoardFilter(with_vacancy_on=day), PAGE, total=True))
    report("people with two seats", lambda day: register.representatives(None, 2, day, PAGE, total=True))
    report("every board's seats", lambda day: register.seats_by("board", SeatFilter(day), PAGE, total=True))


def report(name: str, ask: Callable[[date], object], again: bool = False) -> None:
    taken = []
    for day in DAYS:
        if again:
            ask(day)
        started = time.process_time()
        ask(day)
        taken.append(1000 * (time.process_time() - started))
    print(f"{name:44} {min(taken):7.1f} {median(taken):7.1f}")


def forget(register: Register) -> None:
    """Let the register ask itself anew what it knows of days."""
    register._days = type(register._days)(register._days.content)


if __name__ == "__main__":
    main()
