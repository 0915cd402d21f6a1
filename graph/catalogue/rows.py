"""The offers as the catalogue reads them: one flat row each, with its dated facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from graph.catalogue.records import FACTS
from graph.danish import sort_key
from graph.record import Edge, Record

EVER, NEVER = 0, 2**31 - 1
"""The day numbers (`date.toordinal`) that stand for a null `validFrom` and a null `validTo`."""

PRICE_UNITS = {
    "HOUR": (Decimal(24), Decimal(1)),
    "DAY": (Decimal(1), Decimal(1)),
    "MONTH": (Decimal(12), Decimal(365)),
    "YEAR": (Decimal(1), Decimal(365)),
}


def per_day(amount: Decimal, unit: str) -> float:
    """`amount` DKK per `unit` (HOUR, DAY, MONTH, YEAR) as DKK per day: 24 hours, 365 days, 12 equal months."""
    times, over = PRICE_UNITS[unit]
    return float(amount * times / over)


@dataclass(frozen=True, slots=True)
class Serves:
    group: str
    approved: bool
    covers_narrower: bool


@dataclass(frozen=True, slots=True)
class Excludes:
    group: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that holds on the days from `since` to before `until`, as day numbers."""

    id: str
    since: int
    until: int
    illustrative: bool


@dataclass(frozen=True, slots=True)
class Capacity(Fact):
    places: int | None
    free: int | None
    counted_on: int | None

    @property
    def preference(self) -> tuple[Any, ...]:
        """Of several that hold on a day: the latest since, then the latest counted, then the last id."""
        return (self.since, self.counted_on or EVER, self.id)


@dataclass(frozen=True, slots=True)
class Price(Fact):
    amount: Decimal
    unit: str
    model: str | None

    @property
    def preference(self) -> tuple[Any, ...]:
        """The main price is an average (or says no model); a differentiated or objective one stands in for it."""
        return (self.model in (None, "AVERAGE"), self.since, self.id)

    @property
    def per_day(self) -> float:
        return per_day(self.amount, self.unit)


