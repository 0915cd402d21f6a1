"""All offers, filtered, in order and part by part, against what GraphQL answers."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from service.pages.offers.offers import ORDERS, tree
from tests.pages.conftest import Checked, narrow, text_of
from tests.pages.test_offer import data, html_of
from tests.service.served import Served

LIST = """
query ($filter: OfferFilter, $orderBy: OfferOrder) {
  offers(filter: $filter, orderBy: $orderBy, first: 200) { totalCount nodes { id name } }
}
"""


def listed(html: str) -> list[str]:
    """The offers of a page, in its order."""
    return re.findall(r'<th scope="row"><a href="(?:/en)?/tilbud/([^"]+)"', html)


def answered(site: Served, filter: dict[str, Any], order: str = "navn") -> list[str]:
    found = data(site, LIST, filter=filter, orderBy=ORDERS[order][0])["offers"]
    return [offer["id"] for offer in found["nodes"]]


@pytest.mark.parametrize("order", ORDERS)
def test_offers_are_in_the_order_one_chooses(site: Served, order: str) -> None:
    html = html_of(site, f"/tilbud?orden={order}")
    assert listed(html) == answered(site, {}, order)[:50]
    assert f'<option value="{order}" selected>' in html


def test_offers_are_those_one_chooses(site: Served) -> None:
    choices = """{
      municipalities(first: 200) { nodes { id } } offerTypes { id } targetGroups(text: "", first: 200) { nodes { id } }
    }"""
    found = data(site, choices)
    ways = [
        *(("kommune", "municipalities", one["id"]) for one in found["municipalities"]["nodes"]),
        *(("type", "offerTypes", one["id"]) for one in found["offerTypes"][::3]),
        *(("maalgruppe", "targetGroups", one["id"]) for one in found["targetGroups"]["nodes"][::5]),
    ]
    assert len(ways) > 20
    for parameter, field, id in ways:
        html = html_of(site, f"/tilbud?{parameter}={id}")
        offers = answered(site, {field: [id]})
        assert listed(html) == offers
        assert f'<option value="{id}" selected>' in html
        assert ("Ingen tilbud er sådan" in html) == (offers == [])
    both = {"municipalities": ["municipality:hjoerring"], "freePlacesAtLeast": 1}
    assert listed(html_of(site, "/tilbud?kommune=municipality:hjoerring&ledig=1")) == answered(site, both) != []


def test_the_list_goes_on_to_its_end(site: Served) -> None:
    every = answered(site, {"includeClosed": True}, "bekraeftet")
    html = html_of(site, "/tilbud?lukkede=1&orden=bekraeftet")
    found = listed(html)
    assert len(found) == 50 < len(every)
    while onward := re.search(r'<a class="next" rel="next" href="([^"]+)"', html):
        html = html_of(site, unescape(onward[1]))
        found += listed(html)
    assert found == every
    assert "Fra begyndelsen" in html


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kommune=municipality:ingensteds", "Vælg en fra listen."),
        ("kommune=x&type=y&maalgruppe=z", "Vælg en fra listen."),
        ("orden=tilfaeldig", "Vælg en rækkefølge fra listen."),
        ("enhed=HOUR", "Prisen kan vises pr. døgn, måned eller år."),
        ("fortsaet=vrøvl", "Listen kan ikke fortsættes herfra."),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(site: Served, query: str, said: str) -> None:
    html = html_of(site, f"/tilbud?{query}", 400)
    assert said in text_of(html)
    assert listed(html) == answered(site, {})[:50]
    for name in re.findall(r"(\w+)=", query):
        assert f'href="#{name}"' in html and f'id="{name}"' in html


def test_target_groups_are_below_the_broader_ones() -> None:
    groups = [{"id": id, "name": id, "broader": broader and {"id": broader}} for id, broader in
              (("c", None), ("b", "a"), ("a", None), ("bb", "b"), ("ab", "a"))]  # fmt: skip
    assert [(depth, group["id"]) for depth, group in tree(groups)] == [
        (0, "a"),
        (1, "ab"),
        (1, "b"),
        (2, "bb"),
        (0, "c"),
    ]


def test_someone_looks_through_the_offers(page: Page, axe: Checked, site: Served) -> None:
    page.goto("/tilbud")
    page.get_by_label("Kommune").select_option("Hjørring Kommune")
    page.get_by_label("Kun med ledig plads").check()
    page.get_by_role("button", name="Vis", exact=True).click()
    offers = answered(site, {"municipalities": ["municipality:hjoerring"], "freePlacesAtLeast": 1})
    expect(page.get_by_role("heading", level=2).first).to_have_text(f"{len(offers)} tilbud")
    expect(page.get_by_label("Kommune")).to_have_value("municipality:hjoerring")
    axe(page)
    narrow(page)
    axe(page)
    page.locator("th[scope=row] a").first.click()
    expect(page).to_have_url(re.compile(re.escape(offers[0])))


def test_what_a_page_asks_can_be_asked_by_everyone(plain_page: Page, site: Served) -> None:
    plain_page.goto("/tilbud")
    plain_page.get_by_role("link", name="Det, siden spørger om").click()
    text = plain_page.locator("pre").inner_text()
    assert site.ask(text, {"language": "DA"}).json()["data"]["offers"]["totalCount"] == len(answered(site, {}))
    assert site.client.get("/forespoergsler/intet", headers={"Accept": "text/html"}).status_code == 404
