"""The model: which kinds of nodes the graph holds, their properties, and the edges between them.

One table for everything that must know: migrations (constraints and indexes), the loader and the commands
(what a record may hold), the doctor. Property names are those of the GraphQL fields.

Dates are ISO 8601 strings, which both engines compare and index alike and which reach the client unchanged;
amounts are decimal strings, since neither engine keeps a decimal; enums are their GraphQL names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


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


def _kinds(*kinds: Kind) -> dict[str, Kind]:
    return {kind.name: kind for kind in kinds}


KINDS: Mapping[str, Kind] = _kinds(
    Kind("source", "Source", {"title": S, "publisher": S, "url": S, "publishedOn": D}, required=("title",)),
    Kind(
        "region",
        "Region",
        {"name": S, "code": S, **SOURCED},
        STATED_IN,
        required=("name", "code", "dataStatus"),
        named=True,
    ),
    Kind(
        "municipality",
        "Municipality",
        {"name": S, "code": S, "mainTown": S, "latitude": F, "longitude": F, "population": INT, **SOURCED},
        {"IN_REGION": EdgeType(("region",)), **STATED_IN},
        required=("name", "code", "dataStatus"),
        named=True,
        fulltext=("name", "mainTown"),
    ),
    Kind("association", "Association", {"name": S}, STATED_IN, required=("name",), named=True),
    Kind("authority", "Authority", {"name": S, "aliases": SS}, STATED_IN, required=("name",), named=True),
    Kind(
        "location",
        "Location",
        {"address": S, "protected": B, "town": S, "latitude": F, "longitude": F},
        {"IN_MUNICIPALITY": EdgeType(("municipality",))},
        required=("protected",),
    ),
    Kind("contact", "Contact", {"name": S, "address": S, "email": S, "phone": S, "url": S}),
    Kind(
        "institution",
        "Institution",
        {"name": S, "ownership": S, **SOURCED},
        {
            "RUN_BY": EdgeType(ORGANISATIONS),
            "LOCATED_AT": EdgeType(("location",)),
            "HAS_CONTACT": EdgeType(("contact",)),
            **STATED_IN,
        },
        required=("name", "dataStatus"),
        named=True,
        fulltext=("name",),
    ),
    Kind(
        "target-group",
        "TargetGroup",
        {"name": S, "nameEn": S, "definition": S, "synonyms": SS},
        {"NARROWER_THAN": EdgeType(("target-group",)), **STATED_IN},
        required=("name",),
        named=True,
        fulltext=("name", "nameEn", "definition", "synonyms"),
    ),
    Kind(
        "service",
        "Service",
        {"name": S, "nameEn": S, "synonyms": SS},
        {"KIND_OF": EdgeType(("service",)), **STATED_IN},
        required=("name",),
        named=True,
        fulltext=("name", "nameEn", "synonyms"),
    ),
    Kind(
        "legal-basis",
        "LegalBasis",
        {"code": S, "title": S, "law": S, "name": S, **DATED},
        STATED_IN,
        required=("code", "title", "law"),
        fulltext=("code", "title", "law"),
    ),
    Kind(
        "offer-type",
        "OfferType",
        {"name": S, "nameEn": S, "residential": B, "needsApproval": B, "order": INT},
        {"GIVEN_UNDER": EdgeType(("legal-basis",), many=True), **STATED_IN},
        required=("name", "residential", "needsApproval"),
        named=True,
    ),
    Kind(
        "theme",
        "Theme",
        {"name": S, "nameEn": S, "hasLevels": B, "order": INT},
        STATED_IN,
        required=("name", "hasLevels", "order"),
    ),
    Kind(
        "theme-item",
        "ThemeItem",
        {"name": S, "nameEn": S, "order": INT},
        {"OF_THEME": EdgeType(("theme",))},
        required=("name", "order"),
    ),
    Kind(
        "agreement",
        "Agreement",
        {"name": S, "purpose": S, "visions": SS, **DATED, **SOURCED},
        {
            "SUCCEEDS": EdgeType(("agreement",)),
            "HAS_PARTY": EdgeType(ORGANISATIONS, many=True),
            "HAS_CONTACT": EdgeType(("contact",)),
            **STATED_IN,
        },
        required=("name", "dataStatus"),
        named=True,
        fulltext=("name", "purpose"),
    ),
    Kind(
        "focus-area",
        "FocusArea",
        {"name": S, "rationale": S, "order": INT, **SOURCED},
        {
            "FOCUS_OF": EdgeType(("agreement",)),
            "CONCERNS": EdgeType(("target-group",), many=True),
            **STATED_IN,
        },
        required=("name", "order", "dataStatus"),
        named=True,
        fulltext=("name", "rationale"),
    ),
    Kind(
        "offer",
        "Offer",
        {
            "name": S,
            "summary": S,
            "supportLevelUpTo": S,
            "ageFrom": F,
            "ageTo": F,
            "admission": S,
            "admissionEn": S,
            "openFrom": D,
            "closedOn": D,
            "version": INT,
            **SOURCED,
        },
        {
            "OF_TYPE": EdgeType(("offer-type",)),
            "HAS_LEGAL_BASIS": EdgeType(("legal-basis",), many=True),
            "OF_INSTITUTION": EdgeType(("institution",)),
            "OPERATED_BY": EdgeType(ORGANISATIONS),
            "PART_OF": EdgeType(("offer",)),
            "SERVES": EdgeType(("target-group",), many=True, properties={"approved": B, "coversNarrower": B}),
            "EXCLUDES": EdgeType(("target-group",), many=True, properties={"note": S}),
            "GIVES": EdgeType(("service",), many=True),
            "SUPPORTS": EdgeType(("theme-item",), many=True, properties={"upTo": S}),
            "LOCATED_AT": EdgeType(("location",)),
            "HAS_CONTACT": EdgeType(("contact",)),
            "COVERED_BY": EdgeType(("agreement",), many=True),
            "BOUGHT_BY": EdgeType(("municipality",), many=True),
            **STATED_IN,
        },
        required=("name", "dataStatus", "version"),
        named=True,
        fulltext=("name", "summary"),
    ),
    # Dated facts point at the offer that they are about: recording one never rewrites the offer.
    Kind(
        "capacity",
        "Capacity",
        {"places": INT, "free": INT, "waitingDays": INT, "countedOn": D, **DATED, **SOURCED},
        {"CAPACITY_OF": EdgeType(("offer",)), **STATED_IN},
        required=("dataStatus",),
    ),
    Kind(
        "price",
        "Price",
        {
            "amount": DEC,
            "unit": S,
            "model": S,
            "year": INT,
            "assumedOccupancyPercent": F,
            "ownPayment": DEC,
            "text": S,
            **DATED,
            **SOURCED,
        },
        {"PRICE_OF": EdgeType(("offer",)), **STATED_IN},
        required=("amount", "unit", "dataStatus"),
    ),
    Kind(
        "approval",
        "Approval",
        {"status": S, "conditions": S, "reportOn": D, "reportUrl": S, **DATED, **SOURCED},
        {"APPROVAL_OF": EdgeType(("offer",)), "GRANTED_BY": EdgeType(("authority",)), **STATED_IN},
        required=("status", "dataStatus"),
    ),
    # What an agreement lays down, shares and goes through.
    Kind(
        "principle",
        "Principle",
        {"kind": S, "text": S, "order": INT},
        {"PRINCIPLE_OF": EdgeType(("agreement",)), **STATED_IN},
        required=("kind", "text", "order"),
    ),
    Kind(
        "document",
        "Document",
        {"title": S, "url": S, "publishedOn": D},
        {"DOCUMENT_OF": EdgeType(("agreement",)), **STATED_IN},
        required=("title",),
    ),
    Kind(
        "laboratory",
        "Laboratory",
        {"name": S, "order": INT, **SOURCED},
        {"LABORATORY_OF": EdgeType(("focus-area",)), **STATED_IN},
        required=("order", "dataStatus"),
    ),
    Kind(
        "knowledge",
        "Knowledge",
        {"title": S, "kind": S, "summary": S, "body": S, "publishedOn": D, **SOURCED},
        {
            "SHARED_THROUGH": EdgeType(("focus-area",), many=True),
            "MADE_IN": EdgeType(("laboratory",)),
            "ABOUT_GROUP": EdgeType(("target-group",), many=True),
            "USED_BY": EdgeType(("offer",), many=True),
            **STATED_IN,
        },
        required=("title", "kind", "dataStatus"),
        named=True,
    ),
    Kind(
        "process",
        "Process",
        {"name": S, **SOURCED},
        {"PROCESS_OF": EdgeType(("agreement",)), **STATED_IN},
        required=("name", "dataStatus"),
        named=True,
    ),
    Kind(
        "process-step",
        "ProcessStep",
        {
            "order": INT,
            "action": S,
            "forum": S,
            "validFrom": D,
            "validTo": D,
            "precision": S,
            "timeText": S,
            "doneOn": D,
        },
        {"STEP_OF": EdgeType(("process",)), "TAKEN_BY": EdgeType(("board",)), "SENT_TO": EdgeType(("authority",))},
        required=("order", "action", "validFrom", "validTo", "precision", "timeText"),
    ),
    Kind(
        "decision",
        "Decision",
        {"decision": S, "decidedOn": D, "order": INT, "wording": S},
        {"DECISION_ON": EdgeType(("agreement",)), "DECIDED_BY": EdgeType(("board",)), **STATED_IN},
        required=("decision", "order"),
    ),
    # Seats and tenures are dated: a seat is abolished and a tenure ends, neither is overwritten.
    Kind(
        "board",
        "Board",
        {
            "name": S,
            "kind": S,
            "purpose": S,
            "meetingsPerYear": S,
            "statutorySize": INT,
            "compositionRule": S,
            "aliases": SS,
            **SOURCED,
        },
        {
            "BOARD_OF": EdgeType(ORGANISATIONS),
            "HAS_LEGAL_BASIS": EdgeType(("legal-basis",)),
            "WITHIN": EdgeType(("board",)),
            "POSSIBLY_SAME_AS": EdgeType(("board",)),
            "MEETS_WITH": EdgeType((*ORGANISATIONS, "board"), many=True),
            "SEATS_EVERY_PARTY_OF": EdgeType(("agreement",)),
            **STATED_IN,
        },
        required=("name", "kind", "dataStatus"),
        named=True,
    ),
    Kind(
        "seat",
        "Seat",
        {"label": S, "order": INT, "requirement": S, "termRule": S, **DATED, **SOURCED},
        {
            "SEAT_OF": EdgeType(("board",)),
            "APPOINTED_BY": EdgeType(("board",)),
            "REPRESENTS": EdgeType(ORGANISATIONS),
            **STATED_IN,
        },
        required=("label", "order", "dataStatus"),
    ),
    Kind(
        "representative",
        "Representative",
        {"name": S, "gender": S, "party": S, **SOURCED},
        {"FROM_MUNICIPALITY": EdgeType(("municipality",)), **STATED_IN},
        required=("name", "dataStatus"),
        named=True,
    ),
    Kind(
        "tenure",
        "Tenure",
        {"role": S, "endReason": S, **DATED, **SOURCED},
        {"IN_SEAT": EdgeType(("seat",)), "HELD_BY": EdgeType(("representative",)), **STATED_IN},
        required=("role", "validFrom", "dataStatus"),
        by_date=True,
    ),
)

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


def labels() -> Mapping[str, str]:
    return {kind.name: kind.label for kind in KINDS.values()}


Properties = Mapping[str, Any]
