"""Streams of a service that is written to meanwhile."""

from __future__ import annotations

import asyncio
import json
import signal
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect

from tests.service.loaded import Folders
from tests.service.served import Served, command, serving

PROTOCOL = "graphql-transport-ws"
KEY = "a key for the tests of streams, and for nothing else"
INIT: dict[str, Any] = {"type": "connection_init"}


@pytest.fixture(scope="module")
def service(loaded: Folders) -> Iterator[Served]:
    with serving(loaded("streams"), DEVELOPMENT_KEY=KEY, MAX_STREAMS="5") as service:
        yield service


@pytest.fixture(scope="module")
def token() -> str:
    made = command("token", "--role", "admin", "--name", "tests", DEVELOPMENT_KEY=KEY)
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


OFFER = "offer:neurocenter-oesterskoven"
CHANGES = """subscription($after: String, $kinds: [String!], $subject: ID) {
  changes(after: $after, kinds: $kinds, subject: $subject) {
    position action kind subject actor fields { name after } node { id }
  }
}"""
_COUNT = "mutation($i: RecordCapacityInput!) { recordCapacity(input: $i) { position errors { code message } } }"


def count(service: Served, token: str, free: int, offer: str = OFFER) -> int:
    """Records so many free places. The position."""
    given = {"offer": offer, "places": 900, "free": free, "countedOn": "2026-01-01"}
    answer = service.ask(_COUNT, {"i": given}, Authorization=f"Bearer {token}").json()
    payload = answer["data"]["recordCapacity"]
    assert payload["errors"] == [], payload
    return int(payload["position"])


async def followed(service: Served, **variables: Any) -> ClientConnection:
    """A socket that follows the changes. The first `next` may have come already."""
    address = service.url.replace("http", "ws") + "/graphql"
    socket = await connect(address, subprotocols=[PROTOCOL])  # type: ignore[list-item]
    await socket.send(json.dumps(INIT))
    assert json.loads(await socket.recv()) == {"type": "connection_ack"}
    payload = {"query": CHANGES, "variables": variables}
    await socket.send(json.dumps({"type": "subscribe", "id": "s", "payload": payload}))
    return socket


async def heard(socket: ClientConnection) -> dict[str, Any]:
    async with asyncio.timeout(10):
        message = json.loads(await socket.recv())
    assert message["type"] == "next", message
    assert message["payload"].get("errors") is None, message
    assert message["payload"]["extensions"]["position"] == message["payload"]["data"]["changes"]["position"]
    return dict(message["payload"]["data"]["changes"])


async def test_a_change_is_heard_of(service: Served, token: str) -> None:
    socket = await followed(service, after=str(count(service, token, 1)))
    position = await asyncio.to_thread(count, service, token, 77)
    change = await heard(socket)
    assert {"position": str(position), "actor": "tests", "node": {"id": OFFER}}.items() <= change.items()
    assert {"name": "capacity.free", "after": "77"} in change["fields"]
    await socket.close()


async def test_a_lost_connection_misses_nothing(service: Served, token: str) -> None:
    """Cut off again and again while others write, it is told of each change once, in order."""
    first = last = await asyncio.to_thread(count, service, token, 0)
    wanted = first + 40

    async def write() -> None:
        for free in range(40):
            await asyncio.to_thread(count, service, token, free)

    writing = asyncio.create_task(write())
    told: list[int] = []
    while last < wanted:
        socket = await followed(service, after=str(last))
        for _ in range(min(7, wanted - last)):
            last = int((await heard(socket))["position"])
            told.append(last)
        socket.transport.abort()  # not closed: cut
    await writing
    assert told == list(range(first + 1, wanted + 1))


