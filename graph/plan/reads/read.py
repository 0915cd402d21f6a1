"""The base of all reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.plan.compiler import Compiler, Part, Scope
    from graph.plan.selection import Field


class Read:
    """How a field is read. Declared once, where the field is declared; compared by value."""

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        """The field's part of a plan, for an object of `type` that stands in `scope`."""
        raise TypeError(f"{item.label} cannot be read from the graph")
