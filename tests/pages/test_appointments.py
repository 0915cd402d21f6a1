"""The secretariat's desk: appointments, ends of terms and decisions, each as GraphQL has it afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser

from graph.actor import Role
from tests.pages.conftest import Checked, Watched, narrow, text_of
from tests.pages.desks import hidden, signed_in, token
from tests.service.day import the_day
from tests.service.served import Served

TODAY = the_day()
BOARD = "board:bestyrelsen-for-institut-for-syn-og-hoerelse"
HERE = "/skrivebord/saeder"


@pytest.fixture
def secretary(desk: Served) -> Iterator[httpx.Client]:
    with signed_in(desk, "siv", Role.SECRETARIAT, of=()) as client:
        yield client


def seats(desk: Served) -> list[dict[str, Any]]:
    asked = """query ($id: ID!) { board(id: $id) { seats(first: 40) { nodes {
        id label status holder { id role validFrom validTo representative { name municipality { id } } } } } } }"""
    found: list[dict[str, Any]] = desk.ask(asked, {"id": BOARD}).json()["data"]["board"]["seats"]["nodes"]
    return found


def sent(client: httpx.Client, path: str, typed: dict[str, str]) -> httpx.Response:
    given = hidden(client.get(HERE, params={"organ": BOARD}).text, path)
    return client.post(path, data={**given, **typed})


def test_a_term_ends_and_another_begins_in_a_browser(browser: Browser, desk: Served, axe: Checked) -> None:
    watched = Watched(browser, desk.url)
    page = watched.page()
    page.goto(HERE)
    page.get_by_label("Token til udvikling").fill(token("siv", Role.SECRETARIAT))
    page.locator("main").get_by_role("button", name="Log ind").click()
    page.get_by_label("Råd, bestyrelse eller udvalg").select_option(BOARD)
    page.get_by_role("button", name="Vis sæder").click()
    seat = next(one for one in seats(desk) if one["holder"])
    page.get_by_label("Hvem og hvor").select_option(seat["holder"]["id"])
    page.get_by_label("Første dag, den er forbi").fill(TODAY.isoformat())
    page.get_by_label("Hvorfor").fill("Fratrådt")
    page.get_by_role("button", name="Gem afslutning").click()
    page.get_by_text("Afslutningen er gemt.").wait_for()
    assert next(one for one in seats(desk) if one["id"] == seat["id"])["holder"] is None
    page.get_by_label("Sæde", exact=True).select_option(seat["id"])
    page.get_by_text("En, der ikke er i registret").click()
    page.get_by_label("Personens navn").fill("Ny Repræsentant (fiktiv)")
    page.get_by_label("Kommune").select_option("municipality:thisted")
    page.get_by_role("button", name="Gem udpegning").click()
    page.get_by_text("Udpegningen er gemt.").wait_for()
    holder = next(one for one in seats(desk) if one["id"] == seat["id"])["holder"]
    assert holder["representative"] == {
        "name": "Ny Repræsentant (fiktiv)",
        "municipality": {"id": "municipality:thisted"},
    }
    assert (holder["role"], holder["validFrom"]) == ("MEMBER", TODAY.isoformat())
    axe(page)
    narrow(page)
    axe(page)
    watched.check()


def test_a_decision(desk: Served, secretary: httpx.Client) -> None:
    asked = "{ agreements { nodes { id approvals { board { id } decision decidedOn } } } }"
    agreement = next(one for one in desk.ask(asked).json()["data"]["agreements"]["nodes"] if one["approvals"])
    body = agreement["approvals"][0]["board"]["id"]
    day = (TODAY - timedelta(days=2)).isoformat()
    typed = {"agreement": agreement["id"], "body": body, "decision": "REJECTED", "decidedOn": day}
    assert sent(secretary, f"{HERE}/beslut", typed).status_code == 303
    [now] = [one for one in desk.ask(asked).json()["data"]["agreements"]["nodes"] if one["id"] == agreement["id"]]
    assert {"board": {"id": body}, "decision": "REJECTED", "decidedOn": day} in now["approvals"]


def test_a_seat_that_is_held_is_refused_with_the_reason(desk: Served, secretary: httpx.Client) -> None:
    before = seats(desk)
    seat = next(one for one in before if one["holder"])
    typed = {"seat": seat["id"], "newName": "En anden (fiktiv)", "role": "MEMBER", "validFrom": TODAY.isoformat()}
    answer = sent(secretary, f"{HERE}/udpeg", typed)
    assert answer.status_code == 400
    assert seat["holder"]["representative"]["name"] in text_of(answer.text)
    assert "En anden (fiktiv)" in answer.text
    assert seats(desk) == before


@pytest.mark.parametrize(
    ("form", "typed", "field"),
    [
        ("udpeg", {"newName": "N", "validFrom": "2026-01-01"}, "seat"),
        ("udpeg", {"seat": "seat:x", "validFrom": "2026-01-01"}, "representative"),
        ("udpeg", {"seat": "seat:x", "newName": "N", "validFrom": "i går"}, "validFrom"),
        ("udpeg", {"seat": "seat:x", "newName": "N", "validFrom": "2026-01-01"}, "seat"),
        ("afslut", {"on": "2026-01-01"}, "tenure"),
        ("beslut", {"agreement": "agreement:x", "body": BOARD, "decision": "APPROVED"}, "agreement"),
        ("beslut", {"body": BOARD, "decision": "APPROVED"}, "agreement"),
        ("beslut", {"agreement": "agreement:x", "body": BOARD, "decision": "MAYBE"}, "decision"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    secretary: httpx.Client, form: str, typed: dict[str, str], field: str
) -> None:
    answer = sent(secretary, f"{HERE}/{form}", typed)
    assert answer.status_code in (400, 404)
    assert f'id="{field}-fault"' in answer.text


def test_editors_may_look_and_not_write(desk: Served) -> None:
    before = seats(desk)
    with signed_in(desk, "anna") as editor:
        seat = next(one for one in before if one["holder"])
        answer = sent(editor, f"{HERE}/afslut", {"tenure": seat["holder"]["id"], "on": TODAY.isoformat()})
    assert answer.status_code == 403
    assert "Det kræver rollen" in text_of(answer.text)
    assert seats(desk) == before


def test_a_board_that_is_not_there(secretary: httpx.Client) -> None:
    assert secretary.get(HERE, params={"organ": "board:findes-ikke"}).status_code == 404
