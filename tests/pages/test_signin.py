"""Signing in at a real provider with a real browser, by the code flow with PKCE; what is kept of it, what not."""

from __future__ import annotations

import re
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import orjson
import pytest
from playwright.sync_api import Browser

from service.pages.signing.signin import HOME, local
from tests.pages.conftest import Checked, Watched, narrow, text_of
from tests.service.identity.provider import AUDIENCE, SECRET, Provider
from tests.service.loaded import Folders
from tests.service.served import Served

SESSION_KEY = "a key for sessions, of many characters"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with Provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def desk(loaded: Folders, provider: Provider) -> Iterator[Served]:
    """A service to which people sign in at the provider."""
    service = Served(
        loaded("signin"),
        OIDC_ISSUER=provider.issuer,
        OIDC_AUDIENCE=AUDIENCE,
        OIDC_ROLES_CLAIM="realm_access.roles",
        OIDC_ROLE_MAP="caseworker=Sagsbehandler, editor=Redaktør",
        OIDC_CLIENT_ID="kept",
        OIDC_CLIENT_SECRET=SECRET,
        OIDC_SCOPES="openid editing",
        SESSION_KEY=SESSION_KEY,
        LOG_LEVEL="debug",
    )
    service.settings["PUBLIC_URL"] = service.url
    with service:
        service.wait()
        yield service


@pytest.fixture
def visitor(desk: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=desk.url, headers={"Accept": "text/html"}, timeout=30) as client:
        yield client


def begun(visitor: httpx.Client, **form: str) -> str:
    """The address at the provider that a visitor is sent to."""
    page = visitor.post("/log-ind", data={"videre": "", **form}).text
    [to] = re.findall(r'<a href="([^"]*/authorize[^"]*)"', page)
    return to.replace("&amp;", "&")


def sent_back(to: str) -> str:
    """Where the provider sends a visitor who came to it by `to`: the path here, with the code."""
    there = urlsplit(httpx.get(to, timeout=30).headers["location"])
    return f"{there.path}?{there.query}"


def kept(value: str) -> Any:
    """What a cookie holds, for everyone to read: only its signature is secret."""
    text = value.rpartition(".")[0]
    packed = text.startswith(".")
    content = urlsafe_b64decode(text.strip(".") + "===")
    return orjson.loads(zlib.decompress(content) if packed else content)


def test_an_editor_signs_in_works_and_signs_out(
    browser: Browser, desk: Served, provider: Provider, axe: Checked
) -> None:
    watched = Watched(browser, desk.url)
    watched.allowed.append(re.escape(provider.issuer))
    page = watched.page()
    page.goto("/skrivebord")
    page.locator("main").get_by_role("button", name="Log ind").click()
    page.wait_for_url(f"{desk.url}/skrivebord")
    assert page.get_by_text("Logget ind: Anna Jensen").is_visible()
    assert page.get_by_role("link", name="Forsorgshjemmet Svenstrupgård", exact=True).is_visible()
    axe(page)
    narrow(page)
    cookies = {cookie["name"]: cookie for cookie in watched.context.cookies(desk.url)}
    assert set(cookies) == {"session"}, "what the sign-in was known by is forgotten"
    assert cookies["session"]["httpOnly"]
    assert cookies["session"]["sameSite"] == "Lax"
    page.get_by_role("button", name="Log ud").click()
    page.wait_for_url(f"{desk.url}/")
    assert watched.context.cookies(desk.url) == []
    page.goto("/en/skrivebord")
    assert page.locator("main").get_by_role("button", name="Sign in").is_visible()
    axe(page)
    watched.check()


def test_signing_in_without_scripts_in_english(browser: Browser, desk: Served, provider: Provider) -> None:
    watched = Watched(browser, desk.url, scripts=False)
    watched.allowed.append(re.escape(provider.issuer))
    page = watched.page()
    page.goto("/en/skrivebord")
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{desk.url}/en/skrivebord")
    assert page.get_by_text("Signed in: Anna Jensen").is_visible()
    watched.check()


