"""The bodies, seats, agreements and rules that the sources state: all there, and no more than they state."""

from __future__ import annotations

from collections import Counter

import pytest

from graph.danish import fold
from graph.record import Record
from tests.seeds.reading import Content, of_kind, source, targets

SLUGS = ("aalborg", "broenderslev", "frederikshavn", "hjoerring", "jammerbugt", "laesoe")
SLUGS += ("mariagerfjord", "morsoe", "rebild", "thisted", "vesthimmerland")
AGREEMENTS = [f"agreement:nordjysk-socialaftale-{years}" for years in ("2018-2020", "2021-2022", "2023-2024")]


def seats(content: Content, board: str) -> list[Record]:
    found = [seat for seat in of_kind(content, "seat") if targets(seat, "SEAT_OF") == [f"board:{board}"]]
    return sorted(found, key=lambda seat: seat.properties["order"])


def of(content: Content, kind: str, edge: str, target: str) -> list[Record]:
    """The records of a kind that point at `target`, in their order where they have one."""
    found = [record for record in of_kind(content, kind) if target in targets(record, edge)]
    return sorted(found, key=lambda record: record.properties.get("order", 0))


@pytest.mark.parametrize(
    ("board", "kind", "stated"),
    [
        ("kkr-nordjylland", "FORUM", "s10"),
        ("kkr-formandskabet", "CHAIR_GROUP", "seed-a"),
        ("dialogforum", "FORUM", "seed-a"),
        ("socialpolitisk-dialogforum", "FORUM", "seed-a"),
        ("das-social", "STEERING_GROUP", "seed-a"),
        ("faglige-workshops", "FORUM", "seed-a"),
        ("regionsraadet", "COUNCIL", "seed-a"),
        ("skolebestyrelsen-cdh", "BOARD", "seed-a"),
        ("bestyrelsen-for-institut-for-syn-og-hoerelse", "BOARD", "s26"),
        ("ekspertpanelet", "PANEL", "s16"),
        *((f"byraadet-{slug}", "COUNCIL", "seed-a") for slug in SLUGS),
        *((f"socialudvalget-{slug}", "COMMITTEE", "seed-a") for slug in SLUGS),
    ],
)
def test_a_body_of_the_sources_is_there(content: Content, board: str, kind: str, stated: str) -> None:
    body = content[f"board:{board}"]
    assert (body.properties["kind"], body.properties["dataStatus"]) == (kind, "SOURCED")
    assert source(body) == f"source:{stated}"


def test_made_up_bodies_say_so(content: Content) -> None:
    for board in of_kind(content, "board"):
        made_up = board.properties["dataStatus"] == "ILLUSTRATIVE"
        assert made_up == board.properties["name"].endswith("(illustrativ)"), board.id


def test_the_committees_bear_the_four_wordings(content: Content) -> None:
    for slug in SLUGS:
        committee = content[f"board:socialudvalget-{slug}"]
        assert targets(committee, "BOARD_OF") == [f"municipality:{slug}"]
        assert set(committee.properties["aliases"]) == {
            "socialudvalgene",
            "de politiske udvalg",
            "Politiske udvalg",
            "Fagudvalg i de nordjyske kommuner",
        }
        assert targets(content[f"board:byraadet-{slug}"], "BOARD_OF") == [f"municipality:{slug}"]


def test_kkr_is_made_of_the_mayors_and_as_many_others(content: Content) -> None:
    mayors, others = seats(content, "kkr-nordjylland")[:11], seats(content, "kkr-nordjylland")[11:]
    assert {targets(seat, "REPRESENTS")[0] for seat in mayors} == {f"municipality:{slug}" for slug in SLUGS}
    assert [targets(seat, "REPRESENTS") for seat in others] == [[]] * 11
    assert content["board:kkr-nordjylland"].properties["statutorySize"] == 22
    assert {source(seat) for seat in mayors} == {"source:s12"} and {source(seat) for seat in others} == {"source:s13"}
    rule = content["board:kkr-nordjylland"].properties["compositionRule"]
    assert "fødte medlemmer" in rule and "stemmeandelene" in rule and "ikke af den enkelte kommunalbestyrelse" in rule


