"""Subscriptions on the wire: graphql-transport-ws over WebSockets, and server-sent events (distinct connections).

Strawberry knows both protocols; this adds who may come, how many, how long a reader may take, and what errors show.

| closed with | because |
|---|---|
| 4400 | a message that is not of the protocol |
| 4401 | an operation before `connection_init` was acknowledged |
| 4403 | a token that is not taken, or has run out; a page of another origin is refused by 403 |
| 4406 | a subprotocol other than graphql-transport-ws |
| 4408 | no `connection_init` within ten seconds |
| 4409 | an operation's id that is in use |
| 4429 | a second `connection_init` |
| 1013 | too many streams at once: try again later |
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager, suppress
from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

import orjson
import structlog
from graphql import GraphQLError
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http.exceptions import NonJsonMessageReceived, NonTextMessageReceived, WebSocketDisconnected
from strawberry.http.streaming import SSETransport, merge_stream_with_heartbeat
from strawberry.http.websocket_origin import is_same_origin, normalize_allowed_origins, normalize_origin
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.unset import UNSET

from graph.actor import Actor
from graph.errors import Unavailable
from service.identity.identity import Identity, Unauthenticated

INIT_WAIT = timedelta(seconds=10)
SEND_WAIT = 30.0
"""Seconds within which a reader must take what it is sent."""
HEARTBEAT = 15.0
"""Seconds between signs of life on a quiet stream of events."""

log = structlog.get_logger("streams")

Results = AsyncIterator[ExecutionResult]
Run = Callable[[str, Mapping[str, Any] | None, str | None, Actor, str, str | None], Results]
"""Answers an operation of someone, by a method and from an address, as its answers come, each fit to be shown."""


class Streams:
    """The open streams of the process: at most `most` of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: set[asyncio.Timeout] = set()
        self.closing = False
        """Whether the service is about to stop."""

    def __len__(self) -> int:
        return len(self._open)

    @property
    def full(self) -> bool:
        return self.closing or len(self._open) >= self._most

    @asynccontextmanager
    async def one(self) -> AsyncIterator[asyncio.Timeout]:
        """Counts one for as long as it is in here. Raises TimeoutError when its time is over, or all must end."""
        async with asyncio.timeout(None) as limit:
            self._open.add(limit)
            try:
                yield limit
            finally:
                self._open.discard(limit)

    def close(self) -> None:
        """Ends all of them, so that the service can stop. None is taken any more."""
        self.closing = True
        for limit in list(self._open):
            limit.reschedule(asyncio.get_running_loop().time())


def _when(expires_at: float | None) -> float | None:
    """The loop's time of a moment in seconds since 1970."""
    return None if expires_at is None else asyncio.get_running_loop().time() + expires_at - time.time()


# -- WebSockets


class WebSockets:
    """`/graphql` for WebSockets, an ASGI application."""

    def __init__(self, run: Run, identity: Identity, streams: Streams, *, origins: tuple[str, ...], most: int) -> None:
        self._run, self._identity, self._streams = run, identity, streams
        self._origins = normalize_allowed_origins(origins)
        self._most = most
        """Operations at once on one connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        if not self._is_welcome(socket):
            await socket.close()  # before it is accepted: 403
            return
        offered = scope["subprotocols"]
        spoken = GRAPHQL_TRANSPORT_WS_PROTOCOL if GRAPHQL_TRANSPORT_WS_PROTOCOL in offered else None
        await socket.accept(spoken)
        if spoken is None:
            await socket.close(4406, "Subprotocol not acceptable")
            return
        if self._streams.full:
            await socket.close(1013, "Too many streams")
            return
        id, started = uuid4().hex, time.perf_counter()
        try:
            async with self._streams.one() as limit:
                await _Connection(self._run, self._identity, socket, self._most, limit).live()
        except TimeoutError:
            code, reason = (1012, "Service restart") if self._streams.closing else (4403, "Forbidden")
            await _Wire(socket).close(code, reason)
        finally:
            log.info("stream", stream=id, kind="websocket", seconds=round(time.perf_counter() - started, 1))

    def _is_welcome(self, socket: WebSocket) -> bool:
        """Browsers open sockets from any page; `Origin` says which. Who sends none is no browser."""
        origin = socket.headers.get("origin")
        if origin is None or "*" in self._origins or is_same_origin(origin, socket.headers.get("host")):
            return True
        return normalize_origin(origin) in self._origins


class _Connection:
    """One socket: what Strawberry's handler asks of its view and of its schema."""

    def __init__(self, run: Run, identity: Identity, socket: WebSocket, most: int, limit: asyncio.Timeout) -> None:
        self._run, self._identity, self._socket, self._most, self._limit = run, identity, socket, most, limit

    async def live(self) -> None:
        handler: BaseGraphQLTransportWSHandler[Any, None] = BaseGraphQLTransportWSHandler(
            cast(Any, self),
            cast(Any, _Wire(self._socket)),
            {},
            None,
            cast(Any, self),
            INIT_WAIT,
            self._most,
        )
        await handler.handle()

    async def on_ws_connect(self, context: dict[str, Any]) -> Any:
        """Who it is: the `Authorization` of the first message, or else of the handshake."""
        given = context["connection_params"].get("Authorization", context["connection_params"].get("authorization"))
        header = given if isinstance(given, str) else self._socket.headers.get("authorization")
        try:
            signed = await self._identity.signed(header)
        except (Unauthenticated, Unavailable):
            raise ConnectionRejectionError from None
        context["actor"] = signed.actor
        self._limit.reschedule(_when(signed.expires_at))
        return UNSET

    async def stream(
        self, query: str, *, variable_values: Any, context_value: Any, operation_name: Any, **_: Any
    ) -> Results:
        client = self._socket.client
        return self._run(query, variable_values, operation_name, context_value["actor"], "POST", client and client.host)


