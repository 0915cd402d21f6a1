"""Editors at their desks: signed in to a service with a development key, by the form that people use."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

import httpx
from playwright.sync_api import Page

from graph.actor import Role
from graph.clock import SystemClock
from service.identity.development import make
from tests.pages.conftest import KEY, Watched
from tests.service.served import Served

OFFER = "offer:forsorgshjemmet-svenstrupgaard"
OTHERS = "offer:botilbud-danalien"
"""An offer of an organisation that the editors here do not write for."""
SCOPE = ("municipality:aalborg",)


def token(name: str, *roles: Role, of: tuple[str, ...] = SCOPE, minutes: int = 60) -> str:
    return make(KEY, SystemClock(), name=name, roles=roles or [Role.EDITOR], organisations=of, minutes=minutes)


@contextmanager
def signed_in(desk: Served, name: str, *roles: Role, of: tuple[str, ...] = SCOPE) -> Iterator[httpx.Client]:
    """A visitor who has signed in. Redirects are not followed."""
    with httpx.Client(base_url=desk.url, headers={"Accept": "text/html"}, timeout=30) as client:
        answer = client.post("/log-ind", data={"token": token(name, *roles, of=of), "videre": "/skrivebord"})
        assert answer.status_code == 303, answer.text
        yield client


def first(page: Page, n: int = 0) -> str:
    """The offer of a row, the first or another."""
    return str(page.locator(".row").nth(n).get_attribute("data-id"))


def focused(page: Page) -> str | None:
    """The offer whose row has the focus."""
    found: str | None = page.evaluate("document.activeElement.closest('.row')?.dataset.id ?? null")
    return found


def hidden(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form of a page that is sent to a path."""
    found = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    assert found, action
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[0])
    return {name: html.unescape(value) for name, value in fields}


class _Form(HTMLParser):
    """The form with one action, as a browser would send it untouched."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._action, self._inside, self._name, self._textarea = action, False, "", False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        own = dict(attributes)
        if tag == "form":
            self._inside = own.get("action") == self._action
        elif not self._inside:
            return
        elif tag == "select":
            self._name = own["name"] or ""
        elif tag == "textarea":
            self._name, self._textarea = own["name"] or "", True
            self._add(self._name, "")
        elif tag == "option" and "selected" in own:
            self._add(self._name, own["value"])
        elif tag == "input" and (own.get("type") not in ("checkbox", "radio") or "checked" in own):
            self._add(own["name"] or "", own.get("value"))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._name][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            self.fields[self._name][-1] = self.fields[self._name][-1].removeprefix("\n")
            self._textarea = False

    def _add(self, name: str, text: str | None) -> None:
        self.fields.setdefault(name, []).append(text or "")


def filled(page: str, action: str) -> dict[str, list[str]]:
    """Everything that the form of a page would send that is sent to a path."""
    form = _Form(action)
    form.feed(page)
    assert form.fields, action
    return form.fields


def sign_in(watched: Watched, name: str, *roles: Role) -> Page:
    page = watched.page()
    page.goto("/skrivebord")
    page.get_by_label("Token til udvikling").fill(token(name, *roles))
    page.locator("main").get_by_role("button", name="Log ind").click()
    page.wait_for_url("**/skrivebord")
    return page


FACTS = """query ($id: ID!) { offer(id: $id) {
    name summary ageFrom ageTo phone: contact { phone } version verifiedOn closedOn
    capacity { places free waitingDays countedOn dataStatus } capacities { free }
    price { amount unit year model validFrom } prices { amount }
    approval { status authority { id } validFrom conditions }
    history(first: 1) { totalCount nodes { actor } } } }"""


def told(desk: Served, id: str) -> dict[str, Any]:
    """What GraphQL says of an offer, to everyone."""
    found: dict[str, Any] = desk.ask(FACTS, {"id": id}).json()["data"]["offer"]
    return found