def test_the_chair_group_meets_user_organisations_in_a_forum_that_may_be_the_yearly_one(content: Content) -> None:
    chairs = content["board:kkr-formandskabet"]
    assert targets(chairs, "WITHIN") == ["board:kkr-nordjylland"]
    assert targets(chairs, "MEETS_WITH") == ["board:dialogforum", "association:brugerorganisationerne"]
    assert content["board:dialogforum"].properties["meetingsPerYear"] == "Et par gange om året"
    yearly = content["board:socialpolitisk-dialogforum"]
    assert yearly.properties["meetingsPerYear"] == "Én gang om året"
    assert targets(yearly, "POSSIBLY_SAME_AS") == ["board:dialogforum"]


def test_the_municipal_seats_of_the_slides(content: Content) -> None:
    """Two in the school board of Center for Døvblindhed og Høretab, one in Institut for Syn og Hørelse."""
    stated = {
        board: [
            seat.properties["label"]
            for seat in seats(content, board)
            if targets(seat, "APPOINTED_BY") == ["board:kkr-nordjylland"]
            and (seat.properties["dataStatus"], source(seat)) == ("SOURCED", "source:seed-a")
        ]
        for board in ("skolebestyrelsen-cdh", "bestyrelsen-for-institut-for-syn-og-hoerelse")
    }
    assert list(stated.values()) == [["Kommunal repræsentant 1", "Kommunal repræsentant 2"], ["Kommunal repræsentant"]]


def test_the_school_board_follows_the_law(content: Content) -> None:
    board = content["board:skolebestyrelsen-cdh"]
    assert targets(board, "HAS_LEGAL_BASIS") == ["legal-basis:lsv-6-c"]
    assert targets(board, "BOARD_OF") == ["institution:center-for-doevblindhed-og-hoeretab"]
    rules = [seat.properties["termRule"] for seat in seats(content, "skolebestyrelsen-cdh")]
    assert rules == ["MONTH_OF_ELECTION"] * 4 + ["SCHOOL_YEAR"] * 3
    rest = seats(content, "skolebestyrelsen-cdh")[2:]
    assert {(seat.properties["dataStatus"], source(seat)) for seat in rest} == {("ILLUSTRATIVE", "source:s46")}


def test_the_board_of_the_institute_is_that_of_its_minutes(content: Content) -> None:
    members = Counter(
        (targets(seat, "REPRESENTS") or targets(seat, "APPOINTED_BY") or [seat.properties["requirement"]])[0]
        for seat in seats(content, "bestyrelsen-for-institut-for-syn-og-hoerelse")
    )
    assert members == {
        "board:kkr-nordjylland": 1,
        "region:nordjylland": 1,
        "association:danske-handicaporganisationer": 2,
        "Repræsentant for brugerne": 1,
        "Repræsentant for øjenafdelingen": 1,
        "Repræsentant for høreklinikken": 1,
        "Medarbejder i Høreafdelingen": 1,
        "Medarbejder i Syn- og IKT-afdelingen": 1,
    }


def test_the_panel_of_experts(content: Content) -> None:
    assert Counter(targets(seat, "REPRESENTS")[0] for seat in seats(content, "ekspertpanelet")) == {
        "municipality:vesthimmerland": 2,
        "municipality:morsoe": 1,
        "municipality:broenderslev": 1,
        "municipality:hjoerring": 1,
        "region:nordjylland": 1,
        "authority:sekretariat-for-nordjysk-socialaftale": 2,
    }


def test_a_size_is_stated_only_where_a_source_does(content: Content) -> None:
    sourced = [board for board in of_kind(content, "board") if board.properties["dataStatus"] == "SOURCED"]
    stated = {board.id: board.properties["statutorySize"] for board in sourced if "statutorySize" in board.properties}
    assert stated == {"board:kkr-nordjylland": 22, "board:kkr-formandskabet": 2}