@dataclass(frozen=True, slots=True)
class Approval(Fact):
    status: str
    reported_on: int | None

    @property
    def preference(self) -> tuple[Any, ...]:
        return (self.since, self.id)


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer: ids of what it is connected to, day numbers, and its facts in ascending order of preference."""

    id: str
    name: str
    name_key: str
    """Sorts as in a Danish dictionary."""
    summary: str | None
    type: str | None
    legal_bases: tuple[str, ...]
    institution: str | None
    operator: str | None
    serves: tuple[Serves, ...]
    excludes: tuple[Excludes, ...]
    services: tuple[str, ...]
    supports: tuple[tuple[str, str], ...]
    """Theme item and the highest level supported there."""
    support_level: str | None
    age_from: float | None
    age_to: float | None
    location: str | None
    latitude: float | None
    longitude: float | None
    protected: bool
    municipality: str | None
    town: str | None
    agreements: tuple[str, ...]
    buyers: tuple[str, ...]
    """Municipalities that buy places there."""
    open_from: int | None
    closed_on: int | None
    data_status: str
    illustrative: bool
    """Whether the offer or any of its facts is made up to show the system."""
    verified_on: int | None
    admission: str | None
    admission_en: str | None
    capacities: tuple[Capacity, ...] = ()
    prices: tuple[Price, ...] = ()
    """Without supplements, which are never the price of a place."""
    approvals: tuple[Approval, ...] = ()


def offer_rows(records: Iterable[Record]) -> list[OfferRow]:
    """The offers among `records`, each with those of its facts, and its location, that are among them too."""
    by_id = {record.id: record for record in records}
    facts: dict[str, list[Record]] = defaultdict(list)
    for record in by_id.values():
        if (edge := FACTS.get(record.id.partition(":")[0])) and (owner := _target(record, *edge)):
            facts[owner].append(record)
    return [_row(record, by_id, facts[record.id]) for record in by_id.values() if record.id.startswith("offer:")]


def _row(record: Record, by_id: Mapping[str, Record], facts: Sequence[Record]) -> OfferRow:
    edges: dict[str, list[Edge]] = defaultdict(list)
    for edge in record.edges:
        edges[edge.type].append(edge)
    get = record.properties.get

    def one(type: str) -> str | None:
        return edges[type][0].target if edges[type] else None

    def many(type: str) -> tuple[str, ...]:
        return tuple(sorted(edge.target for edge in edges[type]))

    place = by_id.get(one("LOCATED_AT") or "")
    where = place.properties if place else {}
    by_kind: dict[str, list[Record]] = defaultdict(list)
    for fact in facts:
        by_kind[fact.id.partition(":")[0]].append(fact)
    return OfferRow(
        id=record.id,
        name=record.properties["name"],
        name_key=sort_key(record.properties["name"]),
        summary=get("summary"),
        type=one("OF_TYPE"),
        legal_bases=many("HAS_LEGAL_BASIS"),
        institution=one("OF_INSTITUTION"),
        operator=one("OPERATED_BY"),
        serves=tuple(
            Serves(e.target, bool(e.properties.get("approved")), bool(e.properties.get("coversNarrower")))
            for e in sorted(edges["SERVES"], key=lambda e: e.target)
        ),
        excludes=tuple(
            Excludes(e.target, e.properties.get("note")) for e in sorted(edges["EXCLUDES"], key=lambda e: e.target)
        ),
        services=many("GIVES"),
        supports=tuple(sorted((e.target, e.properties["upTo"]) for e in edges["SUPPORTS"] if e.properties.get("upTo"))),
        support_level=get("supportLevelUpTo"),
        age_from=get("ageFrom"),
        age_to=get("ageTo"),
        location=place.id if place else None,
        latitude=where.get("latitude"),
        longitude=where.get("longitude"),
        protected=bool(where.get("protected")),
        municipality=_target(place, "IN_MUNICIPALITY") if place else None,
        town=where.get("town"),
        agreements=many("COVERED_BY"),
        buyers=many("BOUGHT_BY"),
        open_from=_day(get("openFrom")),
        closed_on=_day(get("closedOn")),
        data_status=record.properties["dataStatus"],
        illustrative=any(r.properties.get("dataStatus") == "ILLUSTRATIVE" for r in (record, *facts)),
        verified_on=_day(get("verifiedOn")),
        admission=get("admission"),
        admission_en=get("admissionEn"),
        capacities=tuple(sorted(map(_capacity, by_kind["capacity"]), key=lambda fact: fact.preference)),
        prices=tuple(sorted(_prices(by_kind["price"]), key=lambda fact: fact.preference)),
        approvals=tuple(sorted(map(_approval, by_kind["approval"]), key=lambda fact: fact.preference)),
    )


def _fact(record: Record) -> tuple[str, int, int, bool]:
    """The fields that all facts have."""
    get = record.properties.get
    since, until = _day(get("validFrom")) or EVER, _day(get("validTo")) or NEVER
    return record.id, since, until, get("dataStatus") == "ILLUSTRATIVE"


def _capacity(record: Record) -> Capacity:
    get = record.properties.get
    return Capacity(*_fact(record), get("places"), get("free"), _day(get("countedOn")))


def _prices(records: Iterable[Record]) -> Iterator[Price]:
    for record in records:
        price = record.properties
        if price.get("model") != "SUPPLEMENT":
            yield Price(*_fact(record), Decimal(price["amount"]), price["unit"], price.get("model"))


def _approval(record: Record) -> Approval:
    return Approval(*_fact(record), record.properties["status"], _day(record.properties.get("reportOn")))


def _target(record: Record, type: str) -> str | None:
    return next((edge.target for edge in record.edges if edge.type == type), None)


def _day(text: str | None) -> int | None:
    return date.fromisoformat(text).toordinal() if text else None
