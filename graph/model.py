"""The model: which kinds of nodes the graph holds, their properties, and the edges between them.

One table for everything that must know: migrations (constraints and indexes), the loader and the commands
(what a record may hold), the doctor. Property names are those of the GraphQL fields.

Dates are ISO 8601 strings, which both engines compare and index alike and which reach the client unchanged;
amounts are decimal strings, since neither engine keeps a decimal; enums are their GraphQL names.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph.kinds.agreements import AGREEMENTS
from graph.kinds.boards import BOARDS
from graph.kinds.classification import CLASSIFICATION
from graph.kinds.kind import HOLDING, ORGANISATIONS, EdgeType, Kind, Type
from graph.kinds.offers import OFFERS
from graph.kinds.organisations import ORGANISATION_KINDS

__all__ = ["ENUMS", "HOLDING", "KINDS", "ORGANISATIONS", "EdgeType", "Kind", "Type", "kind_of", "values_of"]

KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in (*ORGANISATION_KINDS, *CLASSIFICATION, *AGREEMENTS, *OFFERS, *BOARDS)
}
"""Every kind of node, by its name: places before what lies there, and so on."""

ENUMS: Mapping[str, tuple[str, ...]] = {
    "dataStatus": ("SOURCED", "ILLUSTRATIVE"),
    "ownership": ("MUNICIPAL", "REGIONAL", "PRIVATE"),
    "supportLevelUpTo": ("NONE", "MILD", "MODERATE", "HIGH", "COMPLETE"),
    "upTo": ("NONE", "MILD", "MODERATE", "SEVERE", "COMPLETE"),
    "unit": ("HOUR", "DAY", "MONTH", "YEAR"),
    "model": ("AVERAGE", "DIFFERENTIATED", "SUPPLEMENT", "OBJECTIVE"),
    "status": ("APPROVED", "APPROVED_WITH_CONDITIONS", "INTENSIFIED_SUPERVISION", "NOT_APPROVED", "ENDED"),
    "board.kind": ("COUNCIL", "COMMITTEE", "BOARD", "FORUM", "STEERING_GROUP", "PANEL", "CHAIR_GROUP"),
    "knowledge.kind": ("METHOD", "FINDING", "GUIDE", "REPORT", "CASE"),
    "principle.kind": ("FINANCING", "RATE_CALCULATION", "PAYMENT_MODEL"),
    "decision": ("RECOMMENDED", "APPROVED", "REJECTED", "PENDING", "UNKNOWN"),
    "precision": ("DAY", "MONTH", "SEASON", "YEAR"),
    "termRule": ("CALENDAR_TERM", "MONTH_OF_ELECTION", "SCHOOL_YEAR", "OFFICE", "OPEN"),
    "role": ("MEMBER", "CHAIR", "VICE_CHAIR", "SUBSTITUTE", "OBSERVER"),
    "gender": ("WOMAN", "MAN", "OTHER"),
}
"""The values of the enum properties, by their name or, where kinds differ, by `kind.name`; every other string is
free text."""


def values_of(kind: Kind, name: str) -> tuple[str, ...] | None:
    """The values that the property may have, or None where it is free."""
    return ENUMS.get(f"{kind.name}.{name}") or ENUMS.get(name)


def kind_of(id: str) -> Kind | None:
    """The kind that an id names, or None where the id is not one of ours."""
    prefix, colon, rest = id.partition(":")
    return KINDS.get(prefix) if colon and rest else None