def test_no_source_names_a_holder(content: Content) -> None:
    held = [*of_kind(content, "tenure"), *of_kind(content, "representative")]
    assert {record.properties["dataStatus"] for record in held} == {"ILLUSTRATIVE"}
    assert all(record.properties["name"].endswith("(fiktiv)") for record in of_kind(content, "representative"))


def test_authorities_bear_their_later_and_earlier_names(content: Content) -> None:
    assert content["authority:socialstyrelsen"].properties["aliases"] == ["Social- og Boligstyrelsen"]
    secretariat = content["authority:sekretariat-for-nordjysk-socialaftale"]
    assert secretariat.properties["aliases"] == ["Rammeaftalesekretariatet"]


def test_the_laws_on_bodies_are_there(content: Content) -> None:
    laws = {basis.properties["code"]: basis.properties["law"] for basis in of_kind(content, "legal-basis")}
    for code in ("SEL § 6", "LSV § 6 c", "KSL § 14", "KSL § 16", "KSL § 17 stk. 6", "KSL § 28 stk. 3", "FVL §§ 3-6"):
        assert laws[code]


def test_the_lineage_of_the_agreements(content: Content) -> None:
    line = ["agreement:rammeaftale-2007", "agreement:rammeaftale-2008", *AGREEMENTS]
    follows = {id: targets(content[id], "SUCCEEDS") for id in line}
    assert list(follows.values()) == [[], [line[0]], [], [line[2]], [line[3]]]
    assert "agreement:det-forstaerkede-samarbejde" in content


def test_both_wordings_of_the_vision_say_whose_they_are(content: Content) -> None:
    slides, page = content[AGREEMENTS[1]].properties["visions"]
    assert "understøtte borgerens mulighed for egenmestring" in slides and "KKR Nordjyllands slides" in slides
    assert "potentiale for at mestre eget liv" in page and "Jammerbugt Kommunes side" in page
    (before,) = content[AGREEMENTS[0]].properties["visions"]
    assert "potentiale for at mestre eget liv" in before


def test_three_focus_areas_and_three_laboratories_without_a_name(content: Content) -> None:
    areas = of(content, "focus-area", "FOCUS_OF", AGREEMENTS[1])
    assert [area.properties["name"] for area in areas] == [
        "Sammen om en stærk socialpsykiatri",
        "Den gode alderdom",
        "Effektive og vidensbaserede løsninger",
    ]
    assert all(area.properties["rationale"] for area in areas)
    laboratories = [of(content, "laboratory", "LABORATORY_OF", area.id) for area in areas]
    assert [len(each) for each in laboratories] == [0, 0, 3]
    assert all("name" not in laboratory.properties for laboratory in laboratories[2])
    assert [laboratory.properties["order"] for laboratory in laboratories[2]] == [1, 2, 3]


def test_the_part_on_steering_has_its_three_subjects(content: Content) -> None:
    for agreement, stated in zip(AGREEMENTS[:2], ("source:s41", "source:seed-b"), strict=True):
        principles = of(content, "principle", "PRINCIPLE_OF", agreement)
        assert [p.properties["kind"] for p in principles] == ["FINANCING", "RATE_CALCULATION", "PAYMENT_MODEL"]
        assert {source(principle) for principle in principles} == {stated}


def test_the_documents_are_the_text_and_its_appendices(content: Content) -> None:
    documents = of(content, "document", "DOCUMENT_OF", AGREEMENTS[1])
    titles = [document.properties["title"] for document in documents]
    assert "Nordjysk Socialaftale 2021-2022 (aftaleteksten)" in titles
    assert sum(title.startswith("Bilag: ") for title in titles) == 7


def test_the_contact_is_the_administration_whose_page_it_is(content: Content) -> None:
    (contact,) = targets(content[AGREEMENTS[1]], "HAS_CONTACT")
    assert content[contact].properties == {
        "name": "Jammerbugt Kommune, Social-, Sundheds- og Beskæftigelsesforvaltningen",
        "address": "Borgervænget 12, 9460 Brovst",
        "phone": "72 57 77 77",
        "email": "ssb@jammerbugt.dk",
    }


