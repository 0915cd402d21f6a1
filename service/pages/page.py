"""A page of the site: where it is, and what answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.responses import Response

from service.pages.visit import Visit

Handler = Callable[[Visit], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is written once for all languages, such as `/tilbud/{id}`; each has its own prefix.

    A page that `changes` something is asked for by POST, and only forms of the visitor's own session reach it.
    """

    path: str
    handler: Handler
    methods: tuple[str, ...] = ("GET",)
    file: bool = False
    """Whether it gives a file to take along, and no page to read."""
    changes: bool = False
