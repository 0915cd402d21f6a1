"""What surrounds every request, as pure ASGI: its body within bounds, its line in the log."""

from __future__ import annotations

import asyncio
import time
from os import urandom

import orjson
import structlog
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.deadline import Deadline

log = structlog.get_logger("requests")


class RequestLog:
    """Logs one line a request and gives it an id, which the answer carries as `X-Request-ID`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._log = log.bind()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        id = scope["request_id"] = urandom(16).hex()
        started = time.perf_counter()
        status = 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        finally:
            say = self._log.debug if status == 200 and scope["path"].startswith("/health/") else self._log.info
            say(
                "request",
                request=id,
                method=scope["method"],
                path=_known(scope),
                status=status,
                milliseconds=round((time.perf_counter() - started) * 1000, 2),
                operation=scope.get("operation"),
            )


def _known(scope: Scope) -> str | None:
    """The path as far as it led to a route or a folder; of a page, its pattern. No more of what was written there."""
    if "endpoint" not in scope:
        return None
    if "page" in scope:
        return str(scope["page"])
    folder: str = scope.get("root_path", "")
    return folder if folder != scope.get("app_root_path", folder) else scope["path"]


CLOSED = {"Connection": "close"}
"""Goes with the answer to a body that was not read to its end."""
LATE = "The body did not arrive within {:g} seconds."


class TooLarge(Exception):
    """A body holds more bytes than are read."""


async def body_of(receive: Receive, most: int) -> bytes:
    """The body of a request. Raises TooLarge as soon as it holds more than `most` bytes, and ClientDisconnect."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > most:
            raise TooLarge(f"The body holds more than {most} bytes.")
        if not message.get("more_body", False):
            return b"".join(chunks)


class BodyLimit:
    """Reads the body before the request goes on: 413 where it is too large, 408 where it does not come in time.

    The request goes on with what is left of that time, as `deadline` in its scope.
    """

    def __init__(self, app: ASGIApp, max_body: int, deadline: float) -> None:
        self.app = app
        self.max_body = max_body
        self.deadline = deadline

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["deadline"] = Deadline.within(self.deadline)
        if scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self.deadline):
                body = await body_of(receive, self.max_body)
        except ClientDisconnect:
            return
        except TimeoutError:
            await _refuse(408, LATE.format(self.deadline))(scope, receive, send)
            return
        except TooLarge as large:
            await _refuse(413, str(large))(scope, receive, send)
            return
        unread: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive_read() -> Message:
            return unread.pop() if unread else await receive()

        await self.app(scope, receive_read, send)


class Directly:
    """Leads what is asked of one path to its endpoint, which then limits the body itself. No route is looked for."""

    def __init__(self, app: ASGIApp, path: str, endpoint: ASGIApp) -> None:
        self.app, self.path, self.endpoint = app, path, endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == self.path and not scope.get("root_path"):
            scope["endpoint"] = self.endpoint
            await self.endpoint(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _refuse(status: int, message: str) -> Response:
    content = orjson.dumps({"errors": [{"message": message, "extensions": {"code": "BAD_REQUEST"}}]})
    return Response(content, status, CLOSED, "application/json; charset=utf-8")
