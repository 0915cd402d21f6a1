"""A record: one node as it is written, with the edges that go out from it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from graph import wording
from graph.labels import label
from graph.model import KINDS, Kind, Type, kind_of, values_of
from graph.told import Told


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge to the node `target`. Its properties are those that the model gives to edges of its type."""

    type: str
    target: str
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """A node with all of its properties and all edges that go out from it. What is left out is not there."""

    id: str
    properties: Mapping[str, Any]
    edges: tuple[Edge, ...] = ()

    @property
    def name(self) -> str | None:
        """What it is listed by, where its kind is named."""
        return self.properties.get("name") or self.properties.get("title")

    @property
    def kind(self) -> Kind:
        kind = kind_of(self.id)
        if kind is None:
            raise ValueError(f"{self.id!r} is not an id: its kind is none of {', '.join(KINDS)}")
        return kind


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a record: where (a property or an edge, such as `SERVES[2].approved`) and what."""

    where: str
    what: Told

    def told(self, name: str | None = None) -> Told:
        """As a sentence about the field `name`, where the input calls it otherwise than the record."""
        return wording.FAULT(label=label(name or self.where), what=self.what)


def faults(record: Record) -> Iterator[Fault]:
    """Everything in `record` that the model does not allow. That targets exist is for the graph to say."""
    kind = kind_of(record.id)
    if kind is None:
        yield Fault("id", wording.NO_KIND(id=repr(record.id)))
        return
    for name in kind.required:
        if record.properties.get(name) is None:
            yield Fault(name, wording.REQUIRED())
    for name, value in record.properties.items():
        if name not in kind.properties:
            yield Fault(name, wording.NO_PROPERTY(label=kind.label))
        elif value is not None and (what := _wrong(value, kind.properties[name], values_of(kind, name))):
            yield Fault(name, what)
    counts: dict[str, int] = {}
    for edge in record.edges:
        n = counts[edge.type] = counts.get(edge.type, -1) + 1
        yield from _edge_faults(kind, edge, f"{edge.type}[{n}]")
    for type, n in counts.items():
        if type in kind.edges and not kind.edges[type].many and n > 0:
            yield Fault(type, wording.ONCE())


def _edge_faults(kind: Kind, edge: Edge, where: str) -> Iterator[Fault]:
    known = kind.edges.get(edge.type)
    if known is None:
        yield Fault(where, wording.NO_EDGE(label=kind.label))
        return
    target = kind_of(edge.target)
    if target is None or target.name not in known.targets:
        yield Fault(where, wording.NO_TARGET(target=repr(edge.target), kinds=", ".join(known.targets)))
    for name, value in edge.properties.items():
        if name not in known.properties:
            yield Fault(f"{where}.{name}", wording.NO_PROPERTY(label=edge.type))
        elif value is not None and (what := _wrong(value, known.properties[name], values_of(kind, name))):
            yield Fault(f"{where}.{name}", what)


def _wrong(value: Any, type: Type, values: tuple[str, ...] | None) -> Told | None:
    if value == "" and type is Type.STRING:
        return wording.EMPTY()
    if not _CHECKS[type](value):
        return wording.NO_TYPE(value=repr(value), type=_TYPES[type])
    if values is not None and value not in values:
        return wording.NO_VALUE(value=repr(value), values=", ".join(values))
    return None


_TYPES: Mapping[Type, Told] = {
    Type.STRING: Told("en tekst", "string"),
    Type.INTEGER: Told("et helt tal", "integer"),
    Type.FLOAT: Told("et tal", "float"),
    Type.BOOLEAN: Told("ja eller nej", "boolean"),
    Type.DATE: Told("en dato", "date"),
    Type.MOMENT: Told("et tidspunkt", "moment"),
    Type.DECIMAL: Told("et beløb", "decimal"),
    Type.STRINGS: Told("en liste af tekster", "list of strings"),
}


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_decimal(value: Any) -> bool:
    try:
        return isinstance(value, str) and Decimal(value).is_finite()
    except InvalidOperation:
        return False


_CHECKS: Mapping[Type, Callable[[Any], bool]] = {
    Type.STRING: lambda v: isinstance(v, str) and v != "",
    Type.INTEGER: lambda v: isinstance(v, int) and not isinstance(v, bool),
    Type.FLOAT: lambda v: isinstance(v, float) and math.isfinite(v),
    Type.BOOLEAN: lambda v: isinstance(v, bool),
    Type.DATE: _is_date,
    Type.MOMENT: _is_moment,
    Type.DECIMAL: _is_decimal,
    Type.STRINGS: lambda v: isinstance(v, (list, tuple)) and all(isinstance(s, str) and s for s in v),
}
