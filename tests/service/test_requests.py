"""What surrounds every request, message by message."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import Message, Receive, Scope, Send
from structlog.testing import capture_logs

from service.requests import BodyLimit, RequestLog


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    scope["endpoint"] = echo
    await Response(body)(scope, receive, send)


async def broken(scope: Scope, receive: Receive, send: Send) -> None:
    raise RuntimeError("the secret of the inside")


async def answer(
    app: Any, messages: Iterable[Message], method: str = "POST"
) -> tuple[int | None, bytes, dict[Any, Any]]:
    """Status, body and headers that `app` answers; after its `messages` the client is silent."""
    sent: list[Message] = []
    given = iter(messages)

    async def receive() -> Message:
        for message in given:
            return message
        await asyncio.sleep(60)
        raise AssertionError("was waited for")

    async def send(message: Message) -> None:
        sent.append(message)

    await app({"type": "http", "method": method, "path": "/somewhere", "headers": []}, receive, send)
    body = b"".join(message.get("body", b"") for message in sent)
    return (sent[0]["status"], body, dict(sent[0]["headers"])) if sent else (None, b"", {})


def part(body: bytes, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


LIMITED = BodyLimit(echo, max_body=10, deadline=0.1)


async def test_a_body_goes_on_whole() -> None:
    assert (await answer(LIMITED, [part(b"12345", True), part(b"67890")]))[:2] == (200, b"1234567890")


async def test_a_body_that_is_too_large_is_refused_as_soon_as_it_is() -> None:
    status, body, headers = await answer(LIMITED, [part(b"123456", True), part(b"78901", True)])
    assert status == 413
    assert b"more than 10 bytes" in body
    assert headers[b"connection"] == b"close"


async def test_a_body_that_does_not_come() -> None:
    assert (await answer(LIMITED, [part(b"1", True)]))[0] == 408


async def test_what_a_body_takes_is_no_longer_there_for_the_answer() -> None:
    left: list[float] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        left.append(scope["deadline"].left())
        await echo(scope, receive, send)

    def slowly() -> Iterator[Message]:
        yield part(b"1", True)
        time.sleep(0.3)
        yield part(b"2")

    limited = BodyLimit(app, max_body=10, deadline=10)
    for messages in (slowly(), iter([part(b"12")])):
        assert (await answer(limited, messages))[:2] == (200, b"12")
    await answer(limited, [part(b"")], "GET")
    slow, quick, without = left
    assert slow <= 9.7
    assert max(quick, without) <= 10
    assert min(slow, quick, without) > 5, "and no more than that is gone"


async def test_a_client_that_goes_away_is_not_answered() -> None:
    assert (await answer(LIMITED, [part(b"1", True), {"type": "http.disconnect"}]))[0] is None


async def test_a_request_is_logged_with_its_id() -> None:
    with capture_logs() as logs:
        _, _, headers = await answer(RequestLog(echo), [part(b"secret")])
    [line] = logs
    assert line["request"].encode() == headers[b"x-request-id"]
    assert line["milliseconds"] >= 0
    facts = {name: line[name] for name in ("event", "method", "path", "status", "operation")}
    assert facts == {"event": "request", "method": "POST", "path": "/somewhere", "status": 200, "operation": None}


async def test_a_path_is_logged_no_further_than_it_leads() -> None:
    folder = Mount("/folder", Starlette(routes=[Route("/there", lambda request: Response())]))
    app = RequestLog(Starlette(routes=[Route("/a", lambda request: Response()), folder]))
    with capture_logs() as logs:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            for path in ("/a", "/folder/there", "/folder/secret", "/secret"):
                await client.get(path)
    assert [line["path"] for line in logs] == ["/a", "/folder", "/folder", None]


async def test_a_request_that_breaks_is_logged_too() -> None:
    with capture_logs() as logs, pytest.raises(RuntimeError):
        await answer(RequestLog(broken), [])
    assert [(line["status"], line["path"]) for line in logs] == [(500, None)]
