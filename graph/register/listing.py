"""Keyset pages of rows that stand in order: a cursor holds the key of the row that it stands at, never an offset."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from graph import cursors
from graph.errors import BadInput
from graph.keyset import PageRequest

Key = tuple[str | int, ...]


class Identified(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Identified)
C = TypeVar("C", bound=Identified, contravariant=True)


@dataclass(frozen=True, slots=True)
class Order(Generic[C]):
    """An order of rows by a key that ends in the id. `name` goes into its cursors, so that no other takes them."""

    name: str
    key: Callable[[C], Key]
    shape: tuple[type, ...]
    """The types of the key's parts."""

    def cursor(self, row: C) -> str:
        """The opaque cursor of a row: name, and the parts of the key."""
        return cursors.encode((self.name, *self.key(row)))

    def place(self, cursor: str, argument: str) -> Key:
        """The key at which `cursor` stands. BadInput at `argument` for what is no cursor of this order."""
        try:
            content = cursors.decode(cursor)
            if content[:1] != [self.name]:
                raise ValueError("a cursor of another list")
            key = tuple(content[1:])
            if tuple(type(part) for part in key) != self.shape:
                raise ValueError("no key of this order")
        except ValueError as error:
            raise BadInput(f"{argument} is no cursor of this list.", (argument,)) from error
        return key


@dataclass(frozen=True)
class Listed(Generic[T]):
    """A page of rows in order. `total` counts the whole list, where that was asked for."""

    rows: Sequence[T]
    has_next: bool
    has_previous: bool
    total: int | None
    order: Order[T]

    @cached_property
    def ids(self) -> list[str]:
        return [row.id for row in self.rows]

    @cached_property
    def cursors(self) -> list[str]:
        return [self.order.cursor(row) for row in self.rows]


def page(rows: Sequence[T], order: Order[T], request: PageRequest, *, total: bool) -> Listed[T]:
    """One page of `rows`, which stand in `order`. BadInput at `after` or `before` for a cursor of another list."""
    start, end = 0, len(rows)
    if request.after is not None:
        start = bisect_right(rows, order.place(request.after, "after"), key=order.key)
    if request.before is not None:
        end = bisect_left(rows, order.place(request.before, "before"), key=order.key)
    first, last = start, max(start, end)
    if request.backward:
        first = max(first, last - request.size)
    else:
        last = min(last, first + request.size)
    count = len(rows) if total else None
    return Listed(rows[first:last], last < len(rows), first > 0, count, order)
