"""Connections that the graph pages itself: by keyset over one indexed property that ends in the id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graph.catalogue.keyset import PageRequest
from graph.errors import BadInput
from graph.plan import cursors
from graph.plan.binding import Arguments, Binding
from graph.plan.compiler import Compiler, Part, Scope, call, pattern
from graph.plan.connection import Connection, Rows
from graph.plan.finisher import CURSOR as KEY
from graph.plan.finisher import Finishing, Path
from graph.plan.reads.read import Read
from graph.plan.selection import Field


def page_request(arguments: Arguments) -> PageRequest:
    """The page that a connection's arguments ask for. Raises BadInput for one that cannot be meant."""
    return PageRequest(*(arguments.get(name) for name in ("first", "after", "last", "before")))


def position(cursor: str, argument: str) -> int:
    """A place in the change log, which is its own cursor."""
    if not cursor.isascii() or not cursor.isdecimal() or len(cursor) > 18:
        raise BadInput(f"{argument}: {cursor[:40]!r} is no position in the change log.", (argument,))
    return int(cursor)


Where = Callable[[Arguments, Callable[[Callable[[Arguments], Any]], str], str], list[str]]
"""Conditions that arguments make: `(arguments, parameter, variable) -> [condition]`."""


@dataclass(frozen=True, slots=True)
class Pages(Read):
    """Nodes of `label`, or those along an edge from the node at hand, in the order of one property."""

    label: str | None = None
    """None where the edge alone says which nodes they are."""
    edge: str | None = None
    incoming: bool = False
    order: str = "nameOrder"
    descending: bool = False
    subject: str | None = None
    """For nodes that name the node at hand in a property instead of having an edge to it."""
    plain_cursor: bool = False
    """Whether the cursor is the order's value itself, such as a position in the change log."""
    where: Where | None = field(default=None, compare=False)

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        connection = Connection(item)
        arguments = item.arguments
        given = arguments(compiler.binding)
        compiler.collect(lambda binding: self._check(arguments(binding)))
        node = compiler.variable()
        nested = bool(scope.variable)
        matched = f"MATCH {self._pattern(scope, node)}"
        common = self._conditions(arguments, given, node, compiler)
        calls: list[str] = []
        columns: list[str] = []
        steps: list[Any] = []
        backward = given.get("last") is not None
        rows_slot = compiler.slot()
        if connection.wants_rows:
            bounds = [
                self._bound(name, arguments, node, compiler)
                for name in ("after", "before")
                if given.get(name) is not None
            ]
            shape, steps = connection.shape(compiler, Scope(node, arguments=arguments), {KEY: f"{node}.{self.order}"})
            limit = compiler.parameter(lambda binding: page_request(arguments(binding)).size + 1)
            turned = " DESC" if backward != self.descending else ""
            conditions = [*common, *bounds]
            calls.append(
                call(
                    scope.variable,
                    matched,
                    f"WHERE {' AND '.join(conditions)}" if conditions else "",
                    f"WITH {node} ORDER BY {node}.{self.order}{turned} LIMIT {limit}",
                    shape.before(f"RETURN collect({shape.expression}) AS {rows_slot}"),
                )
            )
            columns.append(f"rows: {rows_slot}")
        if connection.wants_total:
            total_slot = compiler.slot()
            where = f"WHERE {' AND '.join(common)}" if common else ""
            calls.append(call(scope.variable, matched, where, f"RETURN count({node}) AS {total_slot}"))
            columns.append(f"total: {total_slot}")
        encode = _plain if self.plain_cursor else self._encode

        def step(raw: Any, path: Path, finishing: Finishing) -> Any:
            binding_arguments = arguments(finishing.binding)
            size = page_request(binding_arguments).size
            rows = raw.get("rows", [])
            more = len(rows) > size
            del rows[size:]
            if backward:
                rows.reverse()
            page = Rows(
                rows,
                [encode(row[KEY]) for row in rows] if connection.wants_cursors else (),
                has_next=binding_arguments.get("before") is not None if backward else more,
                has_previous=more if backward else binding_arguments.get("after") is not None,
                total=raw.get("total"),
            )
            return connection.assemble(page, steps, path, finishing)

        # A literal of plain variables: a projection inside of one is answered wrongly by the embedded engine.
        anchor = f"{scope.variable} " if nested else ""
        return Part(f"{anchor}{{{', '.join(columns)}}}", calls, step)

    def _pattern(self, scope: Scope, node: str) -> str:
        if self.subject is not None:
            return f"({node}:{self.label} {{{self.subject}: {scope.variable}.id}})"
        if self.edge is None:
            return f"({node}:{self.label})"
        end = f"{node}:{self.label}" if self.label else node
        return pattern(scope.variable, self.edge, end, incoming=self.incoming)

    def _conditions(
        self,
        arguments: Callable[[Binding], Arguments],
        given: Arguments,
        node: str,
        compiler: Compiler,
    ) -> list[str]:
        if self.where is None:
            return []

        def parameter(value: Callable[[Arguments], Any]) -> str:
            return compiler.parameter(lambda binding: value(arguments(binding)))

        return self.where(given, parameter, node)

    def _bound(self, name: str, arguments: Callable[[Binding], Arguments], node: str, compiler: Compiler) -> str:
        decode = self._decode
        value = compiler.parameter(lambda binding: decode(arguments(binding)[name], name))
        return f"{node}.{self.order} {'>' if (name == 'after') != self.descending else '<'} {value}"

    def _check(self, arguments: Arguments) -> None:
        """Refuses arguments that cannot be meant, whatever is asked of the page."""
        page_request(arguments)
        for name in ("after", "before"):
            if arguments.get(name) is not None:
                self._decode(arguments[name], name)

    def _encode(self, value: Any) -> str:
        return cursors.encode(self.order, value)

    def _decode(self, cursor: str, argument: str) -> str | int:
        return position(cursor, argument) if self.plain_cursor else cursors.decode(self.order, cursor, argument)


def _plain(value: Any) -> str:
    return str(value)
