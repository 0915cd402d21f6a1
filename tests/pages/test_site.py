"""What holds for every page: both languages, both widths, with styles and without, and what it may not do."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from schema.contract import build, core
from schema.documents import Documents
from service.pages.languages import Language
from service.pages.operations import FOLDER, operations
from service.pages.site import PAGES
from service.pages.visit import POLICY
from tests.pages.conftest import Checked, Watched, narrow, text_of
from tests.pages.examples import EXAMPLES
from tests.service.served import Served

READ = sorted({page.path for page in PAGES if "GET" in page.methods and not page.file})
ADDRESSES = [language.href(EXAMPLES[path]) for path in READ if path in EXAMPLES for language in Language]


def test_every_page_has_an_example() -> None:
    assert set(READ) - set(EXAMPLES) == set()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_says_what_it_is(site: Served, address: str) -> None:
    answer = site.client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-security-policy"] == POLICY
    html = answer.text
    language = "en" if address.startswith("/en") else "da"
    assert f'<html lang="{language}">' in html
    assert len(re.findall(r"<h1[ >]", html)) == 1
    said = text_of(html)
    for leak in ("None", "{{", "{%", "Undefined", "<built-in", "%(", "&lt;span"):
        assert leak not in said, leak
    # What the policy forbids would be lost without a word in a browser without a console.
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?! src=)", html) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_in_a_browser(browser: Browser, site: Served, axe: Checked, address: str) -> None:
    watched = Watched(browser, site.url)
    page = watched.page()
    page.goto(address)
    axe(page)
    narrow(page)
    axe(page)
    watched.check()


def test_the_policy_forbids_what_is_inline() -> None:
    assert "unsafe" not in POLICY
    assert "data:" not in POLICY
    assert POLICY.startswith("default-src 'none'")


@pytest.mark.parametrize("name", operations())
def test_an_operation_is_valid_and_there_is_one_in_its_file(name: str) -> None:
    text = operations()[name]
    document = Documents(core(build()), trusted=[text]).get(text)
    assert document.errors == []
    assert len(document.operations) == 1
    assert "#" not in re.sub(r'"[^"]*"', "", text)


def test_no_operation_is_left_over() -> None:
    code = "".join(path.read_text() for path in FOLDER.parent.rglob("*.py"))
    assert [name for name in operations() if f'"{name}"' not in code] == []


def test_every_link_on_every_page_leads_somewhere(site: Served) -> None:
    seen: set[str] = set()
    for address in ADDRESSES:
        html = site.client.get(address, headers={"Accept": "text/html"}).text
        seen |= {link.replace("&amp;", "&") for link in re.findall(r'(?:href|src)="(/[^"#]*)', html)}
    broken = {
        link: site.client.get(link, headers={"Accept": "text/html"}, follow_redirects=True).status_code
        for link in sorted(seen)
    }
    assert {link: status for link, status in broken.items() if status != 200} == {}


def test_where_there_is_no_page_there_is_a_page_that_says_so(site: Served) -> None:
    for address, language in (("/findes-ikke", "da"), ("/en/findes-ikke", "en"), ("/tilbud/offer:findes-ikke", "da")):
        answer = site.client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 404
        assert f'<html lang="{language}">' in answer.text
    assert site.client.get("/findes-ikke").headers["content-type"].startswith("text/plain")