async def test_of_some_kinds_or_one_subject(service: Served, token: str) -> None:
    after = str(count(service, token, 1))
    other = service.ask("{ offers(first: 2) { nodes { id } } }").json()["data"]["offers"]["nodes"][0]["id"]
    boards = await followed(service, after=after, kinds=["board"])
    one = await followed(service, after=after, subject=other)
    await asyncio.to_thread(count, service, token, 2)
    position = await asyncio.to_thread(count, service, token, 3, other)
    confirm = 'mutation { confirm(input: {ids: ["board:kkr-nordjylland"]}) { position errors { code } } }'
    service.ask(confirm, Authorization=f"Bearer {token}")
    assert (await heard(one))["position"] == str(position)
    assert (await heard(boards))["subject"] == "board:kkr-nordjylland"
    await one.close()
    await boards.close()


@pytest.mark.parametrize(
    ("variables", "input"),
    [
        ({"after": "soon"}, ["after"]),
        ({"after": "-1"}, ["after"]),
        ({"after": "999999999"}, ["after"]),
        ({"kinds": ["offer", "ufo"]}, ["kinds", 1]),
    ],
)
async def test_what_cannot_be_followed_is_said(service: Served, variables: dict[str, Any], input: list[Any]) -> None:
    socket = await followed(service, **variables)
    async with asyncio.timeout(10):
        message = json.loads(await socket.recv())
    assert message["type"] == "error"
    assert message["payload"][0]["extensions"] == {"code": "BAD_USER_INPUT", "input": input}
    await socket.close()


def _events(answer: httpx.Response) -> Iterator[tuple[str, Any]]:
    """Names and data of the events as they come; signs of life are passed over."""
    name = ""
    for line in answer.iter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: ") or "null")


EVENTS = {"Accept": "text/event-stream"}


def test_changes_as_events(service: Served, token: str) -> None:
    after = count(service, token, 10)
    asked = {"query": CHANGES, "variables": {"after": str(after)}}
    with service.client.stream("POST", "/graphql", json=asked, headers=EVENTS) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        events = _events(answer)
        positions = [count(service, token, free) for free in (11, 12)]
        told = [next(events) for _ in positions]
    assert [(name, int(data["data"]["changes"]["position"])) for name, data in told] == [
        ("next", position) for position in positions
    ]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_any_operation_as_events(service: Served, method: str) -> None:
    asked = {"query": "{ region { name } }"}
    given: dict[str, Any] = {"params": asked} if method == "GET" else {"json": asked}
    answer = service.client.request(method, "/graphql", headers=EVENTS, **given)
    (first, data), (last, nothing) = _events(answer)
    assert (first, last, nothing) == ("next", "complete", None)
    assert data["data"]["region"]["name"] == "Region Nordjylland"


def test_a_mutation_is_not_carried_out_by_a_get(service: Served, token: str) -> None:
    query = 'mutation { confirm(input: {ids: ["board:kkr-nordjylland"]}) { position } }'
    headers = {**EVENTS, "Authorization": f"Bearer {token}"}
    answer = service.client.get("/graphql", params={"query": query}, headers=headers)
    (_, data), _ = _events(answer)
    assert "data" not in data
    assert data["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_errors_are_events_too(service: Served) -> None:
    answer = service.client.post("/graphql", json={"query": "{ nope }"}, headers=EVENTS)
    (_, data), _ = _events(answer)
    assert "data" not in data
    assert data["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


def test_a_token_that_is_not_taken(service: Served) -> None:
    answer = service.client.post(
        "/graphql", json={"query": CHANGES}, headers={**EVENTS, "Authorization": "Bearer nonsense"}
    )
    assert answer.status_code == 401


async def test_a_service_that_stops_ends_its_streams(service: Served) -> None:
    """The last test of this service: a stream would last as long as it is let."""
    socket = await followed(service)
    async with (
        httpx.AsyncClient(base_url=service.url, timeout=30) as client,
        client.stream("POST", "/graphql", json={"query": CHANGES}, headers=EVENTS) as answer,
    ):
        assert answer.status_code == 200
        started = time.monotonic()
        assert await asyncio.to_thread(service.stop, signal.SIGTERM) == 0
        assert time.monotonic() - started < 8, "less than STOP_DEADLINE"
        async for _ in answer.aiter_lines():
            pass
    await asyncio.wait_for(socket.wait_closed(), 5)
    assert socket.close_code == 1012
