"""The whole graph in memory: for the plain path, which answers without the plan, and for whoever must see it all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.database import Database


@dataclass(frozen=True, slots=True, eq=False)
class SnapshotEdge:
    """An edge with both of its ends."""

    type: str
    start: SnapshotNode
    end: SnapshotNode
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class SnapshotNode:
    """A node with all that hangs on it."""

    label: str
    properties: Mapping[str, Any]
    outgoing: dict[str, list[SnapshotEdge]] = field(default_factory=lambda: defaultdict(list))
    incoming: dict[str, list[SnapshotEdge]] = field(default_factory=lambda: defaultdict(list))

    @property
    def id(self) -> str:
        return str(self.properties["id"])


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every node by its id."""

    nodes: Mapping[str, SnapshotNode]

    def labelled(self, label: str) -> list[SnapshotNode]:
        return [node for node in self.nodes.values() if node.label == label]


async def snapshot(database: Database, *, timeout: float = 60) -> Snapshot:
    """All nodes that have an id, and the edges between them. Two statements: not for a graph that is being written."""
    nodes = {
        row["properties"]["id"]: SnapshotNode(row["label"], row["properties"])
        for row in await database.read(
            "MATCH (n) WHERE n.id IS NOT NULL RETURN labels(n)[0] AS label, properties(n) AS properties",
            timeout=timeout,
        )
    }
    for row in await database.read(
        "MATCH (a)-[r]->(b) WHERE a.id IS NOT NULL AND b.id IS NOT NULL "
        "RETURN a.id AS start, type(r) AS type, b.id AS end, properties(r) AS properties",
        timeout=timeout,
    ):
        edge = SnapshotEdge(row["type"], nodes[row["start"]], nodes[row["end"]], row["properties"])
        edge.start.outgoing[edge.type].append(edge)
        edge.end.incoming[edge.type].append(edge)
    return Snapshot(nodes)
