"""Connections after the Relay specification, with keyset cursors: a page stays right while others write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import strawberry

from graph.plan import connection
from schema.declare import Weight, field

T = TypeVar("T")


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = field(connection.HAS_NEXT, "Whether more follows this page.")
    has_previous_page: bool = field(connection.HAS_PREVIOUS, "Whether something comes before this page.")
    start_cursor: str | None = field(connection.START_CURSOR, "The first item's cursor; null when the page is empty.")
    end_cursor: str | None = field(connection.END_CURSOR, "The last item's cursor; null when the page is empty.")


@strawberry.type(description="One item of a list, with its place.")
class Edge(Generic[T]):
    cursor: str = field(connection.CURSOR, "The item's place in the list, for `after` and `before`.")
    node: T = field(connection.NODE, "The item.")


@strawberry.type(description="One page of a list.")
class Connection(Generic[T]):
    edges: list[Edge[T]] = field(connection.EDGES, "The page's items with their cursors.")
    nodes: list[T] = field(connection.NODES, "The page's items.")
    page_info: PageInfo = field(connection.PAGE_INFO, "Where the page stands in its list.")
    total_count: int = field(
        connection.TOTAL_COUNT,
        "How many items the whole list has; counted only when asked for.",
        weight=Weight(work=10),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """The `pageInfo` of a page. Cursors are made when they are read."""

    page: Any

    @property
    def has_next(self) -> bool:
        return bool(self.page.has_next)

    @property
    def has_previous(self) -> bool:
        return bool(self.page.has_previous)

    @property
    def start(self) -> str | None:
        return self._cursor(0)

    @property
    def end(self) -> str | None:
        return self._cursor(-1)

    def _cursor(self, index: int) -> str | None:
        cursors = self.page.cursors
        return cursors[index] if cursors else None


def page_info(page: Any) -> _Place:
    """The `pageInfo` of a page that is a computed value: a `graph.plan.connection.Page` without its total."""
    return _Place(page)
