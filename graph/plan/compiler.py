"""The compiler: walks a selection and puts the reads' parts together to one statement.

Whatever can be said in an expression stands in a map projection, `o {.id, .name, operator: head([…])}`.
What needs an order and a limit becomes a subquery before it, `CALL (o) { … RETURN collect(…) AS f1 }`, since
that is the one shape that both engines answer correctly and fast. So an object's shape is an expression plus
the calls that must stand before the clause in which the expression is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.errors import BadInput
from graph.plan.binding import Arguments, Binding
from graph.plan.faults import Asked, InputFault
from graph.plan.finisher import TYPE, Finish, FinishAny, FinishObject, Member
from graph.plan.selection import Field, Selection


def no_arguments(binding: Binding) -> Arguments:
    return {}


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a field is read: a bound variable, and what is known of it."""

    variable: str
    end: str | None = None
    """For an edge: the variable of the node at its far end."""
    arguments: Callable[[Binding], Arguments] = no_arguments
    """The arguments of the field that led here."""
    ids: Callable[[Binding], list[str]] | None = None
    """The only ids that the variable can have, where that is known before the statement runs."""
    abstract: bool = False
    """Whether the variable may be of several types that are read alike."""


@dataclass(slots=True)
class Part:
    """A field's part of the plan."""

    expression: str | None
    """None where nothing is read: the finish is then given True."""
    calls: list[str] = field(default_factory=list)
    finish: Finish | None = None


@dataclass(slots=True)
class Shape:
    """An object's part of the plan."""

    expression: str
    calls: list[str]
    finish: Finish

    def before(self, clause: str) -> str:
        """The calls and then the clause that uses the expression."""
        return "\n".join((*self.calls, clause))


class Compiler:
    """Compiles for one request's shape: which of its arguments are given, and whose eyes see the answer."""

    def __init__(self, binding: Binding, *, keeps_order: bool) -> None:
        self.binding = binding
        self.keeps_order = keeps_order
        """Whether the engine returns a map's keys in the order in which they were written."""
        self.parameters: dict[str, Asked[Any]] = {}
        self.collectors: list[Asked[None]] = []
        """Run before the parameters are bound: they find the nodes that computed values refer to."""
        self.meanwhile: list[Callable[[Binding], None]] = []
        """What can be worked out while the engine is at work."""
        self.fetches: dict[str, str] = {}
        """Subqueries that fetch the nodes which computed values refer to, by their columns. They stand at the root,
        wherever the values do: the nodes' ids are parameters."""
        self._asking: list[Field] = []
        self._names = 0
        self._slots = 0

    def field(self, item: Field, type: str, scope: Scope) -> Part:
        """A field's part. Raises InputFault where its arguments cannot be meant."""
        self._asking.append(item)
        try:
            return item.read.compile(item, type, scope, self)
        except BadInput as fault:
            raise InputFault(fault, self.asking) from fault
        finally:
            self._asking.pop()

    @property
    def asking(self) -> tuple[Field, ...]:
        """The fields that are being compiled, from the root's on."""
        return tuple(self._asking)

    def parameter(self, value: Callable[[Binding], Any]) -> str:
        name = f"p{len(self.parameters)}"
        self.parameters[name] = Asked(value, self.asking)
        return f"${name}"

    def collect(self, work: Callable[[Binding], None]) -> None:
        self.collectors.append(Asked(work, self.asking))

    def fetch(self, column: str, body: str) -> None:
        self.fetches[column] = body

    def variable(self) -> str:
        self._names += 1
        return f"n{self._names}"

    def slot(self) -> str:
        """The name of a subquery's result."""
        self._slots += 1
        return f"f{self._slots}"

    def object(self, scope: Scope, selection: Selection, hidden: Mapping[str, str] | None = None) -> Shape:
        """Reads an object. `hidden` keys come with the raw map and are dropped from the finished one.

        They begin with `@`, which no GraphQL name can, so that no response key is ever taken for one of them.
        """
        if not selection.abstract:
            return self._one(scope, selection, next(iter(selection.by_type)), hidden or {})
        if selection.uniform():
            return self._one(_abstract(scope), selection, next(iter(selection.by_type)), hidden or {})
        calls: list[str] = []
        branches: list[str] = []
        finishes: dict[str, Finish] = {}
        for type in selection.by_type:
            shape = self._one(scope, selection.only(type), type, {**(hidden or {}), TYPE: f"'{type}'"})
            calls += shape.calls
            branches.append(f"WHEN {scope.variable}:{type} THEN {shape.expression}")
            finishes[type] = shape.finish
        return Shape(f"CASE {' '.join(branches)} END", calls, FinishAny(finishes))

    def _one(self, scope: Scope, selection: Selection, type: str, hidden: Mapping[str, str]) -> Shape:
        entries: list[str] = []
        calls: list[str] = []
        members: list[Member] = []
        read: set[str] = set()
        for item in selection.fields:
            part = self.field(item, type, scope)
            calls += part.calls
            expression = _read_once(part.expression or "true", read)
            if expression == f"{scope.variable}.{item.key}":
                entries.append(f".{item.key}")
            else:
                entries.append(f"{item.key}: {expression}")
            members.append(Member(item.key, part.finish, item.nulls.required, item.label))
        entries += [f"`{key}`: {_read_once(expression, read)}" for key, expression in hidden.items()]
        return Shape(
            f"{scope.variable} {{{', '.join(entries)}}}",
            calls,
            FinishObject(members, hidden=tuple(hidden), rebuild=not self.keeps_order),
        )


_PROPERTY = re.compile(r"\w+\.\w+")


def _read_once(expression: str, read: set[str]) -> str:
    """The expression as it may stand in a map, where `read` says what stands there already.

    Where a statement has several subqueries, Neo4j 5.26 gives null for a property that one of them reads a second
    time in the same map, such as `n {.id, kind: n.id}`. An expression around the property is answered rightly.
    """
    if expression in read and _PROPERTY.fullmatch(expression):
        return f"coalesce({expression})"
    read.add(expression)
    return expression


def _abstract(scope: Scope) -> Scope:
    return Scope(scope.variable, scope.end, scope.arguments, scope.ids, abstract=True)


def call(outer: str, *lines: str) -> str:
    """A subquery over one outer variable, or none."""
    body = "\n".join(line for line in lines if line)
    indented = "\n".join("  " + line for line in body.splitlines())
    return f"CALL ({outer}) {{\n{indented}\n}}"


def pattern(start: str, type: str, end: str, *, incoming: bool, edge: str = "") -> str:
    """A pattern that starts at the bound node: from the far end it would be searched for, not followed."""
    return f"({start})<-[{edge}:{type}]-({end})" if incoming else f"({start})-[{edge}:{type}]->({end})"
