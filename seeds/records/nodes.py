"""Nodes and edges, whatever they stand for: what of an entry the model keeps, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from graph.model import KINDS
from graph.record import Edge, Record
from seeds.format.parts import Entry, Part

ILLUSTRATIVE = "source:illustrative"
"""Where an ILLUSTRATIVE entry is stated that names no source."""


def node(entry: Entry, edges: Iterable[Edge] = (), **more: Any) -> Record:
    """The record of `entry`; `more` adds to its properties."""
    kind = entry.id.partition(":")[0]
    return Record(entry.id, properties(kind, {**entry.__dict__, **more}), (*edges, *stated(entry)))


def fact(kind: str, n: int, part: Part, of: Edge, edges: Iterable[Edge] = (), **more: Any) -> Record:
    """The record of a part without a name: the `n`th of its kind about what `of` leads to."""
    id = f"{kind}:{slug(of.target)}-{n}"
    return Record(id, properties(kind, {**part.__dict__, **more}), (of, *edges, *stated(part)))


def stated(part: Part) -> tuple[Edge, ...]:
    source: str | None = getattr(part, "source", None)
    if source is None and getattr(part, "dataStatus", None) == "ILLUSTRATIVE":
        source = ILLUSTRATIVE
    return edge("STATED_IN", source)


def slug(id: str) -> str:
    return id.partition(":")[2]


def edge(type: str, target: str | None) -> tuple[Edge, ...]:
    """The edge, where there is something that it leads to."""
    return (Edge(type, target),) if target else ()


def edges(type: str, targets: Iterable[str]) -> list[Edge]:
    return [Edge(type, target) for target in targets]


def properties(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the model keeps of `values`, as it keeps it; what is not known is left out."""
    known = KINDS[kind].properties
    return {name: _kept(value) for name, value in values.items() if name in known and value is not None}


def _kept(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
