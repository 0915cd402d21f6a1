"""The records that the catalogue is made of: which kinds are read, with which of their edges and properties."""

from __future__ import annotations

from collections.abc import Collection

from graph.model import ORGANISATIONS
from graph.reading import Kinds, Properties, Source, Whole
from graph.record import Record

FACTS: Kinds = {"capacity": ("CAPACITY_OF",), "price": ("PRICE_OF",), "approval": ("APPROVAL_OF",)}
"""Dated facts, each with the edge to its offer."""

OFFERS: Kinds = {
    "offer": (
        *("OF_TYPE", "HAS_LEGAL_BASIS", "OF_INSTITUTION", "OPERATED_BY", "SERVES", "EXCLUDES", "GIVES", "SUPPORTS"),
        *("LOCATED_AT", "COVERED_BY", "BOUGHT_BY"),
    ),
    "location": ("IN_MUNICIPALITY",),
    **FACTS,
}
"""What an offer's row is made of."""

REFERENCE: Kinds = {
    **dict.fromkeys((*ORGANISATIONS, "offer-type", "legal-basis", "theme", "agreement"), ()),
    "institution": ("RUN_BY",),
    "theme-item": ("OF_THEME",),
    "focus-area": ("CONCERNS",),
    "target-group": ("NARROWER_THAN",),
    "service": ("KIND_OF",),
}
"""What offers refer to."""

KINDS: Kinds = {**REFERENCE, **OFFERS}
"""All of them."""

PROPERTIES: Properties = {
    "offer": (
        *("name", "summary", "supportLevelUpTo", "ageFrom", "ageTo", "admission", "admissionEn"),
        *("openFrom", "closedOn", "dataStatus", "verifiedOn"),
    ),
    "location": ("protected", "town", "latitude", "longitude"),
    "capacity": ("places", "free", "countedOn", "validFrom", "validTo", "dataStatus"),
    "price": ("amount", "unit", "model", "validFrom", "validTo", "dataStatus"),
    "approval": ("status", "reportOn", "validFrom", "validTo", "dataStatus"),
    **dict.fromkeys((*ORGANISATIONS, "agreement", "focus-area"), ("name",)),
    "municipality": ("name", "mainTown", "latitude", "longitude"),
    "institution": ("name", "ownership"),
    "offer-type": ("name", "nameEn", "needsApproval"),
    "legal-basis": ("code",),
    "theme": ("hasLevels",),
    "theme-item": ("name", "nameEn"),
    **dict.fromkeys(("target-group", "service"), ("name", "nameEn", "synonyms")),
}


async def read_all(source: Whole) -> list[Record]:
    """All of them. Unavailable as in `Database.read`."""
    return await source.read(KINDS, PROPERTIES)


async def read_offers(source: Source, ids: Collection[str]) -> list[Record]:
    """Those of the offers `ids` that are there, with their locations and facts. Unavailable as in `Database.read`."""
    found = await source.read(OFFERS, PROPERTIES, ids=ids)
    places = {edge.target for record in found for edge in record.edges if edge.type == "LOCATED_AT"}
    found += await source.read(OFFERS, PROPERTIES, ids=places)
    return found + await source.read_leading_to(ids, FACTS, PROPERTIES)
