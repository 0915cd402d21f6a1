"""Connections that the graph pages itself: by keyset over one indexed property that ends in the id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graph import cursors
from graph.errors import BadInput
from graph.keyset import PageRequest
from graph.plan.binding import Arguments, Binding
from graph.plan.compiler import Compiler, Part, Scope, call, pattern
from graph.plan.connection import Connection, Rows
from graph.plan.finisher import CURSOR as KEY
from graph.plan.finisher import Finish
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


Parameter = Callable[[Callable[[Arguments, Binding], Any]], str]
"""Makes what a function gives for a request's arguments a parameter of the statement."""
Where = Callable[[Arguments, Parameter, str], list[str]]
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
    touching: str | None = None
    """Besides, nodes that have this edge to the node at hand."""
    numbered: str | None = None
    """For nodes whose order is a number that rises by one, such as a position in the change log: the kind of their
    ids, which end in it. The number is the cursor."""
    where: Where | None = field(default=None, compare=False)

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        connection, arguments = Connection(item), item.arguments
        compiler.collect(lambda binding: self._check(arguments(binding)))
        given = arguments(compiler.binding)
        backward = given.get("last") is not None
        node = compiler.variable()
        matched = self._matched(scope, node)
        common = self._conditions(arguments, given, node, compiler)
        calls: list[str] = []
        columns: list[str] = []
        nodes: list[Finish] = []
        if connection.wants_rows:
            shape, nodes = connection.shape(compiler, Scope(node, arguments=arguments), {KEY: f"{node}.{self.order}"})
            limit = compiler.parameter(lambda binding: page_request(arguments(binding)).size + 1)
            if self.numbered and not (common or scope.variable or backward or given.get("before")):
                found = self._looked_up(arguments, node, limit, compiler)
            else:
                bounds = [
                    self._bound(name, arguments, node, compiler) for name in _CURSORS if given.get(name) is not None
                ]
                found = [matched, _where([*common, *bounds])]
            slot = compiler.slot()
            turned = " DESC" if backward != self.descending else ""
            ordered = f"WITH {node} ORDER BY {node}.{self.order}{turned} LIMIT {limit}"
            rows = shape.before(f"RETURN collect({shape.expression}) AS {slot}")
            calls.append(call(scope.variable, *found, ordered, rows))
            columns.append(f"rows: {slot}")
        if connection.wants_total:
            slot = compiler.slot()
            calls.append(call(scope.variable, matched, _where(common), f"RETURN count({node}) AS {slot}"))
            columns.append(f"total: {slot}")

        def page(raw: Any, binding: Binding) -> Rows:
            return self._page(raw, arguments(binding), with_cursors=connection.wants_cursors)

        # A literal of plain variables: a projection inside of one is answered wrongly by the embedded engine.
        anchor = f"{scope.variable} " if scope.variable else ""
        return Part(f"{anchor}{{{', '.join(columns)}}}", calls, connection.finish(nodes, page))

    def _page(self, raw: Any, arguments: Arguments, *, with_cursors: bool) -> Rows:
        """The rows that were read, one more than asked for where there is more, as the page that was asked for."""
        request = page_request(arguments)
        rows = raw.get("rows", [])
        more = len(rows) > request.size
        del rows[request.size :]
        if request.backward:
            rows.reverse()
        return Rows(
            rows,
            [self.encode(row[KEY]) for row in rows] if with_cursors else (),
            has_next=request.before is not None if request.backward else more,
            has_previous=more if request.backward else request.after is not None,
            total=raw.get("total"),
        )

    def _looked_up(
        self, arguments: Callable[[Binding], Arguments], node: str, limit: str, compiler: Compiler
    ) -> list[str]:
        """Finds numbered nodes by their ids: an index on numbers is walked from its start by the embedded engine."""
        after = compiler.parameter(lambda binding: int(arguments(binding).get("after") or 0))
        number, id = compiler.variable(), compiler.variable()
        return [
            f"UNWIND range({after} + 1, {after} + {limit}) AS {number}",
            f"WITH '{self.numbered}:' + toString({number}) AS {id}",
            f"MATCH ({node}:{self.label} {{id: {id}}})",
        ]

    def _matched(self, scope: Scope, node: str) -> str:
        own = f"MATCH {self._pattern(scope, node)}"
        if self.touching is None:
            return own
        touching = f"MATCH {pattern(scope.variable, self.touching, f'{node}:{self.label}', incoming=True)}"
        return call(scope.variable, f"{own} RETURN {node}", "UNION", f"{touching} RETURN {node}") + f"\nWITH {node}"

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

        def parameter(value: Callable[[Arguments, Binding], Any]) -> str:
            return compiler.parameter(lambda binding: value(arguments(binding), binding))

        return self.where(given, parameter, node)

    def _bound(self, name: str, arguments: Callable[[Binding], Arguments], node: str, compiler: Compiler) -> str:
        decode = self.decode
        value = compiler.parameter(lambda binding: decode(arguments(binding)[name], name))
        return f"{node}.{self.order} {'>' if (name == 'after') != self.descending else '<'} {value}"

    def _check(self, arguments: Arguments) -> None:
        """Refuses arguments that cannot be meant, whatever is asked of the page."""
        page_request(arguments)
        for name in _CURSORS:
            if arguments.get(name) is not None:
                self.decode(arguments[name], name)

    def encode(self, value: Any) -> str:
        """The cursor of a node whose order is `value`."""
        return str(value) if self.numbered else cursors.encode((self.order, value))

    def decode(self, cursor: str, argument: str) -> str | int:
        if self.numbered:
            return position(cursor, argument)
        try:
            order, value = cursors.decode(cursor)
            if order != self.order or not isinstance(value, str):
                raise ValueError("a cursor of another list")
        except ValueError as error:
            raise BadInput(f"{argument}: {cursor[:40]!r} is no cursor of this list.", (argument,)) from error
        return value


_CURSORS = ("after", "before")


def _where(conditions: list[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""
