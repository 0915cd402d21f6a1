"""The pages as people meet them: a served service with the first content, and a real browser before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import wraps
from html.parser import HTMLParser
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, expect, sync_playwright

from tests.machine import chromium
from tests.service.loaded import Folders
from tests.service.served import Served, serving

PHONE, DESK = 360, 1280
KEY = "a key for development, of many characters"

PATIENCE = 30_000
"""Milliseconds. A machine that tests more than pages is slow now and then."""

Checked = Callable[[Page], None]
T = TypeVar("T")


@pytest.fixture(scope="session")
def site(loaded: Folders) -> Iterator[Served]:
    """A service with the first content. Tests leave it as they found it."""
    with serving(loaded("site")) as service:
        yield service


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest, loaded: Folders) -> Iterator[Served]:
    """A service of a module's own, where people sign in with a development key and write."""
    with serving(loaded(request.module.__name__.rpartition(".")[2]), DEVELOPMENT_KEY=KEY) as service:
        yield service


@pytest.fixture(scope="session", autouse=True)
def patience(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a page is expected to show may take as long as anything else of a browser.

    And an action that leads to another page is over when that page is there whole. To Playwright it is over when the
    page has begun, and what is then read at once may be a part of it.
    """
    Watched.slow = request.config.getoption("--slow-browser")
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patched:
        for action in ("check", "click", "press", "select_option"):
            patched.setattr(Locator, action, _to_the_end(getattr(Locator, action)))
        yield


def _to_the_end(action: Callable[..., T]) -> Callable[..., T]:
    @wraps(action)
    def act(locator: Locator, *arguments: Any, **options: Any) -> T:
        done = action(locator, *arguments, **options)
        locator.page.wait_for_load_state()
        return done

    return act


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for each module: while there is one, its loop runs in this thread, and no test may be a coroutine."""
    program = chromium()
    # Whoever is asked for beside this machine is not found, and the console says so.
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


class Watched:
    """A context of the browser, and what went wrong in it: errors in the console or in scripts, requests to others."""

    slow = False
    """Whether the processor and the line are slow."""

    def __init__(self, browser: Browser, url: str, *, scripts: bool = True, width: int = DESK) -> None:
        self.wrong: list[str] = []
        self.allowed: list[str] = []
        """Patterns of what a test brings about on purpose, such as the 400 of a form that comes back."""
        self._origin = urlsplit(url)[:2]
        self.context: BrowserContext = browser.new_context(
            base_url=url,
            java_script_enabled=scripts,
            viewport={"width": width, "height": 900},
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self.wrong.append(f"script: {error.error}"))
        self.context.on("request", self._request)
        self.context.on("requestfailed", self._failed)

    def page(self) -> Page:
        page = self.context.new_page()
        if self.slow:
            session = self.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            line = {"offline": False, "latency": 300, "downloadThroughput": 100_000, "uploadThroughput": 100_000}
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", line)
        return page

    def check(self) -> None:
        self.context.close()
        wrong = [line for line in self.wrong if not any(re.search(pattern, line) for pattern in self.allowed)]
        assert wrong == []

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"console: {message.text} {message.location.get('url', '')}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url)[:2] != self._origin and not request.url.startswith("about:"):
            self.wrong.append(f"request to another origin: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a newer question replaces the one before
            self.wrong.append(f"failed: {request.method} {request.url} {request.failure}")


@pytest.fixture
def watched(browser: Browser, site: Served) -> Iterator[Watched]:
    """What `page` is watched by. `watched.allowed.append("400")` says what is brought about on purpose."""
    watched = Watched(browser, site.url)
    yield watched
    watched.check()


@pytest.fixture
def page(watched: Watched) -> Page:
    """A page at desk width. The test fails where anything goes wrong in it."""
    return watched.page()


@pytest.fixture
def plain_page(browser: Browser, site: Served) -> Iterator[Page]:
    """The same without scripts."""
    watched = Watched(browser, site.url, scripts=False)
    yield watched.page()
    watched.check()


@pytest.fixture(scope="session")
def axe() -> Checked:
    """Asserts that axe finds nothing on a page, after WCAG 2.1 AA and its own best practices."""
    checker = Axe()

    def check(page: Page) -> None:
        # Asked for by its own name, since a script that is put into a page may not be put there under the policy.
        page.evaluate(checker.axe_script)
        # All rules run, but what is well is not told node by node: on a page of a thousand that takes the longest.
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        told = [f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes']]}" for one in found]
        assert told == [], page.url

    return check


def narrow(page: Page) -> None:
    """Asserts that nothing makes a page wider than a phone."""
    page.set_viewport_size({"width": PHONE, "height": 740})
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE, f"{page.url} is {wide} px wide on a phone of {PHONE}"


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attributes: object) -> None:
        self._hidden += tag in ("script", "style", "head")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style", "head")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def text_of(html: str) -> str:
    """What a page says, its spaces as one."""
    parser = _Text()
    parser.feed(html)
    return " ".join(" ".join(parser.parts).split())


def asked(site: Served, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    """What GraphQL answers, to compare a page with."""
    answer = site.ask(query, variables).json()
    assert "errors" not in answer, answer["errors"]
    data: dict[str, Any] = answer["data"]
    return data
