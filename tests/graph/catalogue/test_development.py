"""Capacity and price of an agreement's offers by year, against a plain reading of the design."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue.catalogue import Catalogue
from graph.catalogue.development import DevelopmentPoint
from graph.clock import FixedClock
from graph.danish import name_order
from graph.errors import BadInput
from graph.record import Edge, Record
from tests.graph.catalogue import example
from tests.graph.catalogue.example import ACQUIRED, AGREEMENT, ALCOHOL, ANXIETY, BRAIN_INJURY, at, fact, located, serves
from tests.oracle import strategies
from tests.oracle.world import World

COVERED = Edge("COVERED_BY", AGREEMENT)
BORDERS = [f"{year}-{day}" for year in (2023, 2024, 2025) for day in ("01-01", "01-02", "06-30", "12-30", "12-31")]


def catalogue_of(world: World) -> Catalogue:
    return Catalogue.from_records(world.records.values(), FixedClock.on(world.today))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A random directory whose offers have, besides, facts that begin and end around the turn of the year."""
    world = draw(strategies.worlds(5))
    random = Random(draw(st.integers(0, 2**32 - 1)))
    for offer in world.of_kind("offer"):
        for n in range(random.randint(0, 5)):
            kind = random.choice(("capacity", "price"))
            stated: dict[str, Any] = (
                {"places": random.choice([None, 0, 3, 12]), "free": random.choice([None, 0, 2])}
                if kind == "capacity"
                else {
                    "amount": random.choice(["0.01", "0.02", "999.995", "2190.00", "66567.00"]),
                    "unit": random.choice(strategies.UNITS),
                    "model": random.choice(strategies.MODELS),
                }
            )
            stated |= {"validFrom": random.choice([None, *BORDERS]), "validTo": random.choice([None, *BORDERS])}
            stated |= {"dataStatus": random.choice(["SOURCED", "SOURCED", "ILLUSTRATIVE"])}
            record = example.record(f"{kind}:{offer.id[6:]}-turn-{n}", [Edge(f"{kind.upper()}_OF", offer.id)], **stated)
            world.records[record.id] = record
    return world


