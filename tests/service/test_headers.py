"""What browsers are told about every answer, and which other origins' pages may ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from service.settings import Settings, WrongSetting
from tests.service.loaded import Folders
from tests.service.served import Served, serving

PAGE = "https://side.example.dk"
TO_ALL = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'"


@pytest.fixture(scope="module")
def open_to(loaded: Folders) -> Iterator[Served]:
    """A service that lets the pages of one origin ask."""
    with serving(loaded("cors"), CORS_ORIGINS=PAGE, MAX_BODY="1000") as service:
        yield service


ANSWERS = {
    "an answer": lambda c: c.post("/graphql", json={"query": "{ __typename }"}),
    "a refused query": lambda c: c.post("/graphql", json={"query": "{"}),
    "a refused request": lambda c: c.put("/graphql"),
    "a refused token": lambda c: c.post("/graphql", json={"query": "{ __typename }"}, headers={"Authorization": "x"}),
    "too much": lambda c: c.post("/graphql", content=b"x" * 1001),
    "health": lambda c: c.get("/health/live"),
    "nothing there": lambda c: c.get("/nowhere"),
    "a page": lambda c: c.get("/"),
    "GraphiQL": lambda c: c.get("/graphql", headers={"Accept": "text/html"}),
    "a script": lambda c: c.get("/static/graphiql.js"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_tells_browsers_what_it_is_for(open_to: Served, name: str) -> None:
    answer: httpx.Response = ANSWERS[name](open_to.client)  # type: ignore[no-untyped-call]
    # To a page of its own origin a page must say where a form was; see service/pages/csrf.py.
    expected = TO_ALL | ({"referrer-policy": "same-origin"} if name == "a page" else {})
    assert {header: answer.headers.get(header) for header in TO_ALL} == expected
    policy = answer.headers.get_list("content-security-policy")
    assert len(policy) == 1 and "frame-ancestors 'none'" in policy[0]
    assert (policy[0] == NOTHING) == (name not in ("a page", "GraphiQL"))
    assert "strict-transport-security" not in answer.headers, "which is the proxy's to say"


def asked(service: Served, origin: str, **headers: str) -> httpx.Response:
    return service.client.post("/graphql", json={"query": "{ __typename }"}, headers={"Origin": origin, **headers})


def before(service: Served, origin: str, method: str = "POST") -> httpx.Response:
    """What a browser asks before it lets a page ask."""
    wanted = "authorization, content-type, tilbudsvifte-position, if-none-match"
    headers = {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": wanted}
    return service.client.options("/graphql", headers=headers)


def test_pages_of_an_origin_that_may_ask(open_to: Served) -> None:
    answer = asked(open_to, PAGE)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == PAGE
    assert "access-control-allow-credentials" not in answer.headers
    exposed = {name.strip() for name in answer.headers["access-control-expose-headers"].split(",")}
    assert {"ETag", "Tilbudsvifte-Position"} <= exposed
    assert "Origin" in answer.headers["vary"]
    assert before(open_to, PAGE).status_code == 200
    assert before(open_to, PAGE, "GET").status_code == 200
    refused = asked(open_to, PAGE, Authorization="Basic x")
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, PAGE)


@pytest.mark.parametrize("origin", ["https://evil.example", f"{PAGE}.evil.example", "http://side.example.dk", "null"])
def test_pages_of_other_origins(open_to: Served, origin: str) -> None:
    assert "access-control-allow-origin" not in asked(open_to, origin).headers
    assert before(open_to, origin).status_code == 400
    assert before(open_to, PAGE, "DELETE").status_code == 400


def test_no_other_origin_may_ask_by_default(served: Served) -> None:
    assert "access-control-allow-origin" not in asked(served, PAGE).headers
    assert "access-control-allow-origin" not in before(served, PAGE).headers


def test_every_origin_may_ask_where_the_setting_says_so_but_not_with_cookies(tmp_path: Path) -> None:
    with Served(tmp_path, CORS_ORIGINS="*", FIRST_CONTENT="off") as service:
        service.wait()
        answer = asked(service, "https://anywhere.example", Cookie="a=b")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(
    "value", ["example.dk", "https://example.dk/", "https://example.dk/page", "ftp://a", "* https://a"]
)
def test_origins_that_are_none(value: str) -> None:
    with pytest.raises(WrongSetting, match="CORS_ORIGINS"):
        Settings.read({"CORS_ORIGINS": value})


def test_several_origins() -> None:
    assert Settings.read({"CORS_ORIGINS": f"{PAGE}, http://localhost:3000"}).cors_origins == (
        PAGE,
        "http://localhost:3000",
    )
