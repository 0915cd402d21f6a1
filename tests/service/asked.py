"""The endpoint with a directory, and nothing else of the service."""

from __future__ import annotations

from types import TracebackType
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from schema.directory import Directory
from service.graphql import Endpoint
from service.requests import BodyLimit
from service.settings import Settings
from service.trusted import Trusted


class Alone:
    """A client of an endpoint that answers from `directory`, as a service at `position`."""

    def __init__(self, directory: Directory, trusted: Trusted | None = None, **settings: Any) -> None:
        self.directory, self.position = directory, 7
        chosen = Settings(**settings)
        endpoint = Endpoint(self, chosen, None, trusted=trusted)
        body = Middleware(BodyLimit, max_body=chosen.max_body, deadline=chosen.request_deadline)
        app = Starlette(routes=[Route("/graphql", endpoint)], middleware=[body])
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")

    @property
    def schema(self) -> Any:
        return self.directory.schema

    @property
    def standing(self) -> str:
        return f"{self.position} {self.directory.clock.today()}"

    def may_be_kept(self, text: str) -> bool:
        document = self.directory.documents.get(text)
        return not document.errors and not document.takes_need

    async def reach(self, position: int, timeout: float) -> bool:
        return position <= self.position

    async def __aenter__(self) -> Alone:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.client.aclose()

    async def ask(self, query: str | None = None, **parameters: Any) -> httpx.Response:
        asked = {"query": query, **parameters} if query is not None else parameters
        return await self.client.post("/graphql", json=asked, headers=ACCEPT)

    async def get(self, headers: dict[str, str] | None = None, **parameters: str) -> httpx.Response:
        return await self.client.get("/graphql", params=parameters, headers={**ACCEPT, **(headers or {})})


ACCEPT = {"Accept": "application/graphql-response+json"}
