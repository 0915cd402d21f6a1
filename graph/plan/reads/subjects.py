"""The node that another one names by its id, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.model import KINDS
from graph.plan.compiler import Compiler, Part, Scope, call
from graph.plan.finisher import Finishing, Path
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
        steps: dict[str, Any] = {}
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
            steps[slot] = shape.step

        def step(raw: Any, path: Path, finishing: Finishing) -> Any:
            for slot, finish in steps.items():
                if raw[slot] is not None:
                    return finish(raw[slot], path, finishing)
            return None

        return Part(f"{{{', '.join(f'{slot}: {slot}' for slot in steps)}}}", calls, step)
