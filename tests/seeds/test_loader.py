from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.record import Edge, Record, faults
from seeds.loader import read
from tests.seeds.example import EXAMPLE, TODAY, written


@pytest.fixture
def records(tmp_path: Path) -> dict[str, Record]:
    return {record.id: record for record in read(written(tmp_path, example=EXAMPLE), TODAY)}


def test_an_offer_becomes_a_record_with_its_edges(records: dict[str, Record]) -> None:
    offer = records["offer:aahuset"]
    assert offer.properties == {
        "name": "Åhuset",
        "summary": "Et hus.",
        "supportLevelUpTo": "HIGH",
        "ageFrom": 18.0,
        "ageTo": 65.5,
        "openFrom": "2015-01-01",
        "closedOn": "2027-01-01",
        "dataStatus": "ILLUSTRATIVE",
        "verifiedOn": "2026-03-19",
        "version": 1,
    }
    assert set(map(str, offer.edges)) == set(
        map(
            str,
            [
                Edge("OF_INSTITUTION", "institution:huset"),
                Edge("OPERATED_BY", "municipality:aalborg"),
                Edge("LOCATED_AT", "location:aahuset"),
                Edge("HAS_CONTACT", "contact:aahuset"),
                Edge("OF_TYPE", "offer-type:midlertidigt-botilbud"),
                Edge("HAS_LEGAL_BASIS", "legal-basis:sel-107"),
                Edge("SERVES", "target-group:erhvervet-hjerneskade", {"approved": True, "coversNarrower": False}),
                Edge("SERVES", "target-group:medfoedt-hjerneskade", {"approved": False, "coversNarrower": False}),
                Edge("EXCLUDES", "target-group:misbrug", {"note": "Ikke foreneligt"}),
                Edge("GIVES", "service:akut-ophold"),
                Edge("SUPPORTS", "theme-item:samtale", {"upTo": "SEVERE"}),
                Edge("SUPPORTS", "theme-item:forstaa-meddelelser", {"upTo": "MODERATE"}),
                Edge("COVERED_BY", "agreement:aftalen"),
                Edge("BOUGHT_BY", "municipality:aalborg"),
                Edge("STATED_IN", "source:illustrative"),
            ],
        )
    )


def test_dated_facts_are_records_of_their_own(records: dict[str, Record]) -> None:
    assert records["capacity:aahuset-1"].properties == {
        "places": 10,
        "free": 2,
        "countedOn": "2026-02-28",
        "dataStatus": "ILLUSTRATIVE",
    }
    price = records["price:aahuset-1"]
    assert (price.properties["amount"], price.properties["year"]) == ("2190.50", 2026)
    assert price.edges == (Edge("PRICE_OF", "offer:aahuset"), Edge("STATED_IN", "source:illustrative"))
    approval = records["approval:aahuset-1"]
    assert (approval.properties["validFrom"], approval.properties["validTo"]) == ("2024-03-31", "2026-04-21")
    assert Edge("GRANTED_BY", "authority:socialtilsyn-nord") in approval.edges


def test_a_department_has_its_place_from_the_whole_but_not_its_groups(records: dict[str, Record]) -> None:
    edges = {edge.type: edge.target for edge in records["offer:aahuset-vest"].edges}
    assert edges == {
        "PART_OF": "offer:aahuset",
        "OF_INSTITUTION": "institution:huset",
        "OPERATED_BY": "municipality:aalborg",
        "LOCATED_AT": "location:aahuset",
        "HAS_CONTACT": "contact:aahuset",
        "STATED_IN": "source:s1",
    }


def test_a_location_lies_where_its_town_does(records: dict[str, Record]) -> None:
    location = records["location:aahuset"]
    assert (location.properties["latitude"], location.properties["longitude"]) == (57.0975, 9.5226)
    assert location.properties["protected"] is False


def test_a_tree_shares_its_source(records: dict[str, Record]) -> None:
    assert records["target-group:erhvervet-hjerneskade"].edges == (
        Edge("NARROWER_THAN", "target-group:hjerneskade"),
        Edge("STATED_IN", "source:s1"),
    )


MADE_UP = Edge("STATED_IN", "source:illustrative")


