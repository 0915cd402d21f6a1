"""Small records for tests of writing."""

from __future__ import annotations

from typing import Any

from graph.record import Edge, Record

SOURCED = {"dataStatus": "SOURCED"}


def made(id: str, *edges: Edge, **properties: Any) -> Record:
    """A record of the id's kind, with what that kind requires."""
    name = id.partition(":")[2]
    required: dict[str, dict[str, Any]] = {
        "source": {"title": name},
        "municipality": {"name": name, "code": "851", **SOURCED},
        "authority": {"name": name},
        "target-group": {"name": name},
        "service": {"name": name},
        "offer-type": {"name": name, "residential": True, "needsApproval": True},
        "theme": {"name": name, "hasLevels": True, "order": 1},
        "theme-item": {"name": name, "order": 1},
        "agreement": {"name": name, **SOURCED},
        "focus-area": {"name": name, "order": 1, **SOURCED},
        "laboratory": {"order": 1, **SOURCED},
        "legal-basis": {"code": name, "title": name, "law": "SEL"},
        "location": {"protected": False},
        "contact": {"phone": "+45 99 99 99 99"},
        "institution": {"name": name, **SOURCED},
        "offer": {"name": name, **SOURCED},
        "capacity": {"places": 10, "free": 2, "validFrom": "2026-01-01", **SOURCED},
        "price": {"amount": "2190.00", "unit": "DAY", "validFrom": "2026-01-01", **SOURCED},
        "board": {"name": name, "kind": "BOARD", **SOURCED},
        "seat": {"label": name, "order": 1, **SOURCED},
        "representative": {"name": name, **SOURCED},
        "tenure": {"role": "MEMBER", "validFrom": "2022-01-01", **SOURCED},
        "approval": {"status": "APPROVED", "validFrom": "2026-01-01", **SOURCED},
    }
    return Record(id, {**required[id.partition(":")[0]], **properties}, edges)


DIRECTORY = [
    made("source:s"),
    made("municipality:aalborg"),
    made("authority:socialtilsyn-nord"),
    made("target-group:autisme", synonyms=["ASF"]),
    made("target-group:infantil-autisme", Edge("NARROWER_THAN", "target-group:autisme")),
    made("service:botraening"),
    made("location:havvej", Edge("IN_MUNICIPALITY", "municipality:aalborg"), town="Aalborg"),
    made("contact:oen"),
    made(
        "offer:oen",
        Edge("SERVES", "target-group:autisme", {"approved": True, "coversNarrower": True}),
        Edge("GIVES", "service:botraening"),
        Edge("OPERATED_BY", "municipality:aalborg"),
        Edge("LOCATED_AT", "location:havvej"),
        Edge("HAS_CONTACT", "contact:oen"),
        Edge("STATED_IN", "source:s"),
        name="Øen",
        ageFrom=18.0,
    ),
    made("capacity:oen-2026", Edge("CAPACITY_OF", "offer:oen")),
    made("price:oen-2026", Edge("PRICE_OF", "offer:oen")),
]
"""An offer and all that it names."""
