"""A small directory that a person can hold in the head, and means to put one offer into it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from graph.catalogue.catalogue import Catalogue
from graph.clock import FixedClock
from graph.record import Edge, Record

TODAY = date(2026, 11, 21)
BRAIN_INJURY, ACQUIRED, CONGENITAL = (
    f"target-group:{slug}" for slug in ("hjerneskade", "erhvervet-hjerneskade", "medfoedt-hjerneskade")
)
MISUSE, ALCOHOL, ANXIETY = (f"target-group:{slug}" for slug in ("misbrug", "alkoholmisbrug", "angst"))
STAY, TEMPORARY, CREATIVE, SOCIAL = (
    f"service:{slug}" for slug in ("ophold", "midlertidigt-ophold", "kreativ-aktivitet", "social-aktivitet")
)
HOME, DAY, SHELTER = (f"offer-type:{slug}" for slug in ("botilbud", "dagtilbud", "herberg"))
P107, P104, P110 = (f"legal-basis:sel-{n}" for n in (107, 104, 110))
TALK, WALK, MEMORY = (f"theme-item:{slug}" for slug in ("samtale", "gaa", "hukommelse"))
AALBORG, HOBRO, BRONDERSLEV = (f"municipality:{slug}" for slug in ("aalborg", "mariagerfjord", "bronderslev"))
AGREEMENT, FOCUS = "agreement:socialaftale", "focus-area:hjerneskade"


def record(id: str, edges: Iterable[Edge] = (), **properties: Any) -> Record:
    return Record(id, {name: value for name, value in properties.items() if value is not None}, tuple(edges))


def term(id: str, name: str, english: str, broader: str | None = None, synonyms: Iterable[str] = ()) -> Record:
    type = "KIND_OF" if id.startswith("service:") else "NARROWER_THAN"
    return record(id, [Edge(type, broader)] if broader else [], name=name, nameEn=english, synonyms=list(synonyms))


def municipality(id: str, name: str, town: str, latitude: float, longitude: float) -> Record:
    return record(id, name=name, code="1", mainTown=town, latitude=latitude, longitude=longitude, dataStatus="SOURCED")


REFERENCE = [
    term(BRAIN_INJURY, "Hjerneskade", "Brain injury"),
    term(ACQUIRED, "Erhvervet hjerneskade", "Acquired brain injury", BRAIN_INJURY, ["blodprop i hjernen"]),
    term(CONGENITAL, "Medfødt hjerneskade", "Congenital brain injury", BRAIN_INJURY),
    term(MISUSE, "Misbrug", "Substance misuse"),
    term(ALCOHOL, "Alkoholmisbrug", "Alcohol misuse", MISUSE, ["druk"]),
    term(ANXIETY, "Angst", "Anxiety", synonyms=["fobi"]),
    term(STAY, "Ophold", "Stay"),
    term(TEMPORARY, "Midlertidigt ophold", "Temporary stay", STAY),
    term(CREATIVE, "Kreativ aktivitet", "Creative activity"),
    term(SOCIAL, "Social aktivitet", "Social activity", synonyms=["fællesskab"]),
    record(HOME, name="Midlertidigt botilbud", nameEn="Temporary home", residential=True, needsApproval=True),
    record(DAY, name="Dagtilbud", nameEn="Day offer", residential=False, needsApproval=False),
    record(SHELTER, name="Herberg", nameEn="Shelter", residential=True, needsApproval=True),
    *(record(id, code=f"SEL § {id[-3:]}", title="Titel", law="SEL") for id in (P107, P104, P110)),
    record("theme:kommunikation", name="Kommunikation", hasLevels=True, order=1),
    record("theme:mentale", name="Mentale funktioner", hasLevels=False, order=2),
    record(TALK, [Edge("OF_THEME", "theme:kommunikation")], name="Samtale", nameEn="Conversation", order=1),
    record(WALK, [Edge("OF_THEME", "theme:kommunikation")], name="Gå", nameEn="Walking", order=2),
    record(MEMORY, [Edge("OF_THEME", "theme:mentale")], name="Hukommelse", nameEn="Memory", order=3),
    municipality(AALBORG, "Aalborg Kommune", "Aalborg", 57.0480, 9.9187),
    municipality(HOBRO, "Mariagerfjord Kommune", "Hobro", 56.6431, 9.7903),
    municipality(BRONDERSLEV, "Brønderslev Kommune", "Brønderslev", 57.2702, 9.9410),
    record("region:rn", name="Region Nordjylland", code="1081", dataStatus="SOURCED"),
    record("institution:neuro", name="Neurocenter", ownership="REGIONAL", dataStatus="SOURCED"),
    record(AGREEMENT, name="Nordjysk Socialaftale", dataStatus="SOURCED"),
    record(FOCUS, [Edge("CONCERNS", BRAIN_INJURY)], name="Fokus", order=1, dataStatus="SOURCED"),
]


def serves(group: str, approved: bool = True, narrower: bool = False) -> Edge:
    return Edge("SERVES", group, {"approved": approved, "coversNarrower": narrower})


def offer(slug: str, *edges: Edge, name: str | None = None, **properties: Any) -> Record:
    """An offer called after its slug, SOURCED unless said otherwise."""
    given = {"name": name or slug.capitalize(), "dataStatus": "SOURCED", "version": 1, **properties}
    return record(f"offer:{slug}", edges, **given)


def located(
    slug: str, latitude: float, longitude: float, municipality: str = HOBRO, protected: bool = False
) -> list[Record]:
    """The location of an offer; the offer itself takes `at(slug)`."""
    where = [Edge("IN_MUNICIPALITY", municipality)]
    return [record(f"location:{slug}", where, protected=protected, latitude=latitude, longitude=longitude, town="By")]


def at(slug: str) -> Edge:
    return Edge("LOCATED_AT", f"location:{slug}")


def fact(kind: str, slug: str, n: int = 1, **properties: Any) -> Record:
    """A capacity, price or approval of an offer, valid always unless said otherwise."""
    edge = Edge(f"{kind.upper()}_OF", f"offer:{slug}")
    return record(f"{kind}:{slug}-{n}", [edge], **{"dataStatus": "SOURCED", **properties})


def catalogue(*records: Record, today: date = TODAY) -> Catalogue:
    return Catalogue.from_records([*REFERENCE, *records], FixedClock.on(today))
