"""The plan of an operation: the statement, what to bind, and how to finish."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.plan.binding import Binding
from graph.plan.compiler import Compiler, Scope
from graph.plan.faults import Asked
from graph.plan.finisher import ID, Fault, Finishing, FinishObject, Member, Nulled, Step, compiled
from graph.plan.reads.properties import TypeName
from graph.plan.selection import Selection

ROOT = Scope("")
_MOST_STATEMENTS = 50
"""That one plan keeps."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One operation for one role and one shape of its arguments. Safe to share between requests."""

    calls: tuple[str, ...]
    """The statement's subqueries, and the columns that it returns."""
    columns: tuple[str, ...]
    fetches: Mapping[str, str]
    """Subqueries that fetch the nodes which computed values refer to, by their columns."""
    parameters: Mapping[str, Asked[Any]]
    collectors: tuple[Asked[None], ...]
    meanwhile: tuple[Callable[[Binding], None], ...]
    """What can be worked out while the engine is at work."""
    finish_root: Step
    keys: tuple[str, ...]
    """The response keys of the columns c0, c1, …"""
    constants: Mapping[str, Any]
    """What the root's keys hold that no column does."""
    cost: Callable[[Binding], int]
    """About how many objects it asks for, with what a request brings to it."""
    _statements: dict[tuple[str, ...], str | None] = field(default_factory=dict, repr=False, compare=False)

    @property
    def statement(self) -> str | None:
        """The whole statement. None where nothing need be asked of the graph."""
        return self._with(tuple(self.fetches))

    def asked(self, binding: Binding) -> str | None:
        """The statement without what would fetch nothing: of eleven kinds, a search mostly finds two or three."""
        return self._with(tuple(slot for slot in self.fetches if binding.wanted.get(slot)))

    def _with(self, slots: tuple[str, ...]) -> str | None:
        if slots not in self._statements:
            if len(self._statements) == _MOST_STATEMENTS:
                self._statements.clear()
            columns = (*self.columns, *slots)
            lines = (*self.calls, *(self.fetches[slot] for slot in slots), f"RETURN {', '.join(columns)}")
            self._statements[slots] = "\n".join(lines) if columns else None
        return self._statements[slots]

    def bind(self, binding: Binding) -> dict[str, Any]:
        """The statement's parameters. Raises InputFault for arguments that cannot be meant."""
        for collect in self.collectors:
            collect(binding)
        return {name: value(binding) for name, value in self.parameters.items()}

    def work_ahead(self, binding: Binding) -> None:
        """Does what the finisher would do otherwise, for whoever has to wait for the engine anyway."""
        for work in self.meanwhile:
            work(binding)

    def lacks(self, binding: Binding) -> bool:
        """Whether what is computed and the graph were not at one: the one knew of nodes that the other did not hold."""
        return binding.behind or any(
            binding.wanted.get(slot, {}).keys() - binding.rows[slot].keys() for slot in self.fetches
        )

    def finish(self, row: Mapping[str, Any], binding: Binding) -> tuple[dict[str, Any] | None, list[Fault]]:
        """The answer's data, and every null that stood where none may."""
        for slot in self.fetches:
            binding.rows[slot] = {node[ID]: node for node in row.get(slot, ())}
        finishing = Finishing(binding, [])
        raw = {**self.constants, **{key: row[f"c{number}"] for number, key in enumerate(self.keys)}}
        try:
            return self.finish_root(raw, None, finishing), finishing.faults
        except Nulled:
            return None, finishing.faults


def compile_plan(
    selection: Selection, binding: Binding, *, keeps_order: bool, cost: Callable[[Binding], int] = lambda binding: 0
) -> Plan:
    """Compiles the root's selection. Raises InputFault for arguments that cannot be meant."""
    compiler = Compiler(binding, keeps_order=keeps_order)
    calls: list[str] = []
    columns: list[str] = []
    members: list[Member] = []
    keys: list[str] = []
    constants: dict[str, Any] = {}
    (root_type,) = selection.by_type
    for item in selection.fields:
        if isinstance(item.read, TypeName):
            constants[item.key] = root_type
            members.append(Member(item.key, None, True, item.label))
            continue
        part = compiler.field(item, root_type, ROOT)
        calls += part.calls
        if part.expression is None:
            constants[item.key] = True
        else:
            columns.append(f"{part.expression} AS c{len(columns)}")
            keys.append(item.key)
        members.append(Member(item.key, part.finish, item.nulls.required, item.label))
    return Plan(
        tuple(calls),
        tuple(columns),
        compiler.fetches,
        compiler.parameters,
        tuple(compiler.collectors),
        tuple(compiler.meanwhile),
        compiled(FinishObject(members, rebuild=True)),
        tuple(keys),
        constants,
        cost,
    )
