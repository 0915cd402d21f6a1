"""The round numbers, and the beginnings of years and months, at which an axis has its ticks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TypeVar

T = TypeVar("T")


def ticks(low: float, high: float, whole: bool = False, most: int = 6) -> list[Decimal]:
    """Two or more round numbers, evenly apart: the first at `low` or below, the last at `high` or above.

    >>> [str(tick) for tick in ticks(2190, 2420)]
    ['2150', '2200', '2250', '2300', '2350', '2400', '2450']
    """
    first, last = Decimal(repr(low)), Decimal(repr(high))
    largest = max(abs(first), abs(last))
    # Equal values get a scale on which they could be told apart from others of their size.
    span = last - first or largest / 10 or Decimal(1)
    exponent = (span / (most - 1)).adjusted()
    steps = (Decimal(round).scaleb(exponent) for round in (1, 2, 5, 10, 20))
    step = next(step for step in steps if step * (most - 1) >= span)
    if whole:
        step = max(step, Decimal(1))
    start = (first / step).to_integral_value(ROUND_FLOOR)
    end = max((last / step).to_integral_value(ROUND_CEILING), start + 1)
    return [step * (start + i) for i in range(int(end - start) + 1)]


def dates(first: date, last: date, most: int = 4) -> list[tuple[date, bool]]:
    """Beginnings of years from `first` to `last`, or of months where there are few; True for a year's beginning.

    Where not even two months begin, the two days themselves.
    """
    months = [
        date(n // 12, n % 12 + 1, 1) for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]
    within = [day for day in months if first <= day]
    years = [day for day in within if day.month == 1]
    for days, every in ((years, 1), (within, 3), (within, 1)):
        chosen = [day for day in days if every == 1 or day.month % every == 1]
        if len(chosen) > 1:
            return [(day, days is years) for day in thinned(chosen, 7 if days is years else most)]
    return [(day, False) for day in sorted({first, last})]


def thinned(all: Sequence[T], most: int) -> Sequence[T]:
    """Every second, third … of them, so that there are at most so many."""
    return all[:: -(-len(all) // most)]
