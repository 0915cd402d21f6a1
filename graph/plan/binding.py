"""What one request brings to a plan: variables, the day, the caller's rights, and what was found for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.actor import PUBLIC, View
from graph.recorded import horizon

Arguments = Mapping[str, Any]


@dataclass(slots=True)
class Binding:
    """One request's values. Nothing of it outlives the request."""

    variables: Any
    """Opaque here: the selection's argument readers know what it is."""
    services: Any
    """What named reads may ask, such as the catalogue."""
    today: date
    view: View = PUBLIC
    """What the caller may see."""
    memo: dict[Any, Any] = field(default_factory=dict)
    """What was computed before the statement and is needed again after it, by slot."""
    wanted: dict[str, dict[str, None]] = field(default_factory=dict)
    """Ids of nodes that computed values refer to, in order, by slot."""
    finished: dict[tuple[str, str], Any] = field(default_factory=dict)
    """Nodes that computed values refer to, once they are finished."""
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    behind: bool = False
    """Whether the graph showed a node that what is computed does not know yet."""

    @property
    def sees_protected(self) -> bool:
        return self.view.protected

    def day(self, arguments: Arguments, name: str = "asOf") -> str:
        """The day that an argument names, as it is stored; today where it is null."""
        return (arguments.get(name) or self.today).isoformat()

    def horizon(self, arguments: Arguments) -> str | None:
        """The horizon of the moment that `recordedAt` names; None where it is null, which is now."""
        moment = arguments.get("recordedAt")
        return None if moment is None else horizon(moment)

    def want(self, slot: str, id: str) -> None:
        self.wanted.setdefault(slot, {})[id] = None
