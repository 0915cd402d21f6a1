"""The content answers what caseworkers ask, on any day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from graph.catalogue.catalogue import Catalogue
from graph.catalogue.matching import MatchPage
from graph.catalogue.need import Criterion, Level, Near, Need, Outcome
from graph.clock import FixedClock
from graph.keyset import PageRequest
from graph.record import Record
from seeds.loader import CONTENT, read

DAYS = [date(2026, 1, 1), date(2028, 2, 29), date(2031, 12, 31)]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def records(request: pytest.FixtureRequest) -> dict[str, Record]:
    return {record.id: record for record in read(CONTENT, request.param)} | {"day": request.param}


@pytest.fixture(scope="module")
def catalogue(records: dict[str, Any]) -> Catalogue:
    day = records["day"]
    return Catalogue.from_records([r for r in records.values() if isinstance(r, Record)], FixedClock.on(day))


class Answer:
    def __init__(self, catalogue: Catalogue, **need: Any) -> None:
        self.match = catalogue.match(Need(**need), sees_protected=False)

    @property
    def fits(self) -> list[str]:
        return _slugs(self.match.fits(PageRequest(first=50)))

    def near_miss(self, slug: str) -> tuple[Criterion | None, str]:
        """What rules the offer out, and how it is told."""
        page = self.match.near_misses(PageRequest(first=50))
        entry = next(entry for entry in page.entries if entry.offer == f"offer:{slug}")
        told = next(result for result in entry.criteria if result.criterion == entry.ruled_out_by)
        return entry.ruled_out_by, told.explain()

    def outcome(self, slug: str, criterion: Criterion) -> Outcome:
        page = self.match.fits(PageRequest(first=50))
        entry = next(entry for entry in page.entries if entry.offer == f"offer:{slug}")
        return next(result.outcome for result in entry.criteria if result.criterion == criterion)


def _slugs(page: MatchPage) -> list[str]:
    return [entry.offer.removeprefix("offer:") for entry in page.entries]


BRAIN_INJURY: dict[str, Any] = {
    "age": 34.0,
    "home_municipality": "municipality:broenderslev",
    "primary_target_group": "target-group:erhvervet-hjerneskade",
    "secondary_target_groups": ("target-group:kommunikationsnedsaettelse",),
    "levels": (Level("theme-item:samtale", "SEVERE"), Level("theme-item:gaa-og-bevaege-sig", "MODERATE")),
}
TEMPORARY = ("offer-type:midlertidigt-botilbud",)


def test_acquired_brain_injury(catalogue: Catalogue) -> None:
    answer = Answer(catalogue, **BRAIN_INJURY, offer_types=TEMPORARY)
    assert answer.fits[0] == "neurocenter-oesterskoven"
    assert answer.outcome("neurocenter-oesterskoven", Criterion.PRIMARY_TARGET_GROUP) is Outcome.MET
    assert answer.outcome("neurocenter-oesterskoven", Criterion.LEVELS) is Outcome.MET
    assert answer.outcome("neurocenter-oesterskoven", Criterion.FREE_PLACE) is Outcome.UNKNOWN
    centre = "taleinstituttet-og-hjerneskadecenter-nordjylland"
    assert answer.near_miss(centre)[0] is Criterion.OFFER_TYPE
    assert Answer(catalogue, **BRAIN_INJURY).fits[:2] == ["neurocenter-oesterskoven", centre]


def test_acquired_brain_injury_with_alcohol(catalogue: Catalogue) -> None:
    need = {**BRAIN_INJURY, "circumstances": ("target-group:alkoholmisbrug",)}
    answer = Answer(catalogue, **need, offer_types=TEMPORARY)
    assert "neurocenter-oesterskoven" not in answer.fits
    criterion, told = answer.near_miss("neurocenter-oesterskoven")
    assert criterion is Criterion.EXCLUSION
    assert "brug af rusmidler er ikke foreneligt" in told.lower()


def test_intellectual_disability_and_dementia(catalogue: Catalogue) -> None:
    answer = Answer(
        catalogue,
        age=58.0,
        home_municipality="municipality:mariagerfjord",
        primary_target_group="target-group:udviklingshaemning",
        secondary_target_groups=("target-group:demens",),
        support_level="HIGH",
        offer_types=("offer-type:laengerevarende-botilbud", "offer-type:almen-aeldre-og-handicapvenlig-bolig"),
    )
    assert answer.fits[0] == "soedisbakke-aeldre"
    assert {"soedisbakke", "elsagervej", "loegstoer-tilbuddene-boegevej"} <= set(answer.fits)


def test_a_day_offer_for_a_young_man_with_autism(catalogue: Catalogue) -> None:
    answer = Answer(
        catalogue,
        age=22.0,
        home_municipality="municipality:hjoerring",
        primary_target_group="target-group:autismespektrum",
        legal_bases=("legal-basis:sel-104",),
    )
    best = answer.match.fits(PageRequest(first=1)).entries[0]
    assert (best.offer, best.distance_km) == ("offer:dagtilbuddet-slusen", 0)
    assert "dagtilbuddet-vika" not in answer.fits
    assert answer.near_miss("dagtilbuddet-vika")[0] is Criterion.LEGAL_BASIS


def test_homeless_tonight(catalogue: Catalogue) -> None:
    answer = Answer(
        catalogue,
        age=41.0,
        home_municipality="municipality:aalborg",
        primary_target_group="target-group:hjemloeshed",
        circumstances=("target-group:stofmisbrug",),
        free_place_needed=True,
        legal_bases=("legal-basis:sel-110",),
    )
    assert set(answer.fits[:2]) == {"forsorgshjemmet-svenstrupgaard", "kirkens-korshaers-herberg"}
    assert answer.fits[2:] == ["herberg-nord"]


def test_crisis_centres(catalogue: Catalogue) -> None:
    answer = Answer(
        catalogue,
        home_municipality="municipality:thisted",
        primary_target_group="target-group:voldeligt-overgreb",
        legal_bases=("legal-basis:sel-109",),
    )
    towns = ("frederikshavn", "hjoerring", "sindal", "hobro")
    assert set(answer.fits) == {"krisecenter-for-kvinder-aalborg", *(f"kvindekrisecenter-{town}" for town in towns)}


def price_on(records: dict[str, Any], offer: str) -> tuple[str, str, str | None]:
    """The amount, unit and own payment of the price that holds on the day, of which there must be one."""
    day = records["day"].isoformat()
    (price,) = (
        r.properties
        for r in records.values()
        if isinstance(r, Record)
        and any(e.type == "PRICE_OF" and e.target == f"offer:{offer}" for e in r.edges)
        and r.properties.get("validFrom", "") <= day < r.properties.get("validTo", "9999")
    )
    return price["amount"], price["unit"], price.get("ownPayment")


def test_prices_to_compare(records: dict[str, Any]) -> None:
    def under(offer: str) -> set[str]:
        return {e.target for e in records[f"offer:{offer}"].edges if e.type == "HAS_LEGAL_BASIS"}

    assert price_on(records, "botilbuddet-kvisten") == ("2190.00", "DAY", None)
    assert price_on(records, "fonden-hedehuset") == ("66567.00", "MONTH", "9603.00")
    assert "legal-basis:sel-107" in under("botilbuddet-kvisten") & under("fonden-hedehuset")
    assert price_on(records, "fonden-hedehuset-fuglsang") == ("1050000.00", "YEAR", None)
    assert price_on(records, "soedisbakke-aeldre") == ("930000.00", "YEAR", None)
    assert "legal-basis:sel-108" in under("fonden-hedehuset-fuglsang") & under("soedisbakke-aeldre")


def test_deafblindness_near_aars(catalogue: Catalogue) -> None:
    def within(km: float) -> Answer:
        near = Near(municipality="municipality:vesthimmerland", within_km=km)
        return Answer(catalogue, primary_target_group="target-group:doevblindhed", near=near)

    entries = within(50).match.fits(PageRequest(first=50)).entries
    assert {(entry.offer, round(entry.distance_km or 0)) for entry in entries} == {
        ("offer:center-for-doevblindhed-og-hoeretab", 37),
        ("offer:botilbud-danalien", 37),
        ("offer:specialraadgivningen-for-doevblinde", 37),
    }
    none = within(30)
    assert none.fits == []
    assert [step.criterion for step in none.match.funnel if step.removed and not step.remaining] == [Criterion.DISTANCE]


def test_attention_disorder_in_free_words(catalogue: Catalogue, records: dict[str, Any]) -> None:
    a_year_ago = records["day"] - timedelta(days=365)
    answer = Answer(catalogue, words=("ADHD",), free_place_needed=True, report_since=a_year_ago)
    assert answer.fits[:2] == ["ungebotilbuddet-rold", "fonden-hedehuset"]
    for slug in answer.fits[:2]:
        assert answer.outcome(slug, Criterion.FREE_PLACE) is Outcome.MET
        assert answer.outcome(slug, Criterion.SUPERVISION_REPORT) is Outcome.MET
    assert answer.outcome("dagtilbuddet-vika", Criterion.FREE_PLACE) is Outcome.PARTLY
    assert answer.outcome("dagtilbuddet-vika", Criterion.SUPERVISION_REPORT) is Outcome.UNKNOWN
    assert answer.near_miss("bostedet-limfjordshus")[0] is Criterion.SUPERVISION_REPORT
    assert answer.outcome("stoettecenter-havnen", Criterion.FREE_PLACE) is Outcome.UNKNOWN
