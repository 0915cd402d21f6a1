"""Values that are computed and not stored, such as a match, with the nodes that they refer to.

A computed value is worked out before the statement, so that the ids of its nodes can go into it, and is
put together after it. Python objects are read by attribute, their arguments as the field's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from graph.errors import BadInput
from graph.plan.binding import Arguments, Binding
from graph.plan.code import Code
from graph.plan.compiler import Compiler, Part, Scope, call
from graph.plan.connection import Marker
from graph.plan.faults import InputFault
from graph.plan.finisher import ID, Finish, Finishing, FinishList, Nulled, Path, Step, function, write_place
from graph.plan.reads.properties import TypeName
from graph.plan.reads.read import Read
from graph.plan.selection import Field, Nulls, Selection


@dataclass(frozen=True, slots=True)
class Attribute(Read):
    """A field of a computed value: the name of its attribute, or `get(value, arguments, binding)`."""

    get: str | Callable[[Any, Arguments, Binding], Any]


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
        value = _Value(item.selection, compiler)

        def prepare(binding: Binding) -> None:
            found = binding.memo[slot] = compute(arguments(binding), binding)
            value.collect(found, binding)

        compiler.collect(prepare)
        return Part(None, value.calls, _FinishComputed(slot, value))


@dataclass(frozen=True, slots=True)
class _FinishComputed(Finish):
    slot: str
    value: _Value

    def write(self, code: Code, raw: str, path: str) -> str:
        return self.value.write(code, code.let(f"finishing.binding.memo[{self.slot!r}]"), path)


@dataclass(frozen=True, slots=True)
class Unpacked(Read):
    """A property that holds a value packed into a string; `unpack` gives it back."""

    property: str
    unpack: Callable[[str], Any]

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None
        value = _Value(item.selection, compiler)
        assert not value.calls, "a packed value refers to no nodes"
        finish = _FinishUnpacked(self.unpack, each(value, item.nulls, item.label))
        return Part(f"{scope.variable}.{self.property}", finish=finish)


@dataclass(frozen=True, slots=True)
class _FinishUnpacked(Finish):
    unpack: Callable[[str], Any]
    finish: Finish | None

    def write(self, code: Code, raw: str, path: str) -> str:
        found = code.let(f"{code.constant(self.unpack)}({raw})")
        return self.finish.write(code, found, path) if self.finish else found


class _Value(Finish):
    """What is asked of a computed value: the nodes it refers to are collected, then it is put together."""

    def __init__(self, selection: Selection, compiler: Compiler) -> None:
        self.members: list[_Member] = [_member(field, compiler) for field in selection.fields]
        self.calls: list[str] = [line for member in self.members for line in member.calls]
        self.collectors = [member for member in self.members if member.collects]

    def collect(self, value: Any, binding: Binding) -> None:
        for member in self.collectors:
            member.collect(value, binding)

    def write(self, code: Code, raw: str, path: str) -> str:
        entries: list[str] = []
        for member in self.members:
            field = member.field
            found = code.let(member.read(code, raw))
            write_place(code, found, member.finish, field.nulls.required, field.label, f"({path}, {field.key!r})")
            entries.append(f"{field.key!r}: {found}")
        return f"{{{', '.join(entries)}}}"


class _Member:
    """A field of a computed value that shows what the value itself holds."""

    collects = False
    """Whether there is anything to find out before the statement runs."""
    calls: Sequence[str] = ()

    def __init__(self, field: Field) -> None:
        self.field = field
        self.finish = each(None, field.nulls, field.label)

    def collect(self, value: Any, binding: Binding) -> None:
        """Notes the nodes that are referred to."""

    def read(self, code: Code, value: str) -> str:
        """The expression of what the field holds: None, or what `finish` finishes."""
        if isinstance(self.field.read, TypeName):
            return repr(self.field.label.partition(".")[0])
        if isinstance(self.field.read, Marker):
            return f"{value}.{self.field.read.name}"
        assert isinstance(self.field.read, Attribute), f"{self.field.label} is part of a computed value"
        get = self.field.read.get
        if isinstance(get, str):
            return f"{value}.{get}"
        arguments = code.once(f"{code.constant(self.field.arguments)}(finishing.binding)")
        return f"{code.constant(get)}({value}, {arguments}, finishing.binding)"


class _Parts(_Member):
    """A field whose value, or list of values, has fields in turn. It is computed once."""

    collects = True

    def __init__(self, field: Field, compiler: Compiler) -> None:
        super().__init__(field)
        assert field.selection is not None and isinstance(field.read, Attribute | Marker)
        self._root = compiler.asking
        self._inner = _Value(field.selection, compiler)
        self.calls = self._inner.calls
        self.finish = each(self._inner, field.nulls, field.label)
        get = field.read.get if isinstance(field.read, Attribute) else field.read.name
        self._get = _attribute(get) if isinstance(get, str) else get

    def get(self, value: Any, binding: Binding) -> Any:
        key = (id(self), id(value))
        kept = binding.memo.get(key)
        if kept is None:
            try:
                found = self._get(value, self.field.arguments(binding), binding)
            except BadInput as fault:
                raise InputFault(fault, (self._root, self.field)) from fault
            # The value is kept beside what was computed from it, so that its identity stays its own.
            kept = binding.memo[key] = (value, found)
        return kept[1]

    def collect(self, value: Any, binding: Binding) -> None:
        found = self.get(value, binding)
        if not self._inner.collectors:
            return
        for item in found if isinstance(found, list | tuple) else (found,) if found is not None else ():
            self._inner.collect(item, binding)

    def read(self, code: Code, value: str) -> str:
        return f"{code.constant(self.get)}({value}, finishing.binding)"


class _Nodes(_Member):
    """A field that refers to nodes: a subquery fetches them, each once."""

    collects = True

    def __init__(self, field: Field, read: Referred, compiler: Compiler) -> None:
        super().__init__(field)
        assert field.selection is not None
        self._ids = read.ids
        self._slot = slot = compiler.slot()
        node, id = compiler.variable(), compiler.variable()
        key = compiler.parameter(lambda binding: list(binding.wanted.get(slot, ())))
        scope = Scope(node, ids=lambda binding: list(binding.wanted.get(slot, ())))
        shape = compiler.object(scope, field.selection, {ID: f"{node}.id"})
        compiler.referred.append(slot)
        self.calls = [
            call(
                "",
                f"UNWIND {key} AS {id}",
                f"MATCH ({node}:{read.label} {{id: {id}}})",
                shape.before(f"RETURN collect({shape.expression}) AS {slot}"),
            )
        ]
        required = (field.nulls.items or field.nulls).required
        self.finish = each(_FinishReferred(slot, shape.finish, required, field.label), field.nulls, field.label)

    def collect(self, value: Any, binding: Binding) -> None:
        ids = self._ids(value)
        for id in ids if isinstance(ids, list | tuple) else (ids,) if ids is not None else ():
            binding.want(self._slot, id)

    def read(self, code: Code, value: str) -> str:
        return f"{code.constant(self._ids)}({value})"


@dataclass(frozen=True, slots=True)
class _FinishReferred(Finish):
    """A node by its id, finished once; None where there is none, or where a null travelled up through it."""

    slot: str
    node: Finish
    required: bool
    label: str
    may_give_null = True

    def write(self, code: Code, raw: str, path: str) -> str:
        return f"{code.constant(self._find)}({raw}, {path}, finishing, {function(code, self.node)})"

    def _find(self, id: str, path: Path, finishing: Finishing, step: Step) -> Any:
        finished = finishing.binding.finished
        key = (self.slot, id)
        if key not in finished:
            finished[key] = None
            row = finishing.binding.rows[self.slot].get(id)
            if row is None and self.required:
                raise finishing.missing(path, self.label)
            with suppress(Nulled):
                finished[key] = None if row is None else step(row, path, finishing)
        return finished[key]


def _member(field: Field, compiler: Compiler) -> _Member:
    if isinstance(field.read, Referred):
        return _Nodes(field, field.read, compiler)
    return _Member(field) if field.selection is None else _Parts(field, compiler)


def _attribute(name: str) -> Callable[[Any, Arguments, Binding], Any]:
    return lambda value, arguments, binding: getattr(value, name)


def each(finish: Finish | None, nulls: Nulls, label: str) -> Finish | None:
    """The finish of a value, or of a list of them. A list belongs to what was computed, and is copied."""
    if nulls.items is None:
        return finish
    return FinishList(each(finish, nulls.items, label), nulls.items.required, label, copy=True)
