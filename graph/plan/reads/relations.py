"""Reads along edges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.plan.binding import Arguments, Binding
from graph.plan.compiler import Compiler, Part, Scope, call, pattern
from graph.plan.finisher import ORDER, FinishList, FinishWith
from graph.plan.reads.read import Read
from graph.plan.selection import Field
from graph.recorded import end_believed, is_recorded


@dataclass(frozen=True, slots=True)
class Related(Read):
    """The one node at the other end of an edge, or null."""

    edge: str
    incoming: bool = False

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None
        end = compiler.variable()
        path = pattern(scope.variable, self.edge, end, incoming=self.incoming)
        shape = compiler.object(Scope(end, arguments=item.arguments), item.selection)
        if not shape.calls:
            return Part(f"head([{path} | {shape.expression}])", finish=shape.finish)
        slot = compiler.slot()
        lines = shape.before(f"RETURN head(collect({shape.expression})) AS {slot}")
        return Part(slot, [call(scope.variable, f"MATCH {path}", lines)], shape.finish)


@dataclass(frozen=True, slots=True)
class RelatedList(Read):
    """All nodes at the other ends of edges, in the order of `order`, an expression over `{node}`."""

    edge: str
    order: str = "{node}.nameOrder"
    incoming: bool = False

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        end = compiler.variable()
        path = pattern(scope.variable, self.edge, end, incoming=self.incoming)
        return _every(path, self.order, Scope(end, arguments=item.arguments), end, item, scope, compiler)


@dataclass(frozen=True, slots=True)
class Edges(Read):
    """Edges as objects of their own, with their properties and the node at the far end (`EdgeEnd`)."""

    edge: str
    order: str = "{node}.nameOrder"

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        edge, end = compiler.variable(), compiler.variable()
        path = pattern(scope.variable, self.edge, end, incoming=False, edge=edge)
        return _every(path, self.order, Scope(edge, end=end, arguments=item.arguments), end, item, scope, compiler)


def _every(path: str, order: str, found: Scope, end: str, item: Field, scope: Scope, compiler: Compiler) -> Part:
    """A list of what `path` finds, in the `order` of the node `end`. The finisher sorts: a comprehension cannot."""
    assert item.selection is not None and item.nulls.items is not None
    shape = compiler.object(found, item.selection, {ORDER: order.format(node=end)})
    finish = FinishList(shape.finish, required=item.nulls.items.required, label=item.label, sort=True)
    if not shape.calls:
        return Part(f"[{path} | {shape.expression}]", finish=finish)
    slot = compiler.slot()
    lines = shape.before(f"RETURN collect({shape.expression}) AS {slot}")
    return Part(slot, [call(scope.variable, f"MATCH {path}", lines)], finish)


@dataclass(frozen=True, slots=True)
class EdgeEnd(Read):
    """The node at the far end of the edge at hand."""

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None and scope.end is not None
        shape = compiler.object(Scope(scope.end, arguments=item.arguments), item.selection)
        return Part(shape.expression, shape.calls, shape.finish)


@dataclass(frozen=True, slots=True)
class ValidOn(Read):
    """The dated fact that holds on `asOf` (null = today), as it was believed at `recordedAt` (null = now).

    Of several it is the one that `best` puts first.

    `best` is a list of sort expressions over `{node}`, best first.
    """

    edge: str
    best: tuple[str, ...]
    only: str | None = None
    """A condition on `{node}`: facts of another sort are passed over."""
    dated: bool = False
    """Whether the node at hand is dated too: it has no facts on a day on which it does not hold itself."""

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None
        fact = compiler.variable()
        arguments = item.arguments
        day = compiler.parameter(lambda binding: binding.day(arguments(binding)))
        believed = horizon_of(arguments, compiler)
        shape = compiler.object(Scope(fact, arguments=item.arguments), item.selection)
        where = valid_on(fact, day, believed) + (f" AND {self.only.format(node=fact)}" if self.only else "")
        where += f" AND {valid_on(scope.variable, day, believed)}" if self.dated else ""
        order = ", ".join(expression.format(node=fact) for expression in self.best)
        slot = compiler.slot()
        body = call(
            scope.variable,
            f"MATCH {pattern(scope.variable, self.edge, fact, incoming=True)}",
            f"WHERE {where}",
            f"WITH {fact} ORDER BY {order} LIMIT 1",
            shape.before(f"RETURN head(collect({shape.expression})) AS {slot}"),
        )
        return Part(slot, [body], shape.finish)


@dataclass(frozen=True, slots=True)
class AllValidOn(Read):
    """All facts of the sort `only` that hold on `asOf`, in the order of `order`; as `ValidOn`."""

    edge: str
    only: str
    order: str
    dated: bool = False

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        fact = compiler.variable()
        arguments = item.arguments
        day = compiler.parameter(lambda binding: binding.day(arguments(binding)))
        believed = horizon_of(arguments, compiler)
        where = f" WHERE {valid_on(fact, day, believed)} AND {self.only.format(node=fact)}"
        where += f" AND {valid_on(scope.variable, day, believed)}" if self.dated else ""
        path = pattern(scope.variable, self.edge, fact, incoming=True) + where
        return _every(path, self.order, Scope(fact, arguments=arguments), fact, item, scope, compiler)


@dataclass(frozen=True, slots=True)
class Until(Read):
    """The `validTo` of a dated node, as it was believed where the field that leads to the node asks for that."""

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        believed = horizon_of(scope.arguments, compiler)
        if believed is None:
            return Part(f"{scope.variable}.validTo")
        return Part(end_believed(scope.variable, believed), finish=FinishWith(lambda day, path, finishing: day or None))


@dataclass(frozen=True, slots=True)
class WithItsEnd(Read):
    """A property that goes with a node's end: null where another end was believed than the one it goes with."""

    name: str

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        believed = horizon_of(scope.arguments, compiler)
        node = scope.variable
        if believed is None:
            return Part(f"{node}.{self.name}")
        later = f"size([told IN coalesce({node}.endings, []) WHERE told > {believed}])"
        return Part(f"CASE WHEN {later} = 0 THEN {node}.{self.name} END")


def valid_on(variable: str, day: str, horizon: str | None = None) -> str:
    """Valid time is half open: the first day counts, the last does not. With a horizon: as it was believed then."""
    begun = f"({variable}.validFrom IS NULL OR {variable}.validFrom <= {day})"
    if horizon is None:
        return f"{begun} AND ({variable}.validTo IS NULL OR {variable}.validTo > {day})"
    end = end_believed(variable, horizon)
    return f"{is_recorded(variable, horizon)} AND {begun} AND ({end} = '' OR {end} > {day})"


def horizon_of(arguments: Callable[[Binding], Arguments], compiler: Compiler) -> str | None:
    """The parameter that holds the horizon of `recordedAt`; None where it is not asked for."""
    if arguments(compiler.binding).get("recordedAt") is None:
        return None
    return compiler.parameter(lambda binding: binding.horizon(arguments(binding)))
