"""Classifications, organisations and what connects them: a page for everything of each kind, and what it must say."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from service.pages.addresses import address
from service.pages.formats import Formats
from service.pages.languages import Language
from tests.pages.conftest import Checked, asked, narrow, text_of
from tests.service.served import Served

# Everything that the first content has, kind by kind: those without a list of their own by what they run or sit in.
EVERYTHING = """
{
  targetGroups(text: "", first: 200) { nodes { id name } }
  services { id name }
  now: legalBases { id name: code }
  before: legalBases(asOf: "2010-01-01") { id name: code }
  later: legalBases(asOf: "2030-01-01") { id name: code }
  municipalities { nodes { id name } }
  institutions(first: 200) { nodes { id name } }
  region { id name }
  agreements { nodes { id name focusAreas { id name } } }
  knowledge(first: 200) { nodes { id name: title } }
  offers(first: 200) { nodes { operator { id name } approvals { authority { id name } } } }
  seats(first: 200) { nodes { represents { id name } } }
}
"""


@pytest.fixture(scope="module")
def everything(site: Served) -> dict[str, str]:
    """Names by id."""
    found: dict[str, str] = {}

    def collect(value: object) -> None:
        if isinstance(value, dict):
            if "id" in value:
                found[value["id"]] = value["name"]
            value = list(value.values())
        if isinstance(value, list):
            for one in value:
                collect(one)

    collect(asked(site, EVERYTHING))
    return found


@pytest.mark.parametrize("language", Language)
def test_everything_has_a_page(site: Served, everything: dict[str, str], language: Language) -> None:
    kinds = {id.partition(":")[0] for id in everything}
    assert kinds >= {
        "target-group",
        "service",
        "legal-basis",
        "municipality",
        "institution",
        "association",
        "authority",
    }
    assert kinds >= {"region", "agreement", "focus-area", "knowledge"}
    wrong = []
    for id, name in everything.items():
        path = address(id)
        assert path is not None, id
        answer = site.client.get(language.href(path), headers={"Accept": "text/html"})
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
        named = heading is not None and (text_of(heading[1]) == name or language is Language.EN)
        said = text_of(answer.text)
        if answer.status_code != 200 or not named or re.search(r"\bNone\b|\{\{|%\(|&lt;span", said):
            wrong.append((id, answer.status_code, heading and text_of(heading[1])))
    assert wrong == []


@pytest.mark.parametrize(
    "path", ["aftaler", "fokusomraader", "viden", "maalgrupper", "organisationer", "ydelser", "lovgrundlag"]
)
@pytest.mark.parametrize(
    "id", ["findes-ikke", "offer:hedebo", "target-group:findes-ikke", "seat:x", "a" * 3000, "æ:%20"]
)
def test_what_is_not_there_has_no_page(site: Served, path: str, id: str) -> None:
    answer = site.client.get(f"/{path}/{quote(id)}", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "Siden findes ikke" in text_of(answer.text)


def test_a_list_that_cannot_go_on_begins_anew(site: Served) -> None:
    for path in (
        "/maalgrupper/target-group:hjerneskade",
        "/ydelser/service:ophold",
        "/lovgrundlag/legal-basis:sel-107",
        "/organisationer/region:nordjylland",
    ):
        answer = site.client.get(f"{path}?fortsaet=her")
        assert answer.status_code == 400
        assert "Listen kan ikke fortsættes herfra." in text_of(answer.text)
        assert 'id="fortsaet"' in answer.text
        assert answer.text.count("<tbody") >= 1


def test_the_whole_tree(page: Page, site: Served, axe: Checked) -> None:
    groups = asked(
        site,
        '{ targetGroups(text: "", first: 200) { nodes { id name synonyms broader { name } offers { totalCount } } } }',
    )["targetGroups"]["nodes"]
    page.goto("/maalgrupper")
    for group in groups:
        item = page.locator("ul.tree li", has=page.locator(f'> a[href="/maalgrupper/{group["id"]}"]'))
        item = item.locator("xpath=self::li[a]").last
        own = item.evaluate(
            "li => [...li.childNodes].filter(n => n.nodeName != 'UL').map(n => n.textContent).join(' ')"
        )
        assert group["name"] in own
        assert f"({group['offers']['totalCount']})" in own
        assert all(word in own for word in group["synonyms"])
        above = item.evaluate("li => li.parentElement.closest('li')?.querySelector('a').textContent ?? null")
        assert above == (group["broader"] and group["broader"]["name"])
    axe(page)
    narrow(page)


def test_a_target_group_says_what_it_is_and_who_takes_it(site: Served) -> None:
    query = """
    query ($id: ID!) {
      node(id: $id) {
        ... on TargetGroup {
          definition synonyms
          broader { name }
          narrower { name }
          focusAreas { name }
          offers(first: 50) { totalCount nodes { name } }
        }
      }
      knowledge(targetGroups: [$id], first: 50) { nodes { title } }
    }
    """
    for id in ("target-group:demens", "target-group:doevblindhed", "target-group:psykiske-vanskeligheder"):
        found = asked(site, query, {"id": id})
        group = found["node"]
        said = text_of(site.client.get(f"/maalgrupper/{id}").text)
        expected = [
            *group["synonyms"],
            *(one["name"] for one in (*group["narrower"], *group["focusAreas"], *group["offers"]["nodes"])),
            *(one["title"] for one in found["knowledge"]["nodes"]),
            f"{group['offers']['totalCount']} åbne tilbud",
            group["broader"]["name"],
            group["definition"] or "Ingen kilde siger nærmere",
        ]
        assert [one for one in expected if one not in said] == []


def test_a_municipality_with_its_offers_boards_and_seats(site: Served) -> None:
    query = """
    query ($id: ID!) {
      node(id: $id) {
        ... on Municipality {
          name code population seatsHeld
          localOffers(first: 200) { totalCount nodes { name } }
          offers { totalCount nodes { name } }
          boards { nodes { name } }
        }
      }
      seats(filter: { municipalities: [$id] }, first: 200) {
        nodes { board { name } holder { representative { name } } }
      }
    }
    """
    for id in ("municipality:aalborg", "municipality:laesoe"):
        found = asked(site, query, {"id": id})
        one = found["node"]
        html = site.client.get(f"/organisationer/{id}").text
        said = text_of(html)
        holders = [seat["holder"]["representative"]["name"] for seat in found["seats"]["nodes"] if seat["holder"]]
        offers = [*one["localOffers"]["nodes"], *one["offers"]["nodes"]]
        expected = [*(thing["name"] for thing in (*offers, *one["boards"]["nodes"])), *holders, one["code"]]
        assert [name for name in expected if name not in said] == []
        assert Formats(Language.DA).number(one["population"]) in said
        assert f"har i dag {one['seatsHeld']} " in said
        assert html.count('<tr><th scope="row">') == len(offers) + len(found["seats"]["nodes"])
    assert "Der kendes ingen tilbud i kommunen." in said


def test_a_section_of_law_that_no_longer_holds_says_so(site: Served) -> None:
    now = {one["id"] for one in asked(site, "{ legalBases { id } }")["legalBases"]}
    before = asked(site, '{ legalBases(asOf: "2010-01-01") { id validTo } }')["legalBases"]
    over = [one for one in before if one["id"] not in now]
    assert over
    for one in over:
        said = text_of(site.client.get(f"/lovgrundlag/{one['id']}").text)
        assert "Gælder ikke længere" in said
        assert Formats(Language.DA).last(one["validTo"]) in said
    assert "Gælder ikke længere" not in text_of(site.client.get("/lovgrundlag/legal-basis:sel-107").text)


PATHS = """
query ($from: ID!, $to: ID!) {
  paths(from: $from, to: $to, first: 3) { steps { label from { ...Name } to { ...Name } } }
}
fragment Name on Node {
  ... on Offer { name }
  ... on Board { name }
  ... on Agreement { name }
  ... on Process { name }
  ... on Region { name }
  ... on Seat { name: label }
}
"""


def test_how_two_things_are_connected(page: Page, site: Served, axe: Checked) -> None:
    page.goto("/forbindelser")
    page.get_by_label("Fra", exact=True).fill("neurocenter")
    page.get_by_label("Til", exact=True).fill("kkr")
    page.get_by_role("button", name="Vis forbindelsen").click()
    axe(page)
    narrow(page)
    page.get_by_role("group", name="Fra: hvad er »neurocenter«?").get_by_label(
        re.compile("^Neurocenter Østerskoven Tilbud")
    ).check()
    page.get_by_role("group", name="Til: hvad er »kkr«?").get_by_label(re.compile("^KKR Nordjylland ")).check()
    page.get_by_role("button", name="Vis forbindelsen").click()
    expect(page).to_have_url(re.compile("fra=offer(:|%3A)neurocenter-oesterskoven&til=board(:|%3A)kkr-nordjylland"))
    paths = asked(site, PATHS, {"from": "offer:neurocenter-oesterskoven", "to": "board:kkr-nordjylland"})["paths"]
    lists = page.locator("ol.path")
    assert lists.count() == len(paths) > 1
    for list_, path in zip(lists.all(), paths, strict=True):
        steps = [" ".join(text.replace("(sæde)", "").split()) for text in list_.locator("li").all_inner_texts()]
        assert steps == [f"{one['from']['name']} {one['label']} {one['to']['name']}" for one in path["steps"]]
    page.get_by_role("link", name="Vælg noget andet").last.click()
    expect(page.get_by_label("Til", exact=True)).to_have_value("")


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("", 200, "Hvordan er to ting forbundet?"),
        ("fra=k", 400, "Skriv mindst 2 tegn."),
        ("til=" + "k" * 201, 400, "Skriv højst 200 tegn."),
        ("fra=offer:findes-ikke&til=board:kkr-nordjylland", 400, "Det findes ikke."),
        ("fra=xyzqq", 200, "Intet fundet for »xyzqq«"),
        ("fra=noget:andet", 200, "Intet fundet for »noget:andet«"),
        ("fra=board:kkr-nordjylland&til=board:kkr-nordjylland", 200, "Det er en og samme ting."),
        ("fra=agreement:det-forstaerkede-samarbejde&til=target-group:demens", 200, "Ingen forbindelse fundet"),
    ],
)
def test_what_is_typed_about_connections(site: Served, query: str, status: int, sentence: str) -> None:
    answer = site.client.get(f"/forbindelser?{query}")
    assert answer.status_code == status
    assert sentence in text_of(answer.text)
    if status == 400:
        assert 'aria-invalid="true"' in answer.text
        typed = query.split("&")[0].split("=")[1]
        assert f'value="{typed}"' in unescape(answer.text)