class _Wire:
    """Messages in and out, as text. What is not shaped like one of the protocol's ends the connection."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    async def iter_json(self) -> AsyncIterator[Any]:
        while self._socket.application_state is WebSocketState.CONNECTED:
            try:
                text = await self._socket.receive_text()
            except WebSocketDisconnect:
                return
            except KeyError:
                raise NonTextMessageReceived from None
            try:
                message = orjson.loads(text)
            except orjson.JSONDecodeError:
                raise NonJsonMessageReceived from None
            if not _is_message(message):
                await self.close(4400, "Invalid message")
                return
            yield message

    async def send_json(self, message: Mapping[str, object]) -> None:
        await self._within(self._socket.send_text(orjson.dumps(message).decode()))

    async def close(self, code: int, reason: str) -> None:
        if self._socket.application_state is WebSocketState.CONNECTED:
            await self._within(self._socket.close(code, reason[:120]))

    async def _within(self, sending: Any) -> None:
        try:
            async with asyncio.timeout(SEND_WAIT):
                await sending
        except (WebSocketDisconnect, TimeoutError, RuntimeError) as gone:
            raise WebSocketDisconnected from gone


def _is_message(message: Any) -> bool:
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return False
    if message["type"] in ("subscribe", "complete") and not isinstance(message.get("id"), str):
        return False
    if message["type"] != "subscribe":
        return True
    payload = message.get("payload")
    return (
        isinstance(payload, dict)
        and isinstance(payload.get("query"), str)
        and isinstance(payload.get("variables"), dict | None)
        and isinstance(payload.get("operationName"), str | None)
    )


# -- server-sent events


class Events(StreamingResponse):
    """The answers to one operation as events: `next` for each, then `complete`.

    It ends with its reader, with the token, when the reader does not take what it is sent, or when the service stops.
    """

    def __init__(self, results: Results, streams: Streams, expires_at: float | None) -> None:
        transport = SSETransport(HEARTBEAT)

        def encode(content: object) -> str:
            return orjson.dumps(content).decode()

        async def events() -> AsyncIterator[str]:
            async with aclosing(cast(Any, results)) as answers:
                async for result in answers:
                    yield transport.encode_next(cast(Any, content(result)), encode)
                yield transport.encode_complete()

        beating = merge_stream_with_heartbeat(
            cast(Any, events), lambda: transport.heartbeat_message(encode), HEARTBEAT, send_initial_heartbeat=False
        )
        super().__init__(beating(), headers=dict(transport.headers))
        self._streams, self._expires_at = streams, expires_at

    async def stream_response(self, send: Send) -> None:
        async def send_in_time(message: Any) -> None:
            async with asyncio.timeout(SEND_WAIT):
                await send(message)

        try:
            async with self._streams.one() as limit:
                limit.reschedule(_when(self._expires_at))
                await super().stream_response(send_in_time)
        except TimeoutError:
            with suppress(TimeoutError):
                await send_in_time({"type": "http.response.body", "body": b"", "more_body": False})


def content(result: ExecutionResult) -> dict[str, Any]:
    """A result as it is sent."""
    found: dict[str, Any] = {} if isinstance(result, PreExecutionError) else {"data": result.data}
    if result.errors:
        found["errors"] = [error.formatted for error in result.errors]
    if result.extensions:
        found["extensions"] = result.extensions
    return found


def wants_events(accept: str | None) -> bool:
    return accept is not None and _EVENTS.accepts(accept)


_EVENTS = SSETransport()


def too_many() -> Response:
    error = GraphQLError("Too many streams are open. Try again later.", extensions={"code": "SERVICE_UNAVAILABLE"})
    return Response(orjson.dumps({"errors": [error.formatted]}), 503, {"Retry-After": "5"}, "application/json")
