"""An offer's page, of every offer there is, against what GraphQL answers."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from html import unescape
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from service.pages.formats import Formats
from service.pages.languages import Language
from service.pages.operations import operations
from service.pages.words import WORDS
from tests.pages.conftest import Checked, Watched, narrow, text_of
from tests.service.served import Served

RICH = "offer:soedisbakke-aeldre"
DANISH = Formats(Language.DA)

FACTS = """
query ($id: ID!, $unit: PriceUnit) {
  offer(id: $id) {
    name closedOn openFrom ageFrom ageTo
    type { name needsApproval }
    legalBases { code }
    targetGroups { approved targetGroup { id name } }
    excludes { name }
    services { name }
    supports { upTo item { name theme { name } } }
    location { address protected town }
    contact { phone email url }
    capacity { places free waitingDays countedOn }
    capacities { places }
    price(unit: $unit) { amount unit }
    stated: price { amount unit }
    prices { amount unit model validFrom }
    approval { status authority { name } conditions }
    approvals { status }
    departments { name }
    boughtBy { name }
    coveredBy { name }
    boards { nodes { name seats(first: 200) { nodes { label status holder { representative { name } } } } } }
  }
}
"""


def data(site: Served, query: str, **variables: Any) -> dict[str, Any]:
    answer = site.ask(query, variables).json()
    assert "errors" not in answer, answer
    found: dict[str, Any] = answer["data"]
    return found


@cache
def ids(site: Served) -> list[str]:
    query = "{ offers(first: 200, filter: { includeClosed: true }) { totalCount nodes { id } } }"
    offers = data(site, query)["offers"]
    assert offers["totalCount"] == len(offers["nodes"]) > 40
    return [offer["id"] for offer in offers["nodes"]]


@cache
def offer_of(site: Served, id: str, unit: str | None = None) -> dict[str, Any]:
    """What GraphQL says about an offer."""
    found: dict[str, Any] = data(site, FACTS, id=id, unit=unit)["offer"]
    return found


@cache
def page_of(site: Served, id: str) -> str:
    """The page of an offer, where nothing is written between two looks at it."""
    return html_of(site, f"/tilbud/{id}")


def html_of(site: Served, address: str, status: int = 200) -> str:
    answer = site.client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == status, address
    return answer.text


def word(kind: str, value: str) -> str:
    return WORDS[kind][value]


@pytest.mark.parametrize("language", Language)
def test_every_offer_has_a_page(site: Served, language: Language) -> None:
    for id in ids(site):
        html = page_of(site, id) if language is Language.DA else html_of(site, language.href(f"/tilbud/{id}"))
        said = text_of(html)
        assert offer_of(site, id)["name"] in said
        for leak in ("None", "{{", "%(", "Undefined"):
            assert leak not in said, (id, leak)
        pictures = re.findall(r"<svg[^>]*>", html)
        assert all(re.search(r'aria-hidden="true"|aria-label="[^"]+"|class="symbol ', svg) for svg in pictures), id


def test_every_offer_says_what_a_caseworker_asks_first(site: Served) -> None:
    for id in ids(site):
        offer = offer_of(site, id)
        said = text_of(page_of(site, id))
        assert (offer["type"]["name"] if offer["type"] else "Tilbudstypen er ikke oplyst") in said
        for served in offer["targetGroups"]:
            approved = "godkendt" if served["approved"] else "ikke godkendt"
            assert f"{served['targetGroup']['name']} – {approved}" in said
        for group in offer["excludes"]:
            assert f"Tager ikke: {group['name']}" in said
        for many in ("services", "departments", "boughtBy", "coveredBy"):
            assert all(one["name"] in said for one in offer[many]), (id, many)
        capacity, closed = offer["capacity"], offer["closedOn"] is not None
        if closed:
            assert f"Lukket {DANISH.day(offer['closedOn'])}" in said
            assert "Er der plads nu? Nej, lukket" in said
        elif capacity and capacity["free"] is not None:
            n = capacity["free"]
            assert f"Er der plads nu? {n} ledig{' plads' if n == 1 else 'e pladser'} " in said
            if capacity["countedOn"]:
                assert f"talt {DANISH.day(capacity['countedOn'])}" in said
        else:
            assert "Er der plads nu? Ikke oplyst" in said
            assert re.search(r"Ikke oplyst: [^.]*ledige pladser", said)
        if offer["openFrom"]:
            assert f"Åbner {DANISH.day(offer['openFrom'])}" in said
        if offer["ageFrom"] is not None and offer["ageTo"] is not None:
            assert f"Alder: {DANISH.number(offer['ageFrom'])}–{DANISH.number(offer['ageTo'])} år" in said
        if not offer["prices"]:
            assert "Hvad koster det? Ikke oplyst" in said
        approval = offer["approval"]
        if approval:
            assert f"Er det godkendt? {word('ApprovalStatus', approval['status'])} " in said
            assert approval["conditions"] is None or approval["conditions"] in said
        elif offer["type"] and not offer["type"]["needsApproval"]:
            assert "godkendes ikke af socialtilsynet" in said
        else:
            assert "Er det godkendt? Ikke oplyst" in said
        for way in ("phone", "email"):
            if offer["contact"] and offer["contact"][way]:
                assert offer["contact"][way] in said
        if offer["location"] and offer["location"]["protected"]:
            assert "Adressen er beskyttet" in said


@pytest.mark.parametrize("unit", ["DAY", "MONTH", "YEAR"])
def test_the_price_is_in_the_unit_one_chooses(site: Served, unit: str) -> None:
    priced = 0
    for id in ids(site):
        offer = offer_of(site, id, unit)
        said = text_of(html_of(site, f"/tilbud/{id}?enhed={unit}"))
        if offer["price"]:
            priced += 1
            # An hour of counselling is not sold by the day.
            shown = offer["stated"] if offer["stated"]["unit"] == "HOUR" else offer["price"]
            amount = f"{DANISH.money(Decimal(shown['amount']))} pr. {word('PriceUnit', shown['unit'])}"
            assert f"Hvad koster det? {amount} " in said, id
    assert priced > 5


def test_what_is_supported_is_shown_by_theme_and_level(site: Served) -> None:
    for id in ids(site):
        html = page_of(site, id)
        for support in offer_of(site, id)["supports"]:
            theme, item = support["item"]["theme"]["name"], support["item"]["name"]
            part = re.search(rf"<dt>{re.escape(theme)}</dt><dd>(.*?)</dd>", html, re.DOTALL)
            assert part, theme
            line = next(line for line in part[1].split("<p>") if item in unescape(line))
            assert word("FunctionalLevel", support["upTo"]) in line
            reached = ["NONE", "MILD", "MODERATE", "SEVERE", "COMPLETE"].index(support["upTo"])
            assert (line.count("<rect"), line.count('class="reached"')) == (4, reached)


def test_who_decides_is_drawn_and_listed(site: Served) -> None:
    governed = 0
    for id in ids(site):
        html = page_of(site, id)
        boards = offer_of(site, id)["boards"]["nodes"]
        tree = re.search(r'<svg class="tree".*?</svg>\s*<details>(.*?)</details>', html, re.DOTALL)
        assert bool(tree) == bool(boards), id
        for board in boards:
            assert tree
            governed += 1
            drawn = re.sub(r"\s+", " ", text_of(tree[0].partition("<details>")[0].replace("</tspan>", " ")))
            listed = text_of(tree[1])
            assert board["name"] in drawn and board["name"] in listed
            for seat in board["seats"]["nodes"]:
                said = word("SeatStatus", seat["status"]).lower()
                assert f"{seat['label']} – {said}" in listed
                assert f"{seat['label']} – {said}" in drawn or f"{seat['label']} {said}" in drawn
                assert f'href="#{seat["status"]}"' in tree[0]
                if seat["holder"]:
                    assert seat["holder"]["representative"]["name"] in drawn
                    assert seat["holder"]["representative"]["name"] in listed
    assert governed > 3


def test_the_numbers_of_the_charts_are_those_on_record(site: Served) -> None:
    offer = offer_of(site, RICH)
    html = page_of(site, RICH)
    prices, places = re.findall(r'<figure class="chart">.*?</figure>', html, re.DOTALL)
    for price in offer["prices"]:
        assert f"{DANISH.day(price['validFrom'])} {DANISH.money(Decimal(price['amount']))}" in text_of(prices)
    assert len(re.findall('class="dot" d="[^"]*" transform', prices)) == len(offer["prices"])
    first, last = Decimal(offer["prices"][0]["amount"]), Decimal(offer["prices"][-1]["amount"])
    assert f"steget {DANISH.percent(float(100 * (last - first) / first))}" in text_of(prices)
    assert len(re.findall('class="dot" d="[^"]*" transform', places)) == 2 * len(offer["capacities"])
    # Nothing is known of 2025: a gap in the line, and no number in the table.
    assert "1. januar 2025 ikke oplyst" in text_of(prices)


def test_similar_offers_take_the_groups_that_they_are_said_to(site: Served) -> None:
    takes = """
    query ($id: ID!) {
      offer(id: $id) { targetGroups { targetGroup { offers(first: 200) { nodes { id } } } } }
    }
    """
    seen = 0
    for id in ids(site):
        groups = data(site, takes, id=id)["offer"]["targetGroups"]
        within = {offer["id"] for one in groups for offer in one["targetGroup"]["offers"]["nodes"]}
        part = page_of(site, id).partition('<ul class="likes">')[2].partition("</ul>")[0]
        linked = re.findall(r'<h3><a href="/tilbud/([^"]+)"', part)
        assert id not in linked and len(linked) == len(set(linked)) <= 6
        assert set(linked) <= within
        assert part.count("Tager også:") == len(linked) == part.count('name="offer"')
        seen += len(linked)
    assert seen > 50


def test_a_page_costs_what_everybody_may_ask(site: Served) -> None:
    for id in ids(site):
        answer = site.ask(operations()["offer"], {"language": "DA", "id": id}).json()
        cost = answer["extensions"]["cost"]
        assert cost["requested"] < cost["limit"] / 10


@pytest.mark.parametrize(
    "id", ["offer:findes-ikke", "vrøvl", "board:kkr-nordjylland", "offer:x%00y", "offer:" + "a" * 300]
)
def test_what_is_not_there_is_not_found(site: Served, id: str) -> None:
    assert "Siden findes ikke" in html_of(site, f"/tilbud/{id}", 404)


def test_a_unit_that_is_none_is_said_at_the_price(site: Served) -> None:
    said = text_of(html_of(site, f"/tilbud/{RICH}?enhed=UGE", 400))
    assert "Prisen kan vises pr. døgn, måned eller år." in said
    assert offer_of(site, RICH)["name"] in said


def test_a_caseworker_reads_an_offer(page: Page, axe: Checked, site: Served) -> None:
    offer = offer_of(site, RICH, "MONTH")
    page.goto(f"/tilbud/{RICH}")
    expect(page.get_by_role("heading", level=1)).to_have_text(offer["name"])
    price = page.get_by_role("region", name="Hvad koster det?")
    price.get_by_role("link", name="måned").click()
    expect(price).to_contain_text(f"{DANISH.money(Decimal(offer['price']['amount']))} pr. måned")
    expect(price.get_by_role("link", name="måned")).to_have_attribute("aria-current", "true")
    page.get_by_text("Vis tallene").first.click()
    expect(page.get_by_role("rowheader", name="1. januar 2024").first).to_be_visible()
    axe(page)
    narrow(page)
    axe(page)
    page.get_by_role("group", name="Hvem bestemmer").get_by_role(
        "link", name=offer["boards"]["nodes"][0]["name"]
    ).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(offer["boards"]["nodes"][0]["name"])


def test_everything_can_be_read_without_scripts(plain_page: Page, site: Served) -> None:
    plain_page.goto(f"/en/tilbud/{RICH}")
    plain_page.get_by_text("Read it as a list").click()
    seat = offer_of(site, RICH)["boards"]["nodes"][0]["seats"]["nodes"][0]
    listed = plain_page.locator(".deciding details").get_by_role("link", name=seat["holder"]["representative"]["name"])
    expect(listed).to_be_visible()
    others = plain_page.get_by_role("listitem").filter(has=plain_page.get_by_role("checkbox"))
    names = [others.nth(n).get_by_role("link").first.inner_text() for n in (0, 1)]
    others.nth(1).get_by_role("checkbox").check()
    plain_page.get_by_role("button", name="Compare with those chosen").click()
    for name in (offer_of(site, RICH)["name"], *names):
        expect(plain_page.get_by_role("link", name=name, exact=True).first).to_be_visible()


def test_an_offer_is_readable_in_the_dark(watched: Watched, page: Page, axe: Checked) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"/tilbud/{RICH}")
    axe(page)
    assert watched.wrong == []
