"""Fields that are computed and not stored, such as a match or a board's composition.

A value is computed before the statement, so that the ids of the nodes that it refers to can go into it, and is
put together after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import BadInput
from graph.plan.binding import Arguments, Binding
from graph.plan.code import Code
from graph.plan.compiler import Compiler, Part, Scope
from graph.plan.faults import InputFault
from graph.plan.finisher import Finish, Finishing, Path, Step
from graph.plan.reads.read import Read
from graph.plan.reads.values import Value, each
from graph.plan.selection import Field


@dataclass(frozen=True, slots=True)
class Computed(Read):
    """A root field that is computed, a value or a list of them: `compute(arguments, binding)`."""

    compute: Callable[[Arguments, Binding], Any]

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None
        slot, arguments, compute = compiler.slot(), item.arguments, self.compute

        def prepare(binding: Binding) -> None:
            found = binding.memo[slot] = compute(arguments(binding), binding)
            value.collect_each(found, binding)

        # Before what is asked of the value's nodes, which needs their ids.
        compiler.collect(prepare)
        value = Value(item.selection, compiler)
        if value.tellers:
            compiler.meanwhile.append(lambda binding: value.tell_each(binding.memo[slot], binding))
        return Part(None, finish=_FinishComputed(slot, each(value, item.nulls, item.label) or value))


@dataclass(frozen=True, slots=True)
class _FinishComputed(Finish):
    slot: str
    finish: Finish

    def write(self, code: Code, raw: str, path: str) -> str:
        return self.finish.write(code, code.let(f"finishing.binding.memo[{self.slot!r}]"), path)


@dataclass(frozen=True, slots=True)
class ComputedAt(Read):
    """A field of a node that is computed from its id: `compute(id, arguments, binding)`, or None if not known yet.

    `every(binding)` gives the ids of all such nodes, for places where it is not known beforehand which are asked for.
    """

    compute: Callable[[str, Arguments, Binding], Any]
    every: Callable[[Binding], Iterable[str]]

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None
        slot, arguments, compute, asking = compiler.slot(), item.arguments, self.compute, compiler.asking
        every, known = self.every, scope.ids

        def find(id: str, binding: Binding) -> Any:
            values = binding.memo.setdefault(slot, {})
            if id not in values:
                values[id] = compute(id, arguments(binding), binding)
            return values[id]

        def prepare(binding: Binding) -> None:
            if known is None and not value.collectors:
                return  # nothing must be known before the statement: it is computed for those that are shown
            for id in known(binding) if known else every(binding):
                value.collect_each(find(id, binding), binding)

        def computed(id: str, path: Path, finishing: Finishing) -> Any:
            try:
                found = find(id, finishing.binding)
            except BadInput as fault:
                raise InputFault(fault, asking) from fault
            if found is None and item.nulls.required:
                finishing.binding.behind = True
                raise finishing.missing(path, item.label)
            return found

        compiler.collect(prepare)
        value = Value(item.selection, compiler)
        finish = _FinishComputedAt(computed, each(value, item.nulls, item.label) or value)
        return Part(f"{scope.variable}.id", finish=finish)


@dataclass(frozen=True, slots=True)
class _FinishComputedAt(Finish):
    compute: Step
    finish: Finish
    may_give_null = True

    def write(self, code: Code, raw: str, path: str) -> str:
        found = code.let(f"{code.constant(self.compute)}({raw}, {path}, finishing)")
        with code.block(f"if {found} is not None"):
            code.line(f"{found} = {self.finish.write(code, found, path)}")
        return found


@dataclass(frozen=True, slots=True)
class Unpacked(Read):
    """A value that is packed into a property; `unpack` makes it of all of `properties`, by name."""

    properties: tuple[str, ...]
    unpack: Callable[[Mapping[str, Any]], Any]

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None
        value = Value(item.selection, compiler)
        assert not value.collectors, "a packed value refers to no nodes"
        finish = _FinishUnpacked(self.unpack, each(value, item.nulls, item.label))
        listed = ", ".join(f".{name}" for name in self.properties)
        return Part(f"{scope.variable} {{{listed}}}", finish=finish)


@dataclass(frozen=True, slots=True)
class _FinishUnpacked(Finish):
    unpack: Callable[[Mapping[str, Any]], Any]
    finish: Finish | None

    def write(self, code: Code, raw: str, path: str) -> str:
        found = code.let(f"{code.constant(self.unpack)}({raw})")
        return self.finish.write(code, found, path) if self.finish else found
