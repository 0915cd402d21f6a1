"""A page beside its operation: the same question, answered as HTML and as JSON, in the process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Message

from graph.clock import SystemClock
from schema.directory import Directory
from service.graphql import Endpoint
from service.identity import Identity
from service.pages.asking import Answer, Asking
from service.pages.operations import operations
from service.pages.site import Site
from service.rates import Rates
from service.settings import Settings
from tests.benchmarks.result import Result
from tests.benchmarks.running import directory_of, engine_of, service
from tests.benchmarks.setting import Setting, in_turn
from tests.pages.examples import EXAMPLES, NEED

Asked = tuple[str, Mapping[str, Any]]


class Answering:
    """What pages and endpoint ask, and what they were asked last."""

    standing, position = "", 0

    def __init__(self, directory: Directory) -> None:
        self.schema = directory.schema

    def may_be_kept(self, text: str) -> bool:
        return False

    async def reach(self, position: int, timeout: float) -> bool:
        return True


class Recorded(Asking):
    """Asks, and keeps what it asked."""

    asked: Asked | None = None

    async def ask(self, operation: str, variables: Mapping[str, Any], *rest: Any, **more: Any) -> Answer:
        self.asked = operation, dict(variables)
        return await super().ask(operation, variables, *rest, **more)


async def run(setting: Setting) -> AsyncIterator[Result]:
    with service(setting.loaded.folder) as served:
        database = engine_of(served)
        answering = Answering(await directory_of(database))
        settings, rates = Settings(), Rates(0)
        site = Site(answering, settings, SystemClock(), Identity(), rates)
        recorded = site.asking = Recorded(answering, settings, rates)
        endpoint = Endpoint(answering, settings, None, rates=rates)
        app = Starlette(routes=[Route("/graphql", endpoint), *site.routes])
        works: dict[str, Callable[[], Awaitable[object]]] = {}
        for pattern, path in EXAMPLES.items():
            recorded.asked = None
            form = urlencode(NEED).encode() if pattern == "/" else None
            page = partial(answered, app, path, form, "application/x-www-form-urlencoded")
            await page()
            if recorded.asked is None:
                continue  # it asks nothing
            operation, variables = recorded.asked
            body = orjson.dumps({"query": operations()[operation], "variables": variables})
            works[f"page {pattern}"] = page
            works[f"operation {pattern}"] = partial(answered, app, "/graphql", body, "application/json")
        took = await in_turn(5 * setting.rounds, works)
        for pattern in EXAMPLES:
            if f"page {pattern}" in took:
                page_ms, operation_ms = took[f"page {pattern}"], took[f"operation {pattern}"]
                note = f"{page_ms:.2f} and {operation_ms:.2f} ms"
                yield Result(
                    f"the page {pattern} beside its operation", page_ms / operation_ms, "x", at_most=2, note=note
                )
        await database.close()


async def answered(app: ASGIApp, path: str, body: bytes | None, media_type: str) -> bytes:
    """The body of what the application answers: by POST where something is sent."""
    path, _, query = path.partition("?")
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body or b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [
        (b"host", b"service"),
        (b"accept", b"text/html, application/json"),
        (b"content-type", media_type.encode()),
    ]
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET" if body is None else "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "server": ("service", 80),
        "client": ("127.0.0.1", 1),
    }
    await app(scope, receive, send)
    assert sent[0]["status"] == 200, (path, sent)
    return b"".join(message.get("body", b"") for message in sent)
