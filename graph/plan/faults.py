"""Input that cannot be meant, and which field of the operation it was given to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from graph.errors import BadInput
from graph.plan.binding import Binding
from graph.plan.selection import Field

T = TypeVar("T")


class InputFault(Exception):
    """A BadInput with the fields that led to it, the root's first."""

    def __init__(self, fault: BadInput, fields: tuple[Field, ...]) -> None:
        super().__init__(fault.message)
        self.fault, self.fields = fault, fields


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """Something that is worked out for each request, for a field of the operation."""

    work: Callable[[Binding], T]
    fields: tuple[Field, ...]

    def __call__(self, binding: Binding) -> T:
        """Raises InputFault where the field's arguments cannot be meant."""
        try:
            return self.work(binding)
        except BadInput as fault:
            raise InputFault(fault, self.fields) from fault
