from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.record import Edge, Record, faults
from seeds.files import SeedFault, SeedFaults
from seeds.loader import read
from tests.seeds.example import EXAMPLE, TODAY


def written(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def broken(folder: Path, **files: str) -> tuple[SeedFault, ...]:
    with pytest.raises(SeedFaults) as refused:
        read(written(folder, **files), TODAY)
    return refused.value.faults


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


BREAKS = {case["case"]: case for case in yaml.safe_load((Path(__file__).parent / "faults.yaml").read_text("utf-8"))}


def with_break(case: str, text: str = EXAMPLE) -> str:
    assert BREAKS[case]["replace"] in text
    return text.replace(BREAKS[case]["replace"], BREAKS[case]["by"], 1)


@pytest.mark.parametrize("case", BREAKS)
def test_a_fault_names_file_line_and_field(case: str, tmp_path: Path) -> None:
    text = with_break(case)
    field, what, besides = BREAKS[case]["field"], BREAKS[case]["what"], BREAKS[case].get("besides", 0)
    found = broken(tmp_path, example=text)
    named = [fault for fault in found if fault.field == field and what in fault.what]
    assert len(named) == 1 and len(found) == 1 + besides, found
    assert named[0].file == "example.yaml"
    marked = [n for n, line in enumerate(text.splitlines(), 1) if "#!" in line]
    assert not marked or [named[0].line] == marked


def test_all_faults_are_listed_at_once(tmp_path: Path) -> None:
    text, told = EXAMPLE, []
    for case in ("unknown target group", "wrong enum", "no such date", "free beyond places", "end before start"):
        text = with_break(case, text)
        told.append(BREAKS[case]["field"])
    more = "offers:\n  - name: Et andet\n    dataStatus: WHO KNOWS\n    ageFrom: old\n"
    found = broken(tmp_path, example=text, more=more)
    assert sorted(fault.field for fault in found) == sorted([*told, "offers[0].dataStatus", "offers[0].ageFrom"])
    assert [(fault.file, fault.line) for fault in found if fault.file == "more.yaml"] == [
        ("more.yaml", 3),
        ("more.yaml", 4),
    ]


def test_the_message_is_the_list(tmp_path: Path) -> None:
    with pytest.raises(
        SeedFaults, match=r"(?s)^1 fault in the files, nothing was loaded:\nexample\.yaml:\d+: institutions"
    ):
        read(written(tmp_path, example=EXAMPLE.replace("MUNICIPAL", "KOMMUNAL")), TODAY)


def test_a_file_that_cannot_be_read_hides_no_other_fault_and_makes_none(tmp_path: Path) -> None:
    before, _, offers = EXAMPLE.partition("offers:\n")
    found = broken(tmp_path, groups=before + "x: [", offers="offers:\n" + offers.replace("HIGH", "ENORMOUS"))
    assert [(fault.file, fault.field) for fault in found] == [
        ("groups.yaml", ""),
        ("offers.yaml", "offers[0].supportLevelUpTo"),
    ]


def test_what_would_be_passed_over_is_a_fault(tmp_path: Path) -> None:
    (written(tmp_path, example=EXAMPLE) / "more.yml").write_text("offers: []\n")
    assert [str(fault) for fault in broken(tmp_path)] == [
        "more.yml:1: would be passed over: content is .yaml, words about it are .md"
    ]


def test_words_about_the_content_are_no_content(tmp_path: Path) -> None:
    (written(tmp_path, example=EXAMPLE) / "README.md").write_text("offers: [\n")
    assert read(tmp_path, TODAY)


@pytest.mark.parametrize(
    "files", [{}, {"list": "- a\n"}, {"word": "offers\n"}, {"bytes": "\udcff"}, {"deep": "[" * 5000}]
)
def test_what_is_no_content_at_all(files: dict[str, str], tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert broken(tmp_path)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(SeedFaults, match="is no folder"):
        read(tmp_path / "nowhere", TODAY)


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert read(written(tmp_path, empty="# nothing yet\n"), TODAY) == []


LINES = EXAMPLE.splitlines()
junk = st.sampled_from(
    [
        "",
        "x",
        "- ",
        "  ",
        "{",
        "]",
        ": ",
        "null",
        "12",
        "-1",
        "true",
        "'",
        "*a",
        "&a",
        "§",
        "\t",
        "!!int x",
        "2024-13-01",
    ]
)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["drop", "double", "swap", "value", "insert"])):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                to = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[to] = lines[to], lines[at]
            case "value":
                lines[at] = lines[at].partition(":")[0] + ": " + draw(junk | st.text(max_size=8))
            case "insert":
                column = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:column] + draw(junk | st.text(max_size=3)) + lines[at][column:]
    return "\n".join(lines)


@settings(max_examples=200, deadline=None)
@given(text=mutations())
def test_any_file_loads_or_is_refused_with_its_faults(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("mutated")
    (folder / "example.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        records = read(folder, TODAY)
    except SeedFaults as refused:
        assert refused.faults
        assert all(1 <= fault.line <= text.count("\n") + 1 and fault.what for fault in refused.faults)
    else:
        ids = [record.id for record in records]
        assert len(set(ids)) == len(ids)
        assert not [fault for record in records for fault in faults(record)]


def test_the_same_files_give_the_same_records(tmp_path: Path) -> None:
    folder = written(tmp_path, example=EXAMPLE)
    assert read(folder, TODAY) == read(folder, TODAY)
    assert read(folder, TODAY) != read(folder, date(2026, 4, 1))
