"""The probes of graphql-cop, an auditor of GraphQL's security (github.com/dolevf/graphql-cop, version 1.15, MIT).

It is not on any package index, so each probe is written here anew: what it sends, and which answer it takes for a
finding. Findings that stay are explained in docs/security.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.service.served import ROOT, Served, serving

Found = Callable[[Any], bool]


@dataclass(frozen=True)
class Probe:
    """Sends a request as graphql-cop does, and judges the answer as it does."""

    title: str
    request: dict[str, Any]
    found: Found
    method: str = "POST"

    def finds(self, client: httpx.Client) -> bool:
        answer = client.request(self.method, "/graphql", **self.request)
        try:
            return self.found(answer.text if self.title == "GraphQL IDE" else answer.json())
        except (KeyError, IndexError, TypeError, ValueError):
            return False  # it is not answered in the way that would be a finding


def posted(query: str) -> dict[str, Any]:
    return {"json": {"query": query, "operationName": "cop"}}


def leads_to(*keys: str | int) -> Found:
    """Whether the answer holds something at that path."""

    def found(content: Any) -> bool:
        for key in keys:
            content = content[key]
        return bool(content)

    return found


TYPENAME = leads_to("data", "__typename")
DEEP = "fields { type { " * 4 + "name" + " } }" * 4
PROBES = [
    Probe(
        "Alias Overloading",
        posted("query cop { " + "".join(f"alias{n}:__typename \n" for n in range(101)) + " }"),
        leads_to("data", "alias100"),
    ),
    Probe(
        "Array-based Query Batching",
        {"json": [{"query": "query cop { __typename }"}] * 10},
        lambda content: len(content) >= 10,
    ),
    Probe(
        "Directive Overloading",
        posted("query cop { __typename @aa@aa@aa@aa@aa@aa@aa@aa@aa@aa }"),
        lambda content: len(content["errors"]) == 10,
    ),
    Probe(
        "Field Suggestions",
        posted("query cop { __schema { directive } }"),
        lambda content: "Did you mean" in content["errors"][0]["message"],
    ),
    Probe("GET Method Query Support", {"params": {"query": "query cop {__typename}"}}, TYPENAME, "GET"),
    Probe(
        "GraphQL IDE",
        {"headers": {"Accept": "text/html"}},
        lambda page: any(word in page for word in ("graphiql.min.css", "GraphiQL", "GraphQL Playground")),
        "GET",
    ),
    Probe(
        "Introspection",
        posted("query cop { __schema { types { name fields { name } } } }"),
        leads_to("data", "__schema", "types"),
    ),
    Probe(
        "Introspection-based Circular Query",
        posted(f"query cop {{ __schema {{ types {{ {DEEP} }} }} }}"),
        lambda content: len(content["data"]["__schema"]["types"]) > 25,
    ),
    Probe(
        "Mutation is allowed over GET (possible CSRF)",
        {"params": {"query": "mutation cop {__typename}"}},
        TYPENAME,
        "GET",
    ),
    Probe("POST based url-encoded query (possible CSRF)", {"data": {"query": "query cop { __typename }"}}, TYPENAME),
    Probe("Trace Mode", posted("query cop { __typename }"), leads_to("errors", 0, "extensions", "tracing")),
    Probe("Unhandled Errors Detection", posted("qwerty cop { abc }"), leads_to("errors", 0, "extensions", "exception")),
]
BY_CHOICE = {"Field Suggestions", "GET Method Query Support", "GraphQL IDE", "Introspection"}
"""Found in a directory that is open to all; docs/security.md says why."""
ALWAYS = {"GET Method Query Support"}
"""Found still where INTROSPECTION and GRAPHIQL are off."""


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service that hides its schema."""
    folder = tmp_path_factory.mktemp("closed")
    with serving(folder, INTROSPECTION="off", GRAPHIQL="off", FIRST_CONTENT="off") as service:
        yield service


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.title)
def test_an_open_directory(served: Served, probe: Probe) -> None:
    assert probe.finds(served.client) == (probe.title in BY_CHOICE)


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.title)
def test_a_directory_that_hides_its_schema(closed: Served, probe: Probe) -> None:
    assert probe.finds(closed.client) == (probe.title in ALWAYS)


def test_what_stays_is_explained() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    assert [title for title in sorted(BY_CHOICE | ALWAYS) if f"| {title} |" not in text] == []


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.title)
def test_a_careless_server_is_found_out(probe: Probe) -> None:
    """Every probe can find something: here is a server that does all of it."""
    with httpx.Client(transport=httpx.MockTransport(careless), base_url="http://test") as client:
        assert probe.finds(client)


def careless(request: httpx.Request) -> httpx.Response:
    if request.headers["accept"] == "text/html":
        return httpx.Response(200, text="<title>GraphiQL</title>")
    text = request.url.params.get("query") or request.content.decode()
    if text.startswith("["):
        return httpx.Response(200, json=[{}] * len(json.loads(text)))
    error = {"message": 'Did you mean "directives"?', "extensions": {"tracing": [1], "exception": "Traceback"}}
    data = {"__typename": "Query", "alias100": "Query", "__schema": {"types": [{}] * 26}}
    return httpx.Response(200, json={"data": data, "errors": [error] * max(1, text.count("@aa"))})
