"""How capacity and price of an agreement's offers develop, year by year and group by group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.columns import DATA_STATUSES, Columns
from graph.catalogue.rows import PRICE_UNITS, OfferRow, Price
from graph.danish import name_order
from graph.errors import BadInput

YEARS = range(1990, 2101)
LONGEST = 50
"""Years from the first to the last that may be asked for."""

Rows = NDArray[np.intp]
"""Row numbers in the columns."""

_CENTS = Decimal("0.01")
_ILLUSTRATIVE = DATA_STATUSES["ILLUSTRATIVE"]


@dataclass(frozen=True, slots=True)
class DevelopmentPoint:
    """One year of one group of offers. Of every offer what held on 31 December counts, else the year's last."""

    year: int
    group: str | None
    """The group's Danish name; None for the whole, and for offers that do not say which group they are of."""
    group_id: str | None
    places: int | None
    free: int | None
    """Sums over the offers that state them, None where none does."""
    offers: int
    """How many were open at any time in the year."""
    average_price_per_day: Decimal | None
    """DKK, two decimals: the mean over the offers that have a price; None where none has."""
    price_change_percent: float | None
    """Since the year before, over the offers priced in both; None without any, or when they cost nothing then."""
    priced: int
    """How many of the offers have a price that year."""
    data_status: str
    """ILLUSTRATIVE where any of the offers or values counted is."""


def development(columns: Columns, agreement: str, first_year: int, last_year: int, by: str) -> list[DevelopmentPoint]:
    """The offers that `agreement` covers, a point a year and group: by year, then by the group's name, unknown last.

    `by` is NONE (one point a year, though nothing be covered), TARGET_GROUP (each of the offer's coarse groups, those
    just below the roots; a root that is served as such stands for itself), MUNICIPALITY (where the offer lies) or
    OFFER_TYPE; of these a group has points for the years in which it has offers. An agreement that the catalogue
    does not know, or no longer, has none. BadInput at `("from",)`, `("to",)` or `("by",)`.
    """
    _check(first_year, last_year, by)
    numbers = columns.reference.numbers["agreement"]
    if agreement not in numbers:
        return []
    covered = np.flatnonzero(columns.arrays.agreements[numbers[agreement]])
    groups = _groups(columns, covered, by)
    figures = _Figures(columns)
    points: list[DevelopmentPoint] = []
    before = figures.of_year(first_year - 1)
    for year in range(first_year, last_year + 1):
        now = figures.of_year(year)
        for (id, name), rows in groups:
            open_rows = rows[now.open[rows]]
            if len(open_rows) or by == "NONE":
                points.append(figures.point(id, name, open_rows, now, before))
        before = now
    return points


def _check(first_year: int, last_year: int, by: str) -> None:
    for name, year in (("from", first_year), ("to", last_year)):
        if year not in YEARS:
            raise BadInput(f"{name}: {year} is not between {YEARS[0]} and {YEARS[-1]}.", (name,))
    if first_year > last_year:
        raise BadInput(f"from: {first_year} comes after the year {last_year} that it should lead to.", ("from",))
    if last_year - first_year > LONGEST:
        raise BadInput(f"to: {last_year} is more than {LONGEST} years after {first_year}.", ("to",))
    if by not in _GROUPS_OF:
        raise BadInput(f"by: {by!r} is none of {', '.join(_GROUPS_OF)}.", ("by",))


def _coarse(columns: Columns) -> Mapping[str, str]:
    """Every target group's coarse group: the one just below the root that it hangs under; of a root the root."""
    tree = columns.reference.vocabulary.target_groups
    coarse: dict[str, str] = {}
    for n, id in enumerate(tree.ids):
        line = {n} | tree.broader[n]
        second = next((tree.ids[other] for other in sorted(line) if len(tree.broader[other]) == 1), id)
        coarse[id] = second
    return coarse


def _coarse_groups(columns: Columns) -> Callable[[OfferRow], Iterable[str | None]]:
    coarse = _coarse(columns)
    return lambda row: {coarse[edge.group] for edge in row.serves} or (None,)


_GROUPS_OF: Mapping[str, Callable[[Columns], Callable[[OfferRow], Iterable[str | None]]]] = {
    "NONE": lambda columns: lambda row: (None,),
    "TARGET_GROUP": _coarse_groups,
    "MUNICIPALITY": lambda columns: lambda row: (row.municipality,),
    "OFFER_TYPE": lambda columns: lambda row: (row.type,),
}


