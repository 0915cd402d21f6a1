"""The form of the start page: by keyboard, with what is wrong in it, left and come back to; and that nothing stays."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.machine import chromium
from tests.pages.conftest import Checked, Watched, text_of
from tests.pages.finding import HITS, asked, names, tick, type_in, unfold
from tests.service.served import Served


def test_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Alder").focus()
    page.keyboard.type("40")
    page.keyboard.press("Tab")
    page.keyboard.type("Aal")
    page.keyboard.press("Tab")
    page.keyboard.type("ADHD", delay=20)
    page.keyboard.press("Enter")
    expect(page.locator(HITS).first).to_be_visible()
    expect(page.get_by_label("Primær målgruppe")).to_be_focused()
    expect(page.get_by_label("Primær målgruppe")).to_have_value("ADHD")
    assert page.get_by_label("Hjemkommune").input_value() == "municipality:aalborg"
    page.locator(HITS).first.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".fit").first).to_be_focused()
    expect(page.locator(".fit li span").first).to_be_visible()
    while page.evaluate("document.activeElement.localName") != "summary":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".hits details[open] .reason").first).to_be_visible()


def test_reasons_stay_open_and_typing_is_not_lost(page: Page) -> None:
    page.goto("/")
    type_in(page, group="erhvervet hjerneskade")
    page.locator(".hits details summary").first.click()
    opened = page.locator(".hits details[open]").get_attribute("id")
    age = page.get_by_label("Alder")
    with page.expect_response(lambda response: response.request.method == "POST"):
        age.press_sequentially("34", delay=30)
    expect(page.locator(".hits details[open]")).to_have_attribute("id", opened or "")
    expect(age).to_be_focused()
    expect(age).to_have_value("34")


def test_what_is_wrong_is_said_at_the_field_as_one_types(page: Page, axe: Checked) -> None:
    page.goto("/")
    type_in(page, age="34", group="hjernskda")
    expect(page.locator("#group-fault")).to_contain_text("Mente du »Hjerneskade«?")
    expect(page.get_by_label("Primær målgruppe")).to_have_attribute("aria-describedby", "group-fault")
    axe(page)
    type_in(page, age="gammel", group="hjerneskade")
    expect(page.locator("#age-fault")).to_have_text("Skriv alderen i år, fra 0 til 130.")
    expect(page.locator("#group-fault")).to_have_count(0)
    type_in(page, age="34")
    expect(page.locator(".fault")).to_have_count(0)
    expect(page.locator(HITS).first).to_be_visible()


@pytest.mark.parametrize("kept", [True, False], ids=["kept whole", "kept in part"])
@pytest.mark.parametrize("language", ["Dansk", "English"])
def test_back_from_an_offer(browser: Browser, site: Served, kept: bool, language: str) -> None:
    """Browsers keep a page whole (bfcache) or only what was typed in it; either way, all is as it was left."""
    if kept:
        browser = browser.browser_type.launch(
            executable_path=chromium(), args=["--no-sandbox"], ignore_default_args=["--disable-back-forward-cache"]
        )
    watched = Watched(browser, site.url)
    page = watched.page()
    page.goto("/")
    type_in(page, age="34", group="hjerneskade")
    unfold(page, "Forhold, der kan udelukke")
    tick(page, "Hjemløshed")
    homeless = page.locator("#circumstance input:checked").get_attribute("value")
    need = {"age": 34, "primaryTargetGroup": "target-group:hjerneskade", "circumstances": [homeless]}
    expect(page.locator(HITS)).to_have_text(names(asked(site, need)["fits"]))
    if language == "English":  # then the page is the answer to a POST
        page.locator(".switch").click()
        page.wait_for_url("**/en")
    listed = page.locator(HITS).all_text_contents()
    page.locator(HITS).first.click()
    page.wait_for_url("**/tilbud/**")
    page.evaluate("setTimeout(() => history.back())")
    expect(page).to_have_url(f"{site.url}/" + ("en" if language == "English" else ""))
    expect(page.locator("#age")).to_have_value("34")
    expect(page.locator("#group")).to_have_value("hjerneskade")
    expect(page.locator("#circumstance input:checked")).to_be_visible()
    expect(page.locator(HITS)).to_have_text(listed)
    watched.check()
    if kept:
        browser.close()


CANARY = "kanariefugl"


def test_a_need_is_nowhere_but_in_the_body(page: Page, site: Served) -> None:
    page.goto("/")
    type_in(page, age="77", group=CANARY, also=f"{CANARY}, {CANARY}en")
    unfold(page, "Sted, plads, pris og tilsyn")
    page.get_by_label("Højst kr.").fill(CANARY)
    page.get_by_label("Højst km").fill(CANARY)
    page.get_by_role("button", name="Find tilbud").click()
    expect(page.locator("#km-fault")).to_be_visible()
    page.get_by_label("Højst kr.").fill("")
    page.get_by_label("Højst km").fill("")
    expect(page.locator("#group-fault")).to_contain_text(CANARY)
    kept = page.evaluate(
        "JSON.stringify([location.href, history.state, document.cookie, {...localStorage}, {...sessionStorage}])"
    )
    assert CANARY not in kept
    assert page.context.cookies() == []
    fields = dict.fromkeys(("age", "home", "group", "also", "circumstance", "support", "type", "section"), CANARY)
    more = dict.fromkeys(
        ("service", "near", "km", "price", "unit", "free", "from", "report", "theme-item:spise"), CANARY
    )
    for path in ("/", "/en"):
        for body in [{name: CANARY} for name in fields | more] + [fields | more]:
            answer = site.client.post(path, data=body)
            assert answer.status_code in (200, 400), body
            assert answer.headers["cache-control"] == "no-store"
            assert "set-cookie" not in answer.headers
    assert site.client.get("/").headers["cache-control"] == "no-cache"
    assert CANARY not in site.log.casefold()
    assert "77" not in re.findall(r'"path": ?"([^"]*)"', site.log)


BAD = [
    ("age", "gammel", "Skriv alderen i år"),
    ("age", "131", "Skriv alderen i år"),
    ("home", "municipality:nowhere", "Det kendes ikke"),
    ("circumstance", "target-group:nothing", "Det kendes ikke"),
    ("support", "MUCH", "Vælg et støttebehov"),
    ("type", "offer-type:hotel", "Det kendes ikke"),
    ("section", "legal-basis:sel-9999", "Det kendes ikke"),
    ("service", "service:nothing", "Det kendes ikke"),
    ("near", "municipality:nowhere", "Det kendes ikke"),
    ("km", "langt", "Skriv afstanden"),
    ("price", "-1", "Skriv beløbet"),
    ("unit", "WEEK", "Vælg en enhed"),
    ("from", "i morgen", "Skriv datoen"),
    ("from", "1899-01-01", "Det kendes ikke"),
    ("report", "3", "Vælg, hvor gammel tilsynsrapporten må være"),
    ("theme-item:samtale", "BAD", "Vælg et niveau"),
    ("theme-item:hukommelse", "MILD", "Det kendes ikke"),
    ("group", "x" * 90, "Skriv færre og kortere ord"),
    ("group", "qqqqqq", "kendes ikke og er ikke brugt"),
    ("first", "0", "Listen kan vise fra 1 til 200"),
]


@pytest.mark.parametrize(("name", "text", "said"), BAD)
def test_bad_input_comes_back_with_a_sentence(site: Served, name: str, text: str, said: str) -> None:
    answer = site.client.post("/", data={name: text, "also": "angst"})
    assert answer.status_code == 400
    assert said in text_of(answer.text)
    assert 'value="angst"' in answer.text, "what was right stands there still"
    if name not in ("first", "theme-item:hukommelse"):
        assert f'id="{name}-fault"' in answer.text
    if name in ("age", "km", "price", "from", "group"):
        assert f'value="{text}"' in answer.text
    part = site.client.post("/", data={name: text}, headers={"X-Part": "hits"})
    assert part.status_code == 200
    assert f'data-at="{name}"' in part.text
    assert "<html" not in part.text


def test_a_further_group_that_is_not_known_spoils_nothing(site: Served) -> None:
    answer = site.client.post("/", data={"group": "hjerneskade", "also": "qqqqqq"})
    assert answer.status_code == 200
    assert 'id="also-fault"' in answer.text
    assert f"{asked(site, {'words': ['hjerneskade']})['fits']['totalCount']} tilbud passer" in text_of(answer.text)


def test_a_body_that_is_no_form(site: Served) -> None:
    assert site.client.post("/", content=b"age=%ff").status_code == 400
    assert site.client.post("/", json={"age": 3}).status_code == 400
