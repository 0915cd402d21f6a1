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
    """Listed in the order of its name: has an indexed `nameOrder`."""
    fulltext: tuple[str, ...] = ()


SOURCED = {"dataStatus": S, "verifiedOn": D}
DATED = {"validFrom": D, "validTo": D}
STATED_IN = {"STATED_IN": EdgeType(("source",))}
ORGANISATIONS = ("municipality", "region", "institution", "association", "authority")


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
    Kind("authority", "Authority", {"name": S}, STATED_IN, required=("name",), named=True),
    Kind(
        "location",
        "Location",
        {"address": S, "protected": B, "town": S, "latitude": F, "longitude": F},
        {"IN_MUNICIPALITY": EdgeType(("municipality",))},
        required=("protected",),
    ),
    Kind("contact", "Contact", {"email": S, "phone": S, "url": S}),
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
        {"SUCCEEDS": EdgeType(("agreement",)), "HAS_PARTY": EdgeType(ORGANISATIONS, many=True), **STATED_IN},
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
)

ENUMS: Mapping[str, tuple[str, ...]] = {
    "dataStatus": ("SOURCED", "ILLUSTRATIVE"),
    "ownership": ("MUNICIPAL", "REGIONAL", "PRIVATE"),
    "supportLevelUpTo": ("NONE", "MILD", "MODERATE", "HIGH", "COMPLETE"),
    "upTo": ("NONE", "MILD", "MODERATE", "SEVERE", "COMPLETE"),
    "unit": ("HOUR", "DAY", "MONTH", "YEAR"),
    "model": ("AVERAGE", "DIFFERENTIATED", "SUPPLEMENT", "OBJECTIVE"),
    "status": ("APPROVED", "APPROVED_WITH_CONDITIONS", "INTENSIFIED_SUPERVISION", "NOT_APPROVED", "ENDED"),
}
"""The values of the enum properties; every other string is free text."""


def kind_of(id: str) -> Kind | None:
    """The kind that an id names, or None where the id is not one of ours."""
    prefix, colon, rest = id.partition(":")
    return KINDS.get(prefix) if colon and rest else None


def labels() -> Mapping[str, str]:
    return {kind.name: kind.label for kind in KINDS.values()}


Properties = Mapping[str, Any]
