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


class BodyLimit:
    """Reads the body before the request goes on: 413 where it is too large, 408 where it does not come in time."""

    def __init__(self, app: ASGIApp, max_body: int, deadline: float) -> None:
        self.app = app
        self.max_body = max_body
        self.deadline = deadline

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self.deadline):
                body = await self._read(receive)
        except ClientDisconnect:
            return
        except TimeoutError:
            await _refuse(408, f"The body did not arrive within {self.deadline:g} seconds.")(scope, receive, send)
            return
        if body is None:
            await _refuse(413, f"The body holds more than {self.max_body} bytes.")(scope, receive, send)
            return
        unread: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive_read() -> Message:
            return unread.pop() if unread else await receive()

        await self.app(scope, receive_read, send)

    async def _read(self, receive: Receive) -> bytes | None:
        chunks: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            chunks.append(message.get("body", b""))
            size += len(chunks[-1])
            if size > self.max_body:
                return None
            if not message.get("more_body", False):
                return b"".join(chunks)


def _refuse(status: int, message: str) -> Response:
    content = orjson.dumps({"errors": [{"message": message, "extensions": {"code": "BAD_REQUEST"}}]})
    return Response(content, status, {"Connection": "close"}, "application/json; charset=utf-8")
