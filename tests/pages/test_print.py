"""An answer on paper: what was asked, when, and everything that the list said, against what GraphQL answers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from service.pages.words import WORDS
from tests.pages.conftest import Checked, asked, narrow, text_of
from tests.service.served import Served

NEED = {
    "age": 34,
    "homeMunicipality": "municipality:broenderslev",
    "words": ["hjerneskade"],
    "circumstances": ["target-group:stofmisbrug"],
    "levels": [{"item": "theme-item:samtale", "level": "SEVERE"}],
}
FORM: dict[str, str | list[str]] = {
    "age": "34",
    "home": "municipality:broenderslev",
    "group": "hjerneskade",
    "circumstance": "target-group:stofmisbrug",
    "theme-item:samtale": "SEVERE",
    "unit": "MONTH",
}
MATCH = """query($need: NeedInput!) { matchOffers(need: $need) { position
  fits(first: 20) { totalCount nodes { rank criteria { explanation } offer {
    id name dataStatus source { title } price(unit: MONTH) { amount } } } }
  nearMisses(first: 10) { nodes { ruledOutBy offer { name } criteria { criterion explanation } } }
  funnel { criterion remaining removed } notices { code message } } }"""


def test_the_paper_says_what_the_list_said(site: Served) -> None:
    match = asked(site, MATCH, {"need": NEED})["matchOffers"]
    answer = site.client.post("/udskriv", data=FORM)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    said = text_of(answer.text)
    for told in ("34 år", "Brønderslev Kommune", "hjerneskade", "Stofmisbrug", "Samtale Svær begrænsning"):
        assert told in said, told
    assert f"efter ændring nr. {match['position']} i dens log" in said
    assert "Vejledning, ikke afgørelse." in said
    for notice in match["notices"]:
        assert notice["message"] in said
    fits = match["fits"]
    assert fits["nodes"] and match["nearMisses"]["nodes"], "the question has both fits and near misses"
    assert f"{fits['totalCount']} tilbud passer" in said
    articles = re.findall(r"<article.*?</article>", answer.text, re.S)
    for hit, article in zip(fits["nodes"], map(text_of, articles), strict=True):
        offer = hit["offer"]
        assert article.startswith(f"{hit['rank']}. {offer['name']}")
        assert (f"{offer['name']} Illustrativ" in article) == (offer["dataStatus"] == "ILLUSTRATIVE")
        assert f"Kilde: {offer['source']['title']}" in article
        for one in hit["criteria"]:
            assert one["explanation"] in article
    for miss in match["nearMisses"]["nodes"]:
        reason = next(one["explanation"] for one in miss["criteria"] if one["criterion"] == miss["ruledOutBy"])
        assert reason in said
    for step in match["funnel"]:
        removed = f"−{step['removed']} fjernet, " if step["removed"] else ""
        assert f"{WORDS['Criterion'][step['criterion']]} {removed}{step['remaining']} tilbage" in said
    assert f"Alle tilbud {match['funnel'][0]['remaining'] + match['funnel'][0]['removed']}" in said


def test_only_what_was_chosen_is_told_at_length(site: Served) -> None:
    fits = asked(site, MATCH, {"need": NEED})["matchOffers"]["fits"]["nodes"]
    chosen, other = fits[1]["offer"], fits[0]["offer"]
    answer = site.client.post("/udskriv", data=FORM | {"offer": [chosen["id"]]})
    articles = re.findall(r"<article.*?</article>", answer.text, re.S)
    assert [chosen["name"] in text_of(article) for article in articles] == [True]
    said = text_of(answer.text)
    assert "1 er taget med" in said
    assert f"1. {other['name']}" in said.split("Andre, der passer")[1]


def test_from_the_list_to_paper(page: Page, axe: Checked) -> None:
    page.goto("/")
    page.get_by_label("Alder", exact=True).fill("34")
    page.get_by_label("Primær målgruppe").fill("autisme")
    page.get_by_role("button", name="Find tilbud").click()
    page.get_by_role("button", name="Udskriv til sagen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tilbud, der passer til behovet")
    assert page.url.endswith("/udskriv"), "a need is in no address"
    axe(page)
    page.evaluate("window.print = () => document.title = 'printed'")
    page.get_by_role("button", name="Udskriv", exact=True).click()
    expect(page).to_have_title("printed")

    # On A4 what is for the screen is gone, and no line is cut off.
    page.emulate_media(media="print")
    for gone in ("banner", "contentinfo", "navigation", "button"):
        expect(page.get_by_role(gone).and_(page.locator(":visible"))).to_have_count(0)
    page.set_viewport_size({"width": 680, "height": 960})
    assert page.evaluate("document.documentElement.scrollWidth") <= 681
    paper = page.pdf(prefer_css_page_size=True)
    sizes = {tuple(map(float, size)) for size in re.findall(rb"/MediaBox \[0 0 (\S+) (\S+)\]", paper)}
    assert sizes and all(size == pytest.approx((595.3, 841.9), abs=1) for size in sizes), "A4, in points"
    page.emulate_media(media="screen")
    narrow(page)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Offers that fit the need")
    page.get_by_role("button", name="Back to").click()
    expect(page.get_by_label("Age", exact=True)).to_have_value("34")


def test_without_scripts_there_is_no_button_that_does_nothing(plain_page: Page) -> None:
    plain_page.goto("/udskriv")
    expect(plain_page.get_by_role("main")).to_contain_text("Beskriv behovet under »Find tilbud«")
    expect(plain_page.get_by_role("button", name="Udskriv", exact=True)).to_have_count(0)


def test_a_need_that_cannot_be_read_is_not_printed(site: Served) -> None:
    for wrong, said in (
        ({"age": "200"}, "fra 0 til 130"),
        ({"home": "municipality:atlantis"}, "Det kendes ikke"),
        ({"group": "kvantemekanik"}, "kvantemekanik"),
    ):
        answer = site.client.post("/udskriv", data=FORM | wrong)
        assert answer.status_code == 400, wrong
        assert said in text_of(answer.text)
        assert "<article" not in answer.text
    assert site.client.post("/udskriv", content=b"{}", headers={"Content-Type": "application/json"}).status_code == 400


def test_nothing_of_the_need_is_kept(site: Served) -> None:
    for path in ("/udskriv", "/sammenlign", "/en/udskriv"):
        answer = site.client.post(
            path, data=FORM | {"also": "kanariefugl", "offer": ["offer:kanariefugl", "offer:hedebo"]}
        )
        assert "set-cookie" not in answer.headers
    kept = [path for path in site.data.rglob("*") if path.is_file() and b"kanariefugl" in path.read_bytes().lower()]
    assert kept == []
