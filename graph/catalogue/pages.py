"""Pages of offers: what passes a filter, in an order; of all offers, or of each of many parents' own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.catalogue import checking
from graph.catalogue.columns import NOT_SERVED, NOT_STATED, Columns
from graph.catalogue.criteria.rule import Flags
from graph.catalogue.filters import ANY, Filtering
from graph.catalogue.need import Need, OfferFilter, OfferOrder, OfferQuery, OrderField
from graph.catalogue.rows import EVER
from graph.errors import BadInput
from graph.keyset import Column, Cursors, Direction, Order, Page, page, pages_by

PARENTS = (
    *("operator", "institution", "municipality", "target_group"),
    *("service", "offer_type", "legal_basis", "agreement", "focus_area"),
)
"""By what offers can be listed: who runs them, where they lie, whom they serve (the primary rule), …"""

_MOST_PAGES = 100
"""That one day keeps."""


@dataclass(eq=False)
class OfferPage:
    """Offers in order. `total` is None unless it was asked for. Cursors are made when they are read.

    It may serve many requests, and is never changed.
    """

    ids: list[str]
    has_next: bool
    has_previous: bool
    total: int | None
    _order: Order = field(repr=False)
    _rows: list[int] = field(repr=False)

    @cached_property
    def cursors(self) -> Cursors:
        return Cursors(self._order, self._rows)


def offers(filtering: Filtering, query: OfferQuery) -> OfferPage:
    """One page of the offers that pass. BadInput at `filter`, `orderBy`, `first`, `after`, `last` or `before`."""
    if query.filter is not None and query.filter != ANY:
        return _offers(filtering, query)
    # As most lists begin, and the same for everybody: it is found once.
    kept = filtering.columns.day(filtering.today, filtering.today).pages
    asked = query.order, query.page, query.total
    if asked not in kept:
        found = _offers(filtering, query)
        if len(kept) >= _MOST_PAGES:
            kept.clear()
        kept[asked] = found
    known: OfferPage = kept[asked]
    return known


def _offers(filtering: Filtering, query: OfferQuery) -> OfferPage:
    passing, order = _passing(filtering, query), _order(filtering, query)
    return _page(filtering.columns, order, page(passing, order, query.page), passing if query.total else None)


def offers_by(
    filtering: Filtering, parent: str, query: OfferQuery, only: Collection[str] | None = None
) -> Mapping[str, OfferPage]:
    """The same page of each parent's own offers, by the parent's id: of every parent that has any that pass.

    `parent` is one of PARENTS; `only` names the parents that matter, where that is known.
    """
    passing, order = _passing(filtering, query), _order(filtering, query)
    ids, groups, members = _grouping(filtering.columns, parent, only)
    pages = pages_by(passing, groups, len(ids), order, query.page, members)
    counts = np.bincount(groups[passing[members] & (groups >= 0)], minlength=len(ids)).tolist()
    columns = filtering.columns
    return {
        id: _page(columns, order, found, None, count if query.total else None)
        for id, found, count in zip(ids, pages, counts, strict=True)
        if count
    }


def _page(columns: Columns, order: Order, found: Page, passing: Flags | None, total: int | None = None) -> OfferPage:
    rows: list[int] = found.rows.tolist()
    if passing is not None:
        total = int(np.count_nonzero(passing))
    return OfferPage([columns.rows[row].id for row in rows], found.has_next, found.has_previous, total, order, rows)


def _passing(filtering: Filtering, query: OfferQuery) -> Flags:
    try:
        return filtering.passing(query.filter or OfferFilter())
    except BadInput as error:
        raise error.under("filter") from error


def _order(filtering: Filtering, query: OfferQuery) -> Order:
    """The order asked for; by name where none is. RELEVANCE ASC begins with the most relevant.

    Prices and free places are those of today, as an offer shows them without `asOf`.
    """
    asked, columns = query.order or OfferOrder(), filtering.columns
    filter = query.filter or OfferFilter()
    checking.one_of(asked.field, list(OrderField), ("orderBy", "field"))
    today = columns.day(filtering.today, filtering.today)
    direction: Direction = "DESC" if asked.descending else "ASC"
    match asked.field:
        case OrderField.NAME:
            return columns.by_name[direction]
        case OrderField.PRICE:
            first = Column.numbers(today.price.value, direction)
        case OrderField.FREE_PLACES:
            first = Column.numbers(today.capacity.value, direction)
        case OrderField.VERIFIED_ON:
            verified = columns.arrays.verified_on.astype(np.float64)
            first = Column.numbers(np.where(verified == EVER, np.nan, verified), direction)
        case OrderField.DISTANCE:
            place = filtering.place(filter.near)
            if place is None:
                raise BadInput("An order by distance needs a place: give filter.near.", ("orderBy", "field"))
            case = filtering.case(Need(), filtering.today, place)
            first = Column.numbers(case.distance, direction)
        case _:
            if not (filter.text and filter.text.strip()):
                raise BadInput("An order by relevance needs a text: give filter.text.", ("orderBy", "field"))
            first = Column.numbers(filtering.scores(filter.text), "ASC" if asked.descending else "DESC")
    return Order(asked.field, direction, (first, columns.ids))


def _grouping(
    columns: Columns, parent: str, only: Collection[str] | None
) -> tuple[list[str], NDArray[np.intp], NDArray[np.intp]]:
    """The parents' ids, and for each membership the parent's number (-1 for none) and the row of the offer."""
    arrays, reference = columns.arrays, columns.reference
    match parent:
        case "operator" | "institution" | "municipality" | "offer_type":
            kind = {"operator": "organisation", "offer_type": "offer-type"}.get(parent, parent)
            codes = {"operator": arrays.operator, "institution": arrays.institution, "offer_type": arrays.type}
            groups = codes.get(parent, arrays.municipality).astype(np.intp)
            ids = reference.numbers[kind].ids
            if only is not None:
                groups = np.where(np.isin(groups, [n for n, id in enumerate(ids) if id in only]), groups, -1)
            return list(ids), groups, np.arange(len(columns))
        case "target_group":
            ids, having = reference.vocabulary.target_groups.ids, _served(columns)
        case "service":
            ids, having = reference.vocabulary.services.ids, arrays.gives
        case "agreement":
            ids, having = reference.numbers["agreement"].ids, arrays.agreements
        case "legal_basis":
            ids, having = reference.numbers["legal-basis"].ids, arrays.legal_bases
        case "focus_area":
            ids, served = reference.numbers["focus-area"].ids, _served(columns)
            tree = reference.vocabulary.target_groups
            concerned = [[tree.index(g) for g in reference.entries["focus-area"][id].target_groups] for id in ids]
            having = np.array([served[groups].any(axis=0) for groups in concerned]).reshape(len(ids), len(columns))
        case _:
            raise ValueError(f"{parent!r} is none of {', '.join(PARENTS)}")
    chosen = np.array([n for n, id in enumerate(ids) if only is None or id in only], np.intp)
    groups, members = np.nonzero(having[chosen])
    return [ids[n] for n in chosen], groups, members


def _served(columns: Columns) -> Flags:
    """Which offers serve each target group, wholly or partly. Shape (target groups, offers)."""
    serves = columns.arrays.serves
    return np.asarray((serves != NOT_SERVED) & (serves != NOT_STATED))
