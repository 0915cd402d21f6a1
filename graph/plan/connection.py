"""Connections: a page of nodes under the names that the Relay specification gives it.

What is asked of a page's nodes may be asked in several places, as `nodes {…}` and as `edges { node {…} }`,
under several aliases. Where all ask for the same, a row is that; where they differ, a row holds one projection each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from graph.plan.compiler import Compiler, Scope, Shape
from graph.plan.finisher import Finishing, Path, Step
from graph.plan.reads.read import Read
from graph.plan.selection import Field, Selection


@dataclass(frozen=True, slots=True)
class Marker(Read):
    """A field of a connection, an edge or a page info, put together by the connection above it.

    On a computed value it is the attribute of that name.
    """

    name: str


EDGES, NODES, PAGE_INFO, TOTAL_COUNT = Marker("edges"), Marker("nodes"), Marker("pageInfo"), Marker("totalCount")
CURSOR, NODE = Marker("cursor"), Marker("node")
HAS_NEXT, HAS_PREVIOUS = Marker("has_next"), Marker("has_previous")
START_CURSOR, END_CURSOR = Marker("start"), Marker("end")


class Page(Protocol):
    """A page that is known: what the catalogue answers."""

    @property
    def ids(self) -> Sequence[str]: ...
    @property
    def cursors(self) -> Sequence[str]: ...
    @property
    def has_next(self) -> bool: ...
    @property
    def has_previous(self) -> bool: ...
    @property
    def total(self) -> int | None: ...


@dataclass(slots=True)
class Rows:
    """A page with its raw rows. `cursors` is empty where none is asked for."""

    rows: list[Any]
    cursors: Sequence[str]
    has_next: bool
    has_previous: bool
    total: int | None


class Connection:
    """What is asked of one connection field."""

    def __init__(self, item: Field) -> None:
        assert item.selection is not None
        self.item = item
        self.fields = item.selection.fields
        self._selections: list[Selection] = []
        for field in self.fields:
            if field.read == NODES:
                self.place(field)
            elif field.read == EDGES:
                for inner in _fields(field):
                    if inner.read == NODE:
                        self.place(inner)

    def place(self, field: Field) -> int:
        """Which of a row's projections answers `field`."""
        assert field.selection is not None
        for index, known in enumerate(self._selections):
            if _same(known, field.selection):
                return index
        self._selections.append(field.selection)
        return len(self._selections) - 1

    @property
    def has_nodes(self) -> bool:
        """Whether anything is asked of the nodes themselves."""
        return bool(self._selections)

    @property
    def wants_rows(self) -> bool:
        return bool(self._selections) or self.wants_cursors or self.wants_page_info or self._asks(EDGES)

    @property
    def wants_cursors(self) -> bool:
        page_info = [inner for field in self.fields if field.read == PAGE_INFO for inner in _fields(field)]
        edges = [inner for field in self.fields if field.read == EDGES for inner in _fields(field)]
        return any(inner.read in (START_CURSOR, END_CURSOR) for inner in page_info) or any(
            inner.read == CURSOR for inner in edges
        )

    @property
    def wants_page_info(self) -> bool:
        return self._asks(PAGE_INFO)

    @property
    def wants_total(self) -> bool:
        return self._asks(TOTAL_COUNT)

    def _asks(self, read: Read) -> bool:
        return any(field.read == read for field in self.fields)

    def shape(self, compiler: Compiler, scope: Scope, hidden: dict[str, str]) -> tuple[Shape, list[Step]]:
        """A row's shape, and the steps that finish each of its projections."""
        if len(self._selections) == 1:
            shape = compiler.object(scope, self._selections[0], hidden)
            return shape, [shape.step]
        shapes = [compiler.object(scope, selection) for selection in self._selections]
        entries = [f"`@{index}`: {shape.expression}" for index, shape in enumerate(shapes)]
        entries += [f"`{key}`: {expression}" for key, expression in hidden.items()]
        calls = [line for shape in shapes for line in shape.calls]
        row = Shape(f"{scope.variable} {{{', '.join(entries) or '.id'}}}", calls, lambda raw, path, finishing: raw)
        return row, [shape.step for shape in shapes]

    def assemble(self, page: Rows, steps: list[Step], path: Path, finishing: Finishing) -> dict[str, Any] | None:
        """The finished connection; None where a null travelled up through it."""
        assembly = _Assembly(self, page, steps, finishing)
        out: dict[str, Any] = {}
        for field in self.fields:
            value = assembly.value(field, (path, field.key))
            if value is None and field.nulls.required:
                return None
            out[field.key] = value
        return out


class _Assembly:
    """One page in the making."""

    def __init__(self, connection: Connection, page: Rows, steps: list[Step], finishing: Finishing) -> None:
        self._connection, self._page, self._steps, self._finishing = connection, page, steps, finishing
        self._finished: dict[int, list[Any]] = {}

    def value(self, field: Field, path: Path) -> Any:
        """One field of the connection."""
        if field.read == NODES:
            return self._nodes(field, path)
        if field.read == EDGES:
            return self._edges(field, path)
        if field.read == PAGE_INFO:
            return {inner.key: _page_info(inner, self._page) for inner in _fields(field)}
        return self._page.total if field.read == TOTAL_COUNT else _type_name(field)

    def _nodes(self, field: Field, path: Path) -> list[Any] | None:
        nodes = self._nodes_of(field, path, None)
        items = field.nulls.items
        return None if items is not None and items.required and None in nodes else nodes

    def _edges(self, field: Field, path: Path) -> list[Any] | None:
        keys: list[str] = []
        columns: list[Sequence[Any]] = []
        for part in _fields(field):
            keys.append(part.key)
            if part.read == NODE:
                nodes = self._nodes_of(part, path, part.key)
                if part.nulls.required and None in nodes:
                    return None
                columns.append(nodes)
            elif part.read == CURSOR:
                columns.append(self._page.cursors)
            else:
                columns.append([_type_name(part)] * len(self._page.rows))
        return [dict(zip(keys, values, strict=True)) for values in zip(*columns, strict=True)]

    def _nodes_of(self, field: Field, at: Path, ending: str | None) -> list[Any]:
        """The rows' nodes as `field` asks for them; finished once, however often they are asked for."""
        index = self._connection.place(field)
        known = self._finished.get(index)
        if known is None:
            step, flat = self._steps[index], len(self._steps) == 1
            known = self._finished[index] = []
            for number, row in enumerate(self._page.rows):
                path: Path = (at, number) if ending is None else ((at, number), ending)
                known.append(step(row if flat else row[f"@{index}"], path, self._finishing))
        return known


def _type_name(field: Field) -> str:
    """`__typename`: a connection and its parts are each of one type."""
    return field.label.partition(".")[0]


def _page_info(field: Field, page: Rows) -> Any:
    if field.read == HAS_NEXT:
        return page.has_next
    if field.read == HAS_PREVIOUS:
        return page.has_previous
    if field.read == START_CURSOR:
        return page.cursors[0] if page.cursors else None
    if field.read == END_CURSOR:
        return page.cursors[-1] if page.cursors else None
    return _type_name(field)


def _fields(field: Field) -> tuple[Field, ...]:
    return field.selection.fields if field.selection else ()


def _same(one: Selection, other: Selection) -> bool:
    return one is other or (
        list(one.by_type) == list(other.by_type)
        and all(
            len(a) == len(b) and all(x.same_as(y) for x, y in zip(a, b, strict=True))
            for a, b in zip(one.by_type.values(), other.by_type.values(), strict=True)
        )
    )
