"""From entries to records: the nodes and edges of the model that an entry stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from graph.model import KINDS
from graph.record import Edge, Record
from seeds import format as f
from seeds.names import Names

ILLUSTRATIVE = "source:illustrative"
"""Where an ILLUSTRATIVE entry is stated that names no source."""


def records(file: f.File, names: Names) -> Iterator[Record]:
    """The records of `file`."""
    for source in file.sources:
        yield _record(source)
    for region in file.regions:
        yield _record(region)
    for municipality in file.municipalities:
        yield _record(municipality, [Edge("IN_REGION", municipality.region)])
    for body in (*file.associations, *file.authorities):
        yield _record(body)
    for institution in file.institutions:
        yield from _institution(institution, names)
    for group in file.targetGroups:
        yield from _tree(group, "NARROWER_THAN")
    for service in file.services:
        yield from _tree(service, "KIND_OF")
    for basis in file.legalBases:
        yield _record(basis, name=f"{basis.code} {basis.title}")
    for n, type in enumerate(file.offerTypes, 1):
        yield _record(type, _edges("GIVEN_UNDER", type.legalBases), order=n)
    for n, theme in enumerate(file.themes, 1):
        yield _record(theme, order=n)
        for m, item in enumerate(theme.items, 1):
            yield _record(item, [Edge("OF_THEME", theme.id)], order=m)
    for agreement in file.agreements:
        yield from _agreement(agreement)
    for offer in file.offers:
        yield from _offer(offer, names)


def _institution(institution: f.Institution, names: Names) -> Iterator[Record]:
    edges = [Edge("RUN_BY", institution.operator)] if institution.operator else []
    yield from _place(institution, edges, names)
    yield _record(institution, edges)


def _tree(thing: f.TargetGroup | f.Service, up: str, broader: str | None = None) -> Iterator[Record]:
    yield _record(thing, [Edge(up, broader)] if broader else ())
    for child in thing.narrower:
        source = child.source or thing.source
        yield from _tree(child.model_copy(update={"source": source}), up, thing.id)


def _agreement(agreement: f.Agreement) -> Iterator[Record]:
    succeeds = [Edge("SUCCEEDS", agreement.succeeds)] if agreement.succeeds else []
    yield _record(agreement, [*succeeds, *_edges("HAS_PARTY", agreement.parties)])
    for n, area in enumerate(agreement.focusAreas, 1):
        yield _record(area, [Edge("FOCUS_OF", agreement.id), *_edges("CONCERNS", area.targetGroups)], order=n)


def _offer(
    offer: f.Offer, names: Names, whole: f.Offer | None = None, inherited: Iterable[Edge] = ()
) -> Iterator[Record]:
    """The offer, its place, contact and dated facts, and its departments; `inherited` are edges of the whole."""
    own: list[Edge] = []
    if offer.institution:
        own.append(Edge("OF_INSTITUTION", offer.institution))
    if offer.operator:
        own.append(Edge("OPERATED_BY", offer.operator))
    yield from _place(offer, own, names)
    given = {edge.type for edge in own}
    shared = [*own, *(edge for edge in inherited if edge.type not in given)]
    edges = [*shared]
    if offer.type:
        edges.append(Edge("OF_TYPE", offer.type))
    if whole:
        edges.append(Edge("PART_OF", whole.id))
    edges += _edges("HAS_LEGAL_BASIS", offer.legalBases)
    edges += (
        Edge("SERVES", serves.group, {"approved": serves.approved, "coversNarrower": serves.coversNarrower})
        for serves in offer.targetGroups
    )
    edges += (Edge("EXCLUDES", out.group, {"note": out.note} if out.note else {}) for out in offer.excludes)
    edges += _edges("GIVES", offer.services)
    edges += (Edge("SUPPORTS", item, {"upTo": level}) for item, level in _levels(offer.supports, names).items())
    edges += _edges("COVERED_BY", offer.coveredBy)
    yield _record(offer, edges, version=1)
    for n, capacity in enumerate(offer.capacities, 1):
        yield _dated("capacity", n, offer, capacity, "CAPACITY_OF")
    for n, price in enumerate(offer.prices, 1):
        year = price.year or (price.validFrom.year if price.validFrom else None)
        yield _dated("price", n, offer, price, "PRICE_OF", year=year)
    for n, approval in enumerate(offer.approvals, 1):
        granted = [Edge("GRANTED_BY", approval.authority)] if approval.authority else []
        yield _dated("approval", n, offer, approval, "APPROVAL_OF", granted)
    for department in offer.departments:
        yield from _offer(department, names, offer, shared)


def _place(thing: f.Institution | f.Offer, edges: list[Edge], names: Names) -> Iterator[Record]:
    """The nodes of a thing's location and contact; their edges are added to `edges`."""
    slug = thing.id.partition(":")[2]
    prefix = "" if isinstance(thing, f.Offer) else "institution-"
    if location := thing.location:
        place = f"location:{prefix}{slug}"
        point = (location.latitude, location.longitude)
        if location.latitude is None and location.town:
            point = names.point(location.town) or point
        yield Record(
            place,
            _properties("location", {**location.__dict__, "latitude": point[0], "longitude": point[1]}),
            (Edge("IN_MUNICIPALITY", location.municipality),) if location.municipality else (),
        )
        edges.append(Edge("LOCATED_AT", place))
    if thing.contact:
        yield Record(f"contact:{prefix}{slug}", _properties("contact", thing.contact.__dict__))
        edges.append(Edge("HAS_CONTACT", f"contact:{prefix}{slug}"))


def _levels(supports: Mapping[str, str], names: Names) -> dict[str, str]:
    """Levels by item: a theme's stands for all of its items, but an item's own wins."""
    levels = {item: level for key, level in supports.items() for item in names.items.get(key, ())}
    return {**levels, **{key: level for key, level in supports.items() if key not in names.items}}


def _dated(
    kind: str, n: int, offer: f.Offer, fact: f.Sourced, of: str, edges: Iterable[Edge] = (), **more: Any
) -> Record:
    id = f"{kind}:{offer.id.partition(':')[2]}-{n}"
    properties = _properties(kind, {**fact.__dict__, **more})
    return Record(id, properties, (Edge(of, offer.id), *edges, *_stated(fact)))


def _record(entry: f.Entry, edges: Iterable[Edge] = (), **more: Any) -> Record:
    kind = entry.id.partition(":")[0]
    return Record(entry.id, _properties(kind, {**entry.__dict__, **more}), (*edges, *_stated(entry)))


def _stated(fact: f.Part) -> tuple[Edge, ...]:
    source: str | None = getattr(fact, "source", None)
    if source is None and getattr(fact, "dataStatus", None) == "ILLUSTRATIVE":
        source = ILLUSTRATIVE
    return (Edge("STATED_IN", source),) if source else ()


def _edges(type: str, targets: Iterable[str]) -> list[Edge]:
    return [Edge(type, target) for target in targets]


def _properties(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the model keeps of `values`, as it keeps it; what is not known is left out."""
    known = KINDS[kind].properties
    return {name: _kept(value) for name, value in values.items() if name in known and value is not None}


def _kept(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
