"""A page of the site: where it is, and what answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.responses import Response

from service.pages.visit import Visit

Handler = Callable[[Visit], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is written once for all languages, such as `/tilbud/{id}`; each has its own prefix."""

    path: str
    handler: Handler
    methods: tuple[str, ...] = ("GET",)
