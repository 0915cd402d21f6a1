"""Offers and institutions as records, with their places, contacts and dated facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph.record import Edge, Record
from seeds.format.offers import Offer
from seeds.format.places import Institution
from seeds.names import Names
from seeds.records.nodes import edge, edges, fact, node, properties, slug


def institution(entry: Institution, names: Names) -> Iterator[Record]:
    out = [*edge("RUN_BY", entry.operator)]
    yield from _place(entry, out, names)
    yield node(entry, out)


def offer(entry: Offer, names: Names, whole: Offer | None = None, inherited: Iterable[Edge] = ()) -> Iterator[Record]:
    """The offer, its place, contact and dated facts, and its departments; `inherited` are edges of the whole."""
    own = [*edge("OF_INSTITUTION", entry.institution), *edge("OPERATED_BY", entry.operator)]
    yield from _place(entry, own, names)
    given = {edge.type for edge in own}
    shared = [*own, *(edge for edge in inherited if edge.type not in given)]
    out = [*shared, *edge("OF_TYPE", entry.type)]
    if whole:
        out.append(Edge("PART_OF", whole.id))
    out += edges("HAS_LEGAL_BASIS", entry.legalBases)
    out += (
        Edge("SERVES", serves.group, {"approved": serves.approved, "coversNarrower": serves.coversNarrower})
        for serves in entry.targetGroups
    )
    out += (Edge("EXCLUDES", out.group, {"note": out.note} if out.note else {}) for out in entry.excludes)
    out += edges("GIVES", entry.services)
    out += (Edge("SUPPORTS", item, {"upTo": level}) for item, level in _levels(entry.supports, names).items())
    out += edges("COVERED_BY", entry.coveredBy)
    out += edges("BOUGHT_BY", entry.boughtBy)
    yield node(entry, out, version=1)
    for n, capacity in enumerate(entry.capacities, 1):
        yield fact("capacity", n, capacity, Edge("CAPACITY_OF", entry.id))
    for n, price in enumerate(entry.prices, 1):
        year = price.year or (price.validFrom.year if price.validFrom else None)
        yield fact("price", n, price, Edge("PRICE_OF", entry.id), year=year)
    for n, approval in enumerate(entry.approvals, 1):
        yield fact("approval", n, approval, Edge("APPROVAL_OF", entry.id), edge("GRANTED_BY", approval.authority))
    for department in entry.departments:
        yield from offer(department, names, entry, shared)


def _place(thing: Institution | Offer, out: list[Edge], names: Names) -> Iterator[Record]:
    """The nodes of a thing's location and contact; their edges are added to `out`."""
    own = f"{'' if isinstance(thing, Offer) else 'institution-'}{slug(thing.id)}"
    if location := thing.location:
        point = (location.latitude, location.longitude)
        if location.latitude is None and location.town:
            point = names.point(location.town) or point
        yield Record(
            f"location:{own}",
            properties("location", {**location.__dict__, "latitude": point[0], "longitude": point[1]}),
            edge("IN_MUNICIPALITY", location.municipality),
        )
        out.append(Edge("LOCATED_AT", f"location:{own}"))
    if thing.contact:
        yield Record(f"contact:{own}", properties("contact", thing.contact.__dict__))
        out.append(Edge("HAS_CONTACT", f"contact:{own}"))


def _levels(supports: Mapping[str, str], names: Names) -> dict[str, str]:
    """Levels by item: a theme's stands for all of its items, but an item's own wins."""
    levels = {item: level for key, level in supports.items() for item in names.items.get(key, ())}
    return {**levels, **{key: level for key, level in supports.items() if key not in names.items}}
