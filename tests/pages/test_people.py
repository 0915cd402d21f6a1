"""The people who sit, and what may raise a question of impartiality."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.pages.conftest import text_of
from tests.pages.test_seats import data, html_of
from tests.service.served import Served

MANY = """
query ($least: Int!, $day: Date!) {
  representatives(holdingAtLeast: $least, asOf: $day, first: 50) {
    totalCount
    nodes { id name tenures(asOf: $day) { nodes { seat { board { name } } } } }
  }
}
"""
FLAGS = """
query ($day: Date!, $language: Language!) {
  impartialityFlags(asOf: $day) {
    representative { id name }
    explanation(language: $language)
    path { steps { label(language: $language) to { id ... on Organisation { name } ... on Board { name } } } }
  }
}
"""
PERSON = """
query ($id: ID!, $day: Date!) {
  node(id: $id) {
    ... on Representative {
      name
      now: tenures(asOf: $day) { totalCount nodes { seat { label board { name } } } }
      all: tenures(anyTime: true, first: 200) { totalCount }
    }
  }
}
"""


def test_question_6_who_holds_many_seats_and_whose_impartiality_to_look_at(page: Page, site: Served) -> None:
    page.goto("/saeder?paa=2025-03-01")
    page.get_by_role("link", name="Personer med mange sæder").click()
    asked = data(site, MANY, least=3, day="2025-03-01")["representatives"]
    expect(page.get_by_text(f"{asked['totalCount']} personer sidder i mindst 3 sæder")).to_be_visible()
    rows = page.locator("tbody tr").all()
    for row, person in zip(rows, asked["nodes"], strict=True):
        expect(row.get_by_role("rowheader")).to_contain_text(person["name"])
        for time in person["tenures"]["nodes"]:
            expect(row).to_contain_text(time["seat"]["board"]["name"])
    page.get_by_role("link", name="Råd og sæder").last.click()
    page.get_by_role("link", name="Habilitet").click()
    flags = data(site, FLAGS, day="2025-03-01", language="DA")["impartialityFlags"]
    articles = page.get_by_role("article").all()
    for article, flag in zip(articles, flags, strict=True):
        expect(article).to_contain_text(flag["representative"]["name"])
        expect(article).to_contain_text(flag["explanation"])
        for step in flag["path"]["steps"]:
            expect(article).to_contain_text(step["label"])
    expect(page.get_by_text("Et peg, aldrig en konstatering")).to_be_visible()


@pytest.mark.parametrize("day", ["2018-01-01", "2022-01-01", "2025-12-31", "2026-11-21"])
def test_flags_of_a_day_in_both_languages(site: Served, day: str) -> None:
    for prefix, language in (("", "DA"), ("/en", "EN")):
        flags = data(site, FLAGS, day=day, language=language)["impartialityFlags"]
        html = html_of(site, f"{prefix}/habilitet?paa={day}")
        assert html.count("<article") == len(flags)
        said = text_of(html)
        for flag in flags:
            assert flag["explanation"] in said


def test_a_person_now_and_before(plain_page: Page, site: Served) -> None:
    flag = data(site, FLAGS, day="2025-03-01", language="DA")["impartialityFlags"][0]
    id = flag["representative"]["id"]
    plain_page.goto(f"/personer/{id}")
    plain_page.get_by_label("Dag", exact=True).fill("2025-03-01")
    plain_page.get_by_role("button", name="Vis dagen").click()
    person = data(site, PERSON, id=id, day="2025-03-01")["node"]
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text(person["name"])
    expect(plain_page.get_by_role("heading", name="Sæder 1. marts 2025")).to_contain_text(
        f"({person['now']['totalCount']})"
    )
    rows = plain_page.get_by_role("region", name="Sæder", exact=True).locator("tbody tr").all()
    for row, time in zip(rows, person["now"]["nodes"], strict=True):
        expect(row).to_contain_text(time["seat"]["board"]["name"])
        expect(row).to_contain_text(time["seat"]["label"])
    plain_page.get_by_text("Som tabel").click()
    whole = plain_page.get_by_role("region", name="Før, nu og siden").locator("tbody tr")
    expect(whole).to_have_count(person["all"]["totalCount"])
    expect(plain_page.get_by_text(flag["explanation"])).to_be_visible()
    expect(plain_page.get_by_text("Personen er opdigtet")).to_be_visible()


def test_people_are_found_by_name_and_go_on(site: Served) -> None:
    html = html_of(site, "/personer")
    everyone = data(site, "{ representatives(first: 0) { totalCount } }")["representatives"]["totalCount"]
    assert f"50 af {everyone} vises." in text_of(html)
    query = '{ representatives(text: "aalborg", first: 50) { totalCount nodes { name } } }'
    found = data(site, query)["representatives"]
    said = text_of(html_of(site, "/personer?navn=aalborg"))
    assert f"{found['totalCount']} personer" in said
    assert all(person["name"] in said for person in found["nodes"])


def test_a_person_who_is_not_there(site: Served) -> None:
    for id in ("representative:findes-ikke", "board:kkr-nordjylland", "x"):
        html_of(site, f"/personer/{id}", 404)
