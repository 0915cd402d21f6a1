"""The plan of an operation: the statement, what to bind, and how to finish."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.plan.binding import Binding
from graph.plan.compiler import Compiler, Scope, quoted
from graph.plan.finisher import Fault, Finishing, Member, finish_object
from graph.plan.reads.properties import TypeName
from graph.plan.selection import Selection

ROOT = Scope("")


@dataclass(frozen=True, slots=True)
class Plan:
    """One operation for one role and one shape of its arguments. Safe to share between requests."""

    statement: str | None
    """None where nothing need be asked of the graph."""
    binders: tuple[tuple[str, Callable[[Binding], Any]], ...]
    collectors: tuple[Callable[[Binding], None], ...]
    referred: tuple[str, ...]
    """Columns that hold the nodes which computed values refer to."""
    finish_root: Callable[[Any, Any, Finishing], Any]
    constants: Mapping[str, Any]

    def bind(self, binding: Binding) -> dict[str, Any]:
        """The statement's parameters. Raises BadInput for arguments that cannot be meant."""
        for collect in self.collectors:
            collect(binding)
        return {name: value(binding) for name, value in self.binders}

    def finish(self, row: Mapping[str, Any], binding: Binding) -> tuple[dict[str, Any] | None, list[Fault]]:
        """The answer's data, and every null that stood where none may."""
        for slot in self.referred:
            binding.rows[slot] = {node["_id"]: node for node in row[slot]}
        finishing = Finishing(binding, [])
        data = self.finish_root({**self.constants, **row}, None, finishing)
        return data, finishing.faults


def compile_plan(selection: Selection, binding: Binding, *, keeps_order: bool) -> Plan:
    """Compiles the root's selection. Raises BadInput for arguments that decide the plan's shape and cannot be meant."""
    compiler = Compiler(binding, keeps_order=keeps_order)
    calls: list[str] = []
    columns: list[str] = []
    members: list[Member] = []
    constants: dict[str, Any] = {}
    (root_type,) = selection.by_type
    for item in selection.fields:
        if isinstance(item.read, TypeName):
            constants[item.key] = root_type
            members.append(Member(item.key, None, True, item.label))
            continue
        part = item.read.compile(item, root_type, ROOT, compiler)
        calls += part.calls
        if part.expression is None:
            constants[item.key] = True
        else:
            columns.append(f"{part.expression} AS {quoted(item.key)}")
        members.append(Member(item.key, part.step, item.nulls.required, item.label))
    referred = tuple(compiler.referred)
    columns += referred
    statement = "\n".join((*calls, f"RETURN {', '.join(columns)}")) if columns else None
    return Plan(
        statement,
        tuple(compiler.parameters.items()),
        tuple(compiler.collectors),
        referred,
        finish_object(members, rebuild=True),
        constants,
    )
