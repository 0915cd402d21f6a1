"""Forms that change something are taken from our own pages only, and only from the visitor they were made for."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser

from service.pages.site import PAGES
from tests.pages.conftest import text_of
from tests.pages.desks import OFFER, hidden, signed_in
from tests.service.served import Served

CHANGES = sorted({page.path for page in PAGES if page.changes})
CONFIRM = f"/skrivebord/{OFFER}/bekraeft"


@pytest.fixture(scope="module")
def editor(desk: Served) -> Iterator[httpx.Client]:
    with signed_in(desk, "anna") as client:
        yield client


def position(desk: Served) -> int:
    return int(desk.client.get("/health/ready").json()["position"])


def form(editor: httpx.Client) -> dict[str, str]:
    return hidden(editor.get("/skrivebord").text, CONFIRM)


def test_all_that_writes_is_told_to_be_so() -> None:
    assert CHANGES
    assert all(page.methods == ("POST",) for page in PAGES if page.changes)


@pytest.mark.parametrize("path", CHANGES)
def test_without_the_token_nothing_is_changed(desk: Served, editor: httpx.Client, path: str) -> None:
    there, before = path.replace("{id}", OFFER), position(desk)
    with signed_in(desk, "bo") as other:
        foreign = form(other)["csrf"]
    for brought in ({}, {"csrf": ""}, {"csrf": "x"}, {"csrf": foreign}, {"csrf": "æ"}):
        answer = editor.post(there, data={"free": "1", **brought})
        assert answer.status_code == 403
        assert "Det er ikke gemt endnu" in text_of(answer.text)
    assert httpx.post(desk.url + there, data={"free": "1", "csrf": form(editor)["csrf"]}).status_code == 403
    assert position(desk) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "OURS"},
    ],
)
def test_a_form_on_anothers_page_is_refused_before_all_else(
    desk: Served, editor: httpx.Client, headers: dict[str, str]
) -> None:
    before, brought = position(desk), form(editor)
    sent = {name: desk.url if value == "OURS" else value for name, value in headers.items()}
    for path in (CONFIRM, "/log-ud", "/log-ind", "/en/log-ind"):
        answer = editor.post(path, data={**brought, "token": "a.b.c"}, headers=sent)
        assert answer.status_code == 403, path
        assert "set-cookie" not in answer.headers
    assert position(desk) == before
    assert "Logget ind: anna" in text_of(editor.get("/skrivebord").text)


def test_with_the_token_from_our_own_page_it_is_done(desk: Served, editor: httpx.Client) -> None:
    for headers in ({}, {"Origin": desk.url, "Sec-Fetch-Site": "same-origin"}):
        assert editor.post(CONFIRM, data=form(editor), headers=headers).status_code == 303


def test_who_signs_in_again_loses_nothing_that_was_typed(desk: Served) -> None:
    """The session ended while they wrote: they see what they wrote, sign in, and send it from there."""
    there = f"/skrivebord/{OFFER}/pris"
    with signed_in(desk, "eva") as visitor:
        typed = {**hidden(visitor.get(f"/skrivebord/{OFFER}").text, there), "amount": "1.234", "unit": "DAY"}
        typed |= {"year": "2026", "priceFrom": "2026-01-01", "priceText": "Et notat <med> tegn"}
    with httpx.Client(base_url=desk.url, timeout=30) as visitor:
        before = position(desk)
        ended = visitor.post(there, data=typed)
        assert ended.status_code == 403
        assert "Et notat <med> tegn" in text_of(ended.text)
        with signed_in(desk, "eva") as again:
            shown = again.post(there, data=hidden(ended.text, there))
            assert shown.status_code == 403
            assert "Et notat <med> tegn" in text_of(shown.text)
            assert position(desk) == before
            assert again.post(there, data=hidden(shown.text, there)).status_code == 303
    asked = "query ($id: ID!) { offer(id: $id) { prices { amount text } } }"
    prices = desk.ask(asked, {"id": OFFER}).json()["data"]["offer"]["prices"]
    assert {"amount": "1234", "text": "Et notat <med> tegn"} in prices


def test_nothing_is_changed_by_asking_for_a_page(desk: Served, editor: httpx.Client) -> None:
    brought, before = form(editor), position(desk)
    assert editor.get(CONFIRM, params=brought).status_code == 405
    assert position(desk) == before


def test_signing_out_takes_the_token_too(desk: Served) -> None:
    with signed_in(desk, "carl") as visitor:
        page = visitor.get("/skrivebord").text
        assert visitor.post("/log-ud", data={"csrf": "x"}).status_code == 403
        assert "Logget ind: carl" in text_of(visitor.get("/skrivebord").text)
        assert visitor.post("/log-ud", data=hidden(page, "/log-ud")).status_code == 303
        assert not visitor.cookies
        assert visitor.post("/log-ud", data=hidden(page, "/log-ud")).headers["location"] == "/", "signed out already"


def test_a_page_elsewhere_cannot_confirm_in_an_editors_name(browser: Browser, desk: Served) -> None:
    """With everything in it, token and all, from a page that the browser holds for another origin's."""
    with signed_in(desk, "dora") as visitor:
        brought, cookie = form(visitor), visitor.cookies["session"]
    before = position(desk)
    context = browser.new_context()
    context.add_cookies([{"name": "session", "value": cookie, "url": desk.url}])
    page = context.new_page()
    page.goto("about:blank")
    inputs = "".join(f'<input name="{name}" value="{value}">' for name, value in brought.items())
    page.set_content(f'<form method="post" action="{desk.url}{CONFIRM}">{inputs}<button>Win</button></form>')
    with page.expect_response(f"**{CONFIRM}") as sent:
        page.get_by_role("button").click()
    assert sent.value.status == 403
    context.close()
    assert position(desk) == before
