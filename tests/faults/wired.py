"""The whole service, in this process, with a wire to its engine that can be broken."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any

import httpx

from graph.actor import Role
from graph.database import Database
from graph.engines import Engine
from graph.engines.neo4j import Neo4jEngine
from service.app import application
from service.identity import development
from service.runtime import Runtime
from service.settings import Settings
from tests.engines.proxy import Proxy

DEADLINE = 2.0
"""Seconds within which a request must have its answer."""
KEY = "a key for the tests of faults, and for nothing else"


class Wired(Neo4jEngine):
    """An engine behind a proxy, like one that others run: whoever started it stops it."""

    def __init__(self, engine: Engine, database: Database) -> None:
        self.name, self.database = engine.name, database


class WiredService:
    """`async with WiredService(engine) as service`: the service answers `ask`, and `wire` is what can be broken."""

    def __init__(self, engine: Engine, *, connections: int = 50) -> None:
        self.settings = Settings(development_key=KEY, request_deadline=DEADLINE)
        self.wire = Proxy(engine)
        self._engine, self._connections = engine, connections

    async def __aenter__(self) -> WiredService:
        await self.wire.__aenter__()
        database = self.wire.database(connections=self._connections)
        self.runtime = Runtime(self.settings, Wired(self._engine, database))
        app = application(self.runtime, self.settings)
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service")
        token = development.make(
            KEY, self.runtime.clock, name="tests", roles=[Role.ADMIN], organisations=[], minutes=60
        )
        self._headers = {"Accept": "application/graphql-response+json", "Authorization": f"Bearer {token}"}
        await self.runtime.start()
        await self.runtime.opened.wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.wire.thaw()
        await self.client.aclose()
        await self.runtime.stop()
        await self.wire.__aexit__(kind, error, at)

    async def ask(self, query: str, variables: dict[str, Any] | None = None) -> Answer:
        started = time.monotonic()
        answer = await self.client.post(
            "/graphql", json={"query": query, "variables": variables}, headers=self._headers
        )
        return Answer(answer, time.monotonic() - started)


class Answer:
    """What was answered, and after how many seconds."""

    def __init__(self, answer: httpx.Response, seconds: float) -> None:
        self.status, self.seconds = answer.status_code, seconds
        self.body: dict[str, Any] = answer.json()

    @property
    def data(self) -> Any:
        return self.body.get("data")

    @property
    def codes(self) -> list[str]:
        return [error["extensions"]["code"] for error in self.body.get("errors", ())]
