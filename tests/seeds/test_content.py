"""What the first content must hold, and must not."""

from __future__ import annotations

import math
import re
from collections import Counter
from datetime import date

import pytest

from graph.danish import fold
from graph.record import faults
from seeds.loader import CONTENT, read
from tests.seeds.reading import Content, of_kind, source, targets


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31), date(2031, 3, 31)])
def test_the_content_loads_on_any_day(day: date) -> None:
    assert read(CONTENT, day)


def test_the_model_allows_every_record_and_every_target_is_there(content: Content) -> None:
    assert [(id, fault) for id, record in content.items() for fault in faults(record)] == []
    assert {edge.target for record in content.values() for edge in record.edges} <= content.keys()


def test_the_classification_is_whole(content: Content) -> None:
    groups = of_kind(content, "target-group")
    broader = {target for group in groups for target in targets(group, "NARROWER_THAN")}
    assert len([group for group in groups if group.id not in broader]) == 45
    assert {group.id for group in groups if not targets(group, "NARROWER_THAN")} == {
        "target-group:funktionsnedsaettelse",
        "target-group:socialt-problem",
    }
    themes = of_kind(content, "theme")
    assert len(themes) == 11
    by_levels: Counter[bool] = Counter()
    for item in of_kind(content, "theme-item"):
        by_levels[content[targets(item, "OF_THEME")[0]].properties["hasLevels"]] += 1
    assert by_levels == {False: 33 + 3, True: 31}
    assert sum(theme.properties["hasLevels"] for theme in themes) == 6
    assert len(of_kind(content, "municipality")) == 11


def test_the_tree_of_target_groups_is_up_to_five_deep(content: Content) -> None:
    def depth(id: str) -> int:
        return 1 + max((depth(target) for target in targets(content[id], "NARROWER_THAN")), default=0)

    assert max(depth(group.id) for group in of_kind(content, "target-group")) == 5


@pytest.mark.parametrize(
    ("word", "group"),
    [
        ("ADHD", "opmaerksomhedsforstyrrelse"),
        ("ADD", "opmaerksomhedsforstyrrelse"),
        ("Asperger", "autismespektrum"),
        ("autisme", "autismespektrum"),
        ("hjemløs", "hjemloeshed"),
        ("stoffer", "stofmisbrug"),
        ("alkohol", "alkoholmisbrug"),
        ("vold", "voldeligt-overgreb"),
        ("skizofreni", "forandret-virkelighedsopfattelse"),
        ("psykose", "forandret-virkelighedsopfattelse"),
        ("senhjerneskade", "erhvervet-hjerneskade"),
        ("døvblind", "doevblindhed"),
    ],
)
def test_everyday_words_lead_to_one_group(content: Content, word: str, group: str) -> None:
    found = [g.id for g in of_kind(content, "target-group") if fold(word) in map(fold, g.properties["synonyms"])]
    assert found == [f"target-group:{group}"]


def test_no_word_leads_two_ways(content: Content) -> None:
    groups = of_kind(content, "target-group")
    words = Counter(
        fold(word) for group in groups for word in {group.properties["name"], *group.properties["synonyms"]}
    )
    assert [word for word, count in words.items() if count > 1] == []


def test_every_classification_node_has_an_english_name(content: Content) -> None:
    kinds = ("target-group", "service", "offer-type", "theme", "theme-item")
    assert [r.id for kind in kinds for r in of_kind(content, kind) if not r.properties.get("nameEn")] == []


def test_the_sections_on_children_gave_way_on_new_years_day_2024(content: Content) -> None:
    bases = {record.properties["code"]: record.properties for record in of_kind(content, "legal-basis")}
    for code in ("SEL § 32", "SEL § 36", "SEL § 66", "SEL § 67", "SEL § 76"):
        assert bases[code]["validTo"] == "2024-01-01"
    assert all(p["validFrom"] == "2024-01-01" for p in bases.values() if p["law"] == "Barnets lov")
    assert "validTo" not in bases["SEL § 107"]


