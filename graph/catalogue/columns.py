"""The columns: every offer in the order of its id, what can be asked of it as arrays with one entry an offer.

What hangs on a tree is worked out when the offer is read, not when it is asked for: `serves` holds, for every
target group of the tree, how far each offer serves it, so that judging ten thousand offers is reading one row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.distance import direction, kilometres, rounded
from graph.catalogue.facts import Current, Facts, same
from graph.catalogue.reference import Numbering, Place, Reference
from graph.catalogue.rows import EVER, NEVER, OfferRow, Serves
from graph.catalogue.vocabulary import Tree
from graph.keyset import Column, Direction, Order
from graph.model import ENUMS

LEVELS = {name: n for n, name in enumerate(ENUMS["upTo"])}
SUPPORT_LEVELS = {name: n for n, name in enumerate(ENUMS["supportLevelUpTo"])}
APPROVALS = {name: n for n, name in enumerate(ENUMS["status"])}
OWNERSHIPS = {name: n for n, name in enumerate(ENUMS["ownership"])}
DATA_STATUSES = {name: n for n, name in enumerate(ENUMS["dataStatus"])}

SAME, COVERED, NARROWER, BROADER, NOT_APPROVED, NOT_SERVED, NOT_STATED = 10, 9, 5, 4, 3, 0, 255
"""How an offer serves a target group, in tenths: the group itself; a broader one that covers narrower; a narrower
one; a broader one that does not say so; any of these by an edge that is not approved; not at all. NOT_STATED: the
offer states no groups."""

Codes = NDArray[np.uint8]


@dataclass(slots=True)
class Arrays:
    """The columns proper. The last axis is always the offers."""

    serves: Codes
    """Tenths, see SAME …; shape (target groups, offers)."""
    excludes: NDArray[np.bool_]
    """Whether the group or a broader one is excluded; shape (target groups, offers)."""
    gives: NDArray[np.bool_]
    """Whether the service or a narrower one is given; shape (services, offers)."""
    no_services: NDArray[np.bool_]
    """Whether none is stated; so too with the other names that begin with `no`."""
    supports: NDArray[np.int8]
    """Highest level supported, -1 where not mentioned; shape (theme items, offers)."""
    support_level: NDArray[np.int8]
    age_from: NDArray[np.float64]
    age_to: NDArray[np.float64]
    """±infinity where not stated."""
    no_ages: NDArray[np.bool_]
    type: NDArray[np.int32]
    of_type: NDArray[np.bool_]
    """Shape (offer types, offers)."""
    needs_approval: NDArray[np.bool_]
    legal_bases: NDArray[np.bool_]
    no_legal_bases: NDArray[np.bool_]
    operator: NDArray[np.int32]
    institution: NDArray[np.int32]
    municipality: NDArray[np.int32]
    """Numbers in `reference.numbers`, -1 for none; so too `type`."""
    ownership: NDArray[np.int8]
    agreements: NDArray[np.bool_]
    directions: NDArray[np.float64]
    """Where the place lies, see `distance.direction`; NaN where not known. Shape (3, offers)."""
    protected: NDArray[np.bool_]
    open_from: NDArray[np.int32]
    closed_on: NDArray[np.int32]
    verified_on: NDArray[np.int32]
    """Day numbers; EVER and NEVER for null, and for `verified_on` EVER."""
    data_status: NDArray[np.int8]
    illustrative: NDArray[np.bool_]
    own_admission: NDArray[np.bool_]
    """Whether someone else than the municipality decides who is admitted."""

    @classmethod
    def of(cls, rows: Sequence[OfferRow], reference: Reference) -> Arrays:
        """KeyError where a row names what the reference does not hold."""
        numbers, vocabulary, n = reference.numbers, reference.vocabulary, len(rows)
        ownership = {id: e.ownership for id, e in reference.entries["institution"].items()}
        needs = {id: e.needs_approval for id, e in reference.entries["offer-type"].items()}

        def column(values: Iterable[Any], dtype: Any) -> NDArray[Any]:
            return np.fromiter(values, dtype, n)

        def known(value: float | None, otherwise: float) -> float:
            return otherwise if value is None else value

        return cls(
            serves=_serves(rows, vocabulary.target_groups),
            excludes=_closure(rows, vocabulary.target_groups, lambda r: [e.group for e in r.excludes], downwards=True),
            gives=_closure(rows, vocabulary.services, lambda r: r.services, downwards=False),
            no_services=column((not r.services for r in rows), np.bool_),
            supports=_supports(rows, reference),
            support_level=column((SUPPORT_LEVELS.get(r.support_level or "", -1) for r in rows), np.int8),
            age_from=column((known(r.age_from, -np.inf) for r in rows), np.float64),
            age_to=column((known(r.age_to, np.inf) for r in rows), np.float64),
            no_ages=column((r.age_from is None and r.age_to is None for r in rows), np.bool_),
            type=column((numbers["offer-type"].of(r.type) for r in rows), np.int32),
            of_type=_having(rows, numbers["offer-type"], lambda r: [r.type] if r.type else []),
            needs_approval=column((r.type is None or needs[r.type] for r in rows), np.bool_),
            legal_bases=_having(rows, numbers["legal-basis"], lambda r: r.legal_bases),
            no_legal_bases=column((not r.legal_bases for r in rows), np.bool_),
            operator=column((numbers["organisation"].of(r.operator) for r in rows), np.int32),
            institution=column((numbers["institution"].of(r.institution) for r in rows), np.int32),
            municipality=column((numbers["municipality"].of(r.municipality) for r in rows), np.int32),
            ownership=column((OWNERSHIPS.get(ownership.get(r.institution or "") or "", -1) for r in rows), np.int8),
            agreements=_having(rows, numbers["agreement"], lambda r: r.agreements),
            directions=_directions(rows),
            protected=column((r.protected for r in rows), np.bool_),
            open_from=column((r.open_from or EVER for r in rows), np.int32),
            closed_on=column((r.closed_on or NEVER for r in rows), np.int32),
            verified_on=column((r.verified_on or EVER for r in rows), np.int32),
            data_status=column((DATA_STATUSES[r.data_status] for r in rows), np.int8),
            illustrative=column((r.illustrative for r in rows), np.bool_),
            own_admission=column((r.admission is not None for r in rows), np.bool_),
        )

    def same(self, other: Arrays) -> bool:
        return all(same(getattr(self, f.name), getattr(other, f.name)) for f in fields(self))


class Distances(NamedTuple):
    """Kilometres to every offer, NaN where not known, and the order that they make, nearest first."""

    km: NDArray[np.float64]
    order: Column

    @classmethod
    def of(cls, km: NDArray[np.float64]) -> Distances:
        return cls(km, Column.numbers(km))


@dataclass(repr=False)
class Day:
    """What holds on one day, read when it is asked for."""

    columns: Columns
    day: int
    today: int
    kept: dict[str, Any] = field(default_factory=dict)
    """What criteria that look at nothing but the days have found, by criterion."""
    pages: dict[Any, Any] = field(default_factory=dict)
    """Pages of all offers that are open, by what was asked of the pages."""

    @cached_property
    def capacity(self) -> Current:
        return self.columns.capacities.on(self.day)

    @cached_property
    def price(self) -> Current:
        return self.columns.prices.on(self.day)

    @cached_property
    def approval(self) -> Current:
        return self.columns.approvals.on(self.day)

    @cached_property
    def most_free(self) -> Column:
        return Column.numbers(self.capacity.value, "DESC")

    @cached_property
    def cheapest(self) -> Column:
        return Column.numbers(self.price.value)


@dataclass(repr=False)
class Columns:
    """All that the criteria read. Never changed once made: following a change makes new columns."""

    reference: Reference
    rows: list[OfferRow]
    arrays: Arrays
    capacities: Facts
    prices: Facts
    approvals: Facts
    _today: Day | None = field(default=None, init=False)

    @classmethod
    def of(cls, rows: Iterable[OfferRow], reference: Reference) -> Columns:
        """KeyError where a row names what the reference does not hold."""
        ordered = sorted(rows, key=lambda row: row.id)
        return cls(
            reference,
            ordered,
            Arrays.of(ordered, reference),
            Facts.of([row.capacities for row in ordered], lambda fact: (fact.free, fact.counted_on)),
            Facts.of([row.prices for row in ordered], lambda fact: (fact.per_day, None)),
            Facts.of([row.approvals for row in ordered], lambda fact: (APPROVALS[fact.status], fact.reported_on)),
        )

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def facts(self) -> tuple[Facts, Facts, Facts]:
        return self.capacities, self.prices, self.approvals

    @cached_property
    def row_of(self) -> dict[str, int]:
        return {row.id: n for n, row in enumerate(self.rows)}

    def day(self, day: int, today: int) -> Day:
        """What holds on a day. Only today's is kept: another day is part of somebody's question."""
        if day != today:
            return Day(self, day, today)
        if self._today is None or self._today.day != today:
            self._today = Day(self, today, today)
        return self._today

    @cached_property
    def from_municipalities(self) -> Mapping[Place, tuple[Distances, Distances]]:
        """The way to every offer from the point of each municipality: as it is, and as all may know it.

        Found for all at once, when first one is asked for: to keep those alone that were asked for would be to keep a
        part of somebody's need.
        """
        places = {entry.place for entry in self.reference.entries["municipality"].values() if entry.place is not None}
        found = {}
        for place in places:
            exact = kilometres(place.latitude, place.longitude, self.arrays.directions)
            coarse = rounded(exact, self.arrays.protected)
            exact.flags.writeable = coarse.flags.writeable = False
            found[place] = Distances.of(exact), Distances.of(coarse)
        return found

    @cached_property
    def ids(self) -> Column:
        return Column.strings([row.id for row in self.rows])

    @cached_property
    def names(self) -> Column:
        """In the order of the Danish alphabet."""
        return Column.strings([row.name_key for row in self.rows])

    @cached_property
    def by_name(self) -> dict[Direction, Order]:
        """The orders by name, which stand as long as the columns do."""
        reversed = self.names.reversed()
        return {
            "ASC": Order("NAME", "ASC", (self.names, self.ids), standing=True),
            "DESC": Order("NAME", "DESC", (reversed, self.ids), standing=True),
        }

    def replaced(self, ids: Iterable[str], rows: Iterable[OfferRow]) -> Columns:
        """These columns without the offers `ids`, and with `rows`. KeyError as in `of`."""
        new = Columns.of(rows, self.reference)
        gone = {*ids, *new.row_of}
        kept = np.array([n for n, row in enumerate(self.rows) if row.id not in gone], np.intp)
        mixed = [*(self.rows[n] for n in kept), *new.rows]
        order = np.array(sorted(range(len(mixed)), key=lambda n: mixed[n].id), np.intp)
        now = np.empty(len(mixed), np.intp)
        now[order] = np.arange(len(mixed))
        stays, comes = now[: len(kept)], now[len(kept) :]
        moved = np.full(len(self), -1, np.intp)
        moved[kept] = stays
        in_place = np.array_equal(kept, stays) and len(mixed) == len(self)

        def join(mine: NDArray[Any], theirs: NDArray[Any]) -> NDArray[Any]:
            if in_place:
                joined = mine.copy()
            else:
                joined = np.empty((*mine.shape[:-1], len(mixed)), mine.dtype)
                joined[..., stays] = mine[..., kept]
            joined[..., comes] = theirs
            return joined

        arrays = (join(getattr(self.arrays, f.name), getattr(new.arrays, f.name)) for f in fields(Arrays))
        facts = (
            mine.moved(moved, comes, len(mixed), theirs) for mine, theirs in zip(self.facts, new.facts, strict=True)
        )
        return Columns(self.reference, [mixed[n] for n in order], Arrays(*arrays), *facts)


def above(tree: Tree, broader: str, narrower: str) -> bool:
    """Whether the term `broader` is broader than `narrower`, at any depth."""
    return tree.index(broader) in tree.broader[tree.index(narrower)]


def serving(edge: Serves, wanted: str, tree: Tree) -> int:
    """How an offer with this edge serves the target group `wanted`, in tenths."""
    if edge.group == wanted:
        tenths = SAME
    elif above(tree, edge.group, wanted):
        tenths = COVERED if edge.covers_narrower else BROADER
    elif above(tree, wanted, edge.group):
        tenths = NARROWER
    else:
        return NOT_SERVED
    return tenths if edge.approved else NOT_APPROVED


def _serves(rows: Sequence[OfferRow], tree: Tree) -> Codes:
    """The primary rule for every group and offer, of several edges the best. Shape (groups, offers)."""
    patterns: dict[Serves, Codes] = {}
    # One row an offer while it is written, one row a group when it is read.
    serves = np.zeros((len(rows), len(tree)), np.uint8)
    for mine, row in zip(serves, rows, strict=True):
        for edge in row.serves:
            pattern = patterns.get(edge)
            if pattern is None:
                pattern = patterns[edge] = np.array([serving(edge, id, tree) for id in tree.ids], np.uint8)
            np.maximum(mine, pattern, out=mine)
        if not row.serves:
            mine[:] = NOT_STATED
    return np.ascontiguousarray(serves.T)


def _closure(
    rows: Sequence[OfferRow], tree: Tree, of: Callable[[OfferRow], Iterable[str]], downwards: bool
) -> NDArray[np.bool_]:
    """Which terms each offer has, with all that is narrower (`downwards`) or broader. Shape (terms, offers)."""
    closed = np.zeros((len(tree), len(rows)), np.bool_)
    beyond = [np.array([n, *others], np.intp) for n, others in enumerate(tree.narrower if downwards else tree.broader)]
    for n, row in enumerate(rows):
        for id in of(row):
            closed[beyond[tree.index(id)], n] = True
    return closed


def _directions(rows: Sequence[OfferRow]) -> NDArray[np.float64]:
    unknown = np.nan, np.nan, np.nan
    places = [
        unknown if row.latitude is None or row.longitude is None else direction(row.latitude, row.longitude)
        for row in rows
    ]
    return np.array(places, np.float64).reshape(len(rows), 3).T.copy()


def _having(rows: Sequence[OfferRow], numbers: Numbering, of: Callable[[OfferRow], Iterable[str]]) -> NDArray[np.bool_]:
    having = np.zeros((len(numbers), len(rows)), np.bool_)
    for n, row in enumerate(rows):
        for id in of(row):
            having[numbers[id], n] = True
    return having


def _supports(rows: Sequence[OfferRow], reference: Reference) -> NDArray[np.int8]:
    items = reference.numbers["theme-item"]
    supports = np.full((len(items), len(rows)), -1, np.int8)
    for n, row in enumerate(rows):
        for item, level in row.supports:
            supports[items[item], n] = LEVELS[level]
    return supports
