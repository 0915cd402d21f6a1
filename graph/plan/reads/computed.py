"""Values that are computed and not stored, such as a match, with the nodes that they refer to.

A computed value is worked out before the statement, so that the ids of its nodes can go into it, and is
put together after it. Python objects are read by attribute, their arguments as the field's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graph.errors import BadInput
from graph.plan.binding import Arguments, Binding
from graph.plan.compiler import Compiler, Part, Scope, call
from graph.plan.connection import Marker
from graph.plan.faults import InputFault
from graph.plan.finisher import ID, Finishing, Path, Step
from graph.plan.reads.properties import TypeName
from graph.plan.reads.read import Read
from graph.plan.selection import Field, Nulls, Selection

Collect = Callable[[Any, Binding], None]


@dataclass(frozen=True, slots=True)
class Attribute(Read):
    """A field of a computed value: `get(value, arguments, binding)`."""

    get: Callable[[Any, Arguments, Binding], Any]


@dataclass(frozen=True, slots=True)
class Referred(Read):
    """Nodes of `label` that a computed value refers to: `ids(value)` gives one id, a list of them, or None."""

    label: str
    ids: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Computed(Read):
    """A root field that is computed: `compute(arguments, binding)`."""

    compute: Callable[[Arguments, Binding], Any]

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None
        slot, arguments, compute = compiler.slot(), item.arguments, self.compute
        calls: list[str] = []
        collect, project = compile_value(item.selection, compiler, calls)

        def prepare(binding: Binding) -> None:
            value = binding.memo[slot] = compute(arguments(binding), binding)
            if collect is not None:
                collect(value, binding)

        compiler.collect(prepare)

        def step(raw: Any, path: Path, finishing: Finishing) -> Any:
            return project(finishing.binding.memo[slot], path, finishing)

        return Part(None, calls, step)


@dataclass(frozen=True, slots=True)
class Unpacked(Read):
    """A property that holds a value packed into a string; `unpack` gives it back."""

    property: str
    unpack: Callable[[str], Any]

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None
        calls: list[str] = []
        _, project = compile_value(item.selection, compiler, calls)
        assert not calls, "a packed value refers to no nodes"
        unpack, nulls, label = self.unpack, item.nulls, item.label

        def step(raw: Any, path: Path, finishing: Finishing) -> Any:
            return _each(unpack(raw), nulls, label, path, finishing, project)

        return Part(f"{scope.variable}.{self.property}", step=step)


def compile_value(selection: Selection, compiler: Compiler, calls: list[str]) -> tuple[Collect | None, Step]:
    """How a computed value's nodes are collected, if it may have any, and how it is put together once they are read."""
    members: list[tuple[Field, Collect | None, Step]] = [
        (field, *_compile_member(field, compiler, calls)) for field in selection.fields
    ]
    collectors = [collect for _, collect, _ in members if collect is not None]
    steps = [(field.key, field.nulls.required, step) for field, _, step in members]

    def collect(value: Any, binding: Binding) -> None:
        for inner in collectors:
            inner(value, binding)

    def project(value: Any, path: Path, finishing: Finishing) -> Any:
        out: dict[str, Any] = {}
        for key, required, step in steps:
            finished = step(value, (path, key), finishing)
            if finished is None and required:
                return None
            out[key] = finished
        return out

    return collect if collectors else None, project


def _compile_member(field: Field, compiler: Compiler, calls: list[str]) -> tuple[Collect | None, Step]:
    read = field.read
    if isinstance(read, TypeName):
        name = field.label.partition(".")[0]
        return None, lambda value, path, finishing: name
    if isinstance(read, Referred):
        return _compile_referred(field, read, compiler, calls)
    if isinstance(read, Marker):
        read = Attribute(_attribute(read.name))
    assert isinstance(read, Attribute), f"{field.label} is part of a computed value and must be an attribute"
    if field.selection is None and field.nulls.items is None:
        return None, _leaf(field, read)
    get = _memoised(compiler.asking, field, read)
    inner_collect: Collect | None = None
    inner: Step | None = None
    if field.selection is not None:
        inner_collect, inner = compile_value(field.selection, compiler, calls)

    def collect(value: Any, binding: Binding) -> None:
        found = get(value, binding)
        if found is None or inner_collect is None:
            return
        for item in found if isinstance(found, list | tuple) else (found,):
            inner_collect(item, binding)

    def project(value: Any, path: Path, finishing: Finishing) -> Any:
        return _each(get(value, finishing.binding), field.nulls, field.label, path, finishing, inner)

    return collect if field.selection is not None else None, project