def test_what_the_provider_is_asked(visitor: httpx.Client, desk: Served, provider: Provider) -> None:
    to = urlsplit(begun(visitor))
    asked = {name: value for name, [value] in parse_qs(to.query).items()}
    assert f"{to.scheme}://{to.netloc}" == provider.issuer
    assert asked["response_type"] == "code"
    assert asked["client_id"] == "kept"
    assert asked["scope"] == "openid editing"
    assert asked["redirect_uri"] == f"{desk.url}/log-ind/tilbage"
    assert asked["code_challenge_method"] == "S256"
    assert all(len(asked[name]) >= 32 for name in ("state", "nonce", "code_challenge"))
    again = parse_qs(urlsplit(begun(visitor)).query)
    assert all(again[name] != [asked[name]] for name in ("state", "nonce", "code_challenge"))


def test_the_roles_are_those_that_the_token_gives_and_the_token_is_not_kept(
    visitor: httpx.Client, desk: Served, provider: Provider
) -> None:
    back = sent_back(begun(visitor, videre="/skrivebord?efter=x"))
    [way] = [kept(value) for name, value in visitor.cookies.items() if name == "signin"]
    answer = visitor.get(back)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/skrivebord?efter=x"
    until, session = kept(visitor.cookies["session"])
    assert session["actor"] == "anna@example.dk"
    assert session["roles"] == ["caseworker", "editor"]
    assert session["organisations"] == ["municipality:aalborg"]
    assert set(session) == {"actor", "roles", "organisations", "name", "id", "until"}
    assert until == session["until"]
    code = parse_qs(urlsplit(back).query)["code"][0]
    page = visitor.get("/skrivebord")
    assert page.headers["cache-control"] == "no-store"
    secrets = [SECRET, SESSION_KEY, code, way[1]["state"], way[1]["nonce"], way[1]["verifier"], "eyJ"]
    for place in (desk.log, page.text, orjson.dumps([until, session]).decode()):
        assert [secret for secret in secrets if secret in place] == []
    assert visitor.cookies["session"] not in desk.log


def test_signing_in_gives_a_new_session_each_time(visitor: httpx.Client) -> None:
    ids, tokens = set(), set()
    for _ in range(2):
        visitor.get(sent_back(begun(visitor)))
        ids.add(kept(visitor.cookies["session"])[1]["id"])
        tokens |= set(re.findall(r'name="csrf" value="([^"]+)"', visitor.get("/skrivebord").text))
    assert len(ids) == len(tokens) == 2


def wrong_state(visitor: httpx.Client) -> httpx.Response:
    return visitor.get(re.sub(r"state=[^&]+", "state=another", sent_back(begun(visitor))))


def another_browsers(visitor: httpx.Client) -> httpx.Response:
    """What someone who would have a victim work in their name sends: a code of their own."""
    back = sent_back(begun(visitor))
    visitor.cookies.clear()
    return visitor.get(back)


def another_verifier(visitor: httpx.Client) -> httpx.Response:
    """A code that was asked for with another proof than this browser has."""
    stolen = parse_qs(urlsplit(sent_back(begun(visitor))).query)["code"][0]
    own = parse_qs(urlsplit(begun(visitor)).query)["state"][0]
    return visitor.get("/log-ind/tilbage", params={"code": stolen, "state": own})


def replayed(visitor: httpx.Client) -> httpx.Response:
    back = sent_back(begun(visitor))
    way = visitor.cookies["signin"]
    assert visitor.get(back).status_code == 303
    visitor.cookies.clear()
    visitor.cookies.set("signin", way)
    return visitor.get(back)


def another_issuer(visitor: httpx.Client) -> httpx.Response:
    return visitor.get(sent_back(begun(visitor)) + "&iss=https://elsewhere.example")


