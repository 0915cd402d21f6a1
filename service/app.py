"""The ASGI application: its routes, what surrounds them, and the runtime that lives as long as it does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from service import graphiql, health
from service.graphql import Endpoint
from service.headers import OtherOrigins, SecurityHeaders
from service.identity import Identity
from service.pages.site import Site
from service.rates import Rates
from service.requests import BodyLimit, Directly, RequestLog
from service.runtime import Runtime
from service.settings import Settings
from service.streams import Streams, WebSockets

STATIC = Path(__file__).parent / "static"


def application(runtime: Runtime, settings: Settings) -> Starlette:
    page = graphiql.page() if settings.graphiql else None
    identity = Identity.of(settings, runtime.clock)
    streams = Streams(settings.max_streams)
    rates = Rates(settings.rate_cost_per_minute)
    endpoint = Endpoint(runtime, settings, page, identity, streams, runtime.trusted, rates)
    sockets = WebSockets(
        endpoint.stream, identity, streams, origins=settings.cors_origins, most=settings.max_stream_operations
    )
    routes: list[BaseRoute] = [
        Route("/graphql", endpoint),
        WebSocketRoute("/graphql", sockets),
        *health.routes(runtime),
    ]
    failures: dict[Any, Any] = {}
    if settings.pages:
        site = Site(runtime, settings, runtime.clock, identity, rates)
        routes += site.routes
        failures[HTTPException] = site.failure
    if page is not None or settings.pages:
        routes.append(Mount("/static", StaticFiles(directory=STATIC)))

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
        Middleware(Directly, path="/graphql", endpoint=endpoint),
        Middleware(BodyLimit, max_body=settings.max_body, deadline=settings.request_deadline),
    ]
    made = Starlette(routes=routes, middleware=middleware, exception_handlers=failures, lifespan=lifespan)
    made.state.streams = streams
    return made
