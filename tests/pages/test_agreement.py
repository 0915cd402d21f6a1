"""Agreements, focus areas and knowledge: the questions that secretariats ask about them, through the pages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from service.pages.agreements.agreement import standing
from service.pages.directory.tree import branches, chain
from service.pages.drawing.charts import SHAPES
from service.pages.drawing.process import course
from service.pages.formats import Formats
from service.pages.languages import Language
from service.pages.words import WORDS
from tests.pages.conftest import Checked, asked, narrow, text_of
from tests.service.served import Served

NEWEST = "agreement:nordjysk-socialaftale-2023-2024"
COVERED = "agreement:nordjysk-socialaftale-2021-2022"
FORMATS = Formats(Language.DA)


def said(locator: Locator) -> str:
    return " ".join(locator.inner_text().split())


def test_the_menu_leads_to_the_agreement(page: Page, site: Served) -> None:
    agreements = asked(site, "{ agreements(first: 200) { nodes { name validFrom } } }")["agreements"]["nodes"]
    dated = sorted((one for one in agreements if one["validFrom"]), key=lambda one: one["validFrom"], reverse=True)
    page.goto("/")
    page.get_by_role("link", name="Aftalen", exact=True).click()
    headings = page.locator("article.agreement h3").all_inner_texts()
    assert headings[: len(dated)] == [one["name"] for one in dated]
    assert sorted(headings) == sorted(one["name"] for one in agreements)
    page.get_by_role("link", name="Åbn aftalen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(dated[0]["name"])


PROCESS = """
query ($id: ID!, $day: Date) {
  agreement(id: $id) {
    process { steps { action forum board { name } sentTo { name } timeText precision status(asOf: $day) } }
  }
}
"""


def test_the_process_and_what_was_late(page: Page, site: Served, axe: Checked) -> None:
    page.goto("/aftaler")
    page.get_by_role("link", name="Nordjysk Socialaftale 2023-2024").first.click()
    for day in (None, "2022-06-15", "2022-12-24"):
        if day:
            page.get_by_label("Sådan stod det den").fill(day)
            page.get_by_role("button", name="Vis dagen").click()
            expect(page).to_have_url(re.compile(f"paa={day}"))
        steps = asked(site, PROCESS, {"id": NEWEST, "day": day})["agreement"]["process"]["steps"]
        items = page.locator("ol.steps > li")
        assert items.count() == len(steps) == 8
        for item, step in zip(items.all(), steps, strict=True):
            text = said(item)
            for part in (step["action"], step["timeText"], WORDS["TimePrecision"][step["precision"]]):
                assert part in text
            assert WORDS["StepStatus"][step["status"]] in text
            assert (step["forum"] or step["sentTo"]["name"]) in text
        assert page.locator(".mark-day").count() == (8 if day else 0)
    axe(page)
    narrow(page)


APPROVALS = (
    "query ($id: ID!) { agreement(id: $id) { approvals { board { name kind organisation { name } } decision } } }"
)


def test_which_bodies_must_approve_and_which_have(page: Page, site: Served) -> None:
    steps = asked(site, APPROVALS, {"id": NEWEST})["agreement"]["approvals"]
    page.goto(f"/aftaler/{NEWEST}")
    table = page.get_by_role("table", name="Hvem der skal godkende")
    heads = [said(cell) for cell in table.locator("thead th").all()]
    rows = {said(row.locator("th")): row for row in table.locator("tbody tr").all()}
    links = 0
    for step in steps:
        organisation = step["board"]["organisation"]
        row = rows[organisation["name"] if organisation else "På tværs af kommunerne"]
        column = heads.index(WORDS["BoardKind"][step["board"]["kind"]]) if organisation else 1
        cell = row.locator("td").nth(column - 1)
        assert said(cell) == f"{WORDS['Decision'][step['decision']]} {step['board']['name']}"
        links += 1
    assert table.locator("tbody td a").count() == links == 24
    expect(page.get_by_text("24 organer skal godkende aftalen.")).to_be_visible()
    for decision in {step["decision"] for step in steps}:
        count = sum(step["decision"] == decision for step in steps)
        assert f"{WORDS['Decision'][decision]}: {count}" in said(page.locator("main"))
    page.get_by_text("Kildernes egne ord").click()
    expect(page.get_by_text("KKR anbefaler at aftale godkendes i kommunerne", exact=False).first).to_be_visible()


DEVELOPMENT = """
query ($id: ID!, $from: Int!, $to: Int!, $by: DevelopmentGrouping!) {
  agreement(id: $id) {
    development(from: $from, to: $to, by: $by) {
      year group places free offers averagePricePerDay priceChangePercent priced dataStatus
    }
  }
}
"""


@pytest.mark.parametrize("by", WORDS["DevelopmentGrouping"])
def test_how_capacity_and_price_develop(plain_page: Page, site: Served, by: str) -> None:
    page = plain_page
    page.goto(f"/aftaler/{COVERED}")
    page.get_by_label("Fra år").fill("2021")
    page.get_by_label("Til år").fill("2026")
    page.get_by_label("Opdelt efter").select_option(label=WORDS["DevelopmentGrouping"][by])
    page.get_by_role("button", name="Vis årene").click()
    page.locator("summary", has_text="Alle tal år for år").click()
    asking = {"id": COVERED, "from": 2021, "to": 2026, "by": by}
    points = asked(site, DEVELOPMENT, asking)["agreement"]["development"]
    rows = page.get_by_role("table", name="Alle tal år for år").locator("tbody tr")
    unknown = "ikke oplyst"
    shown = [[" ".join(cell.split()) for cell in row.locator("th,td").all_inner_texts()] for row in rows.all()]
    assert shown == [
        [
            str(point["year"]),
            *([] if by == "NONE" else [point["group"] or unknown]),
            str(point["offers"]),
            unknown if point["places"] is None else FORMATS.number(point["places"]),
            unknown if point["free"] is None else FORMATS.number(point["free"]),
            unknown
            if point["averagePricePerDay"] is None
            else f"{FORMATS.money(point['averagePricePerDay'])} ({point['priced']} tilbud)",
            unknown if point["priceChangePercent"] is None else FORMATS.percent(point["priceChangePercent"]),
            WORDS["DataStatus"][point["dataStatus"]],
        ]
        for point in points
    ]
    assert points
    # A picture shows every stated value of the groups that it has room for, and names the others.
    for index, field in enumerate(("places", "free", "averagePricePerDay")):
        stated: dict[str, int] = {}
        for point in points:
            if point[field] is not None:
                stated[point["group"] or ""] = stated.get(point["group"] or "", 0) + 1
        chart = page.locator(".charts > div").nth(index)
        marks = chart.locator(".chart > svg .dot").count()
        if len(stated) <= len(SHAPES):
            assert marks == sum(stated.values())
            assert chart.get_by_text("Ikke tegnet").count() == 0
        else:
            assert chart.get_by_text("Ikke tegnet").count() == 1


AREAS = """
query ($id: ID!) {
  agreement(id: $id) {
    focusAreas {
      id
      name
      targetGroups { name }
      laboratories { name }
      offers(first: 200) { totalCount nodes { name location { municipality { name } } } }
      knowledge(first: 200) { nodes { title } }
    }
  }
  municipalities { nodes { name } }
}
"""


def test_where_the_gap_is(page: Page, site: Served, axe: Checked) -> None:
    found = asked(site, AREAS, {"id": COVERED})
    areas = found["agreement"]["focusAreas"]
    assert len(areas) == 3
    for area in areas:
        page.goto(f"/aftaler/{COVERED}")
        page.locator("#focus ~ .areas").get_by_role("link", name=area["name"]).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(area["name"])
        text = said(page.locator("main"))
        for named in (
            *(one["name"] for one in area["targetGroups"]),
            *(one["title"] for one in area["knowledge"]["nodes"]),
        ):
            assert named in text
        assert text.count("kilden nævner ikke navnet") == sum(one["name"] is None for one in area["laboratories"])
        served: dict[str, list[str]] = {}
        for offer in area["offers"]["nodes"]:
            served.setdefault(offer["location"]["municipality"]["name"], []).append(offer["name"])
        gap = page.get_by_role("region", name="Hvor er hullet?")
        if not area["targetGroups"]:
            assert gap.count() == 0
            assert "Uden målgrupper kan det ikke siges" in text
            continue
        missing = [one["name"] for one in found["municipalities"]["nodes"] if one["name"] not in served]
        assert gap.get_by_role("link").all_inner_texts() == missing
        for municipality, offers in served.items():
            section = page.get_by_role("region", name=re.compile(f"^{re.escape(municipality)}"))
            assert section.locator("li a").all_inner_texts() == offers
    axe(page)


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("paa=32.13.2022", "paa", "Skriv en dag"),
        ("fra=nittenhundrede", "fra", "Skriv et år fra 1990 til 2100"),
        ("til=20222", "til", "Skriv et år fra 1990 til 2100"),
        ("fra=2025&til=2020", "til", "Slutåret skal være"),
        ("fra=1990&til=2100", "til", "Slutåret skal være"),
        ("efter=FARVE", "efter", "Vælg en af opdelingerne"),
    ],
)
def test_what_cannot_be_meant_comes_back_with_a_sentence(site: Served, query: str, field: str, sentence: str) -> None:
    answer = site.client.get(f"/aftaler/{NEWEST}?{query}")
    assert answer.status_code == 400
    control = re.search(rf'<(?:input|select) id="{field}"[^>]*>', answer.text)
    assert control and 'aria-invalid="true"' in control[0]
    assert re.search(rf'id="{field}-fault">{sentence}', answer.text)
    if field != "efter":
        typed = dict(part.split("=") for part in query.split("&"))[field]
        assert f'value="{typed}"' in control[0]
    assert "Nordjysk Socialaftale 2023-2024" in text_of(answer.text)


def test_one_year_alone_is_enough(site: Served) -> None:
    for query, years in (("fra=2025", r"2025"), ("til=2023", r"2018"), ("fra=2099", "2099"), ("til=1990", "1990")):
        answer = site.client.get(f"/aftaler/{COVERED}?{query}")
        assert answer.status_code == 200, query
        assert re.search(rf'id="fra"[^>]*value="{years}"', answer.text), query


KNOWLEDGE = """
query ($groups: [ID!], $areas: [ID!]) {
  knowledge(text: "demens", targetGroups: $groups, focusAreas: $areas) { nodes { title } }
}
"""


def test_knowledge_is_found_by_words_group_and_focus_area(page: Page, site: Served, axe: Checked) -> None:
    group, area = "target-group:demens", "focus-area:den-gode-alderdom"
    page.goto("/viden")
    page.get_by_label("Ord i teksten").fill("demens")
    page.get_by_label("Målgruppe").select_option(group)
    page.get_by_label("Fokusområde").select_option(area)
    page.get_by_role("button", name="Vis viden").click()
    expected = [
        one["title"] for one in asked(site, KNOWLEDGE, {"groups": [group], "areas": [area]})["knowledge"]["nodes"]
    ]
    assert page.locator("ol.found h3").all_inner_texts() == expected != []
    expect(page.get_by_label("Målgruppe")).to_have_value(group)
    axe(page)
    narrow(page)
    page.get_by_role("link", name=expected[0]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(expected[0])


def test_knowledge_that_no_list_has_comes_back_with_a_sentence(site: Served) -> None:
    for query, sentence in (
        ("maalgruppe=target-group:findes-ikke", "Vælg fra listen."),
        ("fokusomraade=hvad-som-helst", "Vælg fra listen."),
        ("fortsaet=her", "Listen kan ikke fortsættes herfra."),
    ):
        answer = site.client.get(f"/viden?{query}")
        assert answer.status_code == 400
        assert sentence in text_of(answer.text)
    nothing = site.client.get("/viden?q=xyzqq")
    assert nothing.status_code == 200
    assert "Intet passer på det hele." in text_of(nothing.text)


def test_steps_lie_where_their_time_is() -> None:
    steps = [
        {"validFrom": "2023-01-01", "validTo": "2023-02-01"},
        {"validFrom": "2023-12-01", "validTo": "2024-01-01"},
    ]
    drawn = course(steps, "2023-07-02", Language.DA)
    assert drawn is not None
    assert (drawn.spans[0].at, drawn.spans[1].at + drawn.spans[1].width) == (0, 100)
    assert drawn.spans[0].width == pytest.approx(100 * 31 / 365, abs=0.01)
    assert drawn.mark == pytest.approx(100 * 182 / 365, abs=0.01)
    assert [tick.label for tick in drawn.ticks][:3] == ["jan", "feb", "mar"]
    assert len(drawn.ticks) == 12
    for day, before in (("2022-12-31", True), ("2024-01-01", False)):
        outside = course(steps, day, Language.EN)
        assert outside is not None
        assert (outside.mark, outside.before) == (None, before)
    long = course([{"validFrom": "2018-03-15", "validTo": "2024-01-01"}], "2020-01-01", Language.EN)
    assert long is not None
    assert len(long.ticks) <= 13
    assert long.years == "2018–2023"
    assert course([], "2023-01-01", Language.DA) is None


def test_an_agreement_holds_from_its_first_day_until_the_day_after_its_last() -> None:
    dated = {"validFrom": "2021-01-01", "validTo": "2023-01-01"}
    days = ("2020-12-31", "2021-01-01", "2022-12-31", "2023-01-01")
    assert [standing(dated, day) for day in days] == ["COMING", "HOLDS", "HOLDS", "OVER"]
    assert standing({"validFrom": None, "validTo": None}, "2023-01-01") == "UNKNOWN"
    assert standing({"validFrom": "2021-01-01", "validTo": None}, "2099-01-01") == "HOLDS"


def test_a_classification_is_the_tree_that_its_terms_say() -> None:
    terms = [
        {"id": "c", "broader": {"id": "a"}},
        {"id": "a", "broader": None},
        {"id": "b", "broader": {"id": "a"}},
        {"id": "e", "broader": {"id": "elsewhere"}},
        {"id": "d", "broader": {"id": "b"}},
    ]
    assert [(branch.term["id"], branch.depth) for branch in branches(terms)] == [
        ("a", 0),
        ("c", 1),
        ("b", 1),
        ("d", 2),
        ("e", 0),
    ]
    assert [one["id"] for one in chain({"broader": {"id": "b", "broader": {"id": "a", "broader": None}}})] == ["a", "b"]
