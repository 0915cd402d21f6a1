"""Pages of offers: filters by example, orders both ways, cursors, and the offers of each parent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from graph.catalogue.filters import Filtering
from graph.catalogue.need import MaxPrice, Near, OfferFilter, OfferOrder, OfferQuery
from graph.catalogue.pages import offers
from graph.errors import BadInput
from graph.keyset import PageRequest
from graph.record import Edge
from tests.graph.catalogue.example import (
    AALBORG,
    ACQUIRED,
    AGREEMENT,
    ANXIETY,
    BRAIN_INJURY,
    BRONDERSLEV,
    CONGENITAL,
    CREATIVE,
    DAY,
    FOCUS,
    HOBRO,
    HOME,
    P104,
    P107,
    STAY,
    TEMPORARY,
    at,
    catalogue,
    fact,
    located,
    offer,
    serves,
)

F = OfferFilter
DIRECTORY = catalogue(
    offer(
        "oesterskoven",
        *(serves(ACQUIRED), Edge("OF_TYPE", HOME), Edge("HAS_LEGAL_BASIS", P107), Edge("GIVES", TEMPORARY)),
        *(at("oesterskoven"), Edge("OPERATED_BY", "region:rn"), Edge("OF_INSTITUTION", "institution:neuro")),
        Edge("COVERED_BY", AGREEMENT),
        name="Østerskoven",
        summary="Rehabilitering efter hjerneskade",
        ageFrom=16.0,
        verifiedOn="2026-10-01",
    ),
    *located("oesterskoven", 56.6431, 9.7903),
    *(fact("capacity", "oesterskoven", free=2), fact("price", "oesterskoven", amount="2190", unit="DAY")),
    fact("approval", "oesterskoven", status="APPROVED", validFrom="2020-01-01"),
    offer(
        "slusen",
        *(serves(ANXIETY), serves(BRAIN_INJURY), Edge("OF_TYPE", DAY), Edge("HAS_LEGAL_BASIS", P104)),
        *(Edge("GIVES", CREATIVE), at("slusen"), Edge("OPERATED_BY", AALBORG)),
        name="Slusen",
        ageTo=30.0,
        dataStatus="ILLUSTRATIVE",
        verifiedOn="2026-01-01",
    ),
    *located("slusen", 57.0480, 9.9187, AALBORG, protected=True),
    *(fact("capacity", "slusen", free=0), fact("price", "slusen", amount="300000", unit="YEAR")),
    offer("aa", name="Aagården", openFrom="2026-12-01"),
    offer("strandgaarden", serves(ACQUIRED), name="Strandgården", closedOn="2020-01-01"),
)
OE, SL, AA, ST = (f"offer:{slug}" for slug in ("oesterskoven", "slusen", "aa", "strandgaarden"))


def found(
    filter: OfferFilter | None = None, order: OfferOrder | None = None, sees_protected: bool = False
) -> list[str]:
    return DIRECTORY.offers(OfferQuery(filter, order), sees_protected=sees_protected).ids


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        (None, [SL, OE]),
        (F(), [SL, OE]),
        (F(include_closed=True), [SL, ST, OE, AA]),
        (F(open_on=date(2019, 1, 1)), [SL, ST, OE]),
        (F(open_on=date(2027, 1, 1)), [SL, OE, AA]),
        (F(open_on=date(2019, 1, 1), include_closed=True), [SL, ST, OE, AA]),
        (F(target_groups=(ACQUIRED,)), [SL, OE]),
        (F(target_groups=(CONGENITAL,)), [SL]),
        (F(target_groups=(ANXIETY, ACQUIRED)), [SL, OE]),
        (F(services=(STAY,)), [OE]),
        (F(services=(STAY, CREATIVE)), [SL, OE]),
        (F(offer_types=(HOME,)), [OE]),
        (F(legal_bases=(P104,)), [SL]),
        (F(municipalities=(HOBRO,)), [OE]),
        (F(operators=(AALBORG, "region:rn")), [SL, OE]),
        (F(operators=(BRONDERSLEV,)), []),
        (F(ownership=("REGIONAL",)), [OE]),
        (F(ownership=("PRIVATE",)), []),
        (F(age=15), [SL]),
        (F(age=15, include_closed=True), [SL]),
        (F(near=Near(HOBRO, within_km=20)), [OE]),
        (F(near=Near(HOBRO)), [SL, OE]),
        (F(free_places_at_least=1), [OE]),
        (F(free_places_at_least=0, include_closed=True), [SL, OE]),
        (F(max_price=MaxPrice(Decimal("66612.50"), "MONTH")), [SL, OE]),
        (F(max_price=MaxPrice(Decimal("66612.49"), "MONTH")), [SL]),
        (F(approval_status=("APPROVED", "ENDED")), [OE]),
        (F(approval_status=("APPROVED",), open_on=date(2019, 12, 31)), []),
        (F(agreements=(AGREEMENT,)), [OE]),
        (F(data_status=("ILLUSTRATIVE",)), [SL]),
        (F(verified_since=date(2026, 10, 1)), [OE]),
        (F(text="rehabilitering"), [OE]),
        (F(text="østers"), [OE]),
        (F(text="findes ikke"), []),
        (F(text=" "), [SL, OE]),
        (F(or_=(F(services=(STAY,)), F(legal_bases=(P104,)))), [SL, OE]),
        (F(and_=(F(services=(STAY,)), F(legal_bases=(P104,)))), []),
        (F(not_=F(services=(STAY,))), [SL]),
        (F(not_=F(services=(STAY,)), include_closed=True), [SL, ST, AA]),
        (F(not_=F()), []),
        (F(include_closed=True, not_=F(open_on=date(2026, 11, 21))), [ST, AA]),
    ],
)  # fmt: skip
def test_filters(filter: OfferFilter | None, expected: list[str]) -> None:
    assert found(filter) == expected


ALL = F(include_closed=True)
PLACED = F(include_closed=True, near=Near(HOBRO))


@pytest.mark.parametrize(
    ("filter", "order", "expected"),
    [
        (ALL, OfferOrder("NAME"), [SL, ST, OE, AA]),
        (ALL, OfferOrder("NAME", True), [AA, OE, ST, SL]),
        (ALL, OfferOrder("PRICE"), [SL, OE, AA, ST]),
        (ALL, OfferOrder("PRICE", True), [OE, SL, AA, ST]),
        (ALL, OfferOrder("FREE_PLACES"), [SL, OE, AA, ST]),
        (ALL, OfferOrder("FREE_PLACES", True), [OE, SL, AA, ST]),
        (ALL, OfferOrder("VERIFIED_ON"), [SL, OE, AA, ST]),
        (ALL, OfferOrder("VERIFIED_ON", True), [OE, SL, AA, ST]),
        (PLACED, OfferOrder("DISTANCE"), [OE, SL, AA, ST]),
        (PLACED, OfferOrder("DISTANCE", True), [SL, OE, AA, ST]),
        (F(text="hjerneskade"), OfferOrder("RELEVANCE"), [OE, SL]),
        (F(text="hjerneskade"), OfferOrder("RELEVANCE", True), [SL, OE]),
    ],
)
def test_orders_keep_what_is_not_known_last(filter: OfferFilter, order: OfferOrder, expected: list[str]) -> None:
    assert found(filter, order) == expected
    # One at a time, forward and backward, it is the same list.
    forward: list[str] = []
    cursor = None
    for _ in expected:
        page = DIRECTORY.offers(OfferQuery(filter, order, PageRequest(first=1, after=cursor)), sees_protected=False)
        forward, cursor = forward + page.ids, page.cursors[0]
    assert forward == expected and not page.has_next
    backward: list[str] = []
    cursor = None
    for _ in expected:
        page = DIRECTORY.offers(OfferQuery(filter, order, PageRequest(last=1, before=cursor)), sees_protected=False)
        backward, cursor = page.ids + backward, page.cursors[0]
    assert backward == expected and not page.has_previous


def test_a_total_is_counted_only_when_asked_for() -> None:
    page = PageRequest(first=1)
    assert DIRECTORY.offers(OfferQuery(page=page), sees_protected=False).total is None
    asked = DIRECTORY.offers(OfferQuery(page=page, total=True), sees_protected=False)
    assert (asked.total, asked.has_next, asked.has_previous) == (2, True, False)


def test_a_page_that_is_kept_is_that_of_its_day() -> None:
    """Pages of all offers are found once a day, and not when another is asked for in between."""
    columns = DIRECTORY._content.columns
    queries = [
        OfferQuery(None, order, page, total)
        for order in (None, OfferOrder("FREE_PLACES"), OfferOrder("NAME", descending=True))
        for page in (PageRequest(), PageRequest(first=1), PageRequest(last=1))
        for total in (False, True)
    ]
    for today in (*(date(2026, 11, 21), date(2026, 12, 24)), *(date(2019, 1, 1), date(2026, 11, 21))):
        filtering = Filtering(columns, DIRECTORY._content.scores, today.toordinal(), sees_protected=False)
        for query in (*queries, *queries):
            kept, anew = offers(filtering, query), offers(filtering, replace(query, filter=F(and_=(F(),))))
            assert (kept.ids, list(kept.cursors)) == (anew.ids, list(anew.cursors))
            assert (kept.has_next, kept.has_previous, kept.total) == (anew.has_next, anew.has_previous, anew.total)


def test_no_more_pages_are_kept_than_a_day_may_hold() -> None:
    columns = DIRECTORY._content.columns
    filtering = Filtering(columns, DIRECTORY._content.scores, date(2026, 11, 21).toordinal(), sees_protected=False)
    for first in range(201):
        assert offers(filtering, OfferQuery(page=PageRequest(first=first))).ids == [SL, OE][:first]
    assert len(columns.day(filtering.today, filtering.today).pages) <= 100


def test_a_cursor_survives_changes_and_belongs_to_its_order() -> None:
    cursor = DIRECTORY.offers(OfferQuery(page=PageRequest(first=1)), sees_protected=False).cursors[0]
    later = catalogue(offer("ny", name="Sluseporten"), offer("sidst", name="Åen"), offer("foer", name="Før"))
    assert later.offers(OfferQuery(page=PageRequest(after=cursor)), sees_protected=False).ids == [
        "offer:ny",
        "offer:sidst",
    ]
    for order in (OfferOrder("PRICE"), OfferOrder("NAME", descending=True)):
        with pytest.raises(BadInput) as refused:
            DIRECTORY.offers(OfferQuery(order=order, page=PageRequest(after=cursor)), sees_protected=False)
        assert refused.value.path == ("after",)


def test_a_cursor_by_distance_does_not_tell_where_a_protected_address_is() -> None:
    def cursors(latitude: float, sees_protected: bool) -> list[str]:
        directory = catalogue(offer("hidden", at("hidden")), *located("hidden", latitude, 9.9, protected=True))
        query = OfferQuery(F(near=Near(HOBRO)), OfferOrder("DISTANCE"))
        return list(directory.offers(query, sees_protected=sees_protected).cursors)

    assert cursors(57.048, False) == cursors(57.049, False)
    assert cursors(57.048, True) != cursors(57.049, True)


@pytest.mark.parametrize(
    ("parent", "expected"),
    [
        ("operator", {AALBORG: [SL], "region:rn": [OE]}),
        ("institution", {"institution:neuro": [OE]}),
        ("municipality", {AALBORG: [SL], HOBRO: [OE]}),
        ("offer_type", {DAY: [SL], HOME: [OE]}),
        ("legal_basis", {P104: [SL], P107: [OE]}),
        ("service", {CREATIVE: [SL], STAY: [OE], TEMPORARY: [OE]}),
        ("target_group", {ACQUIRED: [SL, OE], ANXIETY: [SL], BRAIN_INJURY: [SL, OE], CONGENITAL: [SL]}),
        ("agreement", {AGREEMENT: [OE]}),
        ("focus_area", {FOCUS: [SL, OE]}),
    ],
)
def test_the_offers_of_each_parent(parent: str, expected: dict[str, list[str]]) -> None:
    pages = DIRECTORY.offers_by(parent, OfferQuery(total=True), sees_protected=False)
    assert {id: page.ids for id, page in pages.items()} == expected
    assert {id: page.total for id, page in pages.items()} == {id: len(ids) for id, ids in expected.items()}
    for id, ids in expected.items():
        only = DIRECTORY.offers_by(parent, OfferQuery(), sees_protected=False, only=[id])
        assert {id: page.ids for id, page in only.items()} == {id: ids}


def test_each_parent_has_its_own_page() -> None:
    pages = DIRECTORY.offers_by("target_group", OfferQuery(page=PageRequest(first=1)), sees_protected=False)
    first = pages[BRAIN_INJURY]
    assert (first.ids, first.has_next) == ([SL], True)
    query = OfferQuery(page=PageRequest(first=1, after=first.cursors[0]))
    second = DIRECTORY.offers_by("target_group", query, sees_protected=False)
    assert (second[BRAIN_INJURY].ids, second[BRAIN_INJURY].has_previous) == ([OE], True)
    # One that has offers, but none on this page, still has its page.
    assert (second[ANXIETY].ids, second[ANXIETY].has_previous) == ([], True)


def test_no_other_parent_is_known() -> None:
    with pytest.raises(ValueError, match="planet"):
        DIRECTORY.offers_by("planet", OfferQuery(), sees_protected=False)