def _groups(columns: Columns, covered: Rows, by: str) -> list[tuple[tuple[str | None, str | None], Rows]]:
    """The offers of each group, under its id and Danish name, in the order of the names."""
    groups_of = _GROUPS_OF[by](columns)
    members: dict[str | None, list[int]] = defaultdict(list)
    if by == "NONE":
        members[None] = []
    for n in covered.tolist():
        for group in groups_of(columns.rows[n]):
            members[group].append(n)
    named = [
        ((id, columns.reference.name(id) if id else None), np.array(rows, np.intp)) for id, rows in members.items()
    ]
    return sorted(named, key=lambda group: (group[0][0] is None, name_order(group[0][1] or "", group[0][0] or "")))


@dataclass(frozen=True, slots=True)
class _Year:
    """What counts in a year, an entry an offer: whether it was open, and the numbers of its capacity and price."""

    year: int
    open: NDArray[np.bool_]
    capacity: Rows
    price: Rows


class _Figures:
    """The capacities and prices of the columns, an entry a fact as in `Columns.capacities` and `Columns.prices`."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        counted = [
            columns.rows[owner].capacities[nth]
            for owner, nth in zip(columns.capacities.owner.tolist(), columns.capacities.nth.tolist(), strict=True)
        ]
        prices = [
            columns.rows[owner].prices[nth]
            for owner, nth in zip(columns.prices.owner.tolist(), columns.prices.nth.tolist(), strict=True)
        ]
        self.places = np.array([fact.places for fact in counted], np.float64)
        self.free = columns.capacities.value
        self.counted_is_illustrative = np.array([fact.illustrative for fact in counted], np.bool_)
        with localcontext(prec=_DIGITS):
            self.price = np.array([_yearly(price) for price in prices], object)
        self.price_is_illustrative = np.array([fact.illustrative for fact in prices], np.bool_)
        self.offer_is_illustrative = columns.arrays.data_status == _ILLUSTRATIVE

    def of_year(self, year: int) -> _Year:
        arrays = self.columns.arrays
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        return _Year(
            year,
            (arrays.open_from <= last) & (first < arrays.closed_on) & (arrays.open_from < arrays.closed_on),
            self.columns.capacities.latest(first, last),
            self.columns.prices.latest(first, last),
        )

    def point(self, id: str | None, name: str | None, rows: Rows, now: _Year, before: _Year) -> DevelopmentPoint:
        """The point of the offers `rows`, which are open in the year `now`."""
        counts = _there(now.capacity[rows])
        prices = _there(now.price[rows])
        both = rows[(now.price[rows] >= 0) & (before.price[rows] >= 0) & before.open[rows]]
        compared = before.price[both]
        stated = counts[~(np.isnan(self.places[counts]) & np.isnan(self.free[counts]))]
        illustrative = (
            self.offer_is_illustrative[rows].any()
            or self.counted_is_illustrative[stated].any()
            or self.price_is_illustrative[prices].any()
            or self.price_is_illustrative[compared].any()
        )
        with localcontext(prec=_DIGITS):
            average = self._sum(prices) / (365 * len(prices)) if len(prices) else None
            earlier = self._sum(compared)
            change = (self._sum(now.price[both]) - earlier) * 100 / earlier if earlier else None
            return DevelopmentPoint(
                now.year,
                name,
                id,
                _total(self.places[counts]),
                _total(self.free[counts]),
                len(rows),
                None if average is None else average.quantize(_CENTS, ROUND_HALF_UP),
                None if change is None else float(change.quantize(_CENTS, ROUND_HALF_UP)),
                len(prices),
                "ILLUSTRATIVE" if illustrative else "SOURCED",
            )

    def _sum(self, prices: Rows) -> Decimal:
        return sum(self.price[prices].tolist(), Decimal(0))


_DIGITS = 60
"""Enough to add any prices without rounding: only means are rounded, and once."""


def _yearly(price: Price) -> Decimal:
    """What 365 days cost. Per day a month's price has no end of decimals; per year none is lost."""
    times, over = PRICE_UNITS[price.unit]
    return price.amount * times * (365 / over)


def _there(facts: Rows) -> Rows:
    return facts[facts >= 0]


def _total(values: NDArray[np.float64]) -> int | None:
    known = values[~np.isnan(values)]
    return int(known.sum()) if len(known) else None
