"""The funnel and the sets of offers on the start page, against GraphQL."""

from __future__ import annotations

import re
from typing import Any

from service.pages.words import WORDS
from tests.pages.conftest import asked, text_of
from tests.service.served import Served

MATCH = """query($need: NeedInput!) { matchOffers(need: $need) {
  fits(first: 0) { totalCount } funnel { criterion remaining removed }
  combinations { score offers { name } covers { name } uncovered { name } } } }"""


def shown(page: str, kind: str) -> str:
    """The part of a page that is one picture."""
    found = re.search(rf'<div class="{kind}">.*?</div>', page, re.S)
    return found[0] if found else ""


def test_an_empty_list_says_which_demand_emptied_it(site: Served) -> None:
    """Deaf-blindness within 50 km of Aars gives three; within 30 km the distance takes the last ones."""
    need: dict[str, Any] = {"words": ["døvblindhed"], "near": {"municipality": "municipality:vesthimmerland"}}
    form = {"group": "døvblindhed", "near": "municipality:vesthimmerland"}
    for km, empty in ((50, False), (30, True)):
        need["near"]["withinKm"] = km
        match = asked(site, MATCH, {"need": need})["matchOffers"]
        assert (match["fits"]["totalCount"] == 0) == empty
        funnel = shown(site.client.post("/", data=form | {"km": str(km)}).text, "funnel")
        said = text_of(funnel)
        total = match["funnel"][0]["remaining"] + match["funnel"][0]["removed"]
        for step in match["funnel"]:
            removed = f"−{step['removed']} fjernet, " if step["removed"] else ""
            assert f"{WORDS['Criterion'][step['criterion']]} {removed}{step['remaining']} tilbage" in said
        # The bars are drawn to the same numbers.
        drawn = re.findall(
            rf'viewBox="0 0 {total} 10".*?class="left" width="(\d+)".*?class="gone" x="(\d+)" width="(\d+)"',
            funnel,
        )
        assert [tuple(map(int, bar)) for bar in drawn] == [
            (total, total, 0),
            *((step["remaining"], step["remaining"], step["removed"]) for step in match["funnel"]),
        ]
        last = next((step for step in match["funnel"] if not step["remaining"]), None)
        assert ("derefter er der ingen tilbage" in said) == empty
        if last:
            assert last["criterion"] == "DISTANCE"
            assert f"Kravet »{WORDS['Criterion']['DISTANCE']}« fjernede de sidste {last['removed']} tilbud" in said
        else:
            assert f"{match['fits']['totalCount']} af {total} tilbud opfylder alle krav." in said


def test_offers_that_give_more_together(site: Served) -> None:
    services = ["service:socialpaedagogisk-stoette", "service:midlertidigt-ophold", "service:beskyttet-beskaeftigelse"]
    need = {"words": ["autisme"], "services": services}
    sets = asked(site, MATCH, {"need": need})["matchOffers"]["combinations"]
    assert sets, "no single offer in the content gives all three"
    page = site.client.post("/", data={"group": "autisme", "service": services}).text
    items = re.findall(r'<li class="card">.*?</ul></li>', shown(page, "sets"), re.S)
    for one, item in zip(sets, items, strict=True):
        assert text_of(item).startswith(" ".join(offer["name"] for offer in one["offers"]))
        met = [text_of(li) for li in re.findall(r'<li class="MET">.*?</li>', item, re.S)]
        missing = [text_of(li) for li in re.findall(r'<li class="NOT_MET">.*?</li>', item, re.S)]
        assert met == [service["name"] for service in one["covers"]]
        assert missing == [f"{service['name']} (mangler)" for service in one["uncovered"]]
        assert f"Passer i gennemsnit {round(100 * one['score'])} %." in text_of(item)
