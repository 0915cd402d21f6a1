"""Reads of the root: nodes found by a key, and short lists of all there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from graph.errors import BadInput
from graph.model import Kind, kind_of
from graph.plan.binding import Arguments, Binding
from graph.plan.code import Code
from graph.plan.compiler import Compiler, Part, Scope, call
from graph.plan.finisher import ID, ORDER, Finish, Finishing, FinishList, Nulled, Path, Step, function
from graph.plan.reads.read import Read
from graph.plan.reads.relations import valid_on
from graph.plan.selection import Field, Selection


def readable_kind(id: Any, selection: Selection, argument: str) -> Kind:
    """The kind that an id names, if there is a type for it here. A string that is no id is refused by name."""
    kind = kind_of(id)
    if kind is None or kind.label not in selection.by_type:
        raise BadInput(f"{argument}: {str(id)[:80]!r} is no id of this directory", (argument,))
    return kind


@dataclass(frozen=True, slots=True)
class Find(Read):
    """The node of `label` whose unique `property` is the argument of that name; null where there is none."""

    label: str
    property: str = "id"

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None
        arguments, name = item.arguments, self.property
        if name == "id":
            readable_kind(arguments(compiler.binding)["id"], item.selection, "id")
        node, slot = compiler.variable(), compiler.slot()
        key = compiler.parameter(lambda binding: arguments(binding)[name])
        inner = Scope(node, arguments=arguments, ids=_ids(arguments, name) if name == "id" else None)
        shape = compiler.object(inner, item.selection)
        body = call(
            "",
            f"MATCH ({node}:{self.label} {{{name}: {key}}})",
            shape.before(f"RETURN head(collect({shape.expression})) AS {slot}"),
        )
        return Part(slot, [body], shape.finish)


def _ids(arguments: Callable[[Binding], Any], name: str) -> Callable[[Binding], list[str]]:
    return lambda binding: [arguments(binding)[name]]


@dataclass(frozen=True, slots=True)
class Told(Read):
    """The nodes of `label` that are to be told of: a list of those whose ids the request holds under this read.

    One statement for many events, each of which is then an answer of its own.
    """

    label: str
    order: str

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None
        id, node, slot = compiler.variable(), compiler.variable(), compiler.slot()
        ids = compiler.parameter(lambda binding: list(binding.memo[self]))
        shape = compiler.object(Scope(node), item.selection, {ORDER: self.order.format(node=node)})
        body = call(
            "",
            f"UNWIND {ids} AS {id}",
            f"MATCH ({node}:{self.label} {{id: {id}}})",
            shape.before(f"RETURN collect({shape.expression}) AS {slot}"),
        )
        return Part(slot, [body], FinishList(shape.finish, required=False, label=item.label, sort=True))


@dataclass(frozen=True, slots=True)
class Sole(Read):
    """The one node of `label`, such as the region."""

    label: str

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None
        node, slot = compiler.variable(), compiler.slot()
        shape = compiler.object(Scope(node), item.selection)
        body = call(
            "",
            f"MATCH ({node}:{self.label})",
            f"WITH {node} ORDER BY {node}.id LIMIT 1",
            shape.before(f"RETURN head(collect({shape.expression})) AS {slot}"),
        )
        return Part(slot, [body], shape.finish)


@dataclass(frozen=True, slots=True)
class FindNode(Read):
    """The node with the argument `id`, of whichever type the id names."""

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None
        arguments = item.arguments
        kind = readable_kind(arguments(compiler.binding)["id"], item.selection, "id")
        node, slot = compiler.variable(), compiler.slot()
        key = compiler.parameter(lambda binding: arguments(binding)["id"])
        shape = compiler.object(Scope(node, ids=_ids(arguments, "id")), item.selection.only(kind.label))
        body = call(
            "",
            f"MATCH ({node}:{kind.label} {{id: {key}}})",
            shape.before(f"RETURN head(collect({shape.expression})) AS {slot}"),
        )
        return Part(slot, [body], shape.finish)


@dataclass(frozen=True, slots=True)
class FindNodes(Read):
    """The nodes with the argument `ids`, in their order, null for each that is not there."""

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None and item.nulls.items is not None
        arguments = item.arguments
        ids = arguments(compiler.binding)["ids"]
        if len(ids) > 200:
            raise BadInput(f"ids: at most 200 may be asked for at once, not {len(ids)}", ("ids",))
        kinds: dict[str, Kind] = {}
        for index, id in enumerate(ids):
            try:
                kind = readable_kind(id, item.selection, "ids")
            except BadInput as fault:
                raise BadInput(fault.message, ("ids", index)) from None
            kinds[kind.name] = kind
        calls: list[str] = []
        columns: list[str] = []
        finishes: dict[str, Finish] = {}
        for kind in sorted(kinds.values(), key=lambda kind: kind.name):
            node, slot = compiler.variable(), compiler.slot()
            wanted = _of_kind(arguments, kind.name)
            key = compiler.parameter(wanted)
            id = compiler.variable()
            shape = compiler.object(Scope(node, ids=wanted), item.selection.only(kind.label), {ID: f"{node}.id"})
            calls.append(
                call(
                    "",
                    f"UNWIND {key} AS {id}",
                    f"MATCH ({node}:{kind.label} {{id: {id}}})",
                    shape.before(f"RETURN collect({shape.expression}) AS {slot}"),
                )
            )
            columns.append(f"{slot}: {slot}")
            finishes[slot] = shape.finish

        finish = _FinishNodes(finishes, arguments, item.nulls.items.required, item.label)
        return Part(f"{{{', '.join(columns)}}}" if columns else "{}", calls, finish)


@dataclass(frozen=True, slots=True)
class _FinishNodes(Finish):
    """Puts nodes, which come by kind, into the order of the argument `ids`."""

    finishes: Mapping[str, Finish]
    arguments: Callable[[Binding], Arguments]
    required: bool
    label: str

    def write(self, code: Code, raw: str, path: str) -> str:
        steps = ", ".join(f"{slot!r}: {function(code, finish)}" for slot, finish in self.finishes.items())
        return f"{code.constant(self._nodes)}({raw}, {path}, finishing, {{{steps}}})"

    def _nodes(self, raw: Any, path: Path, finishing: Finishing, steps: Mapping[str, Step]) -> list[Any]:
        found = {row[ID]: (row, step) for slot, step in steps.items() for row in raw[slot]}
        nodes: list[Any] = []
        ids = self.arguments(finishing.binding)["ids"]
        # Finishing makes a row over in place: one that is asked for twice is copied, with all that is in it.
        again = len(set(ids)) < len(ids)
        for index, id in enumerate(ids):
            pair = found.get(id)
            if pair is None and self.required:
                raise finishing.missing((path, index), self.label)
            node = None
            if pair is not None:
                row, step = pair
                try:
                    node = step(deepcopy(row) if again else row, (path, index), finishing)
                except Nulled:
                    if self.required:
                        raise
            nodes.append(node)
        return nodes


def _of_kind(arguments: Callable[[Binding], Any], kind: str) -> Callable[[Binding], list[str]]:
    """Each id once, however often it is asked for."""
    return lambda binding: list(dict.fromkeys(id for id in arguments(binding)["ids"] if id.startswith(kind + ":")))


@dataclass(frozen=True, slots=True)
class All(Read):
    """Every node of `label`, in order. For kinds that a law or a classification keeps few."""

    label: str
    order: str = "{node}.nameOrder"
    dated: bool = False
    """Only those valid on `asOf`, null = today."""

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None and item.nulls.items is not None
        arguments = item.arguments
        node, slot = compiler.variable(), compiler.slot()
        where = ""
        if self.dated:
            day = compiler.parameter(lambda binding: binding.day(arguments(binding)))
            where = f"WHERE {valid_on(node, day)}"
        shape = compiler.object(Scope(node), item.selection, {ORDER: self.order.format(node=node)})
        body = call(
            "",
            f"MATCH ({node}:{self.label})",
            where,
            shape.before(f"RETURN collect({shape.expression}) AS {slot}"),
        )
        finish = FinishList(shape.finish, required=item.nulls.items.required, label=item.label, sort=True)
        return Part(slot, [body], finish)