def denied(visitor: httpx.Client) -> httpx.Response:
    state = parse_qs(urlsplit(begun(visitor)).query)["state"][0]
    return visitor.get("/log-ind/tilbage", params={"error": "access_denied", "state": state})


@pytest.mark.parametrize(
    ("coming_back", "said"),
    [
        (wrong_state, "begyndt i en anden browser"),
        (another_browsers, "begyndt i en anden browser"),
        (another_verifier, "ville ikke bekræfte"),
        (replayed, "ville ikke bekræfte"),
        (another_issuer, "kan ikke bruges her"),
        (denied, "afbrudt hos udbyderen"),
    ],
)
def test_who_comes_back_otherwise_is_not_signed_in(visitor: httpx.Client, coming_back: Any, said: str) -> None:
    answer = coming_back(visitor)
    assert answer.status_code == 400
    assert said in text_of(answer.text)
    assert "session" not in visitor.cookies


@pytest.mark.parametrize(
    "broken",
    [
        # Not the last character, part of which is filling.
        lambda value: value[:-2] + ("A" if value[-2] != "A" else "B") + value[-1],
        lambda value: "A" + value[1:],
        lambda value: value.rpartition(".")[0],
        lambda value: value + "." + value,
        lambda value: "x" * 50_000,
        lambda value: ".eJw." + value,
        lambda value: "æøå",
    ],
)
def test_a_cookie_that_was_changed_is_none(visitor: httpx.Client, broken: Any) -> None:
    visitor.get(sent_back(begun(visitor)))
    value = broken(visitor.cookies["session"])
    visitor.cookies.clear()
    answer = visitor.get("/skrivebord", headers={b"Cookie": f"session={value}".encode()})
    assert answer.status_code == 200
    assert "Log ind for at rette tilbud" in text_of(answer.text)


def test_a_cookie_for_one_purpose_is_none_for_another(visitor: httpx.Client) -> None:
    begun(visitor)
    way = visitor.cookies["signin"]
    visitor.cookies.clear()
    visitor.cookies.set("session", way)
    assert "Log ind for at rette tilbud" in text_of(visitor.get("/skrivebord").text)


@pytest.mark.parametrize("path", ["/", "/skrivebord", "/skrivebord?efter=abc", "/tilbud/offer:a"])
def test_paths_here_are_gone_on_to(path: str) -> None:
    assert local(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\n/elsewhere.example",
        "javascript:alert(1)",
        "elsewhere.example",
        "///elsewhere.example",
        " //elsewhere.example",
        "/" + "a" * 1000,
    ],
)
def test_nobody_is_led_elsewhere(path: str) -> None:
    assert local(path) == HOME


def test_where_nobody_can_sign_in_the_page_says_what_it_takes(site: Served) -> None:
    for address, said in (("/log-ind", "har ikke sat det op"), ("/en/log-ind", "has not set it up")):
        html = site.client.get(address, headers={"Accept": "text/html"}).text
        assert said in text_of(html)
        assert "OIDC_CLIENT_ID" in html
        assert "<button>Log ind</button>" not in html
    answer = site.client.post("/log-ind", data={"token": "a.b.c"})
    assert "set-cookie" not in answer.headers


def test_while_the_provider_is_silent_the_page_says_so(tmp_path: Path, provider: Provider) -> None:
    service = Served(
        tmp_path,
        OIDC_ISSUER="http://127.0.0.1:9",
        OIDC_AUDIENCE=AUDIENCE,
        OIDC_CLIENT_ID="page",
        SESSION_KEY=SESSION_KEY,
        FIRST_CONTENT="off",
    )
    service.settings["PUBLIC_URL"] = service.url
    with service:
        service.wait(live=False)
        answer = service.client.post("/log-ind", data={"videre": "/"})
        assert answer.status_code == 503
        assert "svarer ikke" in text_of(answer.text)