class Plain:
    """The design read word for word, a day at a time."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.alone: dict[str, World] = {}
        for offer in world.of_kind("offer"):
            facts = [r for r in world.records.values() if any(edge.target == offer.id for edge in r.edges)]
            self.alone[offer.id] = World([offer, *facts], world.today)

    def points(self, agreement: str, first: int, last: int, by: str) -> list[tuple[Any, ...]]:
        covered = [o for o in self.world.of_kind("offer") if agreement in self.world.targets(o, "COVERED_BY")]
        points = []
        for year in range(first, last + 1):
            groups: dict[str | None, list[Record]] = defaultdict(list)
            for offer in covered:
                if self.open(offer, year):
                    for group in self.groups(offer, by):
                        groups[group].append(offer)
            if by == "NONE":
                groups.setdefault(None, [])
            names = {id: self.world.records[id].properties["name"] for id in groups if id}
            for id in sorted(groups, key=lambda id: (id is None, name_order(names.get(id, ""), id or ""))):
                points.append(self.point(year, id, names.get(id), groups[id]))
        return points

    def point(self, year: int, id: str | None, name: str | None, offers: list[Record]) -> tuple[Any, ...]:
        counts = [c.properties for o in offers if (c := self.last(o, "capacity", year))]
        prices = {o.id: p for o in offers if (p := self.last(o, "price", year))}
        before = {
            o.id: p
            for o in offers
            if o.id in prices and self.open(o, year - 1) and (p := self.last(o, "price", year - 1))
        }
        places, free = ([c[name] for c in counts if name in c] for name in ("places", "free"))
        status = [
            *(o.properties["dataStatus"] for o in offers),
            *(c["dataStatus"] for c in counts if "places" in c or "free" in c),
            *(p.properties["dataStatus"] for p in (*prices.values(), *before.values())),
        ]
        mean = sum(map(self.per_day, prices.values())) / Fraction(len(prices)) if prices else None
        now, then = (sum(self.per_day(p[id]) for id in before) for p in (prices, before))
        return (
            year,
            name,
            id,
            sum(places) if places else None,
            sum(free) if free else None,
            len(offers),
            None if mean is None else Decimal(rounded(mean)) / 100,
            float(Decimal(rounded_either_way(Fraction(100 * (now - then), then))) / 100) if then else None,
            len(prices),
            "ILLUSTRATIVE" if "ILLUSTRATIVE" in status else "SOURCED",
        )

    def groups(self, offer: Record, by: str) -> set[str | None]:
        if by == "TARGET_GROUP":
            lines = [[g, *self.world.broader(g)] for g in self.world.targets(offer, "SERVES")]
            return {line[-2] if len(line) > 1 else line[0] for line in lines} or {None}
        if by == "MUNICIPALITY":
            location = self.world.one(offer, "LOCATED_AT")
            lies_in = self.world.one(location, "IN_MUNICIPALITY") if location else None
            return {lies_in.id if lies_in else None}
        if by == "OFFER_TYPE":
            return set(self.world.targets(offer, "OF_TYPE")) or {None}
        return {None}

    def days(self, year: int) -> list[date]:
        last = date(year, 12, 31)
        return [day for n in range(366) if (day := last - timedelta(n)).year == year]

    def open(self, offer: Record, year: int) -> bool:
        return any(self.world.open(offer, day) for day in self.days(year))

    def last(self, offer: Record, kind: str, year: int) -> Record | None:
        own = self.alone[offer.id]
        return next((found for day in self.days(year) if (found := own.fact(offer, kind, day))), None)

    def per_day(self, price: Record) -> Fraction:
        return (
            Fraction(price.properties["amount"])
            * {
                "HOUR": Fraction(24),
                "DAY": Fraction(1),
                "MONTH": Fraction(12, 365),
                "YEAR": Fraction(1, 365),
            }[price.properties["unit"]]
        )


def rounded(value: Fraction) -> int:
    """Hundredths, half up."""
    return floor(value * 100 + Fraction(1, 2))


def rounded_either_way(value: Fraction) -> int:
    """Hundredths, a half away from zero: a fall is as large as the rise that it undoes."""
    return rounded(value) if value >= 0 else -rounded(-value)


def told(points: list[DevelopmentPoint]) -> list[tuple[Any, ...]]:
    return [tuple(getattr(point, name) for name in DevelopmentPoint.__slots__) for point in points]


@pytest.mark.parametrize("by", ["NONE", "TARGET_GROUP", "MUNICIPALITY", "OFFER_TYPE"])
@settings(max_examples=60, deadline=None)
@given(worlds(), st.sampled_from(strategies.AGREEMENTS), st.integers(2022, 2026), st.integers(0, 3))
def test_development_is_the_plain_reading(by: str, world: World, agreement: str, first: int, more: int) -> None:
    found = catalogue_of(world).development(agreement, first, first + more, by)
    assert told(found) == Plain(world).points(agreement, first, first + more, by)


@settings(max_examples=40, deadline=None)
@given(worlds(), st.sampled_from(["MUNICIPALITY", "OFFER_TYPE"]))
def test_groups_that_exclude_each_other_add_up_to_the_whole(world: World, by: str) -> None:
    catalogue = catalogue_of(world)
    for whole in catalogue.development("agreement:new", 2023, 2026, "NONE"):
        parts = catalogue.development("agreement:new", whole.year, whole.year, by)
        assert sum(part.offers for part in parts) == whole.offers
        assert sum(part.priced for part in parts) == whole.priced
        for name in ("places", "free"):
            stated = [value for part in parts if (value := getattr(part, name)) is not None]
            assert getattr(whole, name) == (sum(stated) if stated else None)


def offer(slug: str, *edges: Edge, **properties: Any) -> Record:
    return example.offer(slug, COVERED, *edges, **properties)


def priced(slug: str, year: int, amount: str, unit: str = "DAY") -> Record:
    span = {"validFrom": f"{year}-01-01", "validTo": f"{year + 1}-01-01"}
    return fact("price", slug, year, amount=amount, unit=unit, **span)


def test_the_change_of_price_compares_the_same_offers() -> None:
    directory = example.catalogue(
        *(offer(slug) for slug in "abc"),
        *(priced("a", 2024, "1000.00"), priced("a", 2025, "1100.00")),
        *(priced("b", 2025, "5000.00"), priced("c", 2024, "9000.00")),
    )
    first, second = directory.development(AGREEMENT, 2024, 2025, "NONE")
    assert (first.average_price_per_day, first.priced, first.price_change_percent) == (Decimal("5000.00"), 2, None)
    assert (second.average_price_per_day, second.priced, second.price_change_percent) == (Decimal("3050.00"), 2, 10.0)
    (alone,) = directory.development(AGREEMENT, 2025, 2025, "NONE")
    assert alone == second


def test_means_are_exact_and_rounded_half_up() -> None:
    directory = example.catalogue(offer("a"), offer("b"), priced("a", 2025, "0.01"), priced("b", 2025, "0.02"))
    assert directory.development(AGREEMENT, 2025, 2025, "NONE")[0].average_price_per_day == Decimal("0.02")
    monthly = example.catalogue(offer("a"), priced("a", 2025, "66612.50", "MONTH"))
    assert str(monthly.development(AGREEMENT, 2025, 2025, "NONE")[0].average_price_per_day) == "2190.00"


def test_an_offer_counts_in_each_of_its_coarse_groups_once() -> None:
    directory = example.catalogue(
        offer("a", serves(ACQUIRED), serves(ALCOHOL), serves(ANXIETY)), offer("b"), offer("c", serves(BRAIN_INJURY))
    )
    points = directory.development(AGREEMENT, 2025, 2025, "TARGET_GROUP")
    assert [(point.group, point.offers) for point in points] == [
        ("Alkoholmisbrug", 1),
        ("Angst", 1),
        ("Erhvervet hjerneskade", 1),
        ("Hjerneskade", 1),
        (None, 1),
    ]


def test_a_closed_offer_counts_to_its_last_year() -> None:
    capacity = fact("capacity", "a", places=8, free=1)
    directory = example.catalogue(
        offer("a", at("a"), closedOn="2024-06-01"), *located("a", 57.0, 9.9), capacity, priced("a", 2025, "10.00")
    )
    years = directory.development(AGREEMENT, 2023, 2025, "NONE")
    assert [(point.offers, point.places, point.priced) for point in years] == [(1, 8, 0), (1, 8, 0), (0, None, 0)]
    grouped = directory.development(AGREEMENT, 2023, 2025, "MUNICIPALITY")
    assert [(point.year, point.group) for point in grouped] == [
        (2023, "Mariagerfjord Kommune"),
        (2024, "Mariagerfjord Kommune"),
    ]


def test_an_agreement_that_is_not_known_has_no_development() -> None:
    assert example.catalogue().development("agreement:gone", 2020, 2025, "NONE") == []


@pytest.mark.parametrize(
    ("first", "last", "by", "path"),
    [
        (1989, 2000, "NONE", "from"),
        (2000, 2101, "NONE", "to"),
        (2001, 2000, "NONE", "from"),
        (2000, 2051, "NONE", "to"),
        (2000, 2050, "AGE", "by"),
    ],
)
def test_impossible_years_are_refused(first: int, last: int, by: str, path: str) -> None:
    with pytest.raises(BadInput) as refused:
        example.catalogue().development(AGREEMENT, first, last, by)
    assert refused.value.path == (path,)


def test_fifty_years_are_the_most() -> None:
    assert len(example.catalogue().development(AGREEMENT, 2000, 2050, "NONE")) == 51
