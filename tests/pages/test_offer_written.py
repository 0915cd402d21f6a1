"""What is written about an offer, on its page: what was changed, what is to come, and what is not for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from graph.actor import Role
from tests.pages.conftest import text_of
from tests.pages.desks import KEY, signed_in, token
from tests.pages.test_offer import RICH, data, html_of, ids
from tests.service.loaded import Folders
from tests.service.served import Served, serving

SECRET = "Hemmelig Vej 7"


@pytest.fixture(scope="module")
def written(loaded: Folders) -> Iterator[Served]:
    """A service in which something is written."""
    with serving(loaded("written"), DEVELOPMENT_KEY=KEY) as service:
        yield service


def write(site: Served, mutation: str, **variables: Any) -> None:
    bearer = f"Bearer {token('redaktør', Role.ADMIN)}"
    answer = site.ask(mutation, variables, Authorization=bearer).json()
    assert "errors" not in answer, answer
    assert all(payload["errors"] == [] for payload in answer["data"].values()), answer


def update(site: Served, id: str, **offer: Any) -> None:
    mutation = """
    mutation ($id: ID!, $version: Int!, $offer: OfferInput!) {
      updateOffer(input: { id: $id, offer: $offer, expectedVersion: $version }) { errors { message } }
    }
    """
    version = data(site, "query ($id: ID!) { offer(id: $id) { version } }", id=id)["offer"]["version"]
    write(site, mutation, id=id, version=version, offer=offer)


def test_what_was_changed_is_told_from_what_to_what(written: Served) -> None:
    assert "Intet er ændret" in text_of(html_of(written, f"/tilbud/{RICH}"))
    count = """
    mutation ($id: ID!, $free: Int!) {
      recordCapacity(input: { offer: $id, places: 17, free: $free, countedOn: "2026-11-20" }) { errors { message } }
    }
    """
    for free in range(3, 8):
        write(written, count, id=RICH, free=free)
    groups = [{"targetGroup": "target-group:demens", "approved": False}]
    changes: list[dict[str, Any]] = [{"ageFrom": 50}, {"summary": "Nyt <b>"}, {"targetGroups": groups}]
    for offer in changes + [{"ageTo": age} for age in range(80, 86)]:
        update(written, RICH, **offer)
    html = html_of(written, f"/tilbud/{RICH}")
    said = text_of(html)
    asked = data(written, "query ($id: ID!) { offer(id: $id) { history { totalCount } } }", id=RICH)
    total = asked["offer"]["history"]["totalCount"]
    assert total == 14
    assert "10 af 14 ændringer vises." in said
    assert "Alder til før: 84 nu: 85" in said
    assert "Alder fra før: 45 nu: 50" in said
    assert "Nyt &lt;b&gt;" in html and "<b>" not in html
    assert "før: Demens (godkendt) , Udviklingshæmning (godkendt) nu: Demens (ikke godkendt)" in said
    assert "af redaktør" in said
    onward = re.search(r'<a class="next" rel="next" href="([^"]+)"', html)
    assert onward
    rest = text_of(html_of(written, unescape(onward[1])))
    assert "4 af 14 ændringer vises." in rest
    assert "Ledige pladser før: 6 nu: 7" in said and "Ledige pladser før: 5 nu: 6" in rest
    english = text_of(html_of(written, f"/en/tilbud/{RICH}"))
    assert "Age to before: 84 now: 85" in english


def test_a_price_to_come_is_not_yet_the_price(written: Served) -> None:
    price = """
    mutation ($id: ID!) {
      recordPrice(input: {
        offer: $id, amount: "99000", unit: YEAR, model: AVERAGE, year: 2099, validFrom: "2099-01-01"
      }) { errors { message } }
    }
    """
    before = text_of(html_of(written, f"/tilbud/{RICH}"))
    write(written, price, id=RICH)
    said = text_of(html_of(written, f"/tilbud/{RICH}"))
    now = re.search(r"Hvad koster det\? (\S+ kr\. pr\. år)", before)
    assert now and f"Hvad koster det? {now[1]}" in said
    assert "Fra 1. januar 2099: 99.000 kr. pr. år" in said
    course = re.search(r"Prisen er \w+ [^(]*", before)
    assert course and course[0] in said


def test_a_protected_address_is_for_caseworkers_alone(written: Served) -> None:
    id = "offer:kvindekrisecenter-hjoerring"
    place = {"address": SECRET, "protected": True, "town": "Hjørring", "municipality": "municipality:hjoerring"}
    update(written, id, location={**place, "latitude": 57.4444, "longitude": 9.9999})
    for address in [f"/tilbud/{one}" for one in ids(written)] + ["/tilbud", "/tilbud?orden=ledige"]:
        html = html_of(written, address)
        assert SECRET not in html and "57.4444" not in html and "57,4444" not in html
    said = text_of(html_of(written, f"/tilbud/{id}"))
    assert "Adressen er beskyttet. Byen er: Hjørring" in said
    assert "ændret (vises ikke)" in said
    with signed_in(written, "sagsbehandler", Role.CASEWORKER) as client:
        known = text_of(client.get(f"/tilbud/{id}").text)
    assert f"{SECRET} (beskyttet: må ikke gives videre)" in known
