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
    has_next: bool
    has_previous: bool
    start: str | None
    end: str | None


def page_info(page: Any) -> _Place:
    """The `pageInfo` of a page that is a computed value: a `graph.plan.connection.Page` without its total."""
    cursors = page.cursors
    return _Place(page.has_next, page.has_previous, cursors[0] if cursors else None, cursors[-1] if cursors else None)
