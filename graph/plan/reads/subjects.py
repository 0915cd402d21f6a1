"""The node that another one names by its id, whatever its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.model import KINDS
from graph.plan.code import Code
from graph.plan.compiler import Compiler, Part, Scope, call
from graph.plan.finisher import Finish, function
from graph.plan.reads.read import Read
from graph.plan.selection import Field


@dataclass(frozen=True, slots=True)
class SubjectNode(Read):
    """The node whose id stands in `property`; the node at hand says its kind in `kind`. Null where it is gone.

    One subquery a kind, which ends at once for rows of another kind: a lookup by id needs a label.
    """

    property: str

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None
        calls: list[str] = []
        finishes: dict[str, Finish] = {}
        outer = scope.variable
        for kind in KINDS.values():
            if kind.label not in item.selection.by_type:
                continue
            node, slot = compiler.variable(), compiler.slot()
            shape = compiler.object(Scope(node), item.selection.only(kind.label))
            calls.append(
                call(
                    outer,
                    f"WITH {outer} WHERE {outer}.kind = '{kind.name}'",
                    f"MATCH ({node}:{kind.label} {{id: {outer}.{self.property}}})",
                    shape.before(f"RETURN head(collect({shape.expression})) AS {slot}"),
                )
            )
            finishes[slot] = shape.finish

        return Part(f"{{{', '.join(f'{slot}: {slot}' for slot in finishes)}}}", calls, _FinishSubject(finishes))


@dataclass(frozen=True, slots=True)
class _FinishSubject(Finish):
    """The one of several columns that holds a node; None where none does."""

    finishes: Mapping[str, Finish]
    may_give_null = True

    def write(self, code: Code, raw: str, path: str) -> str:
        found = code.let("None")
        for slot, finish in self.finishes.items():
            node = code.let(f"{raw}[{slot!r}]")
            with code.block(f"if {node} is not None"):
                code.line(f"{found} = {function(code, finish)}({node}, {path}, finishing)")
        return found
