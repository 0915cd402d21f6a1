"""Matching as a whole: order, near misses, funnel, combinations, words, notices, pages."""

from __future__ import annotations

import gc
import weakref
from datetime import timedelta
from decimal import Decimal

import pytest

from graph.catalogue.matching import Match
from graph.catalogue.need import MaxPrice, Near, Need, Weight
from graph.errors import BadInput
from graph.keyset import PageRequest
from graph.record import Edge, Record
from tests.graph.catalogue.example import (
    ACQUIRED,
    ALCOHOL,
    ANXIETY,
    BRAIN_INJURY,
    BRONDERSLEV,
    CREATIVE,
    DAY,
    HOME,
    SHELTER,
    SOCIAL,
    STAY,
    TODAY,
    at,
    catalogue,
    fact,
    located,
    offer,
    serves,
)


def match(need: Need, *records: Record) -> Match:
    return catalogue(*records).match(need, sees_protected=False)


def fits(found: Match) -> list[str]:
    return [entry.offer for entry in found.fits(PageRequest()).entries]


def notices(found: Match) -> dict[str, str]:
    return {notice.code: notice.da for notice in found.notices}


def test_equal_scores_are_ordered_by_free_places_price_distance_name_and_id() -> None:
    approved = [fact("approval", slug, status="APPROVED") for slug in "abcdefg"]
    found = match(
        Need(require_approval=False),
        *approved,
        offer("a", name="Århus"),
        offer("b", name="Zebra"),
        offer("c", name="Zebra"),
        offer("d"),
        fact("capacity", "d", free=0),
        offer("e"),
        fact("capacity", "e", free=0),
        fact("price", "e", amount="900", unit="DAY"),
        offer("f"),
        fact("capacity", "f", free=0),
        fact("price", "f", amount="300000", unit="YEAR"),
        offer("g"),
        fact("capacity", "g", free=1),
    )
    assert fits(found) == ["offer:g", "offer:f", "offer:e", "offer:d", "offer:b", "offer:c", "offer:a"]


def test_the_nearer_of_equals_comes_first_and_an_unknown_place_last() -> None:
    found = match(
        Need(near=Near(BRONDERSLEV), weights=(Weight("DISTANCE", 0),)),
        *(offer("far", at("far")), *located("far", 56.64, 9.79)),
        *(offer("near", at("near")), *located("near", 57.27, 9.94)),
        offer("anywhere"),
    )
    assert fits(found) == ["offer:near", "offer:far", "offer:anywhere"]
    assert [entry.score for entry in found.fits(PageRequest()).entries] == [0.181818182] * 3


def test_a_weight_changes_the_order_and_shows_in_the_result() -> None:
    offers = (
        offer("fresh", verifiedOn="2026-11-20"),
        offer("free"),
        fact("capacity", "free", free=2, countedOn="2026-11-20"),
    )
    assert fits(match(Need(), *offers)) == ["offer:free", "offer:fresh"]
    heavy = match(Need(weights=(Weight("FRESHNESS", 5), Weight("FREE_PLACE", 0.5))), *offers)
    assert fits(heavy) == ["offer:fresh", "offer:free"]
    assert heavy.results([0])[0][-1].weight == 2.5


def test_no_weight_at_all_gives_no_score() -> None:
    weights = tuple(Weight(name, 0) for name in ("OPEN", "APPROVAL", "FREE_PLACE", "FRESHNESS"))
    assert match(Need(weights=weights), offer("a")).fits(PageRequest()).entries[0].score == 0


def test_a_near_miss_fails_one_requirement_and_names_it() -> None:
    found = match(
        Need(primary_target_group=ACQUIRED, circumstances=(ALCOHOL,), age=34),
        offer("fits", serves(ACQUIRED)),
        offer("dry", serves(ACQUIRED), Edge("EXCLUDES", ALCOHOL, {"note": "brug af rusmidler er ikke foreneligt"})),
        offer("dry-and-young", serves(ACQUIRED), Edge("EXCLUDES", ALCOHOL), ageTo=17.0),
    )
    assert fits(found) == ["offer:fits"]
    (near,) = found.near_misses(PageRequest()).entries
    assert (near.offer, near.ruled_out_by, near.rank) == ("offer:dry", "EXCLUSION", 1)
    exclusion = next(result for result in near.criteria if result.criterion == "EXCLUSION")
    assert exclusion.required and "brug af rusmidler er ikke foreneligt" in exclusion.explain("DA")


