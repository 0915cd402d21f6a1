"""Reads of the node, or edge, at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graph.model import kind_of
from graph.plan.binding import Arguments, Binding
from graph.plan.compiler import Compiler, Part, Scope
from graph.plan.finisher import Finishing, FinishWith, Path
from graph.plan.reads.read import Read
from graph.plan.selection import Field


@dataclass(frozen=True, slots=True)
class Property(Read):
    """A property as it is stored.

    `guarded`: null where the node is protected and the caller may not see it. `personal`: null for whoever may not see
    what is kept of persons.
    """

    name: str
    guarded: bool = False
    personal: bool = False

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        stored = f"{scope.variable}.{self.name}"
        if self.personal and not compiler.binding.view.personal:
            return Part("null")
        if self.guarded and not compiler.binding.sees_protected:
            return Part(f"CASE WHEN {scope.variable}.protected THEN null ELSE {stored} END")
        return Part(stored)


@dataclass(frozen=True, slots=True)
class Listed(Read):
    """A list property: one that was never given is an empty list, since the list is known to hold nothing."""

    name: str

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        return Part(f"coalesce({scope.variable}.{self.name}, [])")


@dataclass(frozen=True, slots=True)
class Localized(Read):
    """A property in the language asked for; the Danish one where there is no English one."""

    name: str

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        danish = f"{scope.variable}.{self.name}"
        if _value(item.arguments(compiler.binding).get("language")) == "EN":
            return Part(f"coalesce({scope.variable}.{self.name}En, {danish})")
        return Part(danish)


def _value(asked: Any) -> Any:
    return getattr(asked, "value", asked)


@dataclass(frozen=True, slots=True)
class Derived(Read):
    """A value worked out from stored ones: `derive(stored, own arguments, arguments of the field above, binding)`.

    `stored` is the property itself, or a map where there are several. It is not called where a single
    property is null: nothing can be derived from what is not known.
    """

    properties: tuple[str, ...]
    derive: Callable[[Any, Arguments, Arguments, Binding], Any]

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        derive, own, above = self.derive, item.arguments, scope.arguments

        def step(raw: Any, path: Path, finishing: Finishing) -> Any:
            binding = finishing.binding
            value = derive(raw, own(binding), above(binding), binding)
            if value is None and item.nulls.required:
                finishing.missing(path, item.label)
            return value

        if len(self.properties) == 1:
            return Part(f"{scope.variable}.{self.properties[0]}", finish=FinishWith(step))
        listed = ", ".join(f".{name}" for name in self.properties)
        return Part(f"{scope.variable} {{{listed}}}", finish=FinishWith(step))


@dataclass(frozen=True, slots=True)
class Embedded(Read):
    """An object whose fields are properties of the node at hand; null unless all of `needs` are known."""

    needs: tuple[str, ...]
    guarded: bool = False

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        assert item.selection is not None
        shape = compiler.object(Scope(scope.variable), item.selection)
        absent = [f"{scope.variable}.{name} IS NULL" for name in self.needs]
        if self.guarded and not compiler.binding.sees_protected:
            absent.insert(0, f"{scope.variable}.protected")
        expression = f"CASE WHEN {' OR '.join(absent)} THEN null ELSE {shape.expression} END"
        return Part(expression, shape.calls, shape.finish)


@dataclass(frozen=True, slots=True)
class Constant(Read):
    """The same for every node of a type, such as an organisation's kind."""

    value: str

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        return Part(f"'{self.value}'")


@dataclass(frozen=True, slots=True)
class ByKind(Read):
    """What the node's kind says, where the type is one of several that are read alike: `{kind name: value}`."""

    values: tuple[tuple[str, str], ...]

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        values = dict(self.values)

        def step(id: str, path: Path, finishing: Finishing) -> str:
            return values[id.partition(":")[0]]

        return Part(f"{scope.variable}.id", finish=FinishWith(step))


@dataclass(frozen=True, slots=True)
class TypeName(Read):
    """`__typename`. A node's id names its kind, a kind's label is its type."""

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        if scope.abstract:
            return Part(f"{scope.variable}.id", finish=FinishWith(_label))
        return Part(f"'{type}'")


def _label(id: str, path: Path, finishing: Finishing) -> str | None:
    kind = kind_of(id)
    return kind.label if kind else None
