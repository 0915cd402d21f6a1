"""The ASGI application: its routes, what surrounds them, and the runtime that lives as long as it does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from service import graphiql, health
from service.graphql import Endpoint
from service.headers import OtherOrigins, SecurityHeaders
from service.identity import Identity
from service.requests import BodyLimit, RequestLog
from service.runtime import Runtime
from service.settings import Settings
from service.streams import Streams, WebSockets


def application(runtime: Runtime, settings: Settings) -> Starlette:
    page = graphiql.page() if settings.graphiql else None
    identity = Identity.of(settings, runtime.clock)
    streams = Streams(settings.max_streams)
    endpoint = Endpoint(runtime, settings, page, identity, streams, runtime.trusted)
    sockets = WebSockets(
        endpoint.stream, identity, streams, origins=settings.cors_origins, most=settings.max_stream_operations
    )
    routes: list[BaseRoute] = [
        Route("/graphql", endpoint),
        WebSocketRoute("/graphql", sockets),
        *health.routes(runtime),
    ]
    if page is not None:
        routes += graphiql.routes(page)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await runtime.start()
        try:
            yield
        finally:
            await runtime.stop()

    middleware = [
        Middleware(RequestLog),
        Middleware(SecurityHeaders),
        *([Middleware(OtherOrigins, origins=settings.cors_origins)] if settings.cors_origins else []),
        Middleware(BodyLimit, max_body=settings.max_body, deadline=settings.request_deadline),
    ]
    made = Starlette(routes=routes, middleware=middleware, lifespan=lifespan)
    made.state.streams = streams
    return made
