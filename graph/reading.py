"""Reading nodes into records: from the graph, a statement a kind; or from records in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from itertools import product
from typing import Any, NamedTuple, Protocol

from graph.database import Database
from graph.model import KINDS
from graph.record import Edge, Record

Kinds = Mapping[str, tuple[str, ...]]
"""Which kinds are read, each with the types of its outgoing edges that are read too."""

Properties = Mapping[str, Collection[str]]
"""By kind, the properties that are read; of a kind that is not named, all that the model gives it."""

TIMEOUT = 60.0
"""Seconds for reading everything: a hundred thousand offers take longer than a page."""


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
    if ids is None:
        found = [_Found(kind, f"MATCH (n:{KINDS[kind].label})") for kind in kinds]
    else:
        by_kind = _by_kind(ids)
        found = [
            _Found(kind, f"UNWIND $ids AS id MATCH (n:{KINDS[kind].label} {{id: id}})", by_kind[kind])
            for kind in kinds
            if kind in by_kind
        ]
    return await _read(database, found, kinds, properties or {}, timeout)


async def read_records_leading_to(
    database: Database,
    targets: Collection[str],
    kinds: Kinds,
    properties: Properties | None = None,
    *,
    timeout: float = TIMEOUT,
) -> list[Record]:
    """The same of those nodes from which an edge that is read leads to one of `targets`."""
    found = []
    for (target, ids), kind in product(_by_kind(targets).items(), kinds):
        types = [type for type in kinds[kind] if target in KINDS[kind].edges[type].targets]
        if types:
            arrow = f"<-[:{'|'.join(types)}]-"
            find = f"UNWIND $ids AS id MATCH (:{KINDS[target].label} {{id: id}}){arrow}(n:{KINDS[kind].label})"
            found.append(_Found(kind, find, ids))
    records = await _read(database, found, kinds, properties or {}, timeout)
    return list({record.id: record for record in records}.values())


class Whole(Protocol):
    """Where all nodes of some kinds can be read from."""

    async def read(self, kinds: Kinds, properties: Properties | None = None) -> list[Record]:
        """At least what `read_records` gives without ids, in any order."""
        ...


class Source(Whole, Protocol):
    """Where a projection of the graph reads from."""

    async def read(
        self, kinds: Kinds, properties: Properties | None = None, *, ids: Collection[str] | None = None
    ) -> list[Record]:
        """At least what `read_records` gives: those that are there, in any order."""
        ...

    async def read_leading_to(
        self, targets: Collection[str], kinds: Kinds, properties: Properties | None = None
    ) -> list[Record]:
        """At least what `read_records_leading_to` gives, in any order."""
        ...


class GraphSource:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(
        self, kinds: Kinds, properties: Properties | None = None, *, ids: Collection[str] | None = None
    ) -> list[Record]:
        return await read_records(self._database, kinds, properties, ids=ids)

    async def read_leading_to(
        self, targets: Collection[str], kinds: Kinds, properties: Properties | None = None
    ) -> list[Record]:
        return await read_records_leading_to(self._database, targets, kinds, properties)


class RecordSource:
    """Records in memory, by id, given whole; whoever holds `records` may change them."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = {record.id: record for record in records}

    async def read(
        self, kinds: Kinds, properties: Properties | None = None, *, ids: Collection[str] | None = None
    ) -> list[Record]:
        some = self.records.values() if ids is None else (self.records[id] for id in ids if id in self.records)
        return [record for record in some if record.id.partition(":")[0] in kinds]

    async def read_leading_to(
        self, targets: Collection[str], kinds: Kinds, properties: Properties | None = None
    ) -> list[Record]:
        def leads(record: Record) -> bool:
            types = kinds.get(record.id.partition(":")[0], ())
            return any(edge.type in types and edge.target in targets for edge in record.edges)

        return [record for record in self.records.values() if leads(record)]


def statement(find: str, kind: str, properties: Iterable[str], edges: Collection[str]) -> str:
    """Cypher that returns the nodes `n` of a kind that the clause `find` finds, as one row `nodes`.

    One list of `[[id, properties …], [[edge type, target, edge properties …] …]]`: with a row a node, most of the
    time goes into the rows.
    """
    node = ", ".join(f"n.{name}" for name in ("id", *properties))
    if not edges:
        return f"{find} RETURN collect([[{node}], []]) AS nodes"
    columns = ", ".join(("type(e)", "t.id", *(f"e.{name}" for name in _attributes(kind, edges))))
    outgoing = f"[(n)-[e:{'|'.join(edges)}]->(t) | [{columns}]]"
    return f"{find} RETURN collect([[{node}], {outgoing}]) AS nodes"


def names_of(kind: str, properties: Properties) -> list[str]:
    """The properties that are read of a kind: those of the model in its order, then marks that every node keeps."""
    own = KINDS[kind].properties
    asked = properties.get(kind, own)
    return [*(name for name in own if name in asked), *(name for name in asked if name not in own)]


def records_of(kind: str, properties: list[str], edges: Collection[str], nodes: Iterable[Any]) -> list[Record]:
    """The records that the `nodes` of a `statement` are."""
    attributes = _attributes(kind, edges)
    bare = [None] * len(attributes)  # as most edges are
    records = []
    for (id, *values), outgoing in nodes:
        found = (
            Edge(type, target, {} if given == bare else _given(attributes, given)) for type, target, *given in outgoing
        )
        records.append(Record(id, _given(properties, values), tuple(found)))
    return records


class _Found(NamedTuple):
    """Nodes of a kind: the clause that finds them as `n`, and its `$ids`."""

    kind: str
    find: str
    ids: list[str] | None = None


async def _read(
    database: Database, found: Iterable[_Found], kinds: Kinds, properties: Properties, timeout: float
) -> list[Record]:
    making: list[asyncio.Task[list[Record]]] = []
    for kind, find, ids in found:
        names = names_of(kind, properties)
        (row,) = await database.read(
            statement(find, kind, names, kinds[kind]), None if ids is None else {"ids": ids}, timeout=timeout
        )
        # In a thread, while the engine is busy with the next kind.
        made = asyncio.to_thread(records_of, kind, names, kinds[kind], row["nodes"])
        making.append(asyncio.create_task(made))
    return [record for made in making for record in await made]


def _by_kind(ids: Iterable[str]) -> dict[str, list[str]]:
    by_kind: dict[str, list[str]] = {}
    for id in sorted(ids):
        by_kind.setdefault(id.partition(":")[0], []).append(id)
    return by_kind


def _attributes(kind: str, edges: Iterable[str]) -> list[str]:
    """Of all edges that are read, the properties."""
    return sorted({name for type in edges for name in KINDS[kind].edges[type].properties})


def _given(names: list[str], values: list[Any]) -> dict[str, Any]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}
