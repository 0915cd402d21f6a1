"""Streams on the wire: the protocols' rules, on the endpoint alone.

The close codes are those of graphql-transport-ws (PROTOCOL.md of graphql-ws).
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect
from strawberry.types import ExecutionResult

from graph.actor import ANYONE, Actor
from service.identity import Unauthenticated
from service.identity.identity import Identity, Signed
from service.streams import Streams, WebSockets

PROTOCOL = "graphql-transport-ws"
KEY = "a key for the tests of streams, and for nothing else"
INIT: dict[str, Any] = {"type": "connection_init"}


class Doorman(Identity):
    """Takes the token `good`, and `brief`, which is over in half a second."""

    async def signed(self, authorization: str | None) -> Signed:
        match authorization:
            case None:
                return Signed(ANYONE)
            case "Bearer good":
                return Signed(Actor("someone"))
            case "Bearer brief":
                return Signed(Actor("someone"), time.time() + 0.5)
        raise Unauthenticated("No.")


async def _answers(
    query: str, variables: Any, name: str | None, actor: Actor, method: str, host: str | None
) -> AsyncIterator[ExecutionResult]:
    """`numbers` goes on for ever; anything else is said once, with who asked."""
    yield ExecutionResult({"said": query, "by": actor.name}, None)
    while query == "numbers":
        await asyncio.sleep(0.01)
        yield ExecutionResult({"number": 1}, None)


@pytest.fixture
def streams() -> Streams:
    return Streams(3)


@pytest.fixture
def client(streams: Streams) -> Iterator[TestClient]:
    sockets = WebSockets(_answers, Doorman(), streams, origins=("https://friend.example",), most=2)
    with TestClient(Starlette(routes=[WebSocketRoute("/graphql", sockets)])) as client:
        yield client


def opened(client: TestClient, *protocols: str, **headers: str) -> WebSocketTestSession:
    return client.websocket_connect("/graphql", subprotocols=list(protocols or [PROTOCOL]), headers=headers)


def subscribe(id: str, query: str = "hello") -> dict[str, Any]:
    return {"type": "subscribe", "id": id, "payload": {"query": query}}


def closed_with(socket: WebSocketTestSession, *messages: Any) -> int:
    """The code that the socket is closed with after these messages: objects, or texts as they are."""
    for message in messages:
        socket.send_text(message if isinstance(message, str) else json.dumps(message))
    with pytest.raises(WebSocketDisconnect) as closed:
        for _ in range(1000):
            socket.receive_json()
    return closed.value.code


def test_an_operation_has_its_answer_and_is_complete(client: TestClient) -> None:
    with opened(client) as socket:
        socket.send_json(INIT)
        assert socket.receive_json() == {"type": "connection_ack"}
        socket.send_json({"type": "ping"})
        assert socket.receive_json() == {"type": "pong"}
        socket.send_json(subscribe("a"))
        payload = {"data": {"said": "hello", "by": "anyone"}}
        assert socket.receive_json() == {"id": "a", "type": "next", "payload": payload}
        assert socket.receive_json() == {"id": "a", "type": "complete"}


@pytest.mark.parametrize(
    ("code", "messages"),
    [
        (4400, ["{"]),
        (4400, ["[]"]),
        (4400, ["1"]),
        (4400, [{"type": 1}]),
        (4400, [{"type": "nonsense"}]),
        (4400, [{"type": "connection_init", "payload": []}]),
        (4400, [INIT, {"type": "subscribe", "id": "a"}]),
        (4400, [INIT, {"type": "subscribe", "id": 1, "payload": {"query": "hello"}}]),
        (4400, [INIT, {"type": "subscribe", "id": "a", "payload": {"query": 1}}]),
        (4400, [INIT, {"type": "subscribe", "id": "a", "payload": {"query": "hello", "variables": []}}]),
        (4400, [INIT, {"type": "complete"}]),
        (4401, [subscribe("a")]),
        (4403, [{**INIT, "payload": {"Authorization": "Bearer bad"}}]),
        (4409, [INIT, subscribe("a", "numbers"), subscribe("a", "numbers")]),
        (4429, [INIT, INIT]),
    ],
)
def test_what_breaks_the_protocol_ends_the_connection(client: TestClient, code: int, messages: list[Any]) -> None:
    with opened(client) as socket:
        assert closed_with(socket, *messages) == code


def test_bytes_are_no_message(client: TestClient) -> None:
    with opened(client) as socket:
        socket.send_bytes(json.dumps(INIT).encode())
        assert closed_with(socket) == 4400


@pytest.mark.parametrize("protocols", [["graphql-ws"], ["graphql-ws", "else"]])
def test_another_subprotocol(client: TestClient, protocols: list[str]) -> None:
    with opened(client, *protocols) as socket:
        assert closed_with(socket) == 4406


@pytest.mark.parametrize(
    ("origin", "welcome"),
    [("http://testserver", True), ("https://friend.example", True), ("https://foe.example", False), ("null", False)],
)
def test_pages_of_other_origins_open_no_socket(client: TestClient, origin: str, welcome: bool) -> None:
    if welcome:
        with opened(client, Origin=origin) as socket:
            socket.send_json(INIT)
            assert socket.receive_json() == {"type": "connection_ack"}
        return
    with pytest.raises(WebSocketDisconnect), opened(client, Origin=origin):
        pass


@pytest.mark.parametrize("way", ["payload", "header"])
def test_who_asks_is_known(client: TestClient, way: str) -> None:
    headers = {"Authorization": "Bearer good"} if way == "header" else {}
    with opened(client, **headers) as socket:
        socket.send_json({**INIT, **({"payload": {"Authorization": "Bearer good"}} if way == "payload" else {})})
        socket.receive_json()
        socket.send_json(subscribe("a"))
        assert socket.receive_json()["payload"]["data"]["by"] == "someone"


def test_a_stream_ends_with_the_token(client: TestClient) -> None:
    with opened(client) as socket:
        started = time.monotonic()
        assert closed_with(socket, {**INIT, "payload": {"Authorization": "Bearer brief"}}, subscribe("a")) == 4403
        assert time.monotonic() - started >= 0.4


def test_as_many_operations_as_are_allowed_and_one_more(client: TestClient) -> None:
    with opened(client) as socket:
        socket.send_json(INIT)
        for id in ("a", "b", "c"):
            socket.send_json(subscribe(id, "numbers"))
        message = socket.receive_json()
        while message["type"] != "error":
            message = socket.receive_json()
        assert message["id"] == "c"
        socket.send_json({"type": "complete", "id": "a"})
        socket.send_json(subscribe("d", "numbers"))
        while message.get("id") != "d":
            message = socket.receive_json()
        assert message["type"] == "next"


def test_as_many_streams_as_are_allowed_and_one_more(client: TestClient, streams: Streams) -> None:
    with opened(client) as one, opened(client) as two, opened(client) as three:
        for socket in (one, two, three):
            socket.send_json(INIT)
            socket.receive_json()
        with opened(client) as four:
            assert closed_with(four) == 1013
    deadline = time.monotonic() + 5
    while len(streams) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(streams) == 0
    with opened(client) as again:
        again.send_json(INIT)
        assert again.receive_json() == {"type": "connection_ack"}
