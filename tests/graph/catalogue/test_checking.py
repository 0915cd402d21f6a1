"""Input that cannot be meant is refused, with the path of the field and the value named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import inf, nan

import pytest

from graph.catalogue.need import Level, MaxPrice, Near, Need, OfferFilter, OfferOrder, OfferQuery, Weight
from graph.errors import BadInput
from graph.keyset import PageRequest
from tests.graph.catalogue.example import AALBORG, ACQUIRED, ANXIETY, MEMORY, TALK, catalogue, offer

DIRECTORY = catalogue(offer("a"))
UNKNOWN = "target-group:findes-ikke"

NEEDS: list[tuple[Need, tuple[str | int, ...], str]] = [
    (Need(age=-1), ("age",), "-1"),
    (Need(age=131), ("age",), "131"),
    (Need(age=nan), ("age",), "nan"),
    (Need(age=inf), ("age",), "inf"),
    (Need(home_municipality="municipality:oz"), ("homeMunicipality",), "municipality:oz"),
    (Need(home_municipality=ANXIETY), ("homeMunicipality",), ANXIETY),
    (Need(primary_target_group=UNKNOWN), ("primaryTargetGroup",), UNKNOWN),
    (Need(primary_target_group=""), ("primaryTargetGroup",), "''"),
    (Need(secondary_target_groups=(ANXIETY, UNKNOWN)), ("secondaryTargetGroups", 1), UNKNOWN),
    (
        Need(primary_target_group=ACQUIRED, secondary_target_groups=(ANXIETY, ACQUIRED)),
        ("secondaryTargetGroups", 1),
        ACQUIRED,
    ),
    (Need(circumstances=(UNKNOWN,)), ("circumstances", 0), UNKNOWN),
    (Need(offer_types=("offer-type:x",)), ("offerTypes", 0), "offer-type:x"),
    (Need(legal_bases=("legal-basis:x",)), ("legalBases", 0), "legal-basis:x"),
    (Need(services=("service:x",)), ("services", 0), "service:x"),
    (Need(services=("service:x",) * 101), ("services",), "101"),
    (Need(words=("x",) * 101), ("words",), "101"),
    (Need(levels=(Level("theme-item:x", "MILD"),)), ("levels", 0, "item"), "theme-item:x"),
    (Need(levels=(Level(MEMORY, "MILD"),)), ("levels", 0, "item"), "no levels"),
    (Need(levels=(Level(TALK, "MILD"), Level(TALK, "MILD"))), ("levels", 1, "item"), "twice"),
    (Need(levels=(Level(TALK, "HIGH"),)), ("levels", 0, "level"), "HIGH"),
    (Need(support_level="SEVERE"), ("supportLevel",), "SEVERE"),
    (Need(near=Near(within_km=10)), ("near", "withinKm"), "place"),
    (Need(near=Near("municipality:oz")), ("near", "municipality"), "municipality:oz"),
    (Need(near=Near(AALBORG, 57.0, 9.0)), ("near",), "not both"),
    (Need(near=Near(latitude=57.0)), ("near", "longitude"), "both"),
    (Need(near=Near(longitude=9.0)), ("near", "latitude"), "both"),
    (Need(near=Near(latitude=91.0, longitude=9.0)), ("near", "latitude"), "91"),
    (Need(near=Near(latitude=57.0, longitude=nan)), ("near", "longitude"), "nan"),
    (Need(near=Near(AALBORG, within_km=-1)), ("near", "withinKm"), "-1"),
    (Need(near=Near(AALBORG, within_km=inf)), ("near", "withinKm"), "inf"),
    (Need(max_price=MaxPrice(Decimal(-1), "DAY")), ("maxPrice", "amount"), "-1"),
    (Need(max_price=MaxPrice(Decimal("NaN"), "DAY")), ("maxPrice", "amount"), "NaN"),
    (Need(max_price=MaxPrice(Decimal(1), "WEEK")), ("maxPrice", "unit"), "WEEK"),
    (Need(needed_from=date(1999, 12, 31)), ("neededFrom",), "1999-12-31"),
    (Need(needed_from=date(2101, 1, 1)), ("neededFrom",), "2101-01-01"),
    (Need(weights=(Weight("AGE", 5.1),)), ("weights", 0, "factor"), "5.1"),
    (Need(weights=(Weight("AGE", -0.1),)), ("weights", 0, "factor"), "-0.1"),
    (Need(weights=(Weight("AGE", nan),)), ("weights", 0, "factor"), "nan"),
    (Need(weights=(Weight("AGE", 1), Weight("AGE", 2))), ("weights", 1, "criterion"), "AGE"),
    (Need(weights=(Weight("LUCK", 1),)), ("weights", 0, "criterion"), "LUCK"),
]


@pytest.mark.parametrize(("need", "path", "named"), NEEDS, ids=[f"{'.'.join(map(str, n[1]))}-{n[2]}" for n in NEEDS])
def test_a_need_that_cannot_be_meant(need: Need, path: tuple[str | int, ...], named: str) -> None:
    with pytest.raises(BadInput) as refused:
        DIRECTORY.match(need, sees_protected=False)
    assert refused.value.path == ("need", *path)
    assert named in refused.value.message


@pytest.mark.parametrize(
    "need",
    [
        Need(age=0),
        Need(age=130),
        Need(home_municipality=AALBORG, near=Near(within_km=0)),
        Need(max_price=MaxPrice(Decimal(0), "HOUR")),
        Need(weights=(Weight("AGE", 0), Weight("OPEN", 5))),
        Need(secondary_target_groups=(ANXIETY, ANXIETY), services=()),
        Need(near=Near()),
    ],
)
def test_a_need_at_the_borders_of_what_can_be_meant(need: Need) -> None:
    assert DIRECTORY.match(need, sees_protected=False).fits(PageRequest()).total == 1


F = OfferFilter
QUERIES: list[tuple[OfferQuery, tuple[str | int, ...]]] = [
    (OfferQuery(F(target_groups=(UNKNOWN,))), ("filter", "targetGroups", 0)),
    (OfferQuery(F(operators=("institution:x",))), ("filter", "operators", 0)),
    (OfferQuery(F(operators=(ANXIETY,))), ("filter", "operators", 0)),
    (OfferQuery(F(agreements=("agreement:x",))), ("filter", "agreements", 0)),
    (OfferQuery(F(municipalities=(AALBORG, "x"))), ("filter", "municipalities", 1)),
    (OfferQuery(F(ownership=("STATE",))), ("filter", "ownership", 0)),
    (OfferQuery(F(age=-1)), ("filter", "age")),
    (OfferQuery(F(near=Near(within_km=5))), ("filter", "near", "withinKm")),
    (OfferQuery(F(near=Near(AALBORG, 57.0, 9.0))), ("filter", "near")),
    (OfferQuery(F(near=Near(latitude=57.0))), ("filter", "near", "longitude")),
    (OfferQuery(F(free_places_at_least=-1)), ("filter", "freePlacesAtLeast")),
    (OfferQuery(F(max_price=MaxPrice(Decimal(-1), "DAY"))), ("filter", "maxPrice", "amount")),
    (OfferQuery(F(or_=(F(), F(not_=F(age=999))))), ("filter", "or", 1, "not", "age")),
    (OfferQuery(order=OfferOrder("DISTANCE")), ("orderBy", "field")),
    (OfferQuery(order=OfferOrder("RELEVANCE")), ("orderBy", "field")),
    (OfferQuery(F(text="  "), OfferOrder("RELEVANCE")), ("orderBy", "field")),
    (OfferQuery(page=PageRequest(after="garbage")), ("after",)),
    (OfferQuery(page=PageRequest(last=1, before="WzFd")), ("before",)),
]


@pytest.mark.parametrize(
    ("query", "path"), QUERIES, ids=[".".join(map(str, q[1])) + f"-{n}" for n, q in enumerate(QUERIES)]
)
def test_a_query_that_cannot_be_meant(query: OfferQuery, path: tuple[str | int, ...]) -> None:
    with pytest.raises(BadInput) as refused:
        DIRECTORY.offers(query, sees_protected=False)
    assert refused.value.path == path


def test_a_filter_nested_too_deep_is_refused() -> None:
    filter = OfferFilter()
    for _ in range(11):
        filter = OfferFilter(not_=filter)
    with pytest.raises(BadInput, match="nested"):
        DIRECTORY.offers(OfferQuery(filter), sees_protected=False)
