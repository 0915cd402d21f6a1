"""Filters over offers, read off the same criteria as matching: a field of a filter is a need of one wish.

An offer passes where the criterion's outcome is MET or PARTLY: what is not known never counts as a fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.catalogue import checking, criteria
from graph.catalogue.columns import APPROVALS, DATA_STATUSES, OWNERSHIPS, Columns
from graph.catalogue.criteria.approval import statuses
from graph.catalogue.criteria.rule import PARTLY, Case, Flags, Numbers, Rule
from graph.catalogue.need import Near, Need, OfferFilter
from graph.catalogue.reference import Numbering, Place
from graph.errors import BadInput

DEEPEST = 10
"""How deep `and`, `or` and `not` may be nested."""

Scores = Callable[[str], Numbers]
"""How well each offer answers a text, NaN where it does not."""

ANY = OfferFilter()
"""Asks nothing but that offers are open today."""


@dataclass(frozen=True, slots=True)
class Filtering:
    """Applies filters for one caller on one day."""

    columns: Columns
    scores: Scores
    today: int
    sees_protected: bool

    def passing(self, filter: OfferFilter) -> Flags:
        """Which offers pass. Shape (offers,). BadInput as in `checking`, at the field of the filter.

        Unless the filter says otherwise, only offers open today pass. That holds for the filter as a whole: inside
        `and`, `or` and `not` only an `openOn` that is written there asks for open offers. Empty lists are as if left
        out; `near` without `withinKm` is a place to order by, which asks nothing of the offers.
        """
        if filter == ANY:
            return self._open(self.today)  # as most lists are asked for
        day = filter.open_on.toordinal() if filter.open_on else self.today
        passing = self._passing(filter, day, 0)
        return passing if filter.include_closed else passing & self._open(day)

    def case(self, need: Need, day: int, place: Place | None = None) -> Case:
        return Case(self.columns, need, self.today, day, place, self.sees_protected)

    def place(self, near: Near | None) -> Place | None:
        return checking.place(near, None, self.columns.reference)

    def _passing(self, filter: OfferFilter, day: int, depth: int) -> Flags:
        if depth > DEEPEST:
            raise BadInput(f"Filters are nested more than {DEEPEST} deep.")
        if filter.open_on:
            day = filter.open_on.toordinal()
        masks = [*self._fields(filter, day)]
        if depth and filter.open_on and not filter.include_closed:
            masks.append(self._open(day))
        masks += [self._nested(part, day, depth, "and", n) for n, part in enumerate(filter.and_)]
        if filter.or_:
            masks.append(_any([self._nested(part, day, depth, "or", n) for n, part in enumerate(filter.or_)]))
        if filter.not_ is not None:
            masks.append(~self._nested(filter.not_, day, depth, "not"))
        return reduce(np.logical_and, masks, np.ones(len(self.columns), np.bool_))

    def _nested(self, filter: OfferFilter, day: int, depth: int, *path: str | int) -> Flags:
        try:
            return self._passing(filter, day, depth + 1)
        except BadInput as error:
            raise error.under(*path) from error

    def _open(self, day: int) -> Flags:
        return self._fits(criteria.OPEN, Need(), day)

    def _fits(self, rule: Rule[Any], need: Need, day: int, place: Place | None = None) -> Flags:
        return np.asarray(rule.judgement(self.case(need, day, place)).outcomes >= PARTLY)

    def _fields(self, filter: OfferFilter, day: int) -> Sequence[Flags]:
        columns, arrays, numbers = self.columns, self.columns.arrays, self.columns.reference.numbers
        known = checking.Known(columns.reference)
        masks: list[Flags] = []
        if filter.text is not None and filter.text.strip():
            masks.append(~np.isnan(self.scores(filter.text)))
        if groups := known.all("target-group", filter.target_groups, "targetGroups"):
            needs = [Need(primary_target_group=id) for id in groups]
            masks.append(_any([self._fits(criteria.PRIMARY_TARGET_GROUP, need, day) for need in needs]))
        if services := known.all("service", filter.services, "services"):
            masks.append(self._fits(criteria.SERVICES, Need(services=services), day))
        if types := known.all("offer-type", filter.offer_types, "offerTypes"):
            masks.append(self._fits(criteria.OFFER_TYPE, Need(offer_types=types), day))
        if bases := known.all("legal-basis", filter.legal_bases, "legalBases"):
            masks.append(self._fits(criteria.LEGAL_BASIS, Need(legal_bases=bases), day))
        if places := known.all("municipality", filter.municipalities, "municipalities"):
            masks.append(_numbered(arrays.municipality, numbers["municipality"], places))
        if operators := known.all("organisation", filter.operators, "operators"):
            masks.append(_numbered(arrays.operator, numbers["organisation"], operators))
        if agreements := known.all("agreement", filter.agreements, "agreements"):
            masks.append(np.any(arrays.agreements[[numbers["agreement"][id] for id in agreements]], axis=0))
        coded: tuple[tuple[str, Sequence[str], Mapping[str, int], Callable[[], NDArray[Any]]], ...] = (
            ("ownership", filter.ownership, OWNERSHIPS, lambda: arrays.ownership),
            ("dataStatus", filter.data_status, DATA_STATUSES, lambda: arrays.data_status),
            ("approvalStatus", filter.approval_status, APPROVALS, lambda: statuses(self.case(Need(), day))),
        )
        for name, values, codes, column in coded:
            for n, value in enumerate(values):
                checking.one_of(value, codes, (name, n))
            if values:
                masks.append(_among(column(), (codes[value] for value in values), len(codes)))
        checking.age(filter.age)
        if filter.age is not None:
            masks.append(self._fits(criteria.AGE, Need(age=filter.age), day))
        checking.near(filter.near, columns.reference, at_home=False)
        if filter.near is not None and filter.near.within_km is not None:
            masks.append(self._fits(criteria.DISTANCE, Need(near=filter.near), day, self.place(filter.near)))
        checking.max_price(filter.max_price)
        if filter.max_price is not None:
            masks.append(self._fits(criteria.PRICE, Need(max_price=filter.max_price), day))
        if (least := filter.free_places_at_least) is not None:
            if least < 0:
                raise BadInput(f"{least} is no number of places.", ("freePlacesAtLeast",))
            masks.append(columns.day(day, self.today).capacity.value >= least)
        if filter.verified_since is not None:
            masks.append(arrays.verified_on >= filter.verified_since.toordinal())
        checking.day(filter.report_since, "reportSince")
        if filter.report_since is not None:
            masks.append(self._fits(criteria.SUPERVISION_REPORT, Need(report_since=filter.report_since), day))
        return masks


def _numbered(column: NDArray[np.integer[Any]], numbers: Numbering, ids: Iterable[str]) -> Flags:
    return _among(column, (numbers[id] for id in ids), len(numbers))


def _any(masks: Sequence[Flags]) -> Flags:
    return reduce(np.logical_or, masks)


def _among(codes: NDArray[np.integer[Any]], wanted: Iterable[int], size: int) -> Flags:
    """Which codes, each from -1 to size - 1, are among those wanted."""
    table: Flags = np.zeros(size + 1, np.bool_)  # -1 is its last entry
    table[list(wanted)] = True
    found: Flags = table[codes.astype(np.intp)]  # three times as fast as by small integers
    return found