def _leaf(field: Field, read: Attribute) -> Step:
    """Most of a match is this: hundreds of outcomes, weights and sentences."""
    get, arguments, required, label = read.get, field.arguments, field.nulls.required, field.label

    def project(value: Any, path: Path, finishing: Finishing) -> Any:
        binding = finishing.binding
        found = get(value, arguments(binding), binding)
        if found is None and required:
            finishing.missing(path, label)
        return found

    return project


def _attribute(name: str) -> Callable[[Any, Arguments, Binding], Any]:
    return lambda value, arguments, binding: getattr(value, name)


def _memoised(root: Field, field: Field, read: Attribute) -> Callable[[Any, Binding], Any]:
    """A value with parts is computed once and kept until the answer is put together."""
    if field.selection is None:
        return lambda value, binding: read.get(value, field.arguments(binding), binding)

    def get(value: Any, binding: Binding) -> Any:
        key = (id(field), id(value))
        kept = binding.memo.get(key)
        if kept is None:
            try:
                found = read.get(value, field.arguments(binding), binding)
            except BadInput as fault:
                raise InputFault(fault, (root, field)) from fault
            # The value is kept beside what was computed from it, so that its identity stays its own.
            kept = binding.memo[key] = (value, found)
        return kept[1]

    return get


def _compile_referred(field: Field, read: Referred, compiler: Compiler, calls: list[str]) -> tuple[Collect, Step]:
    assert field.selection is not None
    slot, node, id = compiler.slot(), compiler.variable(), compiler.variable()
    key = compiler.parameter(lambda binding: list(binding.wanted.get(slot, ())))
    scope = Scope(node, ids=lambda binding: list(binding.wanted.get(slot, ())))
    shape = compiler.object(scope, field.selection, {ID: f"{node}.id"})
    compiler.referred.append(slot)
    calls.append(
        call(
            "",
            f"UNWIND {key} AS {id}",
            f"MATCH ({node}:{read.label} {{id: {id}}})",
            shape.before(f"RETURN collect({shape.expression}) AS {slot}"),
        )
    )

    def collect(value: Any, binding: Binding) -> None:
        ids = read.ids(value)
        for id in ids if isinstance(ids, list | tuple) else (ids,) if ids is not None else ():
            binding.want(slot, id)

    def node_of(id: Any, path: Path, finishing: Finishing) -> Any:
        binding = finishing.binding
        if (slot, id) not in binding.finished:
            row = binding.rows[slot].get(id)
            binding.finished[slot, id] = None if row is None else shape.step(row, path, finishing)
            if row is None and field.nulls.required:
                finishing.missing(path, field.label)
        return binding.finished[slot, id]

    def project(value: Any, path: Path, finishing: Finishing) -> Any:
        return _each(read.ids(value), field.nulls, field.label, path, finishing, node_of)

    return collect, project


def _each(found: Any, nulls: Nulls, label: str, path: Path, finishing: Finishing, step: Step | None) -> Any:
    """Finishes what was computed: a value, or a list of them."""
    if found is None:
        if nulls.required:
            finishing.missing(path, label)
        return None
    if nulls.items is None:
        return found if step is None else step(found, path, finishing)
    out = []
    for index, item in enumerate(found):
        value = _each(item, nulls.items, label, (path, index), finishing, step)
        if value is None and nulls.items.required:
            return None
        out.append(value)
    return out
