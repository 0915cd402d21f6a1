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
                self._place(field)
            elif field.read == EDGES:
                for inner in _fields(field):
                    if inner.read == NODE:
                        self._place(inner)

    def _place(self, field: Field) -> int:
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
        finished: list[list[Any] | None] = [None] * len(steps)
        out: dict[str, Any] = {}
        for field in self.fields:
            value: Any
            here = (path, field.key)
            if field.read == NODES:
                value = self._nodes(page, steps, finished, field, here, finishing)
            elif field.read == EDGES:
                value = self._edges(page, steps, finished, field, here, finishing)
            elif field.read == PAGE_INFO:
                value = {inner.key: _page_info(inner, page) for inner in _fields(field)}
            elif field.read == TOTAL_COUNT:
                value = page.total
            else:
                value = field.label.partition(".")[0]
            if value is None and field.nulls.required:
                return None
            out[field.key] = value
        return out

    def _finished(
        self,
        page: Rows,
        steps: list[Step],
        finished: list[list[Any] | None],
        field: Field,
        at: Path,
        ending: str | None,
        finishing: Finishing,
    ) -> list[Any]:
        """The rows' nodes as `field` asks for them; finished once, however often they are asked for."""
        index = self._place(field)
        known = finished[index]
        if known is None:
            flat = len(self._selections) == 1
            step = steps[index]
            known = []
            for number, row in enumerate(page.rows):
                path: Path = (at, number) if ending is None else ((at, number), ending)
                known.append(step(row if flat else row[f"@{index}"], path, finishing))
            finished[index] = known
        return known

    def _nodes(
        self,
        page: Rows,
        steps: list[Step],
        finished: list[list[Any] | None],
        field: Field,
        at: Path,
        finishing: Finishing,
    ) -> list[Any] | None:
        nodes = self._finished(page, steps, finished, field, at, None, finishing)
        items = field.nulls.items
        return None if items is not None and items.required and None in nodes else nodes

    def _edges(
        self,
        page: Rows,
        steps: list[Step],
        finished: list[list[Any] | None],
        field: Field,
        at: Path,
        finishing: Finishing,
    ) -> list[Any] | None:
        inner = _fields(field)
        columns: list[Sequence[Any]] = []
        for part in inner:
            if part.read == NODE:
                nodes = self._finished(page, steps, finished, part, at, part.key, finishing)
                if part.nulls.required and None in nodes:
                    return None
                columns.append(nodes)
            elif part.read == CURSOR:
                columns.append(page.cursors)
            else:
                columns.append([part.label.partition(".")[0]] * len(page.rows))
        keys = [part.key for part in inner]
        return [dict(zip(keys, values, strict=True)) for values in zip(*columns, strict=True)]


def _page_info(field: Field, page: Rows) -> Any:
    if field.read == HAS_NEXT:
        return page.has_next
    if field.read == HAS_PREVIOUS:
        return page.has_previous
    if field.read == START_CURSOR:
        return page.cursors[0] if page.cursors else None
    if field.read == END_CURSOR:
        return page.cursors[-1] if page.cursors else None
    return field.label.partition(".")[0]


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