def test_there_are_the_offers_of_the_region(content: Content) -> None:
    whole = [offer for offer in of_kind(content, "offer") if not targets(offer, "PART_OF")]
    real = [offer for offer in whole if source(offer) != "source:illustrative"]
    assert len(real) >= 35
    assert len([offer for offer in real if offer.properties["dataStatus"] == "SOURCED"]) >= 28


def test_what_is_sourced_has_its_source(content: Content) -> None:
    sourced = [record for record in content.values() if record.properties.get("dataStatus") == "SOURCED"]
    assert len(sourced) > 80
    assert [r.id for r in sourced if source(r) in (None, "source:illustrative")] == []


def test_every_source_is_cited(content: Content) -> None:
    cited = {source(record) for record in content.values()}
    assert [record.id for record in of_kind(content, "source") if record.id not in cited] == []


def test_what_is_made_up_says_so(content: Content) -> None:
    """Prices, approvals, free places and waiting times are not public here; nor is what no source states."""
    for record in content.values():
        properties = record.properties
        made_up = (
            record.kind.name in ("price", "approval")
            or properties.get("free") is not None
            or properties.get("waitingDays") is not None
            or source(record) == "source:illustrative"
        )
        if made_up:
            assert properties.get("dataStatus") == "ILLUSTRATIVE", record.id
    for offer in of_kind(content, "offer"):
        assert ("(illustrativ)" in offer.properties["name"]) <= (offer.properties["dataStatus"] == "ILLUSTRATIVE")


def test_what_is_sourced_is_the_same_on_every_day(content: Content) -> None:
    later = {record.id: record for record in read(CONTENT, date(2027, 7, 1))}
    assert later.keys() == content.keys()
    moved = [id for id, record in content.items() if record != later[id]]
    assert moved
    assert all(content[id].properties["dataStatus"] == "ILLUSTRATIVE" for id in moved)


def test_no_person_is_in_the_content() -> None:
    names = [
        "Anders",
        "Anne",
        "Birgitte",
        "Bente",
        "Christian",
        "Hanne",
        "Hans",
        "Henrik",
        "Jens",
        "Jette",
        "Karen",
        "Kirsten",
        "Lars",
        "Lene",
        "Mads",
        "Mette",
        "Michael",
        "Morten",
        "Niels",
        "Ole",
        "Per",
        "Peter",
        "Pia",
        "Susanne",
        "Søren",
        "Thomas",
    ]
    for file in CONTENT.rglob("*.yaml"):
        text = file.read_text("utf-8")
        assert not re.search(r"\b[0-3]\d[01]\d{3}[- ]?\d{4}\b", text), file.name
        assert not re.search(rf"\b({'|'.join(names)})\b", text), file.name
        assert not re.search(r"[a-zæøå]+\.[a-zæøå]+@", text), file.name


def test_every_place_lies_in_north_jutland(content: Content) -> None:
    for record in content.values():
        if (latitude := record.properties.get("latitude")) is not None:
            assert 56.4 < latitude < 57.8 and 8.1 < record.properties["longitude"] < 11.3, record.id


def test_crisis_centres_are_protected_and_give_no_address(content: Content) -> None:
    centres = [o for o in of_kind(content, "offer") if targets(o, "OF_TYPE") == ["offer-type:krisecenter"]]
    places = [content[targets(centre, "LOCATED_AT")[0]].properties for centre in centres]
    assert all(place["protected"] and "address" not in place for place in places)
    assert {place["town"] for place in places} == {"Frederikshavn", "Hjørring", "Sindal", "Hobro", "Aalborg"}


def test_where_the_leader_decides_the_offer_says_so(content: Content) -> None:
    for offer in of_kind(content, "offer"):
        if {"legal-basis:sel-109", "legal-basis:sel-110"} & set(targets(offer, "HAS_LEGAL_BASIS")):
            assert offer.properties["admission"].startswith("Lederen træffer afgørelse om optagelse")
            assert offer.properties["admissionEn"].startswith("The leader decides")


