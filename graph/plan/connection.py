"""Connections: a page of nodes under the names that the Relay specification gives it.

What is asked of a page's nodes may be asked in several places, as `nodes {…}` and as `edges { node {…} }`,
under several aliases. Where all ask for the same, a row is that; where they differ, a row holds one projection each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from graph.plan.binding import Binding
from graph.plan.code import Code
from graph.plan.compiler import Compiler, Scope, Shape
from graph.plan.finisher import Finish, FinishObject, write_items
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

    def shape(self, compiler: Compiler, scope: Scope, hidden: dict[str, str]) -> tuple[Shape, list[Finish]]:
        """A row's shape, and how each of its projections is finished."""
        if len(self._selections) == 1:
            shape = compiler.object(scope, self._selections[0], hidden)
            return shape, [shape.finish]
        shapes = [compiler.object(scope, selection) for selection in self._selections]
        entries = [f"`@{index}`: {shape.expression}" for index, shape in enumerate(shapes)]
        entries += [f"`{key}`: {expression}" for key, expression in hidden.items()]
        calls = [line for shape in shapes for line in shape.calls]
        row = Shape(f"{scope.variable} {{{', '.join(entries) or '.id'}}}", calls, FinishObject(()))
        return row, [shape.finish for shape in shapes]

    def finish(self, nodes: list[Finish], page: Callable[[Any, Binding], Rows]) -> Finish:
        """How the connection is put together of what `page` makes of the raw value; `nodes` is as of `shape`."""
        return _FinishConnection(self, nodes, page)


@dataclass(frozen=True, slots=True)
class _FinishConnection(Finish):
    connection: Connection
    nodes: list[Finish]
    page: Callable[[Any, Binding], Rows]

    def write(self, code: Code, raw: str, path: str) -> str:
        page = code.let(f"{code.constant(self.page)}({raw}, finishing.binding)")
        finished: dict[int, str] = {}
        entries: list[str] = []
        for field in self.connection.fields:
            at = f"({path}, {field.key!r})"
            if field.read == NODES:
                value = self._nodes(code, field, page, at, None, finished)
            elif field.read == EDGES:
                value = self._edges(code, field, page, at, finished)
            elif field.read == PAGE_INFO:
                inner = (f"{part.key!r}: {_page_info(part, page)}" for part in _fields(field))
                value = f"{{{', '.join(inner)}}}"
            else:
                value = f"{page}.total" if field.read == TOTAL_COUNT else _type_name(field)
            entries.append(f"{field.key!r}: {value}")
        return f"{{{', '.join(entries)}}}"

    def _nodes(self, code: Code, field: Field, page: str, at: str, key: str | None, finished: dict[int, str]) -> str:
        """The rows' nodes as `field` asks for them; finished once, however often they are asked for.

        A node is never null in its connection, so a null in one travels up through all of it.
        """
        index = self.connection.place(field)
        if index not in finished:
            flat = len(self.nodes) == 1
            finished[index] = code.let(f"{page}.rows" if flat else f"[row['@{index}'] for row in {page}.rows]")
            write_items(code, finished[index], self.nodes[index], True, self.connection.item.label, at, key)
        return finished[index]

    def _edges(self, code: Code, field: Field, page: str, at: str, finished: dict[int, str]) -> str:
        values: list[str] = []
        columns: dict[str, str] = {}
        for part in _fields(field):
            value = code.name()
            if part.read == NODE:
                columns[value] = self._nodes(code, part, page, at, part.key, finished)
            elif part.read == CURSOR:
                columns[value] = f"{page}.cursors"
            else:
                value = _type_name(part)
            values.append(f"{part.key!r}: {value}")
        edge = f"{{{', '.join(values)}}}"
        if not columns:
            return f"[{edge} for _ in {page}.rows]"
        return f"[{edge} for {', '.join(columns)}, in zip({', '.join(columns.values())}, strict=True)]"


def _type_name(field: Field) -> str:
    """`__typename` in code: a connection and its parts are each of one type."""
    return repr(field.label.partition(".")[0])


def _page_info(field: Field, page: str) -> str:
    if field.read == HAS_NEXT:
        return f"{page}.has_next"
    if field.read == HAS_PREVIOUS:
        return f"{page}.has_previous"
    if field.read in (START_CURSOR, END_CURSOR):
        return f"{page}.cursors[{0 if field.read == START_CURSOR else -1}] if {page}.cursors else None"
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
