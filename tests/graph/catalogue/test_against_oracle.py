"""The catalogue against the plain reading of the design, over random directories, needs and filters.

Ids, order, ranks, scores, outcomes, weights, what rules out, funnel, combinations, distances, pages: all equal.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.catalogue.catalogue import Catalogue
from graph.catalogue.matching import MatchPage
from graph.catalogue.need import Level, MaxPrice, Near, Need, OfferFilter, OfferOrder, OfferQuery, Weight
from graph.clock import FixedClock
from graph.keyset import PageRequest
from tests.oracle import filters as plain
from tests.oracle.matching import Judgement, Matching
from tests.oracle.strategies import TODAY, filters, needs, worlds
from tests.oracle.world import World

ALL = PageRequest(first=200)


def thorough(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def catalogue_of(world: World) -> Catalogue:
    return Catalogue.from_records(list(world.records.values()), clock=FixedClock.on(TODAY))


def asked_near(near: dict[str, Any] | None) -> Near | None:
    return near and Near(near.get("municipality"), near.get("latitude"), near.get("longitude"), near.get("withinKm"))


def asked_price(price: dict[str, Any] | None) -> MaxPrice | None:
    return price and MaxPrice(Decimal(price["amount"]), price["unit"])


def asked(need: dict[str, Any]) -> Need:
    """The need in the catalogue's terms."""

    def several(name: str) -> tuple[Any, ...]:
        return tuple(need.get(name, ()))

    return Need(
        age=need.get("age"),
        home_municipality=need.get("homeMunicipality"),
        primary_target_group=need.get("primaryTargetGroup"),
        secondary_target_groups=several("secondaryTargetGroups"),
        circumstances=several("circumstances"),
        levels=tuple(Level(**level) for level in several("levels")),
        support_level=need.get("supportLevel"),
        offer_types=several("offerTypes"),
        legal_bases=several("legalBases"),
        services=several("services"),
        near=asked_near(need.get("near")),
        max_price=asked_price(need.get("maxPrice")),
        free_place_needed=need.get("freePlaceNeeded"),
        needed_from=need.get("neededFrom"),
        require_approval=need.get("requireApproval", True),
        report_since=need.get("reportSince"),
        words=several("words"),
        weights=tuple(Weight(**weight) for weight in several("weights")),
    )


def asked_filter(filter: dict[str, Any]) -> OfferFilter:
    """The filter in the catalogue's terms."""

    def several(name: str) -> tuple[Any, ...]:
        return tuple(filter.get(name, ()))

    return OfferFilter(
        target_groups=several("targetGroups"),
        services=several("services"),
        offer_types=several("offerTypes"),
        legal_bases=several("legalBases"),
        municipalities=several("municipalities"),
        operators=several("operators"),
        ownership=several("ownership"),
        age=filter.get("age"),
        near=asked_near(filter.get("near")),
        free_places_at_least=filter.get("freePlacesAtLeast"),
        max_price=asked_price(filter.get("maxPrice")),
        approval_status=several("approvalStatus"),
        agreements=several("agreements"),
        data_status=several("dataStatus"),
        verified_since=filter.get("verifiedSince"),
        report_since=filter.get("reportSince"),
        open_on=filter.get("openOn"),
        include_closed=filter.get("includeClosed", False),
        and_=tuple(map(asked_filter, several("and"))),
        or_=tuple(map(asked_filter, several("or"))),
        not_=asked_filter(filter["not"]) if "not" in filter else None,
    )


def assert_same(page: MatchPage, expected: list[Judgement]) -> None:
    assert [entry.offer for entry in page.entries] == [judged.offer.id for judged in expected]
    assert page.total == len(expected)
    assert [entry.rank for entry in page.entries] == list(range(1, len(expected) + 1))
    for entry, judged in zip(page.entries, expected, strict=True):
        assert entry.score == pytest.approx(judged.exact_score, abs=1e-9)
        assert entry.distance_km == (None if judged.km is None else pytest.approx(judged.km, abs=1e-6))
        assert entry.ruled_out_by == (judged.ruled_out_by[0] if judged.ruled_out_by else None)
        results = {r.criterion: (r.outcome, r.required, r.weight) for r in entry.criteria}
        assert list(results) == list(judged.verdicts)
        for name, (outcome, required, weight) in results.items():
            assert outcome == judged.verdicts[name][0], name
            assert required == judged.required[name], name
            assert weight == pytest.approx(float(judged.weights[name])), name


