"""Which dated fact holds on a day."""

from __future__ import annotations

from datetime import date

import pytest

from graph.catalogue.need import OfferFilter, OfferOrder, OfferQuery
from graph.record import Record
from tests.graph.catalogue.example import TODAY, catalogue, fact, offer


def free_on(day: date, *capacities: Record) -> int | None:
    """The free places of the one offer there is, found by asking for ever more of them."""
    directory = catalogue(offer("a"), *capacities)
    ask = [OfferFilter(free_places_at_least=n, open_on=day) for n in range(6)]
    passing = [n for n, f in enumerate(ask) if directory.offers(OfferQuery(f), sees_protected=False).ids]
    return max(passing, default=None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 1), 1),
        (date(2026, 1, 31), 1),
        (date(2026, 2, 1), 2),
        (date(2026, 2, 28), 2),
        (date(2026, 3, 1), None),
        (date(2025, 12, 31), None),
    ],
)
def test_a_fact_holds_from_its_first_day_until_its_last(day: date, expected: int | None) -> None:
    january = fact("capacity", "a", 1, free=1, validFrom="2026-01-01", validTo="2026-02-01")
    february = fact("capacity", "a", 2, free=2, validFrom="2026-02-01", validTo="2026-03-01")
    assert free_on(day, january, february) == expected


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"validFrom": "2026-02-01"}, {"validFrom": "2026-01-01", "countedOn": "2026-11-01"}),
        ({"validFrom": "2026-01-01"}, {}),
        ({"countedOn": "2026-11-02"}, {"countedOn": "2026-11-01"}),
        ({"countedOn": "2026-11-01"}, {}),
    ],
)
def test_of_several_the_latest_begun_then_the_latest_counted_holds(
    better: dict[str, str], worse: dict[str, str]
) -> None:
    for first, second in ((1, 2), (2, 1)):
        assert (
            free_on(
                TODAY, fact("capacity", "a", first, free=3, **better), fact("capacity", "a", second, free=5, **worse)
            )
            == 3
        )


def test_of_two_alike_the_last_id_holds() -> None:
    assert free_on(TODAY, fact("capacity", "a", 2, free=2), fact("capacity", "a", 1, free=1)) == 2


def test_what_holds_may_leave_the_number_out() -> None:
    later = fact("capacity", "a", 2, places=5, validFrom="2026-02-01")
    assert free_on(TODAY, fact("capacity", "a", 1, free=3), later) is None


@pytest.mark.parametrize("model", [None, "AVERAGE"])
def test_the_main_price_is_the_average_and_a_supplement_never_is(model: str | None) -> None:
    directory = catalogue(
        offer("a"),
        fact("price", "a", 1, amount="100", unit="DAY", model=model),
        fact("price", "a", 2, amount="300", unit="DAY", model="DIFFERENTIATED", validFrom="2026-01-01"),
        fact("price", "a", 3, amount="9", unit="DAY", model="SUPPLEMENT", validFrom="2026-01-01"),
        offer("b"),
        fact("price", "b", 1, amount="200", unit="DAY", model="OBJECTIVE"),
        offer("c"),
        fact("price", "c", 1, amount="1", unit="DAY", model="SUPPLEMENT"),
    )
    found = directory.offers(OfferQuery(order=OfferOrder("PRICE")), sees_protected=False)
    assert found.ids == ["offer:a", "offer:b", "offer:c"]


def test_prices_of_every_unit_compare_per_day() -> None:
    prices = {"hour": ("100", "HOUR"), "day": ("2300", "DAY"), "month": ("66567", "MONTH"), "year": ("803000", "YEAR")}
    records = [offer(slug) for slug in prices]
    records += [fact("price", slug, amount=amount, unit=unit) for slug, (amount, unit) in prices.items()]
    found = catalogue(*records).offers(OfferQuery(order=OfferOrder("PRICE")), sees_protected=False)
    # 2,188.50 · 2,200 · 2,300 · 2,400 DKK a day
    assert found.ids == ["offer:month", "offer:year", "offer:day", "offer:hour"]
