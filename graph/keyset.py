"""Keyset pages over columns: a cursor holds the values of the row that it stands at, never an offset.

The place of a cursor is found by comparing values, so that a page goes on where the last one ended even when
rows have come, or the cursor's own row has gone, in between.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from graph import cursors
from graph.errors import BadInput

Rows = NDArray[np.intp]
Keys = NDArray[np.float64]
Flags = NDArray[np.bool_]
Direction = Literal["ASC", "DESC"]

DEFAULT_SIZE, LARGEST_SIZE = 50, 200


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page of a list: Relay's four arguments. BadInput, at the argument's name, for those that cannot be meant.

    Neither `first` nor `last` asks for the first 50. `after` and `before` may stand beside either.
    """

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None:
            raise BadInput("Give first or last, not both.", ("last",))
        for name, size in (("first", self.first), ("last", self.last)):
            if size is not None and not 0 <= size <= LARGEST_SIZE:
                raise BadInput(f"{name} is {size}; it must be from 0 to {LARGEST_SIZE}.", (name,))

    @property
    def backward(self) -> bool:
        """Whether the end of the list is asked for."""
        return self.last is not None

    @property
    def size(self) -> int:
        """How many rows at most."""
        if self.last is not None:
            return self.last
        return DEFAULT_SIZE if self.first is None else self.first


class Column:
    """One part of an order: a value for each row, as keys that ascend in the order's direction, nulls last.

    Made by `numbers` or `strings`; never changed, so that it may serve many orders.
    """

    def __init__(self, values: Sequence[Any] | NDArray[Any], keys: Keys, sign: int, names: list[str] | None) -> None:
        self._values, self._sign, self._names = values, sign, names
        self.keys = keys
        """Shape (rows,); infinite where the value is null."""

    @classmethod
    def numbers(cls, values: NDArray[Any], direction: Direction = "ASC") -> Column:
        """Finite numbers of any type, NaN for null. Integers beyond 2^53 would lose their last digits."""
        sign = -1 if direction == "DESC" else 1
        keys = np.multiply(values, sign, dtype=np.float64)
        keys[np.isnan(keys)] = np.inf
        return cls(values, keys, sign, None)

    @classmethod
    def strings(cls, values: Sequence[str | None], direction: Direction = "ASC") -> Column:
        """Strings in the order of their code points (for Danish order give `graph.danish.sort_key`s); None for null."""
        sign = -1 if direction == "DESC" else 1
        names = sorted({value for value in values if value is not None})
        # Even keys, so that a string that has gone, or has yet to come, finds its place at the odd key between two.
        places: dict[str | None, float] = {name: sign * 2.0 * n for n, name in enumerate(names)}
        keys = np.fromiter((places.get(value, np.inf) for value in values), np.float64, len(values))
        return cls(values, keys, sign, names)

    def reversed(self) -> Column:
        """The same values in the other direction, nulls still last."""
        keys = np.where(np.isinf(self.keys), np.inf, -self.keys)
        return Column(self._values, keys, -self._sign, self._names)

    def value(self, row: int) -> float | int | str | None:
        """The value of a row, as a cursor holds it."""
        if np.isinf(self.keys[row]):
            return None
        value = self._values[row]
        return value if isinstance(value, str) else value.item() if isinstance(value, np.generic) else value

    def key(self, value: object) -> float:
        """Where a cursor's value stands among the keys; ValueError where it is none of this column's kind."""
        if value is None:
            return np.inf
        if self._names is None:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise ValueError("not a number")
            return self._sign * float(value)
        if not isinstance(value, str):
            raise ValueError("not a string")
        n = bisect_left(self._names, value)
        there = n < len(self._names) and self._names[n] == value
        return self._sign * (2.0 * n if there else 2.0 * n - 1)


@dataclass(frozen=True)
class Order:
    """A total order of rows: by the first column, ties by the next, the last of which is the id.

    `name` and `direction` go into its cursors, so that no other order takes them for its own.
    """

    name: str
    direction: Direction
    columns: tuple[Column, ...]
    standing: bool = False
    """Whether it serves many pages, so that it pays to sort all rows once."""

    def cursor(self, row: int) -> str:
        """The opaque cursor of a row: name, direction, and the value of each column."""
        values = [column.value(row) for column in self.columns]
        return cursors.encode((self.name, self.direction, *values))

    def place(self, cursor: str, argument: str) -> list[float]:
        """The keys that `cursor` stands at. BadInput at `argument` for what is no cursor of this order."""
        try:
            content = cursors.decode(cursor)
            if content[:2] != [self.name, self.direction]:
                raise ValueError("a cursor of another list")
            return [column.key(value) for column, value in zip(self.columns, content[2:], strict=True)]
        except ValueError as error:
            raise BadInput(f"{argument} is no cursor of this list in this order.", (argument,)) from error

    @cached_property
    def keys(self) -> tuple[Keys, ...]:
        return tuple(column.keys for column in self.columns)

    @cached_property
    def sorting(self) -> Rows:
        """All rows in this order."""
        return np.lexsort(tuple(reversed(self.keys)))


class Cursors(Sequence[str]):
    """The cursors of rows, each made when it is first read: most pages show only their last."""

    def __init__(self, order: Order, rows: Sequence[int]) -> None:
        self._order, self._rows = order, rows
        self._made: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Cursors: ...
    def __getitem__(self, index: int | slice) -> str | Cursors:
        if isinstance(index, slice):
            return Cursors(self._order, self._rows[index])
        row = self._rows[index]
        if row not in self._made:
            self._made[row] = self._order.cursor(row)
        return self._made[row]


