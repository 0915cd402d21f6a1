"""What the plain path passes from field to field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.plan.binding import Arguments, Binding
from graph.snapshot import Snapshot, SnapshotEdge, SnapshotNode
from schema.plain.recorded import holds


@dataclass(frozen=True, slots=True, eq=False)
class Here:
    """A node, or an edge with its far end, and the arguments of the field that led to it."""

    at: SnapshotNode | SnapshotEdge
    above: Arguments

    @property
    def node(self) -> SnapshotNode:
        assert isinstance(self.at, SnapshotNode)
        return self.at

    def get(self, name: str) -> Any:
        return self.at.properties.get(name)


@dataclass(frozen=True, slots=True, eq=False)
class PlainPage:
    """A page whose items are already made."""

    items: list[Any]
    cursors: list[str]
    has_next: bool
    has_previous: bool
    total: int | None

    @property
    def start(self) -> str | None:
        return self.cursors[0] if self.cursors else None

    @property
    def end(self) -> str | None:
        return self.cursors[-1] if self.cursors else None


@dataclass(frozen=True, slots=True)
class Ask:
    """What a read is asked for."""

    source: Any
    arguments: Arguments
    binding: Binding
    snapshot: Snapshot
    possible: frozenset[str]
    """Names of the types that the field may give."""

    def here(self, node: SnapshotNode | SnapshotEdge | None) -> Here | None:
        return None if node is None else Here(node, self.arguments)

    def holds(self, node: SnapshotNode) -> bool:
        """On the day, and as it was believed at the moment, that are asked for."""
        return holds(node, self.binding.day(self.arguments), self.arguments.get("recordedAt"))
