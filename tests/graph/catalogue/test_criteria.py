"""Every row of the table of criteria: outcome, value and the sentence that a caseworker reads."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from graph.catalogue.criteria import RULES
from graph.catalogue.criteria.rule import OUTCOMES, graded
from graph.catalogue.need import Level, MaxPrice, Near, Need
from graph.keyset import PageRequest
from graph.record import Edge, Record
from tests.graph.catalogue.example import (
    ACQUIRED,
    ALCOHOL,
    ANXIETY,
    BRAIN_INJURY,
    BRONDERSLEV,
    CONGENITAL,
    CREATIVE,
    DAY,
    HOME,
    MISUSE,
    P104,
    P107,
    P110,
    SHELTER,
    SOCIAL,
    STAY,
    TALK,
    TEMPORARY,
    WALK,
    at,
    catalogue,
    fact,
    located,
    offer,
    serves,
)

PLAIN = offer("a")
HOBRO_AT = (56.6431, 9.7903)


def judged(criterion: str, need: Need, *records: Record, sees_protected: bool = True) -> tuple[Any, ...]:
    """Outcome, value, Danish and English sentence of the one offer among `records`."""
    match = catalogue(*records).match(need, sees_protected=sees_protected)
    found = next(judged for judged in match.judged if judged.rule.criterion == criterion)
    of, values = found.judgement
    outcome = OUTCOMES[of[0]].value
    value = (graded(of[:1]) if values is None else values(np.array([0]))).item()
    result = next(result for result in match.results([0])[0] if result.criterion == criterion)
    assert result.outcome == outcome
    return outcome, value, result.explain("DA"), result.explain("EN")


def with_(*edges: Edge, **properties: Any) -> Record:
    return offer("a", *edges, **properties)


def approved(**properties: Any) -> Record:
    return fact("approval", "a", status="APPROVED", **properties)


SENTENCES = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))
REPORTED = Need(report_since=date(2025, 11, 21))
PRIMARY = Need(primary_target_group=ACQUIRED)
CASES: list[tuple[str, Need, list[Record], str, float]] = [
    ("OPEN 1", Need(), [PLAIN], "MET", 1),
    ("OPEN 2", Need(), [with_(closedOn="2026-11-21")], "NOT_MET", 0),
    ("OPEN 3", Need(), [with_(closedOn="2026-11-22")], "MET", 1),
    ("OPEN 4", Need(needed_from=date(2027, 2, 1)), [with_(closedOn="2027-01-01")], "NOT_MET", 0),
    ("OPEN 5", Need(), [with_(openFrom="2027-01-01")], "NOT_MET", 0),
    ("PRIMARY_TARGET_GROUP 1", PRIMARY, [with_(serves(ACQUIRED))], "MET", 1),
    ("PRIMARY_TARGET_GROUP 2", PRIMARY, [with_(serves(BRAIN_INJURY, narrower=True))], "MET", 0.9),
    ("PRIMARY_TARGET_GROUP 3", PRIMARY, [with_(serves(BRAIN_INJURY))], "PARTLY", 0.4),
    ("PRIMARY_TARGET_GROUP 4", Need(primary_target_group=BRAIN_INJURY), [with_(serves(ACQUIRED))], "PARTLY", 0.5),
    ("PRIMARY_TARGET_GROUP 5", PRIMARY, [with_(serves(ACQUIRED, approved=False))], "PARTLY", 0.3),
    ("PRIMARY_TARGET_GROUP 6", PRIMARY, [with_(serves(ACQUIRED, approved=False), serves(BRAIN_INJURY))], "PARTLY", 0.4),
    ("PRIMARY_TARGET_GROUP 7", PRIMARY, [with_(serves(CONGENITAL))], "NOT_MET", 0),
    ("PRIMARY_TARGET_GROUP 8", PRIMARY, [PLAIN], "UNKNOWN", 0),
    ("EXCLUSION 1", Need(circumstances=(ALCOHOL,)), [PLAIN], "MET", 1),
    ("EXCLUSION 2", Need(circumstances=(ALCOHOL,)), [with_(Edge("EXCLUDES", ALCOHOL))], "NOT_MET", 0),
    (
        "EXCLUSION 3",
        Need(circumstances=(ALCOHOL,)),
        [with_(Edge("EXCLUDES", MISUSE, {"note": "Brug af rusmidler er ikke foreneligt."}))],
        "NOT_MET",
        0,
    ),
    ("EXCLUSION 4", Need(primary_target_group=MISUSE), [with_(Edge("EXCLUDES", ALCOHOL))], "MET", 1),
    ("AGE 1", Need(age=34), [with_(ageFrom=16.0, ageTo=85.0)], "MET", 1),
    ("AGE 2", Need(age=85.9), [with_(ageFrom=16.0, ageTo=85.0)], "MET", 1),
    ("AGE 3", Need(age=17.9), [with_(ageFrom=18.0)], "NOT_MET", 0),
    ("AGE 4", Need(age=86), [with_(ageTo=85.0)], "NOT_MET", 0),
    ("AGE 5", Need(age=34), [PLAIN], "UNKNOWN", 0),
    ("OFFER_TYPE 1", Need(offer_types=(HOME, SHELTER)), [with_(Edge("OF_TYPE", HOME))], "MET", 1),
    ("OFFER_TYPE 2", Need(offer_types=(HOME, SHELTER)), [with_(Edge("OF_TYPE", DAY))], "NOT_MET", 0),
    (
        "OFFER_TYPE 3",
        Need(offer_types=(SHELTER,)),
        [
            with_(
                Edge("OF_TYPE", SHELTER),
                admission="Lederen afgør optagelsen",
                admissionEn="The leader decides on admission",
            )
        ],
        "MET",
        1,
    ),
    ("OFFER_TYPE 4", Need(offer_types=(HOME,)), [PLAIN], "UNKNOWN", 0),
    (
        "LEGAL_BASIS 1",
        Need(legal_bases=(P107, P104)),
        [with_(Edge("HAS_LEGAL_BASIS", P107), Edge("HAS_LEGAL_BASIS", P110))],
        "MET",
        1,
    ),
    ("LEGAL_BASIS 2", Need(legal_bases=(P107,)), [with_(Edge("HAS_LEGAL_BASIS", P104))], "NOT_MET", 0),
    ("LEGAL_BASIS 3", Need(legal_bases=(P107,)), [PLAIN], "UNKNOWN", 0),
    ("APPROVAL 1", Need(), [PLAIN, fact("approval", "a", status="APPROVED")], "MET", 1),
    ("APPROVAL 2", Need(), [PLAIN, fact("approval", "a", status="APPROVED_WITH_CONDITIONS")], "PARTLY", 0.7),
    ("APPROVAL 3", Need(), [PLAIN, fact("approval", "a", status="INTENSIFIED_SUPERVISION")], "PARTLY", 0.3),
    ("APPROVAL 4", Need(), [PLAIN, fact("approval", "a", status="NOT_APPROVED")], "NOT_MET", 0),
    ("APPROVAL 5", Need(), [PLAIN, fact("approval", "a", status="ENDED")], "NOT_MET", 0),
    (
        "APPROVAL 6",
        Need(needed_from=date(2027, 1, 1)),
        [PLAIN, fact("approval", "a", status="APPROVED", validTo="2027-01-01")],
        "UNKNOWN",
        0,
    ),
    ("APPROVAL 7", Need(), [with_(Edge("OF_TYPE", DAY)), fact("approval", "a", status="ENDED")], "MET", 1),
    (
        "SECONDARY_TARGET_GROUPS 1",
        Need(secondary_target_groups=(ACQUIRED, ANXIETY)),
        [with_(serves(ANXIETY), serves(BRAIN_INJURY, narrower=True))],
        "MET",
        0.95,
    ),
    (
        "SECONDARY_TARGET_GROUPS 2",
        Need(secondary_target_groups=(ACQUIRED, ANXIETY)),
        [with_(serves(ANXIETY))],
        "PARTLY",
        0.5,
    ),
    (
        "SECONDARY_TARGET_GROUPS 3",
        Need(secondary_target_groups=(ACQUIRED,)),
        [with_(serves(BRAIN_INJURY))],
        "PARTLY",
        0.4,
    ),
    ("SECONDARY_TARGET_GROUPS 4", Need(secondary_target_groups=(ACQUIRED,)), [with_(serves(ANXIETY))], "NOT_MET", 0),
    ("SECONDARY_TARGET_GROUPS 5", Need(secondary_target_groups=(ACQUIRED,)), [PLAIN], "UNKNOWN", 0),
    ("SERVICES 1", Need(services=(STAY,)), [with_(Edge("GIVES", TEMPORARY))], "MET", 1),
    ("SERVICES 2", Need(services=(STAY, SOCIAL)), [with_(Edge("GIVES", TEMPORARY), Edge("GIVES", SOCIAL))], "MET", 1),
    (
        "SERVICES 3",
        Need(services=(STAY, SOCIAL, CREATIVE)),
        [with_(Edge("GIVES", STAY), Edge("GIVES", SOCIAL))],
        "PARTLY",
        2 / 3,
    ),
    ("SERVICES 4", Need(services=(TEMPORARY,)), [with_(Edge("GIVES", STAY))], "NOT_MET", 0),
    ("SERVICES 5", Need(services=(STAY,)), [PLAIN], "UNKNOWN", 0),
    ("LEVELS 1", Need(levels=(Level(TALK, "SEVERE"),)), [with_(Edge("SUPPORTS", TALK, {"upTo": "SEVERE"}))], "MET", 1),
    (
        "LEVELS 2",
        Need(levels=(Level(TALK, "SEVERE"), Level(WALK, "MILD"))),
        [with_(Edge("SUPPORTS", TALK, {"upTo": "MODERATE"}))],
        "NOT_MET",
        0,
    ),
    (
        "LEVELS 3",
        Need(levels=(Level(TALK, "MILD"), Level(WALK, "MILD"))),
        [with_(Edge("SUPPORTS", TALK, {"upTo": "MODERATE"}))],
        "PARTLY",
        0.5,
    ),
    ("LEVELS 4", Need(levels=(Level(TALK, "NONE"),)), [PLAIN], "UNKNOWN", 0),
    ("SUPPORT_LEVEL 1", Need(support_level="MODERATE"), [with_(supportLevelUpTo="HIGH")], "MET", 1),
    ("SUPPORT_LEVEL 2", Need(support_level="HIGH"), [with_(supportLevelUpTo="MILD")], "NOT_MET", 0),
    ("SUPPORT_LEVEL 3", Need(support_level="NONE"), [PLAIN], "UNKNOWN", 0),
    ("FREE_PLACE 1", Need(), [PLAIN, fact("capacity", "a", free=3, countedOn="2026-11-12")], "MET", 1),
    ("FREE_PLACE 2", Need(), [PLAIN, fact("capacity", "a", free=1, countedOn="2026-10-22")], "MET", 1),
    ("FREE_PLACE 3", Need(), [PLAIN, fact("capacity", "a", free=1, countedOn="2026-10-21")], "PARTLY", 0.5),
    ("FREE_PLACE 4", Need(), [PLAIN, fact("capacity", "a", free=2)], "PARTLY", 0.5),
    ("FREE_PLACE 5", Need(), [PLAIN, fact("capacity", "a", free=0, countedOn="2026-11-21")], "NOT_MET", 0),
    ("FREE_PLACE 6", Need(), [PLAIN, fact("capacity", "a", places=12)], "UNKNOWN", 0),
    ("FREE_PLACE 7", Need(), [PLAIN], "UNKNOWN", 0),
    ("DISTANCE 1", Need(home_municipality=BRONDERSLEV), [with_(at("a")), *located("a", *HOBRO_AT)], "MET", 0.6484),
    (
        "DISTANCE 2",
        Need(near=Near(BRONDERSLEV, within_km=50)),
        [with_(at("a")), *located("a", *HOBRO_AT)],
        "NOT_MET",
        0.6484,
    ),
    (
        "DISTANCE 3",
        Need(near=Near(BRONDERSLEV, within_km=70)),
        [with_(at("a")), *located("a", *HOBRO_AT)],
        "NOT_MET",
        0.6484,
    ),
    (
        "DISTANCE 4",
        Need(near=Near(latitude=57.2702, longitude=9.941)),
        [with_(at("a")), *located("a", *HOBRO_AT)],
        "MET",
        0.6484,
    ),
    ("DISTANCE 5", Need(near=Near(latitude=40.0, longitude=0.0)), [with_(at("a")), *located("a", *HOBRO_AT)], "MET", 0),
    ("DISTANCE 6", Need(near=Near(BRONDERSLEV, within_km=50)), [PLAIN], "UNKNOWN", 0),
    (
        "PRICE 1",
        Need(max_price=MaxPrice(Decimal(2500), "DAY")),
        [PLAIN, fact("price", "a", amount="2190.00", unit="DAY")],
        "MET",
        1 - 0.5 * 2190 / 2500,
    ),
    (
        "PRICE 2",
        Need(max_price=MaxPrice(Decimal("66612.50"), "MONTH")),
        [PLAIN, fact("price", "a", amount="2190.00", unit="DAY")],
        "MET",
        0.5,
    ),
    (
        "PRICE 3",
        Need(max_price=MaxPrice(Decimal(2000), "DAY")),
        [PLAIN, fact("price", "a", amount="66567.00", unit="MONTH")],
        "NOT_MET",
        0,
    ),
    (
        "PRICE 4",
        Need(max_price=MaxPrice(Decimal(2000), "DAY")),
        [PLAIN, fact("price", "a", amount="9.00", unit="DAY", model="SUPPLEMENT")],
        "UNKNOWN",
        0,
    ),
    ("SUPERVISION_REPORT 1", REPORTED, [PLAIN, approved(reportOn="2025-11-21")], "MET", 1),
    ("SUPERVISION_REPORT 2", REPORTED, [PLAIN, approved(reportOn="2025-11-20")], "NOT_MET", 0),
    ("SUPERVISION_REPORT 3", REPORTED, [PLAIN, approved()], "UNKNOWN", 0),
    ("SUPERVISION_REPORT 4", REPORTED, [PLAIN, approved(reportOn="2026-11-01", validTo="2026-11-21")], "UNKNOWN", 0),
    ("FRESHNESS 1", Need(), [with_(verifiedOn="2026-08-23")], "MET", 1),
    ("FRESHNESS 2", Need(), [with_(verifiedOn="2026-08-22")], "PARTLY", 0.5),
    ("FRESHNESS 3", Need(), [with_(verifiedOn="2025-11-20")], "NOT_MET", 0),
    ("FRESHNESS 4", Need(), [PLAIN], "UNKNOWN", 0),
]


@pytest.mark.parametrize(("name", "need", "records", "outcome", "value"), CASES, ids=[case[0] for case in CASES])
def test_outcome_value_and_sentence(name: str, need: Need, records: list[Record], outcome: str, value: float) -> None:
    found = judged(name.split()[0], need, *records)
    assert found == (outcome, pytest.approx(value, abs=5e-4), SENTENCES[name]["DA"], SENTENCES[name]["EN"])


def test_an_offer_that_needs_no_approval_is_not_called_approved() -> None:
    need = Need(primary_target_group=ACQUIRED, secondary_target_groups=(ANXIETY,))
    day_offer = with_(serves(ACQUIRED), serves(ANXIETY), Edge("OF_TYPE", DAY))
    assert judged("PRIMARY_TARGET_GROUP", need, day_offer)[2] == "Tilbuddet er for målgruppen Erhvervet hjerneskade."
    assert judged("SECONDARY_TARGET_GROUPS", need, day_offer)[2:] == (
        "Tilbuddet er også for Angst.",
        "The offer is also for Anxiety.",
    )


def test_every_criterion_and_every_sentence_has_its_case() -> None:
    assert [case[0] for case in CASES] == list(SENTENCES)
    assert {case[0].split()[0] for case in CASES} == {rule.criterion for rule in RULES}


def test_a_criterion_applies_only_when_the_need_gives_it_something() -> None:
    match = catalogue(PLAIN).match(Need(), sees_protected=True)
    assert [judged.rule.criterion for judged in match.judged] == ["OPEN", "APPROVAL", "FREE_PLACE", "FRESHNESS"]


@pytest.mark.parametrize(
    ("need", "required"),
    [
        (Need(), {"OPEN", "APPROVAL"}),
        (Need(require_approval=None), {"OPEN", "APPROVAL"}),
        (Need(require_approval=False, free_place_needed=True), {"OPEN", "FREE_PLACE"}),
        (Need(near=Near(BRONDERSLEV)), {"OPEN", "APPROVAL"}),
        (Need(near=Near(BRONDERSLEV, within_km=10)), {"OPEN", "APPROVAL", "DISTANCE"}),
        (
            Need(
                age=3,
                primary_target_group=ANXIETY,
                offer_types=(HOME,),
                legal_bases=(P107,),
                max_price=MaxPrice(Decimal(1), "DAY"),
                services=(STAY,),
                secondary_target_groups=(MISUSE,),
            ),
            {"OPEN", "APPROVAL", "AGE", "PRIMARY_TARGET_GROUP", "EXCLUSION", "OFFER_TYPE", "LEGAL_BASIS", "PRICE"},
        ),
        (REPORTED, {"OPEN", "APPROVAL", "SUPERVISION_REPORT"}),
    ],
)
def test_what_may_rule_out(need: Need, required: set[str]) -> None:
    match = catalogue(PLAIN).match(need, sees_protected=True)
    assert {judged.rule.criterion for judged in match.judged if judged.required} == required


def test_a_protected_distance_is_coarse_everywhere_for_those_who_may_not_see_it() -> None:
    directory = catalogue(offer("a", at("a")), *located("a", *HOBRO_AT, protected=True))
    need = Need(near=Near(BRONDERSLEV, within_km=70.0))
    hidden, seen = (directory.match(need, sees_protected=sees) for sees in (False, True))
    (fit,) = hidden.fits(PageRequest()).entries
    assert fit.distance_km == 70
    assert fit.criteria[-2].explain("DA") == "Ca. 70 km i luftlinje fra Brønderslev; det er inden for 70 km."
    (near_miss,) = seen.near_misses(PageRequest()).entries
    assert near_miss.distance_km == pytest.approx(70.32, abs=0.01)
    # The score and the cursor are made of the coarse distance too.
    nearer = catalogue(offer("a", at("a")), *located("a", 56.65, 9.79, protected=True)).match(
        need, sees_protected=False
    )
    assert list(nearer.fits(PageRequest()).cursors) == list(hidden.fits(PageRequest()).cursors)