def test_the_funnel_counts_what_each_requirement_left() -> None:
    found = match(
        Need(age=34, primary_target_group=ACQUIRED, max_price=MaxPrice(Decimal(10), "DAY")),
        offer("closed", closedOn="2020-01-01"),
        offer("other", serves(ANXIETY), ageTo=17.0),
        offer("young", serves(ACQUIRED), ageTo=17.0),
        offer("dear", serves(ACQUIRED)),
        fact("price", "dear", amount="11", unit="DAY"),
    )
    steps = [(step.criterion.value, step.remaining, step.removed) for step in found.funnel]
    assert steps == [
        ("OPEN", 3, 1),
        ("PRIMARY_TARGET_GROUP", 2, 1),
        ("EXCLUSION", 2, 0),
        ("AGE", 1, 1),
        ("APPROVAL", 1, 0),
        ("PRICE", 0, 1),
    ]
    assert notices(found)["NO_FITS"] == (
        "Ingen tilbud passer. Flest faldt fra på åbent tilbud: 1. De sidste faldt fra på takst: 1."
    )


def test_a_home_and_a_day_offer_combine_though_the_day_offer_is_of_another_type() -> None:
    found = match(
        Need(offer_types=(HOME,), services=(STAY, CREATIVE, SOCIAL)),
        offer("home", Edge("OF_TYPE", HOME), Edge("GIVES", STAY)),
        offer("day", Edge("OF_TYPE", DAY), Edge("GIVES", CREATIVE), Edge("GIVES", SOCIAL)),
        offer("closed", Edge("GIVES", CREATIVE), Edge("GIVES", SOCIAL), closedOn="2020-01-01"),
        offer("idle", Edge("OF_TYPE", DAY), Edge("GIVES", CREATIVE)),
    )
    best, second = found.combinations(3)
    assert (set(best.offers), best.covers, best.uncovered) == (
        {"offer:home", "offer:day"},
        (STAY, CREATIVE, SOCIAL),
        (),
    )
    assert (set(second.offers), second.uncovered) == ({"offer:home", "offer:idle"}, (SOCIAL,))
    scores = [one.score for one in found.named(best.offers)]
    assert best.score == pytest.approx(sum(scores) / 2, abs=1e-9) and 0 < best.score < 1
    assert found.combinations(0) == []


@pytest.mark.parametrize(
    ("need", "primary", "secondary", "services"),
    [
        (Need(words=("fobi",)), ANXIETY, (), ()),
        (Need(words=("fobi", "druk")), ANXIETY, (ALCOHOL,), ()),
        (Need(primary_target_group=ACQUIRED, words=("fobi",)), ACQUIRED, (ANXIETY,), ()),
        (Need(primary_target_group=ACQUIRED, words=("erhvervet hjerneskade",)), ACQUIRED, (), ()),
        (Need(secondary_target_groups=(ANXIETY,), words=("angst",)), None, (ANXIETY,), ()),
        (Need(services=(STAY,), words=("fællesskab", "ophold")), None, (), (STAY, SOCIAL)),
        (Need(words=("qwxz", "  ")), None, (), ()),
    ],
)
def test_free_words_join_the_need(
    need: Need, primary: str | None, secondary: tuple[str, ...], services: tuple[str, ...]
) -> None:
    read = match(need, offer("a")).case.need
    assert (read.primary_target_group, read.secondary_target_groups, read.services) == (primary, secondary, services)


def test_notices_say_how_words_were_read() -> None:
    found = match(Need(words=("fobi", "fællesskab", "angsst", "qwxz")), offer("a"))
    assert [(notice.code, notice.da, notice.en) for notice in found.notices[:4]] == [
        ("MAPPED_WORD", "»fobi« er læst som målgruppen Angst.", "“fobi” was read as the target group Anxiety."),
        (
            "MAPPED_WORD",
            "»fællesskab« er læst som ydelsen Social aktivitet.",
            "“fællesskab” was read as the service Social activity.",
        ),
        (
            "UNMAPPED_WORD",
            "»angsst« kendes ikke og er ikke brugt. Mente du »Angst«?",
            "“angsst” is not known and was not used. Did you mean “Angst”?",
        ),
        ("UNMAPPED_WORD", "»qwxz« kendes ikke og er ikke brugt.", "“qwxz” is not known and was not used."),
    ]


