"""Computed values: Python objects that are read by attribute, and the nodes that they refer to by id."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from graph.errors import BadInput
from graph.model import KINDS
from graph.plan.binding import Arguments, Binding
from graph.plan.code import Code
from graph.plan.compiler import Compiler, Scope, Shape, call
from graph.plan.connection import Marker
from graph.plan.faults import InputFault
from graph.plan.finisher import ID, Finish, Finishing, FinishList, Nulled, Path, Step, compiled, function, write_place
from graph.plan.reads.properties import TypeName
from graph.plan.reads.read import Read
from graph.plan.selection import Field, Nulls, Selection


@dataclass(frozen=True, slots=True)
class Attribute(Read):
    """A field of a computed value: the name of its attribute, or `get(value, arguments, binding)`.

    With `given` it is the name of a method, which is called with what `given(arguments)` makes of the arguments, once
    an answer.
    """

    get: str | Callable[[Any, Arguments, Binding], Any]
    given: Callable[[Arguments], Any] | None = None


@dataclass(frozen=True, slots=True)
class Referred(Read):
    """Nodes that a computed value refers to: `ids(value)` gives one id, a list of them, or None.

    They are of `label`, or else of any type that the field may have.
    """

    label: str | None
    ids: Callable[[Any], Any]


class Value(Finish):
    """What is asked of a computed value: the nodes it refers to are collected, then it is put together."""

    def __init__(self, selection: Selection, compiler: Compiler) -> None:
        self.members: list[_Member] = [_member(field, compiler) for field in selection.fields]
        self.collectors = [member for member in self.members if member.collects]
        self.tellers = [member for member in self.members if member.tells]

    def collect(self, value: Any, binding: Binding) -> None:
        for member in self.collectors:
            member.collect(value, binding)

    def collect_each(self, found: Any, binding: Binding) -> None:
        """The same for a value that may be None, or for a list of values."""
        if self.collectors:
            for value in found if isinstance(found, list | tuple) else (found,) if found is not None else ():
                self.collect(value, binding)

    def tell_each(self, found: Any, binding: Binding) -> None:
        """Works out what a value, or each of a list of them, has to tell, so that it need not be done later."""
        if self.tellers and found is not None:
            values = found if isinstance(found, list | tuple) else (found,)
            for member in self.tellers:
                member.tell(values, binding)

    def write(self, code: Code, raw: str, path: str) -> str:
        return f"{{{', '.join(f'{member.field.key!r}: {member.write(code, raw, path)}' for member in self.members)}}}"


class _Member:
    """A field of a computed value that shows what the value itself holds."""

    collects = False
    """Whether there is anything to find out before the statement runs."""
    tells = False
    """Whether there is anything to work out while the engine is at work."""
    whole = True
    """Whether nothing of it has to wait for the engine."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.finish = each(None, field.nulls, field.label)

    def write(self, code: Code, value: str, path: str) -> str:
        """Writes the lines that read and finish the field of what the variable `value` holds; gives its variable."""
        found = code.let(self.read(code, value))
        self._finish(code, found, path)
        return found

    def _finish(self, code: Code, found: str, path: str) -> None:
        field = self.field
        write_place(code, found, self.finish, field.nulls.required, field.label, f"({path}, {field.key!r})")

    def collect(self, value: Any, binding: Binding) -> None:
        """Notes the nodes that are referred to."""

    def tell(self, values: Sequence[Any], binding: Binding) -> None:
        """Works out texts, and keeps them for the finisher."""

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