STEPS = """
Jan-Marts 2022  | MONTH  | 2022-01-01 | 2022-04-01 | DAS Social                        | das-social
Marts 2022      | MONTH  | 2022-03-01 | 2022-04-01 | KKR Nordjylland                   | kkr-nordjylland
Forår 2022      | SEASON | 2022-03-01 | 2022-06-01 | Fagudvalg i de nordjyske kommuner |
Juni 2022       | MONTH  | 2022-06-01 | 2022-07-01 | Socialpolitisk Dialogforum        | socialpolitisk-dialogforum
Sept./okt. 2022 | MONTH  | 2022-09-01 | 2022-11-01 | Faglige workshops                 | faglige-workshops
November 2022   | MONTH  | 2022-11-01 | 2022-12-01 | KKR Nordjylland                   | kkr-nordjylland
November 2022   | MONTH  | 2022-11-01 | 2022-12-01 | Politiske udvalg                  |
December 2022   | MONTH  | 2022-12-01 | 2023-01-01 |                                   |
"""


def test_the_process_is_the_table_of_the_slides(content: Content) -> None:
    (process,) = of(content, "process", "PROCESS_OF", AGREEMENTS[2])
    steps = of(content, "process-step", "STEP_OF", process.id)
    told = [
        [
            *(step.properties[name] for name in ("timeText", "precision", "validFrom", "validTo")),
            step.properties.get("forum", ""),
            "".join(targets(step, "TAKEN_BY")).removeprefix("board:"),
        ]
        for step in steps
    ]
    assert told == [[cell.strip() for cell in row.split("|")] for row in STEPS.strip().splitlines()]
    assert targets(steps[7], "SENT_TO") == ["authority:socialstyrelsen"]
    assert not any("doneOn" in step.properties for step in steps)


def test_every_body_that_must_approve_has_its_decision_and_the_tension_stays(content: Content) -> None:
    decisions = {targets(d, "DECIDED_BY")[0]: d for d in of(content, "decision", "DECISION_ON", AGREEMENTS[2])}
    assert set(decisions) == {
        "board:kkr-nordjylland",
        "board:regionsraadet",
        *(f"board:{body}-{slug}" for body in ("socialudvalget", "byraadet") for slug in SLUGS),
    }
    said = {board: decision.properties["decision"] for board, decision in decisions.items()}
    assert said.pop("board:kkr-nordjylland") == "RECOMMENDED"
    assert set(said.values()) == {"UNKNOWN"}
    wording = decisions["board:kkr-nordjylland"].properties["wording"]
    assert "anbefaler" in wording and "skal godkende" in wording
    assert not any("decidedOn" in decision.properties for decision in decisions.values())


def test_knowledge_is_linked_to_what_it_is_about(content: Content) -> None:
    shared = of_kind(content, "knowledge")
    assert {entry.properties["kind"] for entry in shared} == {"METHOD", "FINDING", "GUIDE", "REPORT", "CASE"}
    linked = Counter(edge.type for entry in shared for edge in entry.edges)
    assert min(linked[type] for type in ("SHARED_THROUGH", "MADE_IN", "ABOUT_GROUP", "USED_BY")) >= 6
    areas = {id for entry in shared for id in targets(entry, "SHARED_THROUGH")}
    assert areas == {area.id for area in of_kind(content, "focus-area")}
    made_in = {id for entry in shared for id in targets(entry, "MADE_IN")}
    assert made_in == {laboratory.id for laboratory in of_kind(content, "laboratory")}
    for entry in shared:
        if entry.properties["dataStatus"] == "ILLUSTRATIVE":
            assert entry.properties["title"].endswith("(illustrativ)")
            assert "opdigte" in fold(f"{entry.properties['summary']} {entry.properties.get('body', '')}"), entry.id
