"""Finishing: from raw values as the engine returns them to the answer as the specification wants it.

A step takes a raw value, which is never null, and its path, and gives the finished value. It gives None where
a null was found in a place that must not be null: the fault is then noted already, and the None travels up to
the nearest place that may be null (GraphQL, section 6.4.4).

A path is a linked list `(parent, key)`: making one costs a tuple, and it is unrolled only for a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from graph.plan.binding import Binding

# Keys of raw maps that are no part of the answer.
ORDER, ID, CURSOR, TYPE = "@order", "@id", "@cursor", "@type"

Path = tuple[Any, Any] | None
Step = Callable[[Any, Path, "Finishing"], Any]


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

    def missing(self, path: Path, label: str) -> None:
        keys: list[str | int] = []
        while path is not None:
            path, key = path
            keys.append(key)
        self.faults.append(Fault(tuple(reversed(keys)), f"Cannot return null for non-nullable field {label}."))


@dataclass(frozen=True, slots=True)
class Member:
    """One key of a finished object. Without a step, the raw value is the finished one."""

    key: str
    step: Step | None
    required: bool
    label: str
    """How the field is called in an error: `Offer.name`."""


def finish_object(members: Sequence[Member], *, hidden: Sequence[str] = (), rebuild: bool) -> Step:
    """Finishes a map without its `hidden` keys: in place, or rebuilt in the order asked for."""
    keys = [member.key for member in members]
    steps = [(m.key, m.step, m.required, m.label) for m in members if m.step is not None]
    leaves = {m.key: m.label for m in members if m.step is None and m.required}

    def lacking(out: dict[str, Any], path: Path, finishing: Finishing) -> None:
        key = next(key for key in leaves if out[key] is None)
        finishing.missing((path, key), leaves[key])

    if len(leaves) == 1 and not (steps or hidden or rebuild):
        # Most objects at the far end of an edge are asked for their name alone: it is all there is to look at.
        (leaf,) = leaves

        def check(raw: Any, path: Path, finishing: Finishing) -> Any:
            return raw if raw[leaf] is not None else lacking(raw, path, finishing)

        return check

    # Several are looked at by one call in C. A lone one is asked for twice, since only then is a tuple given.
    leaf_values = itemgetter(*leaves, *list(leaves)[:1]) if leaves else None

    def finish(raw: Any, path: Path, finishing: Finishing) -> Any:
        if rebuild:
            out = {key: raw[key] for key in keys}
        else:
            out = raw
            for key in hidden:
                del out[key]
        for key, step, required, label in steps:
            value = out[key]
            if value is None:
                if required:
                    finishing.missing((path, key), label)
                    return None
                continue
            value = step(value, (path, key), finishing)
            if value is None and required:
                return None
            out[key] = value
        if leaf_values is not None and None in leaf_values(out):
            return lacking(out, path, finishing)
        return out

    return finish


def finish_list(step: Step | None, *, required: bool, label: str, sort: bool = False) -> Step:
    """Finishes every item. With `sort`, items come in the order of their hidden key `ORDER`."""
    order = itemgetter(ORDER)

    def finish(raw: Any, path: Path, finishing: Finishing) -> Any:
        if sort:
            raw.sort(key=order)
        out: list[Any] = []
        for index, item in enumerate(raw):
            if item is None:
                if required:
                    finishing.missing((path, index), label)
                    return None
                out.append(None)
                continue
            value = item if step is None else step(item, (path, index), finishing)
            if value is None and required:
                return None
            out.append(value)
        return out

    return finish


def finish_any(by_type: dict[str, Step]) -> Step:
    """Finishes an object of one of several types, named by its hidden key `TYPE`."""

    def finish(raw: Any, path: Path, finishing: Finishing) -> Any:
        return by_type[raw[TYPE]](raw, path, finishing)

    return finish