class _Told(_Member):
    """A text that a value tells. Three hundred explanations take as long as the engine takes to read the offers."""

    tells = True

    def __init__(self, field: Field, method: str, given: Callable[[Arguments], Any]) -> None:
        super().__init__(field)
        self._method, self._given = method, given

    def tell(self, values: Sequence[Any], binding: Binding) -> None:
        told, given = binding.memo.setdefault(self, {}), self._given(self.field.arguments(binding))
        for value in values:
            # The value lives as long as the binding, so that its identity stays its own.
            told[id(value)] = getattr(value, self._method)(given)

    def read(self, code: Code, value: str) -> str:
        arguments = f"{code.constant(self.field.arguments)}(finishing.binding)"
        given = code.once(f"{code.constant(self._given)}({arguments})")
        tell = f"{value}.{self._method}({given})"
        if not self.tells:
            return tell
        told = code.once(f"finishing.binding.memo.get({code.constant(self)}, {{}})")
        return f"{told}.get(id({value})) or {tell}"


class _Parts(_Member):
    """A field whose value, or list of values, has fields in turn. It is computed once."""

    def __init__(self, field: Field, compiler: Compiler) -> None:
        super().__init__(field)
        assert field.selection is not None and isinstance(field.read, Attribute | Marker)
        self._asking = (*compiler.asking, field)
        self._inner = Value(field.selection, compiler)
        self.tells = bool(self._inner.tellers)
        self.whole = all(member.whole for member in self._inner.members)
        self.finish = each(self._inner, field.nulls, field.label)
        self._ahead: Step | None = None
        """Finishes the list that the field holds, while the engine is at work, where that pays."""
        if self.tells and self.whole and self.finish and field.nulls.items is not None:
            for member in self._inner.tellers:
                member.tells = False  # what it has to tell is told when the list is finished
            self._ahead = compiled(self.finish)
        get = field.read.get if isinstance(field.read, Attribute) else field.read.name
        self._get = _attribute(get) if isinstance(get, str) else get
        # What is computed with arguments is computed before the statement too, since it may refuse them.
        self.collects = bool(self._inner.collectors) or not isinstance(get, str)

    def get(self, value: Any, binding: Binding) -> Any:
        key = (id(self), id(value))
        kept = binding.memo.get(key)
        if kept is None:
            try:
                found = self._get(value, self.field.arguments(binding), binding)
            except BadInput as fault:
                raise InputFault(fault, self._asking) from fault
            # The value is kept beside what was computed from it, so that its identity stays its own.
            kept = binding.memo[key] = (value, found)
        return kept[1]

    def collect(self, value: Any, binding: Binding) -> None:
        self._inner.collect_each(self.get(value, binding), binding)

    def tell(self, values: Sequence[Any], binding: Binding) -> None:
        found = {id(value): self.get(value, binding) for value in values}
        if self._ahead is None:
            for one in found.values():
                self._inner.tell_each(one, binding)
            return
        finishing = Finishing(binding, [])
        # What stands in several lists is finished once. All of it lives as long as `found`: each identity is its own.
        each = {id(one): one for of in found.values() for one in of or ()}
        with suppress(Nulled):
            finished = dict(zip(each, self._ahead(list(each.values()), None, finishing), strict=True))
            if not finishing.faults:  # which are noted where the answer is put together, with their paths
                told = binding.memo.setdefault(self, {})
                told.update({key: [finished[id(one)] for one in of] for key, of in found.items() if of is not None})

    def read(self, code: Code, value: str) -> str:
        return f"{code.constant(self.get)}({value}, finishing.binding)"

    def write(self, code: Code, value: str, path: str) -> str:
        if self._ahead is None:
            return super().write(code, value, path)
        ready = code.once(f"finishing.binding.memo.get({code.constant(self)}, {{}})")
        found = code.let(f"{ready}.get(id({value}))")
        with code.block(f"if {found} is None"):
            code.line(f"{found} = {self.read(code, value)}")
            self._finish(code, found, path)
        return found


