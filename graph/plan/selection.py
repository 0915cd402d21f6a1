"""What an operation asks for, free of GraphQL: fields, by the type of the object that they are asked of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.plan.binding import Arguments, Binding

if TYPE_CHECKING:
    from graph.plan.reads import Read


@dataclass(frozen=True, slots=True)
class Nulls:
    """Whether a value may be null and, for a list, whether its items may."""

    required: bool
    items: Nulls | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One field asked for under one response key."""

    key: str
    read: Read
    nulls: Nulls
    arguments: Callable[[Binding], Arguments]
    selection: Selection | None
    label: str
    """`Type.field`, for errors."""
    source: tuple[int, ...]
    """Which places of the operation ask for it; equal for the types of an interface that it is asked of."""
    origin: Any = None
    """The first of these places, for whoever reports a fault."""

    def same_as(self, other: Field) -> bool:
        return (self.key, self.read, self.nulls, self.source) == (other.key, other.read, other.nulls, other.source)


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The fields asked of an object, by the name of the type that the object may have."""

    by_type: Mapping[str, tuple[Field, ...]]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields, where the object's type is certain or makes no difference."""
        return next(iter(self.by_type.values()))

    @property
    def abstract(self) -> bool:
        return len(self.by_type) > 1

    def uniform(self) -> bool:
        """Whether every type is asked for the very same."""
        first, *others = self.by_type.values()
        return all(
            len(first) == len(other) and all(a.same_as(b) for a, b in zip(first, other, strict=True))
            for other in others
        )

    def only(self, type: str) -> Selection:
        """What is asked of an object that is known to be of `type`."""
        return Selection({type: self.by_type[type]})