@thorough(250)
@given(worlds(), st.lists(needs, min_size=4, max_size=8), st.booleans())
def test_matching_is_what_the_design_says(world: World, asked_for: list[dict[str, Any]], sees_protected: bool) -> None:
    catalogue = catalogue_of(world)
    for need in asked_for:
        match, expected = (
            catalogue.match(asked(need), sees_protected=sees_protected),
            Matching(world, need, sees_protected),
        )
        assert_same(match.fits(ALL), expected.fits)
        assert_same(match.near_misses(ALL), expected.near_misses)
        named = expected.judged[::2]
        found = match.named([judged.offer.id for judged in reversed(named)])
        assert [(one.offer, one.rank) for one in found] == [(one.offer.id, n) for n, one in enumerate(named, 1)]
        assert [one.ruled_out_by for one in found] == [next(iter(one.ruled_out_by), None) for one in named]
        assert [(step.criterion, step.remaining, step.removed) for step in match.funnel] == expected.funnel


@thorough(100)
@given(worlds(), st.lists(needs, min_size=2, max_size=6), st.sampled_from(["DA", "EN"]))
def test_what_is_said_of_one_offer_does_not_hang_on_what_was_said_of_others(
    world: World, asked_for: list[dict[str, Any]], language: str
) -> None:
    catalogue = catalogue_of(world)
    for need in asked_for:
        rows = range(len(catalogue))
        together = catalogue.match(asked(need), sees_protected=False).results(rows)
        for row in rows:
            [alone] = catalogue.match(asked(need), sees_protected=False).results([row])
            assert together[row] == alone
            told, told_alone = ([result.explain(language) for result in of] for of in (together[row], alone))
            assert told == told_alone and all(told)


@thorough(250)
@given(worlds(), st.lists(needs, min_size=2, max_size=6), st.integers(1, 5))
def test_combinations_are_what_the_design_says(world: World, asked_for: list[dict[str, Any]], first: int) -> None:
    catalogue = catalogue_of(world)
    for need in asked_for:
        plainly = Matching(world, need)
        expected = plainly.combinations
        found = catalogue.match(asked(need), sees_protected=False).combinations(first)
        assert [(sorted(one.offers), list(one.covers), one.score) for one in found] == [
            (ids, services, pytest.approx(mean, abs=1e-9)) for ids, services, mean in expected[:first]
        ]
        wanted = plainly.need.get("services", [])
        for one in found:
            assert sorted([*one.covers, *one.uncovered]) == sorted(wanted)


@thorough(120)
@given(worlds(), needs, st.integers(1, 4), st.booleans())
def test_pages_of_a_match_put_together_are_the_whole(
    world: World, need: dict[str, Any], size: int, backward: bool
) -> None:
    match = catalogue_of(world).match(asked(need), sees_protected=False)
    for list_of, expected in (
        (match.fits, Matching(world, need).fits),
        (match.near_misses, Matching(world, need).near_misses),
    ):
        seen: list[tuple[str, int]] = []
        cursor: str | None = None
        while True:
            request = PageRequest(last=size, before=cursor) if backward else PageRequest(first=size, after=cursor)
            page = list_of(request)
            entries = [(entry.offer, entry.rank) for entry in page.entries]
            seen = entries + seen if backward else seen + entries
            assert page.total == len(expected)
            if not (page.has_previous if backward else page.has_next):
                break
            cursor = page.cursors[0 if backward else -1]
        assert seen == [(judged.offer.id, n) for n, judged in enumerate(expected, 1)]


FIELDS = ["NAME", "PRICE", "FREE_PLACES", "DISTANCE", "VERIFIED_ON"]


@thorough(250)
@given(
    worlds(),
    st.lists(st.tuples(filters(), st.sampled_from(FIELDS), st.booleans()), min_size=3, max_size=8),
    st.booleans(),
    st.integers(1, 4),
)
def test_filters_and_orders_are_what_the_contract_says(
    world: World, asked_for: list[tuple[dict[str, Any], str, bool]], sees_protected: bool, size: int
) -> None:
    catalogue = catalogue_of(world)
    for filter, field, descending in asked_for:
        if field == "DISTANCE" and "near" not in filter:
            continue
        passing = plain.offers(world, filter, sees_protected)
        expected = plain.ordered(world, passing, field, descending, filter, sees_protected)
        seen: list[str] = []
        after: str | None = None
        while True:
            query = OfferQuery(
                asked_filter(filter), OfferOrder(field, descending), PageRequest(first=size, after=after), total=True
            )
            page = catalogue.offers(query, sees_protected=sees_protected)
            seen += page.ids
            assert page.total == len(expected)
            if not page.has_next:
                break
            after = page.cursors[-1]
        assert seen == expected


@thorough(60)
@given(worlds())
def test_without_a_filter_the_offers_that_are_open_today(world: World) -> None:
    expected = [offer.id for offer in plain.offers(world, None)]
    query = OfferQuery(None, OfferOrder("NAME"), ALL, total=True)
    page = catalogue_of(world).offers(query, sees_protected=False)
    assert sorted(page.ids) == expected and page.total == len(expected)