class _Nodes(_Member):
    """A field that refers to nodes: subqueries, one for each type, fetch them, each once."""

    collects = True
    whole = False

    def __init__(self, field: Field, read: Referred, compiler: Compiler) -> None:
        super().__init__(field)
        assert field.selection is not None
        self._ids = read.ids
        labels = [read.label] if read.label else list(field.selection.by_type)
        nodes: dict[str, tuple[str, Finish]] = {}
        for kind in KINDS.values():
            if kind.label in labels:
                selection = field.selection if read.label else field.selection.only(kind.label)
                slot, shape = self._fetched(kind.label, selection, compiler)
                nodes[kind.name] = slot, shape.finish
        self._slots = {kind: slot for kind, (slot, _) in nodes.items()}
        required = (field.nulls.items or field.nulls).required
        self.finish = each(_FinishReferred(nodes, required, field.label), field.nulls, field.label)

    def _fetched(self, label: str, selection: Selection, compiler: Compiler) -> tuple[str, Shape]:
        slot = compiler.slot()
        node, id = compiler.variable(), compiler.variable()

        def wanted(binding: Binding) -> list[str]:
            return list(binding.wanted.get(slot, ()))

        key = compiler.parameter(wanted)
        shape = compiler.object(Scope(node, ids=wanted), selection, {ID: f"{node}.id"})
        body = call(
            "",
            f"UNWIND {key} AS {id}",
            f"MATCH ({node}:{label} {{id: {id}}})",
            shape.before(f"RETURN collect({shape.expression}) AS {slot}"),
        )
        compiler.fetch(slot, body)
        return slot, shape

    def collect(self, value: Any, binding: Binding) -> None:
        ids = self._ids(value)
        for id in ids if isinstance(ids, list | tuple) else (ids,) if ids is not None else ():
            binding.want(self._slots[id.partition(":")[0]], id)

    def read(self, code: Code, value: str) -> str:
        return f"{code.constant(self._ids)}({value})"


@dataclass(frozen=True, slots=True)
class _FinishReferred(Finish):
    """A node by its id, finished once; None where there is none, or where a null travelled up through it."""

    nodes: Mapping[str, tuple[str, Finish]]
    """By kind: the column that holds the nodes, and how one is finished."""
    required: bool
    label: str
    may_give_null = True

    def write(self, code: Code, raw: str, path: str) -> str:
        columns = {kind: slot for kind, (slot, _) in self.nodes.items()}
        steps = {kind: function(code, finish) for kind, (_, finish) in self.nodes.items()}
        find = code.constant(self._find)
        if len(steps) == 1:
            (kind,) = steps
            return f"{find}({raw}, {columns[kind]!r}, {steps[kind]}, {path}, finishing)"
        by_kind = ", ".join(f"{kind!r}: {step}" for kind, step in steps.items())
        kind = code.let(f"{raw}.partition(':')[0]")
        return f"{find}({raw}, {code.constant(columns)}[{kind}], {{{by_kind}}}[{kind}], {path}, finishing)"

    def _find(self, id: str, slot: str, step: Step, path: Path, finishing: Finishing) -> Any:
        finished = finishing.binding.finished
        key = (slot, id)
        if key not in finished:
            finished[key] = None
            row = finishing.binding.rows[slot].get(id)
            if row is None and self.required:
                raise finishing.missing(path, self.label)
            with suppress(Nulled):
                finished[key] = None if row is None else step(row, path, finishing)
        return finished[key]


def _member(field: Field, compiler: Compiler) -> _Member:
    if isinstance(field.read, Referred):
        return _Nodes(field, field.read, compiler)
    if field.selection is not None:
        return _Parts(field, compiler)
    if isinstance(field.read, Attribute) and field.read.given is not None:
        assert isinstance(field.read.get, str)
        return _Told(field, field.read.get, field.read.given)
    return _Member(field)


def _attribute(name: str) -> Callable[[Any, Arguments, Binding], Any]:
    return lambda value, arguments, binding: getattr(value, name)


def each(finish: Finish | None, nulls: Nulls, label: str) -> Finish | None:
    """The finish of a value, or of a list of them. A list belongs to what was computed, and is copied."""
    if nulls.items is None:
        return finish
    return FinishList(each(finish, nulls.items, label), nulls.items.required, label, copy=True)