def test_notices_warn_of_the_answer_as_a_whole() -> None:
    found = match(
        Need(primary_target_group=ALCOHOL, secondary_target_groups=(ANXIETY,)),
        offer("herberg", serves(ALCOHOL), Edge("OF_TYPE", SHELTER), admission="Lederen afgør optagelsen."),
        offer("old", serves(ALCOHOL), serves(ANXIETY), verifiedOn="2024-01-01", dataStatus="ILLUSTRATIVE"),
        offer("fresh", serves(ALCOHOL), serves(ANXIETY), verifiedOn="2026-11-01"),
    )
    assert notices(found) == {
        "STALE_DATA": "2 af 3 tilbud er ikke registreret som kontrolleret inden for det seneste år.",
        "ILLUSTRATIVE_DATA": (
            "Svaret bygger delvist på illustrative oplysninger, som ikke må lægges til grund for en afgørelse."
        ),
        "TARGET_GROUP_NOT_APPROVED": "Blandt de bedste er ikke godkendt til Angst: Herberg.",
        "OWN_ADMISSION": (
            "Tilbud, der ikke visiteres til på sædvanlig vis, er med i svaret. Herberg: Lederen afgør optagelsen."
        ),
    }


def test_a_good_answer_needs_no_notice() -> None:
    assert match(Need(), offer("a", verifiedOn="2026-11-01")).notices == []


def test_what_emptied_the_list_is_said_once() -> None:
    found = match(Need(age=34), offer("young", ageTo=17.0))
    assert notices(found)["NO_FITS"] == "Ingen tilbud passer. Flest faldt fra på alder: 1."


def test_an_empty_directory_says_so() -> None:
    assert notices(match(Need(age=3))) == {"NO_FITS": "Kataloget er tomt."}


def test_pages_go_on_where_they_ended_though_offers_come_and_go() -> None:
    offers = [offer(f"o{n}") for n in range(9)]
    first = match(Need(), *offers).fits(PageRequest(first=4))
    assert (first.has_next, first.has_previous, first.total) == (True, False, 9)
    # The offer that the cursor stands at goes, and one comes before it.
    later = match(Need(), *(o for o in offers if o.id != "offer:o3"), offer("o0a", name="O0a"))
    second = later.fits(PageRequest(first=4, after=first.cursors[-1]))
    assert [(entry.offer, entry.rank) for entry in second.entries] == [(f"offer:o{n}", n + 1) for n in (4, 5, 6, 7)]
    back = later.fits(PageRequest(last=2, before=second.cursors[0]))
    assert [(entry.offer, entry.rank) for entry in back.entries] == [("offer:o1", 3), ("offer:o2", 4)]
    assert (back.has_next, back.has_previous) == (True, True)


def test_a_cursor_of_fits_is_none_of_near_misses() -> None:
    found = match(Need(), offer("a"), offer("b", closedOn="2020-01-01"))
    with pytest.raises(BadInput) as refused:
        found.near_misses(PageRequest(after=found.fits(PageRequest()).cursors[0]))
    assert refused.value.path == ("after",)


def test_a_need_never_shows_in_a_log() -> None:
    found = match(Need(age=34.5, near=Near(latitude=57.25, longitude=9.75)), offer("a"))
    for thing in (found, found.case, found.case.need, found.case.need.near):
        assert not any(value in f"{thing!r} {thing}" for value in ("34.5", "57.25", "9.75"))


def test_a_need_is_gone_with_its_match() -> None:
    directory = catalogue(offer("a", ageFrom=18.0), offer("b"), fact("price", "a", amount="2190.00", unit="DAY"))
    need = Need(
        age=34.5,
        primary_target_group=BRAIN_INJURY,
        circumstances=(ALCOHOL,),
        secondary_target_groups=(ANXIETY,),
        services=(STAY,),
        near=Near(BRONDERSLEV, within_km=10.0),
        max_price=MaxPrice(Decimal(1), "DAY"),
        needed_from=TODAY + timedelta(3),
    )
    gc.collect()
    gc.disable()  # a need that waits for the collector outlives its request
    try:
        found = directory.match(need, sees_protected=False)
        kept = weakref.ref(found), weakref.ref(found.case)
        for entry in (*found.fits(PageRequest()).entries, *found.near_misses(PageRequest()).entries):
            assert all(result.explain(language) for result in entry.criteria for language in ("DA", "EN"))
        for row in range(2):
            assert all(result.explain() for result in found.results([row])[0])
        del found, entry
        assert [reference() for reference in kept] == [None, None]
        assert gc.collect() == 0
    finally:
        gc.enable()
