"""Reading nodes into records: from the graph, a statement a kind; or from records in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Protocol

from graph.database import Database
from graph.model import KINDS
from graph.record import Edge, Record

Kinds = Mapping[str, tuple[str, ...]]
"""Which kinds are read, each with the types of its outgoing edges that are read too."""

Properties = Mapping[str, Collection[str]]
"""By kind, the properties that are read; of a kind that is not named, all that the model gives it."""

TIMEOUT = 60.0
"""Seconds for reading everything."""


async def read_records(
    database: Database,
    kinds: Kinds,
    properties: Properties | None = None,
    *,
    ids: Collection[str] | None = None,
    timeout: float = TIMEOUT,
) -> list[Record]:
    """The nodes of `kinds`, all or those among `ids`, with what is asked of them; null properties are left out.

    A statement a kind. Raises Unavailable as `Database.read` does.
    """
    records: list[Record] = []
    for kind, edges in kinds.items():
        names = [name for name in KINDS[kind].properties if not properties or name in properties.get(kind, (name,))]
        wanted = None if ids is None else sorted(id for id in ids if id.startswith(f"{kind}:"))
        if wanted == []:
            continue
        (row,) = await database.read(
            statement(kind, names, edges, wanted is not None), {"ids": wanted}, timeout=timeout
        )
        records += _records(kind, names, edges, row["nodes"])
    return records


class Source(Protocol):
    """Where a projection of the graph reads from."""

    async def read(
        self, kinds: Kinds, properties: Properties | None = None, *, ids: Collection[str] | None = None
    ) -> list[Record]:
        """At least what `read_records` gives: those that are there, in any order."""
        ...


class GraphSource:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(
        self, kinds: Kinds, properties: Properties | None = None, *, ids: Collection[str] | None = None
    ) -> list[Record]:
        return await read_records(self._database, kinds, properties, ids=ids)


class RecordSource:
    """Records in memory, by id, given whole; whoever holds `records` may change them."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = {record.id: record for record in records}

    async def read(
        self, kinds: Kinds, properties: Properties | None = None, *, ids: Collection[str] | None = None
    ) -> list[Record]:
        some = self.records.values() if ids is None else (self.records[id] for id in ids if id in self.records)
        return [record for record in some if record.id.partition(":")[0] in kinds]


def statement(kind: str, properties: Iterable[str], edges: Collection[str], some: bool) -> str:
    """Cypher that returns the nodes of a kind, or `some`: those with `$ids`, as one row `nodes`.

    One list of `[[id, properties …], [[edge type, target, edge properties …] …]]`: with a row a node, most of the
    time goes into the rows.
    """
    label = KINDS[kind].label
    find = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})" if some else f"MATCH (n:{label})"
    node = ", ".join(f"n.{name}" for name in ("id", *properties))
    if not edges:
        return f"{find} RETURN collect([[{node}], []]) AS nodes"
    columns = ", ".join(("type(e)", "t.id", *(f"e.{name}" for name in _attributes(kind, edges))))
    outgoing = f"[(n)-[e:{'|'.join(edges)}]->(t) | [{columns}]]"
    return f"{find} RETURN collect([[{node}], {outgoing}]) AS nodes"


def _attributes(kind: str, edges: Iterable[str]) -> list[str]:
    """Of all edges that are read, the properties."""
    return sorted({name for type in edges for name in KINDS[kind].edges[type].properties})


def _records(kind: str, properties: list[str], edges: Collection[str], nodes: Iterable[Any]) -> Iterator[Record]:
    attributes = _attributes(kind, edges)
    for (id, *values), outgoing in nodes:
        found = (Edge(type, target, _given(attributes, given)) for type, target, *given in outgoing)
        yield Record(id, _given(properties, values), tuple(found))


def _given(names: list[str], values: list[Any]) -> dict[str, Any]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}
