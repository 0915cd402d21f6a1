"""What a kind of node is: its properties, and the edges that go out from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Type(StrEnum):
    """What a property holds."""

    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    DATE = "date"
    MOMENT = "moment"
    DECIMAL = "decimal"
    STRINGS = "strings"


S, INT, F, B, D = Type.STRING, Type.INTEGER, Type.FLOAT, Type.BOOLEAN, Type.DATE
DEC, SS = Type.DECIMAL, Type.STRINGS


@dataclass(frozen=True, slots=True)
class EdgeType:
    """An edge that nodes of a kind may have: `(kind)-[:TYPE]->(one of targets)`."""

    targets: tuple[str, ...]
    many: bool = False
    properties: Mapping[str, Type] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of node. Its name is the prefix of its ids: `offer:neurocenter-oesterskoven`."""

    name: str
    label: str
    properties: Mapping[str, Type]
    edges: Mapping[str, EdgeType] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    named: bool = False
    """Listed in the order of its name, or title: has an indexed `nameOrder`."""
    fulltext: tuple[str, ...] = ()
    by_date: bool = False
    """Listed in the order of its first day: has a `dateOrder`."""


SOURCED = {"dataStatus": S, "verifiedOn": D}
DATED = {"validFrom": D, "validTo": D}
STATED_IN = {"STATED_IN": EdgeType(("source",))}
ORGANISATIONS = ("municipality", "region", "institution", "association", "authority")
HOLDING = ("CHAIR", "MEMBER", "VICE_CHAIR")
"""The roles of a tenure that fill a seat; substitutes and observers never do."""
