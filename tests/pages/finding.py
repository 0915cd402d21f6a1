"""How a person uses the start page, and what the API answers to the same."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.service.served import Served

MATCH = """
query ($need: NeedInput!, $unit: PriceUnit) {
  matchOffers(need: $need) {
    fits(first: 20) {
      totalCount
      nodes {
        distanceKm score criteria { criterion outcome explanation }
        offer {
          id name admission capacity { free countedOn } price(unit: $unit) { amount year } approval { reportOn }
          location { protected address }
        }
      }
    }
    nearMisses(first: 10) { nodes { ruledOutBy offer { name } criteria { criterion explanation } } }
    funnel { criterion remaining removed }
    notices { code message }
  }
}
"""
HITS = ".hits:not(.near) h3 a"
MISSES = ".hits.near h3 a"


def asked(site: Served, need: dict[str, Any], unit: str = "DAY") -> dict[str, Any]:
    """What the API answers."""
    answer: dict[str, Any] = site.ask(MATCH, {"need": need, "unit": unit}).json()["data"]["matchOffers"]
    return answer


def names(connection: dict[str, Any]) -> list[str]:
    return [node["offer"]["name"] for node in connection["nodes"]]


def shows(page: Page, answer: dict[str, Any]) -> None:
    """The page shows the answer: the same hits and near misses in the same order, each with its reasons."""
    fits, misses = answer["fits"], answer["nearMisses"]
    expect(page.locator(HITS)).to_have_text(names(fits))
    expect(page.locator(MISSES)).to_have_text(names(misses))
    expect(page.get_by_role("status")).to_have_text(re.compile(rf"^({fits['totalCount']}|Et) tilbud passer$"))
    hits = page.locator(".hits:not(.near) > li")
    # Waited for: a list of the same offers in the same order may be the one from before the last field.
    hits, near = page.locator(".hits:not(.near) > li"), page.locator(".hits.near > li")
    for n, fit in enumerate(fits["nodes"]):
        expect(hits.nth(n)).to_contain_text(f"{round(100 * fit['score'])} % passer")
        expect(hits.nth(n).locator(".fit li")).to_have_count(len(fit["criteria"]))
        for one in fit["criteria"]:
            expect(hits.nth(n)).to_contain_text(one["explanation"])
    for n, miss in enumerate(misses["nodes"]):
        why = next(one["explanation"] for one in miss["criteria"] if one["criterion"] == miss["ruledOutBy"])
        expect(near.nth(n)).to_contain_text(why)


def type_in(page: Page, **fields: str) -> None:
    labels = {"age": "Alder", "group": "Primær målgruppe", "also": "Anden målgruppe 1"}
    for name, text in fields.items():
        page.get_by_label(labels[name], exact=True).fill(text)


def live_in(page: Page, municipality: str) -> None:
    page.get_by_label("Hjemkommune").select_option(label=municipality)


def tick(page: Page, name: str) -> None:
    page.get_by_role("checkbox", name=name).first.check()


def unfold(page: Page, title: str) -> None:
    page.locator("summary", has_text=title).first.click()