def test_approvals_are_granted_by_the_right_authority(content: Content) -> None:
    """Offers in Hjørring are supervised by Socialtilsyn Øst, since Hjørring runs Socialtilsyn Nord."""
    for approval in of_kind(content, "approval"):
        offer = content[targets(approval, "APPROVAL_OF")[0]]
        place = content[targets(offer, "LOCATED_AT")[0]]
        inside = targets(place, "IN_MUNICIPALITY") == ["municipality:hjoerring"]
        assert targets(approval, "GRANTED_BY") == [f"authority:socialtilsyn-{'oest' if inside else 'nord'}"], (
            approval.id
        )
        assert all(content[type].properties["needsApproval"] for type in targets(offer, "OF_TYPE"))


def test_offers_are_open_but_for_one_that_closed(content: Content) -> None:
    closed = [offer.id for offer in of_kind(content, "offer") if "closedOn" in offer.properties]
    assert closed == ["offer:rehabiliteringscenter-strandgaarden"]


def test_the_agreements_follow_each_other(content: Content) -> None:
    first, second, third = (f"agreement:nordjysk-socialaftale-{y}" for y in ("2018-2020", "2021-2022", "2023-2024"))
    assert targets(content[second], "SUCCEEDS") == [first] and targets(content[third], "SUCCEEDS") == [second]
    assert len(content[second].properties["visions"]) == 2
    assert all(len(targets(content[id], "HAS_PARTY")) == 12 for id in (first, second, third))
    concerns = {area.properties["name"]: targets(area, "CONCERNS") for area in of_kind(content, "focus-area")}
    assert concerns == {
        "Sammen om en stærk socialpsykiatri": ["target-group:psykiske-vanskeligheder"],
        "Den gode alderdom": ["target-group:udviklingshaemning", "target-group:demens"],
        "Effektive og vidensbaserede løsninger": [],
    }


TOWNS = [
    "Aalborg",
    "Brønderslev",
    "Frederikshavn",
    "Hjørring",
    "Aabybro",
    "Byrum",
    "Hobro",
    "Nykøbing_Mors",
    "Støvring",
    "Thisted",
    "Aars",
]
KILOMETRES = """
 0 25 57 46 17 69 46 71 19 75 37
25  0 40 22 17 64 70 85 43 83 58
57 40  0 33 57 34 100 125 75 123 94
46 22 33  0 37 65 92 101 65 96 79
17 17 57 37  0 77 58 67 32 67 42
69 64 34 65 77  0 100 140 81 143 103
46 70 100 92 58 100  0 60 27 75 25
71 85 125 101 67 140 60  0 61 20 40
19 43 75 65 32 81 27 61  0 70 22
75 83 123 96 67 143 75 20 70  0 53
37 58 94 79 42 103 25 40 22 53  0
"""


def test_the_towns_lie_as_far_apart_as_they_do(content: Content) -> None:
    """Great-circle distances between the main towns, in km, worked out elsewhere."""
    towns = {m.properties["mainTown"]: m.properties for m in of_kind(content, "municipality")}
    rows = [list(map(int, row.split())) for row in KILOMETRES.strip().splitlines()]
    for one, row in zip(TOWNS, rows, strict=True):
        for other, expected in zip(TOWNS, row, strict=True):
            a, b = towns[one.replace("_", " ")], towns[other.replace("_", " ")]
            assert round(_kilometres(a["latitude"], a["longitude"], b["latitude"], b["longitude"])) == expected


def _kilometres(*degrees: float) -> float:
    north, east, north2, east2 = map(math.radians, degrees)
    h = math.sin((north2 - north) / 2) ** 2 + math.cos(north) * math.cos(north2) * math.sin((east2 - east) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))
