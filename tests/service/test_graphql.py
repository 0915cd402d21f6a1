"""GraphQL over HTTP, on the endpoint alone: a small schema, no engine. The audits' names are graphql-http's."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import strawberry
from starlette.applications import Starlette
from starlette.routing import Route
from structlog.testing import capture_logs

from graph.errors import BadInput, Busy, Unavailable
from service.graphql import Endpoint
from service.settings import Settings
from service.wellformed import negotiate

NEW = "application/graphql-response+json"
OLD = "application/json"


@strawberry.type
class Query:
    @strawberry.field
    def hello(self, name: str = "world") -> str:
        return name

    @strawberry.field
    def nothing(self) -> str | None:
        return None

    @strawberry.field
    def age(self, age: float) -> str | None:
        raise BadInput("An age is at least 0.", ("need", "age"))

    @strawberry.field
    def broken(self) -> str | None:
        raise RuntimeError("the secret of the inside")

    @strawberry.field
    def busy(self) -> str | None:
        raise Busy("All connections are taken.")

    @strawberry.field
    def required(self) -> str:
        raise RuntimeError("the secret of the inside")

    @strawberry.field
    async def slow(self) -> str:
        await asyncio.sleep(60)
        return "late"


@strawberry.type
class Mutation:
    @strawberry.mutation
    def put(self) -> str:
        raise AssertionError("was carried out")


class Service:
    """Stands at position 7."""

    position = 7
    there = True

    @property
    def schema(self) -> strawberry.Schema:
        if not self.there:
            raise Unavailable("The service is not ready: engine: is under way")
        return SCHEMA

    standing = "7"

    def may_be_kept(self, text: str) -> bool:
        return "name" not in text

    async def reach(self, position: int, timeout: float) -> bool:
        return position <= self.position


SCHEMA = strawberry.Schema(Query, Mutation)


def client_of(service: Service, **settings: Any) -> httpx.AsyncClient:
    endpoint = Endpoint(service, Settings(**settings), None)
    app = Starlette(routes=[Route("/graphql", endpoint)])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(Service()) as client:
        yield client


async def ask(client: httpx.AsyncClient, query: str, accept: str = NEW, **parameters: Any) -> httpx.Response:
    return await client.post("/graphql", json={"query": query, **parameters}, headers={"Accept": accept})


def codes(answer: httpx.Response) -> list[str]:
    return [error["extensions"]["code"] for error in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, OLD),
        ("", OLD),
        ("*/*", OLD),
        ("application/*", OLD),
        (OLD, OLD),
        (NEW, NEW),
        (f"{NEW}, {OLD};q=0.9", NEW),
        (f"{OLD}, {NEW}", NEW),
        (f"{OLD}, {NEW};q=0.5", OLD),
        (f"{NEW};charset=utf-8", NEW),
        (f"{OLD};q=0, */*", NEW),
        (f"*/*;q=0.1, {NEW.upper()}", NEW),
        ("text/html", None),
        (f"{OLD};q=0", None),
        (f"{OLD};q=high", None),
        ("multipart/mixed", None),
    ],
)
def test_the_media_type_of_the_answer_is_the_one_preferred(accept: str | None, expected: str | None) -> None:
    assert negotiate(accept) == expected


@pytest.mark.parametrize("accept", [NEW, OLD, "*/*"])
async def test_an_answer(client: httpx.AsyncClient, accept: str) -> None:
    answer = await ask(client, "query($n: String!) { hello(name: $n) nothing }", accept, variables={"n": "æøå"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{NEW if accept == NEW else OLD}; charset=utf-8"
    assert answer.json() == {"data": {"hello": "æøå", "nothing": None}, "extensions": {"position": "7"}}


async def test_an_answer_by_get(client: httpx.AsyncClient) -> None:
    parameters = {"query": "query A($n: String!) { hello(name: $n) } query B { nothing }", "operationName": "A"}
    answer = await client.get("/graphql", params={**parameters, "variables": '{"n": "x"}'})
    assert (answer.status_code, answer.json()["data"]) == (200, {"hello": "x"})


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"query": "{ hello"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ helo }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "{ hello(name: 3) }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query($n: String!) { hello(name: $n) }"}, "BAD_USER_INPUT"),
        ({"query": "query($n: String!) { hello(name: $n) }", "variables": {"n": 3}}, "BAD_USER_INPUT"),
        ({"query": "query A { hello }", "operationName": "B"}, "BAD_USER_INPUT"),
    ],
)
async def test_what_is_refused_before_execution(client: httpx.AsyncClient, parameters: Any, code: str) -> None:
    """400 without data for new clients; for older ones 200, as they expect."""
    new, old = await ask(client, **parameters), await ask(client, accept=OLD, **parameters)
    assert (new.status_code, old.status_code) == (400, 200)
    assert new.json() == old.json()
    assert "data" not in new.json()
    assert codes(new) == [code]


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"{bad", OLD, 400),
        (b"\xff\xfe", OLD, 400),
        (b"[" * 100_000, OLD, 400),
        (b"", OLD, 400),
        (b"{}", OLD, 400),
        (b'"query"', OLD, 400),
        (b"null", OLD, 400),
        (b'[{"query": "{ hello }"}]', OLD, 400),
        (b'{"query": 1}', OLD, 400),
        (b'{"query": "{ hello }", "variables": [1]}', OLD, 400),
        (b'{"query": "{ hello }", "variables": "x"}', OLD, 400),
        (b'{"query": "{ hello }", "operationName": 1}', OLD, 400),
        (b'{"query": "{ hello }", "extensions": []}', OLD, 400),
        (b'{"query": "{ hello }"}', "text/plain", 415),
        (b'{"query": "{ hello }"}', "application/jsonp", 415),
        (b'{"query": "{ hello }"}', f"{OLD}; charset=latin-1", 415),
        (b'{"query": "{ hello }"}', "multipart/form-data; boundary=x", 415),
    ],
)
async def test_what_is_no_request(client: httpx.AsyncClient, content: bytes, content_type: str, status: int) -> None:
    answer = await client.post("/graphql", content=content, headers={"Content-Type": content_type})
    assert answer.status_code == status
    assert codes(answer) == ["BAD_REQUEST"]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("query", ["mutation B { put }", "query A { hello } mutation B { put }"])
async def test_a_mutation_by_get_is_refused(client: httpx.AsyncClient, query: str) -> None:
    answer = await client.get("/graphql", params={"query": query, "operationName": "B"})
    assert (answer.status_code, answer.headers["allow"], codes(answer)) == (405, "POST", ["BAD_REQUEST"])


@pytest.mark.parametrize("variables", ["{bad", "[1]", '"x"'])
async def test_bad_variables_by_get(client: httpx.AsyncClient, variables: str) -> None:
    answer = await client.get("/graphql", params={"query": "{ hello }", "variables": variables})
    assert answer.status_code == 400


async def test_other_methods(client: httpx.AsyncClient) -> None:
    answer = await client.put("/graphql", json={"query": "{ hello }"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


async def test_an_answer_that_nobody_accepts(client: httpx.AsyncClient) -> None:
    assert (await ask(client, "{ hello }", "text/html")).status_code == 406


async def test_bad_input_names_the_input(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "{ age(age: -1) }")
    [error] = answer.json()["errors"]
    assert (answer.status_code, answer.json()["data"]) == (200, {"age": None})
    assert error["message"] == "An age is at least 0."
    assert error["path"] == ["age"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "input": ["need", "age"]}


@pytest.mark.parametrize(("query", "data"), [("{ broken }", {"broken": None}), ("{ required }", None)])
async def test_nothing_of_the_inside_is_told(client: httpx.AsyncClient, query: str, data: Any) -> None:
    with capture_logs() as logs:
        answer = await ask(client, query)
    assert (answer.status_code, answer.json()["data"]) == (200, data)
    assert codes(answer) == ["INTERNAL_SERVER_ERROR"]
    assert "secret" not in answer.text
    assert [log["event"] for log in logs] == ["unexpected error"]


async def test_a_busy_engine(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "{ hello busy }")
    assert (answer.status_code, answer.json()["data"]) == (200, {"hello": "world", "busy": None})
    assert codes(answer) == ["SERVICE_UNAVAILABLE"]


@pytest.mark.parametrize(("accept", "status"), [(NEW, 503), (OLD, 200)])
async def test_a_service_that_is_not_ready(accept: str, status: int) -> None:
    service = Service()
    service.there = False
    async with client_of(service) as client:
        answer = await ask(client, "{ hello }", accept)
    assert (answer.status_code, codes(answer)) == (status, ["SERVICE_UNAVAILABLE"])
    assert "engine: is under way" in answer.text


@pytest.mark.parametrize("accept", [NEW, OLD, "text/event-stream"])
async def test_a_body_that_does_not_come_or_is_too_large(accept: str) -> None:
    async def halting() -> AsyncIterator[bytes]:
        yield b'{"query": '
        await asyncio.sleep(60)

    async def endless() -> AsyncIterator[bytes]:
        yield b'{"query": "' + b"a" * 100
        raise AssertionError("was read on")

    headers = {"Accept": accept, "Content-Type": OLD}
    async with client_of(Service(), request_deadline=0.05, max_body=100) as client:
        for body, status, reason in ((halting(), 408, "within 0.05 seconds"), (endless(), 413, "more than 100 bytes")):
            answer = await client.post("/graphql", content=body, headers=headers)
            assert (answer.status_code, answer.headers["connection"]) == (status, "close")
            assert codes(answer) == ["BAD_REQUEST"]
            assert reason in answer.text


async def test_no_request_outlasts_the_deadline() -> None:
    async with client_of(Service(), request_deadline=0.05) as client:
        answer = await ask(client, "{ slow }")
    assert (answer.status_code, codes(answer)) == (503, ["SERVICE_UNAVAILABLE"])


@pytest.mark.parametrize(
    ("position", "status", "code"),
    [
        ("7", 200, None),
        ("8", 503, "SERVICE_UNAVAILABLE"),
        ("x", 400, "BAD_REQUEST"),
        ("-1", 400, "BAD_REQUEST"),
        ("²", 400, "BAD_REQUEST"),
        ("9" * 40, 400, "BAD_REQUEST"),
    ],
)
async def test_a_position_that_the_client_has_seen(
    client: httpx.AsyncClient, position: str, status: int, code: str | None
) -> None:
    headers = {b"Accept": NEW.encode(), b"Tilbudsvifte-Position": position.encode()}
    answer = await client.post("/graphql", json={"query": "{ hello }"}, headers=headers)
    assert answer.status_code == status
    assert code is None or codes(answer) == [code]


async def test_suggestions_are_hidden_with_the_schema() -> None:
    async with client_of(Service(), introspection=False) as client:
        hidden = await ask(client, "{ helo }")
    async with client_of(Service()) as client:
        shown = await ask(client, "{ helo }")
    assert "Did you mean 'hello'?" in shown.text
    assert "Did you mean" not in hidden.text
    assert json.loads(hidden.text)["errors"][0]["message"] == "Cannot query field 'helo' on type 'Query'."
