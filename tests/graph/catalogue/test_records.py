"""What the catalogue reads is all that it uses: from more of the same records it would be no other."""

from __future__ import annotations

from typing import Any

import pytest

from graph.catalogue.catalogue import Catalogue
from graph.catalogue.records import OFFERS, PROPERTIES, REFERENCE
from graph.clock import FixedClock
from graph.model import KINDS, Kind, Type, values_of
from graph.record import Edge, Record
from tests.graph.catalogue import example

READ = {**REFERENCE, **OFFERS}


def value(kind: Kind, name: str, type: Type, n: int) -> Any:
    """The n'th of two values that a property of the kind, or of its edges, may have."""
    samples = {
        Type.STRING: (name, f"{name} 2"),
        Type.INTEGER: (1, 2),
        Type.FLOAT: (9.5, 57.0),
        Type.BOOLEAN: (False, True),
        Type.DATE: ("2020-01-01", "2030-01-01"),
        Type.DECIMAL: ("1.00", "2.50"),
        Type.STRINGS: (["et"], ["to", "tre"]),
    }
    return (values_of(kind, name) or samples[type])[n]


def whole(kind: Kind, n: int) -> Record:
    """A record with every property and every edge that the model gives its kind."""
    edges = (
        Edge(type, f"{edge.targets[0]}:x", {name: value(kind, name, t, n) for name, t in edge.properties.items()})
        for type, edge in kind.edges.items()
    )
    return Record(
        f"{kind.name}:x", {name: value(kind, name, t, n) for name, t in kind.properties.items()}, tuple(edges)
    )


def as_read(record: Record) -> Record:
    kind = record.kind.name
    properties = {name: value for name, value in record.properties.items() if name in PROPERTIES[kind]}
    return Record(record.id, properties, tuple(edge for edge in record.edges if edge.type in READ[kind]))


@pytest.mark.parametrize("n", [0, 1])
def test_what_is_read_is_what_is_used(n: int) -> None:
    clock, records = FixedClock.on(example.TODAY), [whole(kind, n) for kind in KINDS.values()]
    given = Catalogue.from_records(records, clock)
    read = Catalogue.from_records((as_read(record) for record in records if record.kind.name in READ), clock)
    assert read.equals(given)
    for kind in ("target-group", "service"):
        terms = (catalogue.columns.reference.vocabulary.term(f"{kind}:x") for catalogue in (read, given))
        assert next(terms) == next(terms)
