"""Where the catalogue reads from: the graph, a statement a kind of node; or records in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from graph.catalogue.reference import KINDS as REFERENCE_KINDS
from graph.database import Database
from graph.model import KINDS
from graph.record import Edge, Record

FACTS = {"capacity": "CAPACITY_OF", "price": "PRICE_OF", "approval": "APPROVAL_OF"}
OFFER_EDGES = (
    *("OF_TYPE", "HAS_LEGAL_BASIS", "OF_INSTITUTION", "OPERATED_BY", "SERVES", "EXCLUDES", "GIVES", "SUPPORTS"),
    *("LOCATED_AT", "COVERED_BY"),
)
EDGES: Mapping[str, tuple[str, ...]] = {
    "offer": OFFER_EDGES,
    "location": ("IN_MUNICIPALITY",),
    **{kind: (edge,) for kind, edge in FACTS.items()},
    "target-group": ("NARROWER_THAN",),
    "service": ("KIND_OF",),
    "theme-item": ("OF_THEME",),
    "focus-area": ("CONCERNS",),
}
"""The edges that are read, by the kind they go out from."""
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
        records: list[Record] = []
        for kind in (*REFERENCE, *OF_OFFERS):
            rows = await self._database.read(statement(kind), timeout=TIMEOUT)
            records += map(_record, rows)
        return records

    async def offers(self, ids: Collection[str]) -> list[Record]:
        records: list[Record] = []
        for kind in OF_OFFERS:
            rows = await self._database.read(statement(kind, of_offers=True), {"ids": sorted(ids)})
            records += map(_record, rows)
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
    """Cypher that returns nodes of a kind, `{node, edges}` a row: all, or those that belong to the offers `$ids`."""
    label, properties = KINDS[kind].label, KINDS[kind].properties
    edges = EDGES.get(kind, ())
    if not of_offers:
        find = f"MATCH (n:{label})"
    elif kind == "offer":
        find = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})"
    elif kind == "location":
        find = "UNWIND $ids AS id MATCH (:Offer {id: id})-[:LOCATED_AT]->(n)"
    else:
        find = f"UNWIND $ids AS id MATCH (:Offer {{id: id}})<-[:{FACTS[kind]}]-(n)"
    node = ", ".join(f".{name}" for name in ("id", *properties))
    if not edges:
        return f"{find} RETURN n {{{node}}} AS node, [] AS edges"
    attributes = sorted({name for type in edges for name in KINDS[kind].edges[type].properties})
    columns = ", ".join(("type(e)", "t.id", *(f"e.{name}" for name in attributes)))
    return f"{find} RETURN n {{{node}}} AS node, [(n)-[e:{'|'.join(edges)}]->(t) | [{columns}]] AS edges"


def _record(row: Mapping[str, Any]) -> Record:
    node: dict[str, Any] = dict(row["node"])
    id = node.pop("id")
    kind = KINDS[id.partition(":")[0]]
    attributes = sorted({name for type in EDGES.get(kind.name, ()) for name in kind.edges[type].properties})
    return Record(
        id,
        {name: value for name, value in node.items() if value is not None},
        tuple(_edge(type, target, attributes, values) for type, target, *values in row["edges"]),
    )


def _edge(type: str, target: str, attributes: list[str], values: list[Any]) -> Edge:
    given = zip(attributes, values, strict=True)
    return Edge(type, target, {name: value for name, value in given if value is not None})