class Page(NamedTuple):
    """Rows in order, and whether the list has any after and before them."""

    rows: Rows
    has_next: bool
    has_previous: bool


def page(mask: Flags, order: Order, request: PageRequest, rows: Rows | None = None) -> Page:
    """One page of the rows in `mask`. BadInput for a cursor that is none of this order.

    Who knows already which rows these are, in ascending order, gives them as `rows`.
    """
    early: Flags | None = None
    late: Flags | None = None
    if request.after is not None or request.before is not None:
        early, late = (mask & outside for outside in _outside(order, request))
    inside = mask if early is None or late is None else mask & ~(early | late)
    if order.standing:
        return _out_of(order.sorting, inside, early, late, request)
    if rows is None or inside is not mask:
        rows = np.flatnonzero(inside)
    wanted = request.size
    if request.backward:
        # Looking from the end is looking at the opposite keys from the start.
        taken = _least(tuple(-keys for keys in order.keys), rows, wanted)[::-1]
    else:
        taken = _least(order.keys, rows, wanted)
    cut = len(rows) > len(taken)
    return Page(
        taken,
        has_next=(cut and not request.backward) or _some(late),
        has_previous=(cut and request.backward) or _some(early),
    )


def _some(flags: Flags | None) -> bool:
    return flags is not None and bool(flags.any())


def _out_of(sorting: Rows, inside: Flags, early: Flags | None, late: Flags | None, request: PageRequest) -> Page:
    """The page of rows that are sorted already: mostly it stands within the first or the last few hundred."""
    turned = sorting[::-1] if request.backward else sorting
    near = turned[: 4 * (request.size + 1)]
    found = near[inside[near]]
    if len(found) <= request.size:
        found = turned[inside[turned]]
    taken, cut = found[: request.size], len(found) > request.size
    return Page(
        taken[::-1] if request.backward else taken,
        has_next=(cut and not request.backward) or _some(late),
        has_previous=(cut and request.backward) or _some(early),
    )


def pages_by(
    mask: Flags,
    groups: NDArray[np.integer[Any]],
    n_groups: int,
    order: Order,
    request: PageRequest,
    members: Rows | None = None,
) -> list[Page]:
    """The same page of each of `n_groups` lists: group n holds the rows in `mask` whose entry in `groups` is n.

    `groups` has one entry for each row, negative where the row is in no list. Where a row may be in several,
    give `members`: the row of each entry of `groups`.
    """
    entries = np.arange(len(mask)) if members is None else members
    kept = mask[entries] & (groups >= 0)
    entries, numbers = entries[kept], groups[kept].astype(np.intp)
    early, late = (outside[entries] for outside in _outside(order, request))
    before, after = (np.bincount(numbers[some], minlength=n_groups) for some in (early, late))
    inside = ~early & ~late
    entries, numbers = entries[inside], numbers[inside]
    sorting = np.lexsort((*(keys[entries] for keys in reversed(order.keys)), numbers))
    entries = entries[sorting]
    counts = np.bincount(numbers, minlength=n_groups)
    ends = np.cumsum(counts)
    pages = []
    for start, end, earlier, later in zip(
        (ends - counts).tolist(), ends.tolist(), before.tolist(), after.tolist(), strict=True
    ):
        cut = end - start > request.size
        if request.backward:
            rows = entries[max(start, end - request.size) : end]
            pages.append(Page(rows, later > 0, cut or earlier > 0))
        else:
            pages.append(Page(entries[start : min(end, start + request.size)], cut or later > 0, earlier > 0))
    return pages


def _outside(order: Order, request: PageRequest) -> tuple[Flags, Flags]:
    """Which rows stand at or before `after`, and which at or after `before`. Shape (rows,) each."""
    early = late = np.zeros(len(order.keys[0]), dtype=bool)
    if request.after is not None:
        early = ~_beyond(order.keys, order.place(request.after, "after"))
    if request.before is not None:
        place = order.place(request.before, "before")
        late = ~_beyond(tuple(-keys for keys in order.keys), [-key for key in place])
    return early, late


def _beyond(columns: Sequence[Keys], place: Sequence[float]) -> Flags:
    """Which rows stand strictly after `place`. Shape (rows,)."""
    beyond, tied = np.zeros(len(columns[0]), dtype=bool), np.ones(len(columns[0]), dtype=bool)
    for keys, key in zip(columns, place, strict=True):
        beyond |= tied & (keys > key)
        tied &= keys == key
    return beyond


def _least(columns: Sequence[Keys], rows: Rows, count: int) -> Rows:
    """The first `count` of `rows`, sorted; sorts no more rows than that, ties in every column apart."""
    if count == 0:
        return rows[:0]
    sure: list[Rows] = []
    tied, missing = rows, count
    for keys in columns:
        if len(tied) <= missing:
            break
        values = keys[tied]
        bound = np.partition(values, missing - 1)[missing - 1]
        sure.append(tied[values < bound])
        missing -= len(sure[-1])
        tied = tied[values == bound]
    found = np.concatenate([*sure, tied])
    return found[np.lexsort(tuple(keys[found] for keys in reversed(columns)))][:count]