def test_a_board_holds_seats_and_a_seat_tenures(records: dict[str, Record]) -> None:
    assert records["board:bestyrelsen"] == Record(
        "board:bestyrelsen",
        {
            "name": "Bestyrelsen",
            "kind": "BOARD",
            "aliases": ["bestyrelse"],
            "meetingsPerYear": "To",
            "statutorySize": 2,
            "compositionRule": "Én fra hver.",
            "dataStatus": "ILLUSTRATIVE",
        },
        (
            Edge("BOARD_OF", "institution:huset"),
            Edge("HAS_LEGAL_BASIS", "legal-basis:sel-107"),
            Edge("POSSIBLY_SAME_AS", "board:udvalget"),
            Edge("MEETS_WITH", "board:raadet"),
            Edge("MEETS_WITH", "region:nord"),
            Edge("SEATS_EVERY_PARTY_OF", "agreement:aftalen"),
            MADE_UP,
        ),
    )
    assert Edge("WITHIN", "board:raadet") in records["board:udvalget"].edges
    assert records["seat:bestyrelsen-kommunal"] == Record(
        "seat:bestyrelsen-kommunal",
        {
            "label": "Kommunal",
            "order": 1,
            "requirement": "Medlem af byrådet",
            "termRule": "CALENDAR_TERM",
            "validFrom": "2018-01-01",
            "validTo": "2026-07-01",
            "dataStatus": "ILLUSTRATIVE",
        },
        (
            Edge("SEAT_OF", "board:bestyrelsen"),
            Edge("APPOINTED_BY", "board:raadet"),
            Edge("REPRESENTS", "municipality:aalborg"),
            MADE_UP,
        ),
    )
    assert records["seat:bestyrelsen-aaben"].properties["order"] == 2
    assert records["tenure:bestyrelsen-kommunal-2"] == Record(
        "tenure:bestyrelsen-kommunal-2",
        {
            "role": "MEMBER",
            "validFrom": "2018-01-01",
            "validTo": "2022-01-01",
            "endReason": "Udløb",
            "dataStatus": "ILLUSTRATIVE",
        },
        (Edge("IN_SEAT", "seat:bestyrelsen-kommunal"), Edge("HELD_BY", "representative:person-a"), MADE_UP),
    )
    assert records["representative:person-a"].edges == (Edge("FROM_MUNICIPALITY", "municipality:aalborg"), MADE_UP)


def test_an_agreement_holds_what_it_lays_down_shares_and_goes_through(records: dict[str, Record]) -> None:
    assert Edge("HAS_CONTACT", "contact:agreement-aftalen") in records["agreement:aftalen"].edges
    assert records["contact:agreement-aftalen"].properties == {
        "name": "Forvaltningen",
        "address": "Gaden 2",
        "phone": "99 99 99 98",
    }
    assert [records[f"laboratory:den-gode-alderdom-{n}"].properties.get("name") for n in (1, 2)] == [None, "Det andet"]
    assert records["principle:aftalen-1"].properties == {"kind": "FINANCING", "text": "Fælles kasse", "order": 1}
    assert records["document:aftalen-1"].edges == (Edge("DOCUMENT_OF", "agreement:aftalen"),)
    assert Edge("PROCESS_OF", "agreement:aftalen") in records["process:aftalen"].edges
    step = records["process-step:aftalen-1"]
    assert step.properties == {
        "order": 1,
        "action": "Drøfter",
        "forum": "Udvalget, som det hed",
        "timeText": "Forår 2020",
        "precision": "SEASON",
        "validFrom": "2020-03-01",
        "validTo": "2020-06-01",
    }
    assert step.edges == (Edge("STEP_OF", "process:aftalen"), Edge("TAKEN_BY", "board:udvalget"))
    assert Edge("SENT_TO", "authority:styrelsen") in records["process-step:aftalen-2"].edges
    decisions = [record for record in records.values() if record.kind.name == "decision"]
    assert [(d.id, d.properties["order"], d.properties["decision"]) for d in decisions] == [
        ("decision:aftalen-raadet", 1, "RECOMMENDED"),
        ("decision:aftalen-udvalget", 2, "UNKNOWN"),
        ("decision:aftalen-bestyrelsen", 3, "UNKNOWN"),
    ]


def test_knowledge_is_linked_to_what_it_is_about(records: dict[str, Record]) -> None:
    assert records["knowledge:en-metode"] == Record(
        "knowledge:en-metode",
        {
            "title": "En metode",
            "kind": "METHOD",
            "body": "Første trin.\n\nAndet trin.",
            "dataStatus": "ILLUSTRATIVE",
        },
        (
            Edge("SHARED_THROUGH", "focus-area:den-gode-alderdom"),
            Edge("MADE_IN", "laboratory:den-gode-alderdom-2"),
            Edge("ABOUT_GROUP", "target-group:hjerneskade"),
            Edge("USED_BY", "offer:aahuset"),
            MADE_UP,
        ),
    )


def test_every_record_is_one_that_the_model_allows(records: dict[str, Record]) -> None:
    assert [fault for record in records.values() for fault in faults(record)] == []


def test_sections_may_stand_in_any_file(tmp_path: Path) -> None:
    whole = read(written(tmp_path / "whole", example=EXAMPLE), TODAY)
    before, _, offers = EXAMPLE.partition("offers:\n")
    split = read(written(tmp_path / "split", a_offers="offers:\n" + offers, b_rest=before), TODAY)
    assert {r.id: r for r in split} == {r.id: r for r in whole}


def test_the_same_files_give_the_same_records(tmp_path: Path) -> None:
    folder = written(tmp_path, example=EXAMPLE)
    assert read(folder, TODAY) == read(folder, TODAY)
    assert read(folder, TODAY) != read(folder, date(2026, 4, 1))
