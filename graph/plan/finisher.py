"""Finishing: from raw values as the engine returns them to the answer as the specification wants it.

A finish writes the lines that make a raw value, which is never null, the finished one. The lines raise `Nulled`
where a null was found in a place that must not be null: the fault is then noted already, and what is above
catches it at the nearest place that may be null (GraphQL, section 6.4.4).

A path is a linked list `(parent, key)`. It is made where a fault is noted, and unrolled there.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from graph.plan.binding import Binding
from graph.plan.code import Code

# Keys of raw maps that are no part of the answer.
ORDER, ID, CURSOR, TYPE = "@order", "@id", "@cursor", "@type"

Path = tuple[Any, Any] | None
Step = Callable[[Any, Path, "Finishing"], Any]
"""A raw value, its path and the answer in the making -> the finished value."""


class Nulled(Exception):
    """A null that travels up from a place where none may be."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A null where none may be. The path is outermost first."""

    path: tuple[str | int, ...]
    message: str


@dataclass(slots=True)
class Finishing:
    """One answer in the making."""

    binding: Binding
    faults: list[Fault]

    def missing(self, path: Path, label: str) -> Nulled:
        """Notes the fault; what it returns is to be raised."""
        keys: list[str | int] = []
        while path is not None:
            path, key = path
            keys.append(key)
        self.faults.append(Fault(tuple(reversed(keys)), f"Cannot return null for non-nullable field {label}."))
        return Nulled()


class Finish(ABC):
    """How a raw value is finished."""

    may_give_null = False
    """Whether the finished value can be None; a fault is noted then if it must not be."""

    @abstractmethod
    def write(self, code: Code, raw: str, path: str) -> str:
        """Writes the lines that finish what the variable `raw` holds. Returns the finished value's expression.

        `path` is an expression too; `finishing` holds the answer in the making.
        """


def function(code: Code, finish: Finish) -> str:
    """The name of a function that finishes: a `Step`."""
    return code.function("raw, path, finishing", lambda: finish.write(code, "raw", "path"))


def compiled(finish: Finish) -> Step:
    """The finish as a function. It raises Nulled where the null travels on."""
    code = Code({"Nulled": Nulled, "order": itemgetter(ORDER)})
    step: Step = code.run(function(code, finish))
    return step


def write_place(code: Code, place: str, finish: Finish | None, required: bool, label: str, path: str) -> bool:
    """Finishes in its place, such as a variable or `raw['name']`, a value that may be null.

    Returns whether the place may be given another value: where not, what it held was finished as it stands.
    """
    raw = place if place.isidentifier() or finish is None else code.let(place)
    if required:
        code.line(f"if {raw} is None: raise finishing.missing({path}, {label!r})")
        if finish is None or (finished := _finished(code, raw, finish, path)) == raw:
            return False
        code.line(f"{place} = {finished}")
        if finish.may_give_null:
            code.line(f"if {place} is None: raise Nulled")
        return True
    if finish is None:
        return False
    with code.block(f"if {raw} is not None"):
        with code.block("try"):
            code.line(f"{place} = {_finished(code, raw, finish, path)}")
        with code.block("except Nulled"):
            code.line(f"{place} = None")
    return True


def _finished(code: Code, raw: str, finish: Finish, path: str) -> str:
    return f"{function(code, finish)}({raw}, {path}, finishing)" if code.deep else finish.write(code, raw, path)


@dataclass(frozen=True, slots=True)
class FinishWith(Finish):
    """A function does it. Where it gives None, it has noted a fault, unless the place may be null."""

    step: Step
    may_give_null = True

    def write(self, code: Code, raw: str, path: str) -> str:
        return f"{code.constant(self.step)}({raw}, {path}, finishing)"


@dataclass(frozen=True, slots=True)
class Member:
    """One key of a finished object. Without a finish, the raw value is the finished one."""

    key: str
    finish: Finish | None
    required: bool
    label: str
    """How the field is called in an error: `Offer.name`."""


@dataclass(frozen=True, slots=True)
class FinishObject(Finish):
    """Finishes a map without its `hidden` keys: in place, or rebuilt in the order asked for."""

    members: Sequence[Member]
    hidden: Sequence[str] = ()
    rebuild: bool = False

    def write(self, code: Code, raw: str, path: str) -> str:
        if self.rebuild:
            entries: list[str] = []
            for member in self.members:
                value = code.let(f"{raw}[{member.key!r}]")
                self._write(code, value, member, path)
                entries.append(f"{member.key!r}: {value}")
            return f"{{{', '.join(entries)}}}"
        for key in self.hidden:
            code.line(f"del {raw}[{key!r}]")
        for member in self.members:
            self._write(code, f"{raw}[{member.key!r}]", member, path)
        return raw

    def _write(self, code: Code, place: str, member: Member, path: str) -> None:
        write_place(code, place, member.finish, member.required, member.label, f"({path}, {member.key!r})")


@dataclass(frozen=True, slots=True)
class FinishList(Finish):
    """Finishes every item: in place, or as a `copy` of what is not ours. With `sort`, by the hidden key `ORDER`."""

    finish: Finish | None
    required: bool
    label: str
    sort: bool = False
    copy: bool = False

    def write(self, code: Code, raw: str, path: str) -> str:
        if self.sort:
            code.line(f"{raw}.sort(key=order)")
        if self.finish is None and not self.required:
            return f"list({raw})" if self.copy else raw
        if self.copy:
            raw = code.let(f"list({raw})")
        write_items(code, raw, self.finish, self.required, self.label, path)
        return raw


def write_items(
    code: Code, items: str, finish: Finish | None, required: bool, label: str, path: str, key: str | None = None
) -> None:
    """Finishes in their places the items of the list that the variable `items` holds. `label` is the list's.

    With `key`, what the answer's list holds is an object that has the item under that key.
    """
    index, item = code.name(), code.name()
    at = f"({path}, {index})" if key is None else f"(({path}, {index}), {key!r})"
    with code.block(f"for {index}, {item} in enumerate({items})"):
        if write_place(code, item, finish, required, label, at):
            code.line(f"{items}[{index}] = {item}")


@dataclass(frozen=True, slots=True)
class FinishAny(Finish):
    """Finishes an object of one of several types, named by its hidden key `TYPE`."""

    by_type: Mapping[str, Finish]

    def write(self, code: Code, raw: str, path: str) -> str:
        type, finished = code.let(f"{raw}[{TYPE!r}]"), code.name()
        for name, finish in self.by_type.items():
            with code.block(f"if {type} == {name!r}"):
                code.line(f"{finished} = {finish.write(code, raw, path)}")
        return finished
