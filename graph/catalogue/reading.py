"""Where the catalogue reads from: the graph, a statement a kind of node; or records in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Protocol

from graph.catalogue.reference import KINDS as REFERENCE_KINDS
from graph.database import Database
from graph.model import KINDS
from graph.record import Edge, Record

FACTS = {"capacity": "CAPACITY_OF", "price": "PRICE_OF", "approval": "APPROVAL_OF"}
OFFER_EDGES = (
    *("OF_TYPE", "HAS_LEGAL_BASIS", "OF_INSTITUTION", "OPERATED_BY", "SERVES", "EXCLUDES", "GIVES", "SUPPORTS"),
    *("LOCATED_AT", "COVERED_BY", "BOUGHT_BY"),
)
EDGES: Mapping[str, tuple[str, ...]] = {
    "offer": OFFER_EDGES,
    "location": ("IN_MUNICIPALITY",),
    **{kind: (edge,) for kind, edge in FACTS.items()},
    "target-group": ("NARROWER_THAN",),
    "service": ("KIND_OF",),
    "theme-item": ("OF_THEME",),
    "institution": ("RUN_BY",),
    "focus-area": ("CONCERNS",),
}
"""The edges that are read, by the kind they go out from."""
UNREAD = {
    *("version", "address", "definition", "population", "publishedOn", "purpose", "visions", "rationale", "title"),
    *("waitingDays", "year", "assumedOccupancyPercent", "ownPayment", "text"),
    *("conditions", "reportOn", "reportUrl"),
}
"""Properties that are not asked for, whatever the kind: less to send."""
REFERENCE = (*REFERENCE_KINDS, "target-group", "service", "theme")
OF_OFFERS = ("offer", "location", *FACTS)

TIMEOUT = 60.0
"""Seconds for reading everything: a hundred thousand offers take longer than a page."""


class Source(Protocol):
    async def everything(self) -> list[Record]:
        """All records of the kinds in REFERENCE and OF_OFFERS, with the edges in EDGES."""
        ...

    async def offers(self, ids: Collection[str]) -> list[Record]:
        """Those of the offers `ids` that are there, with their facts and locations."""
        ...


class GraphSource:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def everything(self) -> list[Record]:
        async with asyncio.TaskGroup() as group:
            making = []
            for kind in (*REFERENCE, *OF_OFFERS):
                (row,) = await self._database.read(statement(kind), timeout=TIMEOUT)
                # In a thread, while the engine is busy with the next kind.
                making.append(group.create_task(asyncio.to_thread(list, _records(kind, row["nodes"]))))
        return [record for made in making for record in made.result()]

    async def offers(self, ids: Collection[str]) -> list[Record]:
        records: list[Record] = []
        for kind in OF_OFFERS:
            (row,) = await self._database.read(statement(kind, of_offers=True), {"ids": sorted(ids)})
            records += _records(kind, row["nodes"])
        return records


class RecordSource:
    """Records in memory, by id; whoever holds `records` may change them."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = {record.id: record for record in records}

    async def everything(self) -> list[Record]:
        return list(self.records.values())

    async def offers(self, ids: Collection[str]) -> list[Record]:
        return [record for record in self.records.values() if record.id in ids or self._belongs(record, ids)]

    def _belongs(self, record: Record, offers: Collection[str]) -> bool:
        kind = record.id.partition(":")[0]
        return kind == "location" or (kind in FACTS and any(edge.target in offers for edge in record.edges))


def statement(kind: str, of_offers: bool = False) -> str:
    """Cypher that returns nodes of a kind, all or those that belong to the offers `$ids`, as one row `nodes`.

    One list of `[[id, properties …], [[edge type, target, edge properties …] …]]`: with a row a node, most of the
    time went into the rows.
    """
    label = KINDS[kind].label
    edges = EDGES.get(kind, ())
    if not of_offers:
        find = f"MATCH (n:{label})"
    elif kind == "offer":
        find = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})"
    elif kind == "location":
        find = "UNWIND $ids AS id MATCH (:Offer {id: id})-[:LOCATED_AT]->(n)"
    else:
        find = f"UNWIND $ids AS id MATCH (:Offer {{id: id}})<-[:{FACTS[kind]}]-(n)"
    node = ", ".join(f"n.{name}" for name in ("id", *_properties(kind)))
    if not edges:
        return f"{find} RETURN collect([[{node}], []]) AS nodes"
    columns = ", ".join(("type(e)", "t.id", *(f"e.{name}" for name in _attributes(kind))))
    outgoing = f"[(n)-[e:{'|'.join(edges)}]->(t) | [{columns}]]"
    return f"{find} RETURN collect([[{node}], {outgoing}]) AS nodes"


def _properties(kind: str) -> list[str]:
    return [name for name in KINDS[kind].properties if name not in UNREAD]


def _attributes(kind: str) -> list[str]:
    """Of all edges that are read, the properties."""
    return sorted({name for type in EDGES.get(kind, ()) for name in KINDS[kind].edges[type].properties})


def _records(kind: str, nodes: Iterable[Any]) -> Iterator[Record]:
    properties, attributes = _properties(kind), _attributes(kind)
    bare = [None] * len(attributes)  # as most edges are
    for (id, *values), outgoing in nodes:
        edges = (
            Edge(type, target, {} if given == bare else _given(attributes, given)) for type, target, *given in outgoing
        )
        yield Record(id, _given(properties, values), tuple(edges))


def _given(names: list[str], values: list[Any]) -> dict[str, Any]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}
