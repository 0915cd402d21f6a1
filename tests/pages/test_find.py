"""The start page: the questions of caseworkers, asked as they would ask them, and answered as the API answers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from service.pages.finding.need import years_ago
from tests.pages.conftest import PHONE, Checked, narrow, text_of
from tests.pages.finding import HITS, MISSES, asked, live_in, names, shows, tick, type_in, unfold
from tests.service.day import the_day
from tests.service.served import Served


def test_brain_injury_without_and_with_alcohol(page: Page, site: Served, axe: Checked) -> None:
    page.goto("/")
    type_in(page, age="34", group="erhvervet hjerneskade", also="afasi")
    live_in(page, "Brønderslev Kommune")
    tick(page, "Midlertidigt botilbud")
    unfold(page, "Funktionsevne og støttebehov")
    unfold(page, "Kommunikation")
    page.get_by_label("Samtale").select_option(label="Svær begrænsning")
    unfold(page, "Mobilitet")
    page.get_by_label("Gå og bevæge sig").select_option(label="Moderat begrænsning")
    need: dict[str, Any] = {
        "age": 34,
        "homeMunicipality": "municipality:broenderslev",
        "primaryTargetGroup": "target-group:erhvervet-hjerneskade",
        "secondaryTargetGroups": ["target-group:kommunikationsnedsaettelse"],
        "offerTypes": ["offer-type:midlertidigt-botilbud"],
        "levels": [
            {"item": "theme-item:samtale", "level": "SEVERE"},
            {"item": "theme-item:gaa-og-bevaege-sig", "level": "MODERATE"},
        ],
    }
    answer = asked(site, need)
    shows(page, answer)
    first = page.locator(".hits > li").first
    expect(first).to_contain_text("Neurocenter Østerskoven")
    expect(first).to_contain_text("70 km")
    expect(first.locator("dd").nth(1)).to_have_text("ikke oplyst")
    expect(page.locator(MISSES).filter(has_text="Taleinstituttet og Hjerneskadecenter")).to_have_count(1)
    axe(page)

    unfold(page, "Forhold, der kan udelukke")
    tick(page, "Alkoholmisbrug")
    answer = asked(site, need | {"circumstances": ["target-group:alkoholmisbrug"]})
    assert "Neurocenter Østerskoven" not in names(answer["fits"])
    shows(page, answer)
    miss = page.locator(".hits.near > li", has_text="Neurocenter Østerskoven")
    expect(miss).to_contain_text("Ikke udelukket:")
    assert page.url == f"{site.url}/"


@pytest.mark.parametrize(
    ("typed", "home", "types", "need", "sees"),
    [
        pytest.param(
            {"age": "58", "group": "udviklingshæmmet", "also": "begyndende demens"},
            "Mariagerfjord Kommune",
            ["Almen ældre- og handicapvenlig bolig", "Længerevarende botilbud"],
            {
                "age": 58,
                "homeMunicipality": "municipality:mariagerfjord",
                "primaryTargetGroup": "target-group:udviklingshaemning",
                "secondaryTargetGroups": ["target-group:demens"],
                "offerTypes": [
                    "offer-type:almen-aeldre-og-handicapvenlig-bolig",
                    "offer-type:laengerevarende-botilbud",
                ],
            },
            "Sødisbakke",
            id="3",
        ),
        pytest.param(
            {"age": "22", "group": "autisme"},
            "Hjørring Kommune",
            ["Aktivitets- og samværstilbud"],
            {
                "age": 22,
                "homeMunicipality": "municipality:hjoerring",
                "primaryTargetGroup": "target-group:autismespektrum",
                "offerTypes": ["offer-type:aktivitets-og-samvaerstilbud"],
            },
            "Dagtilbuddet Slusen",
            id="4",
        ),
        pytest.param(
            {"age": "41", "group": "hjemløs", "also": "stofmisbrug"},
            "Aalborg Kommune",
            ["Herberg og forsorgshjem"],
            {
                "age": 41,
                "homeMunicipality": "municipality:aalborg",
                "primaryTargetGroup": "target-group:hjemloeshed",
                "secondaryTargetGroups": ["target-group:stofmisbrug"],
                "offerTypes": ["offer-type:herberg-og-forsorgshjem"],
            },
            "Lederen træffer afgørelse om optagelse; man kan henvende sig selv",
            id="5",
        ),
        pytest.param(
            {"group": "voldsramt"},
            "Thisted Kommune",
            ["Krisecenter"],
            {
                "homeMunicipality": "municipality:thisted",
                "primaryTargetGroup": "target-group:voldeligt-overgreb",
                "offerTypes": ["offer-type:krisecenter"],
            },
            "adressen er beskyttet",
            id="6",
        ),
    ],
)
def test_who_what_and_where(
    page: Page, site: Served, typed: dict[str, str], home: str, types: list[str], need: dict[str, Any], sees: str
) -> None:
    page.goto("/")
    type_in(page, **typed)
    live_in(page, home)
    for type in types:
        tick(page, type)
    answer = asked(site, need)
    shows(page, answer)
    expect(page.locator(".hits > li", has_text=sees).first).to_be_visible()
    for notice in answer["notices"]:
        expect(page.locator(".notice", has_text=notice["message"])).to_be_visible()


def test_how_far_away_and_what_emptied_the_list(page: Page, site: Served) -> None:
    page.goto("/")
    type_in(page, group="døvblind")
    unfold(page, "Sted, plads, pris og tilsyn")
    page.get_by_label("målt fra").select_option(label="Aars")
    page.get_by_label("Højst km").fill("50")
    need = {"primaryTargetGroup": "target-group:doevblindhed"}
    within = asked(site, need | {"near": {"municipality": "municipality:vesthimmerland", "withinKm": 50}})
    assert len(names(within["fits"])) == 3
    shows(page, within)
    page.get_by_label("Højst km").fill("30")
    none = asked(site, need | {"near": {"municipality": "municipality:vesthimmerland", "withinKm": 30}})
    assert names(none["fits"]) == []
    shows(page, none)
    step = next(step for step in none["funnel"] if not step["remaining"])
    assert step["criterion"] == "DISTANCE"
    why = page.locator(".card", has_text="Derfor er der så få")
    expect(why.locator(".emptied")).to_contain_text("Afstand")
    alone = sum(node["ruledOutBy"] == "DISTANCE" for node in none["nearMisses"]["nodes"])
    assert alone
    expect(why).to_contain_text(re.compile(r"Uden kravet »Afstand« passer \d+ tilbud mere"))


def test_free_places_and_a_new_report_for_a_free_word(page: Page, site: Served) -> None:
    page.goto("/")
    type_in(page, group="ADHD")
    unfold(page, "Sted, plads, pris og tilsyn")
    page.get_by_label("Kun tilbud med en ledig plads").check()
    page.get_by_label("Priser pr.").select_option(label="måned")
    need = {"primaryTargetGroup": "target-group:opmaerksomhedsforstyrrelse", "freePlaceNeeded": True}
    shows(page, asked(site, need, "MONTH"))
    page.get_by_label("Seneste tilsynsrapport").select_option(label="højst 1 år gammel")
    a_year_ago = years_ago(the_day().isoformat(), "1")
    answer = asked(site, need | {"reportSince": a_year_ago}, "MONTH")
    shows(page, answer)
    older = [node for node in answer["nearMisses"]["nodes"] if node["ruledOutBy"] == "SUPERVISION_REPORT"]
    assert older, "the content has one that fits but for its report"
    expect(page.locator(".hits.near > li", has_text=older[0]["offer"]["name"])).to_contain_text("Tilsynsrapport")
    expect(page.locator(".demands")).to_contain_text("»ADHD« er læst som målgruppen Opmærksomhedsforstyrrelse.")
    priced = [fit["offer"] for fit in answer["fits"]["nodes"] if fit["offer"]["price"]]
    assert priced
    for offer in priced:
        assert "pr. måned" in (page.locator(f'[id="hit-{offer["id"]}"]').text_content() or "")
    reports = [fit["offer"]["approval"] for fit in answer["fits"]["nodes"]]
    unknown = sum(not (approval and approval["reportOn"]) for approval in reports)
    expect(page.locator(".hits dl > div:last-child dd", has_text="ikke oplyst")).to_have_count(unknown)


def test_without_scripts(plain_page: Page, site: Served) -> None:
    page = plain_page
    page.goto("/")
    type_in(page, age="58", group="udviklingshæmning")
    live_in(page, "Mariagerfjord Kommune")
    page.get_by_role("button", name="Find tilbud").click()
    need = {
        "age": 58,
        "homeMunicipality": "municipality:mariagerfjord",
        "primaryTargetGroup": "target-group:udviklingshaemning",
    }
    answer = asked(site, need)
    shows(page, answer)
    assert page.url.partition("#")[0] == f"{site.url}/"
    expect(page.get_by_label("Alder")).to_have_value("58")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_label("Age", exact=True)).to_have_value("58")
    expect(page.locator(HITS)).to_have_text(names(answer["fits"]))
    assert page.url.partition("?")[0].partition("#")[0] == f"{site.url}/en"


def test_more_of_a_long_list(page: Page, site: Served) -> None:
    page.goto("/")
    type_in(page, age="40")
    expect(page.locator(HITS)).to_have_count(20)
    total = asked(site, {"age": 40})["fits"]["totalCount"]
    page.get_by_role("button", name="Vis flere").click()
    expect(page.locator(HITS)).to_have_count(min(40, total))
    expect(page.locator(HITS).nth(20)).to_be_focused()


def test_on_a_phone(page: Page, axe: Checked) -> None:
    page.set_viewport_size({"width": PHONE, "height": 740})
    page.goto("/")
    type_in(page, group="hjerneskade")
    page.get_by_role("status").get_by_role("link").click()
    expect(page.locator(HITS).first).to_be_in_viewport()
    narrow(page)
    axe(page)


def test_what_is_not_known_is_never_written_as_nothing(site: Served) -> None:
    said = text_of(site.client.post("/", data={"age": "40", "first": "200"}).text)
    assert "ikke oplyst" in said
    for leak in ("None", "null", "undefined"):
        assert leak not in said


def test_the_start_page_is_light(site: Served) -> None:
    """At most 60 kB in all, without the map and what else comes with hits."""
    html = site.client.get("/").text
    files = {
        path
        for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
        if "pictures" not in path and "map" not in path
    }
    assert len(files) >= 4
    sizes = {path: len(site.client.get(path).content) for path in files} | {"/": len(html.encode())}
    assert sum(sizes.values()) <= 60_000, sizes


def test_what_was_typed_leads_to_its_focus_area(page: Page, site: Served) -> None:
    query = '{ node(id: "target-group:demens") { ... on TargetGroup { name focusAreas { name } } } }'
    group = site.ask(query).json()["data"]["node"]
    page.goto("/")
    page.get_by_label("Primær målgruppe").fill("demens")
    page.get_by_role("link", name=f"Om {group['name']}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(group["name"])
    assert group["focusAreas"], "the content has one for it"
    for area in group["focusAreas"]:
        expect(page.get_by_role("link", name=area["name"])).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/", "/en"])
def test_an_answer_can_be_read_by_everyone(page: Page, site: Served, axe: Checked, address: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    page.locator("#age").fill("34")
    page.locator("#group").fill("erhvervet hjerneskade")
    answer = asked(site, {"age": 34, "primaryTargetGroup": "target-group:erhvervet-hjerneskade"})
    # Not the list of those of 34, which comes first.
    expect(page.locator(HITS)).to_have_text(names(answer["fits"]))
    expect(page.locator(MISSES)).to_have_text(names(answer["nearMisses"]))
    for summary in page.locator("#svar summary").all():
        summary.click()
    axe(page)
    narrow(page)
    axe(page)
