"""The editor's desk as editors use it: two keystrokes, still correct, conflicts, refusals; what they wrote is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import Browser

from graph.actor import Role
from tests.pages.conftest import PHONE, Checked, Watched, narrow, text_of
from tests.pages.desks import KEY, OFFER, OTHERS, filled, first, focused, hidden, sign_in, signed_in, token, told
from tests.service.day import the_day
from tests.service.served import Served

TODAY = the_day()
HERE = f"/skrivebord/{OFFER}"


@pytest.fixture
def editor(desk: Served) -> Iterator[httpx.Client]:
    with signed_in(desk, "anna") as client:
        yield client


@pytest.fixture(scope="module")
def site(desk: Served) -> Served:
    """What is watched in the browser."""
    return desk


def test_free_places_in_two_keystrokes(desk: Served, watched: Watched) -> None:
    page = sign_in(watched, "anna")
    here, next = first(page), first(page, 1)
    before = told(desk, here)["capacity"] or {}
    page.evaluate("window.stayed = true")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    page.get_by_text("Gemt: 3 ledige i dag.").wait_for()
    now = told(desk, here)["capacity"]
    assert (now["free"], now["countedOn"], now["dataStatus"]) == (3, TODAY.isoformat(), "SOURCED")
    assert now["places"] == before.get("places")
    assert page.evaluate("window.stayed"), "without loading the page anew"
    assert focused(page) == next
    page.keyboard.press("ArrowUp")
    assert focused(page) == here
    page.keyboard.press("j")
    assert focused(page) == next
    page.keyboard.press("k")
    assert focused(page) == here
    page.get_by_role("link", name="Ret mere").first.focus()
    page.keyboard.press("4")
    assert page.locator(".row").first.get_by_label("Ledige i dag").input_value() == "4", "goes into the row's field"


def test_free_places_in_two_keystrokes_without_scripts(browser: Browser, desk: Served) -> None:
    watched = Watched(browser, desk.url, scripts=False)
    page = sign_in(watched, "bo")
    here, next = first(page), first(page, 1)
    page.keyboard.press("5")
    page.keyboard.press("Enter")
    page.get_by_text("5 ledige pladser er gemt.").wait_for()
    assert told(desk, here)["capacity"]["free"] == 5
    page.keyboard.press("2")
    assert page.locator(f'.row[data-id="{next}"]').get_by_label("Ledige i dag").input_value() == "2"
    page.reload()
    assert page.get_by_text("5 ledige pladser er gemt.").count() == 0, "is said once"
    watched.check()


def test_still_correct_with_one_click(desk: Served, watched: Watched) -> None:
    page = sign_in(watched, "carl")
    page.get_by_role("button", name="Stadig korrekt Forsorgshjemmet Svenstrupgård").click()
    page.get_by_text("Gemt: bekræftet i dag.").wait_for()
    assert told(desk, OFFER)["verifiedOn"] == TODAY.isoformat()


def test_what_is_refused_is_said_in_the_row_and_can_be_mended(desk: Served, watched: Watched) -> None:
    watched.allowed.append("400")
    page = sign_in(watched, "dora")
    row = page.locator(f'.row[data-id="{OFFER}"]')
    before = told(desk, OFFER)["capacity"]
    row.get_by_label("Ledige i dag").fill(str(before["places"] + 4))
    page.keyboard.press("Enter")
    row.get_by_text("flere end de").wait_for()
    assert told(desk, OFFER)["capacity"] == before
    assert row.get_by_label("Ledige i dag").input_value() == str(before["places"] + 4), "nothing typed is lost"
    row.get_by_label("Ledige i dag").fill("6")
    page.keyboard.press("Enter")
    row.get_by_text("Gemt: 6 ledige i dag.").wait_for()
    assert told(desk, OFFER)["capacity"]["free"] == 6


def test_a_row_keeps_the_places_that_were_recorded_meanwhile(desk: Served, editor: httpx.Client) -> None:
    row = hidden(editor.get("/skrivebord").text, f"{HERE}/pladser")
    more = {**hidden(editor.get(HERE).text, f"{HERE}/pladser"), "free": "2", "places": "80", "countedOn": ""}
    assert editor.post(f"{HERE}/pladser", data=more).is_redirect
    assert editor.post(f"{HERE}/pladser", data={**row, "free": "5"}).is_redirect
    assert (told(desk, OFFER)["capacity"]["places"], told(desk, OFFER)["capacity"]["free"]) == (80, 5)
    page = editor.post(f"{HERE}/pladser", data={**row, "once": "another", "free": "81"})
    assert page.status_code == 400
    field = re.search(r'<input[^>]* name="places"[^>]*>', page.text)
    assert field and 'value="80"' in field[0], "they stand in the form that comes back"


def test_the_most_stale_comes_first(desk: Served, editor: httpx.Client) -> None:
    page = editor.get("/skrivebord").text
    rows = re.findall(r'<li class="row.*?data-id="([^"]+)"(.*?)</form>', page, re.DOTALL)
    signs = [html.count("<li><span") for _, html in rows]
    assert signs == sorted(signs, reverse=True)
    own = 'query { municipality(code: "851") { offers(filter: {includeClosed: true}) { nodes { id } } } }'
    expected = {node["id"] for node in desk.ask(own).json()["data"]["municipality"]["offers"]["nodes"]}
    assert {id for id, _ in rows} == expected


def test_a_price_and_an_approval(desk: Served, editor: httpx.Client) -> None:
    prices = len(told(desk, OFFER)["prices"])
    page = editor.get(HERE).text
    priced = {"amount": "1.450,50", "unit": "DAY", "year": str(TODAY.year), "priceFrom": TODAY.isoformat()}
    answer = editor.post(f"{HERE}/pris", data={**hidden(page, f"{HERE}/pris"), **priced, "model": "AVERAGE"})
    assert answer.headers["location"] == HERE
    assert "Prisen er gemt." in text_of(editor.get(HERE).text)
    assert "Prisen er gemt." not in text_of(editor.get(HERE).text)
    now = told(desk, OFFER)
    assert (now["price"]["amount"], now["price"]["unit"], now["price"]["year"]) == ("1450.50", "DAY", TODAY.year)
    assert len(now["prices"]) == prices + 1, "earlier prices stay"
    decided = {
        "status": "APPROVED_WITH_CONDITIONS",
        "authority": "authority:socialtilsyn-nord",
        "conditions": "To mand",
    }
    all = [one["id"] for one in desk.ask("{ authorities { id } }").json()["data"]["authorities"]]
    assert re.findall(r'<option value="(authority:[^"]+)"', page) == all, "whoever decided can be chosen"
    given = {**hidden(page, f"{HERE}/godkendelse"), **decided, "approvalFrom": TODAY.isoformat()}
    assert editor.post(f"{HERE}/godkendelse", data=given).status_code == 303
    now = told(desk, OFFER)["approval"]
    assert (now["status"], now["authority"]["id"], now["conditions"]) == tuple(decided.values())


WRONG = [
    ("pris", {"amount": "meget", "unit": "DAY", "year": "2026", "priceFrom": "2026-01-01"}, "amount", "Skriv et beløb"),
    ("pris", {"amount": "1", "unit": "WEEK", "year": "2026", "priceFrom": "2026-01-01"}, "unit", "Vælg en enhed"),
    ("pris", {"amount": "1", "unit": "DAY", "year": "i år", "priceFrom": "2026-01-01"}, "year", "Skriv et årstal"),
    ("pris", {"amount": "1", "unit": "DAY", "year": "2026", "priceFrom": "snart"}, "priceFrom", "Skriv en dag"),
    ("pris", {"unit": "DAY", "year": "2026", "priceFrom": "2026-01-01"}, "amount", "Skriv et beløb"),
    ("godkendelse", {"approvalFrom": "2026-01-01"}, "status", "Vælg, hvad"),
    (
        "godkendelse",
        {"status": "APPROVED", "approvalFrom": "2026-01-01", "reportOn": "2999-01-01"},
        "reportOn",
        "kommet",
    ),
    ("godkendelse", {"status": "APPROVED", "approvalFrom": "2026-01-01", "reportUrl": "her"}, "reportUrl", "http"),
    ("godkendelse", {"status": "APPROVED", "approvalFrom": "2026-01-01", "authority": "x"}, "authority", "findes ikke"),
    ("pladser", {"free": "-1"}, "free", "Skriv et helt tal"),
    ("pladser", {"free": "99999999999999"}, "free", "Skriv et helt tal"),
    ("pladser", {"free": "3", "countedOn": "2999-01-01"}, "countedOn", "kommet"),
    ("pladser", {"free": "9", "places": "3"}, "free", "flere end"),
    ("luk", {"closedOn": "engang"}, "closedOn", "Skriv en dag"),
    ("tilbud", {"name": ""}, "name", "skal angives"),
    ("tilbud", {"name": "N", "ageFrom": "gammel"}, "ageFrom", "Skriv en alder"),
    ("tilbud", {"name": "N", "ageFrom": "40", "ageTo": "30"}, "ageTo", "lavere end"),
    ("tilbud", {"name": "N", "services": "service:findes-ikke"}, "services", "findes ikke"),
]


@pytest.mark.parametrize(("form", "typed", "field", "said"), WRONG)
def test_what_is_wrong_is_said_at_its_field_with_what_was_typed(
    desk: Served, editor: httpx.Client, form: str, typed: dict[str, str], field: str, said: str
) -> None:
    before = told(desk, OFFER)["history"]
    answer = editor.post(f"{HERE}/{form}", data={**hidden(editor.get(HERE).text, f"{HERE}/{form}"), **typed})
    assert answer.status_code in (400, 404)
    [fault] = re.findall(rf'<p class="fault" id="{field}-fault">(.*?)</p>', answer.text)
    assert said in text_of(fault)
    for text in typed.values():
        assert text in answer.text or text == "WEEK", "a choice that is none cannot be shown"
    assert told(desk, OFFER)["history"] == before


def test_a_refusal_in_english(editor: httpx.Client) -> None:
    there = f"/en{HERE}/pladser"
    given = hidden(editor.get(f"/en{HERE}").text, there)
    answer = editor.post(there, data={**given, "free": "9", "places": "3"})
    assert "more than the 3 places" in text_of(answer.text)


def test_anothers_offer_is_refused_and_why(desk: Served, editor: httpx.Client) -> None:
    before = told(desk, OTHERS)
    for form, typed in (
        ("pladser", {"free": "1"}),
        ("bekraeft", {}),
        ("luk", {"closedOn": TODAY.isoformat()}),
        ("pris", {"amount": "1", "unit": "DAY", "year": "2026", "priceFrom": TODAY.isoformat()}),
        ("tilbud", {"name": "Taget"}),
    ):
        there = f"/skrivebord/{OTHERS}/{form}"
        given = hidden(editor.get(f"/skrivebord/{OTHERS}").text, there)
        answer = editor.post(there, data={**given, **typed})
        assert answer.status_code == 403, form
        assert "hører ikke under en organisation, som du må redigere for" in text_of(answer.text)
    assert told(desk, OTHERS) == before


def test_a_form_that_is_sent_twice_is_carried_out_once(desk: Served, editor: httpx.Client) -> None:
    before = len(told(desk, OFFER)["capacities"])
    given = {**hidden(editor.get(HERE).text, f"{HERE}/pladser"), "free": "7", "places": "76"}
    with ThreadPoolExecutor() as several:
        answers = list(several.map(lambda _: editor.post(f"{HERE}/pladser", data=given), range(4)))
    assert {answer.status_code for answer in answers} == {303}
    assert len(told(desk, OFFER)["capacities"]) == before + 1
    other = editor.post(f"{HERE}/pladser", data={**given, "free": "8"})
    assert other.status_code == 409
    assert "allerede sendt én gang" in text_of(other.text)
    assert told(desk, OFFER)["capacity"]["free"] == 7
    again = {**hidden(other.text, f"{HERE}/pladser"), "free": "8", "places": "76"}
    assert editor.post(f"{HERE}/pladser", data=again).status_code == 303
    assert told(desk, OFFER)["capacity"]["free"] == 8


def test_a_conflict_is_explained_and_decided(browser: Browser, desk: Served, watched: Watched, axe: Checked) -> None:
    watched.allowed.append("409")
    page = sign_in(watched, "anna")
    page.goto(HERE)
    page.get_by_label("Beskrivelse").fill("Annas beskrivelse")
    page.get_by_label("Alder fra").fill("20")
    page.get_by_label("Telefon").fill("11 22 33 44")
    with signed_in(desk, "birk") as other:
        seen = filled(other.get(HERE).text, f"{HERE}/tilbud")
        typed = {**seen, "summary": "Birks beskrivelse", "ageFrom": "18", "ageTo": "99"}
        assert other.post(f"{HERE}/tilbud", data=typed).status_code == 303
    page.get_by_role("button", name="Gem rettelser").click()
    said = page.get_by_role("alert")
    said.wait_for()
    text = " ".join(said.inner_text().split())
    assert "birk" in text
    assert re.search(r"birk, \d+\. \w+ \d{4} \d\d\.\d\d", text), "when"
    assert "Annas beskrivelse" in text
    assert "Birks beskrivelse" in text
    axe(page)
    assert told(desk, OFFER)["summary"] == "Birks beskrivelse", "nothing was saved yet"
    assert page.get_by_label("Alder fra").input_value() == "20"
    assert page.get_by_label("Telefon").input_value() == "11 22 33 44"
    assert page.get_by_label("Alder til").input_value() == "99", "what only the other changed"
    page.get_by_role("radio", name="Du skrev: Annas beskrivelse").check()
    page.get_by_role("button", name="Gem med disse valg").click()
    page.get_by_text("Rettelserne er gemt.").wait_for()
    now = told(desk, OFFER)
    assert (now["summary"], now["ageFrom"], now["ageTo"]) == ("Annas beskrivelse", 20, 99)
    assert now["phone"]["phone"] == "11 22 33 44"


def test_what_the_other_wrote_can_be_let_stand(desk: Served, editor: httpx.Client) -> None:
    typed = filled(editor.get(HERE).text, f"{HERE}/tilbud")
    values = told(desk, OFFER)
    assert editor.post(f"{HERE}/tilbud", data={**typed, "summary": "Første"}).status_code == 303
    clash = editor.post(f"{HERE}/tilbud", data={**typed, "summary": "Anden", "once": "another"})
    assert clash.status_code == 409
    chosen = {**filled(clash.text, f"{HERE}/tilbud"), "choose-summary": "now"}
    assert editor.post(f"{HERE}/tilbud", data=chosen).status_code == 303
    now = told(desk, OFFER)
    assert now["summary"] == "Første"
    assert now["version"] == values["version"] + 1


def test_a_wrong_field_does_not_hide_that_another_changed_the_offer(desk: Served, editor: httpx.Client) -> None:
    """The form that comes back still tells of the version that was read."""
    was = hidden(editor.get(HERE).text, f"{HERE}/tilbud")
    wrong = editor.post(f"{HERE}/tilbud", data={**was, "name": "N", "ageFrom": "x"})
    back = hidden(wrong.text, f"{HERE}/tilbud")
    assert {name: back[name] for name in ("version", "seen", "position")} == {
        name: was[name] for name in ("version", "seen", "position")
    }


def test_closing_an_offer(desk: Served) -> None:
    id = "offer:de-specialiserede-aflastningstilbud"
    there = f"/skrivebord/{id}/luk"
    with signed_in(desk, "eva") as editor:
        day = (TODAY - timedelta(days=1)).isoformat()
        given = {**hidden(editor.get(f"/skrivebord/{id}").text, there), "closedOn": day}
        assert editor.post(there, data=given).status_code == 303
        assert told(desk, id)["closedOn"] == day
        assert "Lukket fra" in text_of(editor.get("/skrivebord").text)


def test_who_may_only_look_finds_no_forms(desk: Served) -> None:
    with signed_in(desk, "finn", Role.CASEWORKER) as visitor:
        page = visitor.get("/skrivebord").text
        assert "har ikke rollen redaktør" in text_of(page)
        assert "/pladser" not in page
        given = hidden(visitor.get(HERE).text, f"{HERE}/pladser")
        refused = visitor.post(f"{HERE}/pladser", data={**given, "free": "1"})
        assert refused.status_code == 403
        assert "Det kræver rollen" in text_of(refused.text)


def test_an_admin_has_all_offers_page_by_page(desk: Served) -> None:
    all = desk.ask("{ offers(filter: {includeClosed: true}) { totalCount } }").json()["data"]["offers"]["totalCount"]
    with signed_in(desk, "gry", Role.ADMIN, of=()) as admin:
        seen, address = [], "/skrivebord"
        while address:
            page = admin.get(address).text
            seen += re.findall(r'<li class="row[^>]*data-id="([^"]+)"', page)
            following = re.findall(r'rel="next" href="([^"]+)"', page)
            address = following[0].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == all


@pytest.mark.parametrize("path", ["/skrivebord", HERE, "/en/skrivebord", f"/en{HERE}"])
def test_the_desk_can_be_used_by_all(watched: Watched, axe: Checked, path: str) -> None:
    page = sign_in(watched, "anna")
    page.goto(path)
    axe(page)
    narrow(page)
    axe(page)
    assert page.viewport_size is not None
    assert page.viewport_size["width"] == PHONE


def test_nothing_that_editors_are_known_by_is_logged(desk: Served, editor: httpx.Client) -> None:
    brought = token("secretive")
    editor.post("/log-ind", data={"token": brought, "videre": ""})
    editor.post("/log-ind", data={"token": brought + "x", "videre": ""})
    page = editor.get("/skrivebord").text
    secrets = [KEY, brought, brought.split(".")[2], editor.cookies["session"], hidden(page, "/log-ud")["csrf"]]
    assert [secret for secret in secrets if secret in desk.log] == []
    assert [secret for secret in secrets[:4] if secret in page] == []
