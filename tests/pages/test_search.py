"""Search in everything: hits as GraphQL ranks them, and the way to each kind of thing."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from service.pages.directory.search import emphasised
from service.pages.words import WORDS
from tests.pages.conftest import Checked, Watched, asked, narrow, text_of
from tests.service.served import Served

HITS = """
query ($text: String!, $kinds: [SearchKind!], $first: Int, $after: String) {
  search(text: $text, kinds: $kinds, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges {
      snippet
      node {
        ... on Offer { id name }
        ... on TargetGroup { id name }
        ... on Institution { id name }
        ... on Municipality { id name }
        ... on Board { id name }
        ... on Representative { id name }
        ... on Agreement { id name }
        ... on FocusArea { id name }
        ... on Knowledge { id name: title }
        ... on LegalBasis { id name: code }
        ... on Service { id name }
      }
    }
  }
}
"""

# One of each kind, as someone would look for it.
SOUGHT = {
    "OFFER": "Østerskoven",
    "TARGET_GROUP": "adhd",
    "INSTITUTION": "syn og hørelse",
    "MUNICIPALITY": "aalborg",
    "BOARD": "kkr",
    "REPRESENTATIVE": "Repræsentant Aalborg",
    "AGREEMENT": "socialaftale",
    "FOCUS_AREA": "alderdom",
    "KNOWLEDGE": "demens",
    "LEGAL_BASIS": "SEL § 107",
    "SERVICE": "ophold",
}


def shown(html: str) -> list[tuple[str, str]]:
    """The addresses and names of the hits on a page."""
    return [(path, unescape(name)) for path, name in re.findall(r'<h3><a href="([^"]*)"[^>]*>([^<]*)</a>', html)]


def test_each_kind_is_sought() -> None:
    assert set(SOUGHT) == set(WORDS["SearchKind"])


@pytest.mark.parametrize("kind", SOUGHT)
def test_a_hit_of_each_kind_leads_to_its_page(site: Served, kind: str) -> None:
    text = SOUGHT[kind]
    edges = asked(site, HITS, {"text": text, "kinds": [kind], "first": 20})["search"]["edges"]
    html = site.client.get("/soeg", params={"q": text, "kind": kind}).text
    hits = shown(html)
    assert [name for _, name in hits] == [edge["node"]["name"] for edge in edges] != []
    # The words that were found stand out, and nothing else does.
    marked = [unescape(mark) for mark in re.findall(r"<mark>([^<]*)</mark>", html)]
    assert marked == [mark for edge in edges for mark in re.findall("«([^»]*)»", edge["snippet"] or "")]
    assert "«" not in text_of(html.split("<ol", 1)[1].split("</ol>", 1)[0])
    for (path, name), edge in list(zip(hits, edges, strict=True))[:3]:
        assert edge["node"]["id"] in path
        page = site.client.get(path)
        assert page.status_code == 200
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)
        assert heading and name in text_of(heading[1])


def test_everything_is_found_in_one_order_page_by_page(site: Served) -> None:
    text = "kommune"
    expected = [edge["node"]["name"] for edge in asked(site, HITS, {"text": text, "first": 200})["search"]["edges"]]
    assert len(expected) > 40
    found: list[str] = []
    path: str | None = f"/soeg?q={text}"
    while path is not None:
        html = site.client.get(path).text
        found += [name for _, name in shown(html)]
        onward = re.search(r'<a class="next"[^>]*href="([^"]*)"', html)
        path = unescape(onward[1]) if onward else None
    assert found == expected


def test_as_someone_searches(page: Page, site: Served, axe: Checked) -> None:
    page.goto("/aftaler")
    page.get_by_label("Søg i hele vejviseren").fill("herberg")
    page.get_by_role("button", name="Søg").first.click()
    expect(page).to_have_url(re.compile(r"/soeg\?q=herberg$"))
    everything = page.locator("ol.found h3").count()
    page.get_by_label("Tilbud", exact=True).check()
    page.get_by_role("main").get_by_role("button", name="Søg").click()
    expect(page.get_by_label("Tilbud", exact=True)).to_be_checked()
    edges = asked(site, HITS, {"text": "herberg", "kinds": ["OFFER"], "first": 20})["search"]["edges"]
    assert page.locator("ol.found h3 a").all_inner_texts() == [edge["node"]["name"] for edge in edges]
    assert 0 < len(edges) < everything
    assert page.get_by_text("Skriv aldrig navne på borgere her").count() == 1
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Found for “herberg”")
    axe(page)
    narrow(page)


def test_without_scripts(plain_page: Page) -> None:
    plain_page.goto("/")
    plain_page.get_by_label("Søg i hele vejviseren").fill("SEL § 110")
    plain_page.get_by_label("Søg i hele vejviseren").press("Enter")
    plain_page.locator("ol.found h3 a").first.click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("SEL § 110")


def test_suggestions_while_one_types(page: Page, site: Served, axe: Checked) -> None:
    page.goto("/maalgrupper")
    box = page.get_by_role("combobox", name="Søg i hele vejviseren")
    expect(box).to_have_attribute("aria-expanded", "false")
    options = page.get_by_role("listbox").get_by_role("option")
    box.press_sequentially("h")
    page.wait_for_timeout(400)
    assert options.count() == 0
    with page.expect_response(lambda answer: answer.url.endswith("/soeg?q=hjerne")):
        box.press_sequentially("jerne")
    expect(box).to_have_attribute("aria-expanded", "true")
    edges = asked(site, HITS, {"text": "hjerne", "first": 8})["search"]["edges"]
    names = [edge["node"]["name"] for edge in edges]
    expect(options).to_have_count(len(names))
    assert [option.locator("span").first.inner_text() for option in options.all()] == names
    axe(page)
    narrow(page)
    for key, index in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1), ("ArrowDown", 0)):
        box.press(key)
        chosen = options.nth(index % len(names))
        expect(chosen).to_have_attribute("aria-selected", "true")
        assert page.locator("[aria-selected=true]").count() == 1
        expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("hjerne")
    box.press_sequentially("s")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    name = options.first.locator("span").first.inner_text()
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_suggestions_are_left_with_the_box(page: Page) -> None:
    page.goto("/maalgrupper")
    box = page.get_by_role("combobox")
    box.fill("aalborg")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.fill("aalborg k")
    page.get_by_role("option", name=re.compile("^Aalborg Kommune")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aalborg Kommune")


def test_a_script_is_given_the_suggestions_alone(site: Served) -> None:
    part = site.client.get("/en/soeg?q=hjerneskade", headers={"X-Part": "hits"})
    assert "<html" not in part.text
    assert part.text.count('role="option"') == 8
    assert 'href="/en/maalgrupper/' in part.text
    assert "X-Part" in part.headers["vary"]
    assert text_of(site.client.get("/soeg?q=", headers={"X-Part": "hits"}).text) == ""


@pytest.mark.parametrize("text", ["", " ", "h"])
def test_too_little_is_answered_with_what_one_can_search_for(site: Served, text: str) -> None:
    answer = site.client.get("/soeg", params={"q": text})
    assert answer.status_code == 200
    assert "Hvad man kan søge efter" in text_of(answer.text)
    assert ("Skriv mindst 2 tegn." in text_of(answer.text)) == bool(text.strip())
    examples = re.findall(r'<a href="(/soeg\?q=[^"]*)"', answer.text.split("<main", 1)[1])
    assert len(examples) > 4
    for path in examples:
        assert shown(site.client.get(unescape(path)).text), path


def test_what_is_not_found_is_met_with_advice(site: Served) -> None:
    for query, advice in (("q=xyzqq", "Prøv færre eller kortere ord"), ("q=xyzqq&kind=BOARD", "fjern krydserne")):
        answer = site.client.get(f"/soeg?{query}")
        assert answer.status_code == 200
        assert advice in text_of(answer.text)
        assert "Intet fundet for »xyzqq«" in text_of(answer.text)


@pytest.mark.parametrize(
    ("query", "sentence", "field"),
    [
        ("q=hjerne&kind=ALT", "Vælg blandt de slags, der står her.", "kind"),
        ("q=" + "a" * 201, "Skriv højst 200 tegn.", "ord"),
        ("q=hjerne&fortsaet=her", "Listen kan ikke fortsættes herfra.", "fortsaet"),
    ],
)
def test_what_cannot_be_meant_comes_back_with_a_sentence(site: Served, query: str, sentence: str, field: str) -> None:
    answer = site.client.get(f"/soeg?{query}")
    assert answer.status_code == 400
    assert sentence in text_of(answer.text)
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}"' in answer.text
    assert re.search(rf'id="ord"[^>]*value="{query.split("&")[0][2:]}"', answer.text)


@pytest.mark.parametrize("text", ["<b>hjerne</b>", '"><script>alert(1)</script>', "«hjerne»", "{{ 7*7 }}", "a&b=c#d%"])
def test_what_was_typed_is_shown_as_it_was_typed(site: Served, text: str) -> None:
    answer = site.client.get("/soeg", params={"q": text})
    assert answer.status_code == 200
    assert f'value="{escape(text)}"'.replace("&quot;", "&#34;") in answer.text
    assert "<b>hjerne" not in answer.text
    assert "<script>" not in answer.text
    assert f'href="/en/soeg?q={quote(text, safe="")}"'.lower() in answer.text.lower().replace("+", "%20")


def test_nothing_in_a_text_passes_for_a_mark() -> None:
    assert emphasised(None) == emphasised("") == []
    assert emphasised("«a» og <b>«c»") == [("a", True), (" og <b>", False), ("c", True)]
    assert emphasised("uden") == [("uden", False)]
    assert emphasised("løst » og «") == [("løst » og «", False)]


def test_a_slow_answer_gives_way_to_a_newer_one(page: Page, watched: Watched) -> None:
    held = []
    page.route("**/soeg?q=aal", lambda route: held.append(route))
    page.goto("/maalgrupper")
    box = page.get_by_role("combobox")
    box.fill("aal")
    page.wait_for_timeout(400)
    box.fill("hobro")
    expect(page.get_by_role("option").first).to_contain_text(re.compile("Hobro|Mariagerfjord"))
    assert held
    held[0].abort()
    expect(page.get_by_role("option").first).to_contain_text(re.compile("Hobro|Mariagerfjord"))
