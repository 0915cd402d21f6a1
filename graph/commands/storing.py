"""Records in and out of the graph, many at a time. Labels and edge types come from the model alone.

Beside the properties of its kind a node keeps, through every update:

- `nameOrder` (see `graph.danish`), and `version` where its kind has one;
- `digest`, by which an import knows what it has brought in before;
- `recordedAt`, the moment of its creation, as in its change;
- `endings`, once the `validTo` of a dated node is another than at its creation: a list of texts `<moment> <validTo>`,
  the first of which is of the creation. What was believed at a moment is the last one that is not later. A moment, or
  a day, that is not there is empty: `2026-03-01T11:00:00.000Z ` is open.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from graph import wording
from graph.danish import name_order
from graph.errors import Conflict
from graph.ledger import Turn
from graph.model import KINDS, Kind, kind_of
from graph.record import Edge, Record

T = TypeVar("T")
Run = Callable[[str, Mapping[str, Any]], Awaitable[list[dict[str, Any]]]]
"""`Database.read` or `Writer.run`."""

ROWS = 2_000
"""How many rows go to the engine in one step."""
FEW = 4
"""So many steps, or kinds, are one statement."""


class Mark(NamedTuple):
    """What a node keeps about its own writing."""

    version: int | None
    digest: str | None
    recorded_at: str | None
    valid_to: str | None
    endings: Sequence[str] | None


class Held(NamedTuple):
    """A node of the graph, with its mark. Its version is in the mark, not in the record."""

    record: Record
    mark: Mark


_MARK = ("version", "digest", "recordedAt", "validTo", "endings")


async def marks(run: Run, ids: Collection[str]) -> dict[str, Mark]:
    """The marks of those of `ids` that are in the graph."""
    columns = ", ".join(f"n.{name} AS {name}" for name in _MARK)
    rows = await _each(run, ids, f"RETURN id, {columns}")
    return {row["id"]: Mark(*(row[name] for name in _MARK)) for row in rows}


async def held(run: Run, ids: Collection[str]) -> dict[str, Held]:
    """Those of `ids` that are in the graph, as they are there."""
    return _held(await _each(run, ids, _WITH_EDGES))


async def held_by(run: Run, match: str, parameters: Mapping[str, Any]) -> dict[str, Held]:
    """The nodes `n` that `match` finds, as they are in the graph."""
    return _held(await run(f"{match} {_WITH_EDGES}", parameters))


async def stored(run: Run, ids: Collection[str]) -> dict[str, Record]:
    """As `held`, the records alone."""
    return {id: node.record for id, node in (await held(run, ids)).items()}


_WITH_EDGES = (
    "OPTIONAL MATCH (n)-[e]->(m) WITH n, collect([type(e), m.id, properties(e)]) AS edges "
    "RETURN n.id AS id, properties(n) AS properties, edges"
)


def _held(rows: Iterable[Mapping[str, Any]]) -> dict[str, Held]:
    found: dict[str, Held] = {}
    for row in rows:
        kind, kept = kind_of(row["id"]), row["properties"]
        assert kind is not None
        properties = {name: kept[name] for name in kind.properties if name != "version" and kept.get(name) is not None}
        edges = (Edge(type, target, said) for type, target, said in row["edges"] if type is not None)
        found[row["id"]] = Held(Record(row["id"], properties, tuple(edges)), Mark(*map(kept.get, _MARK)))
    return found


async def _each(run: Run, ids: Collection[str], then: str) -> list[dict[str, Any]]:
    """What `then` returns of each node `n` among `ids`."""
    found: list[dict[str, Any]] = []
    for groups in _together(list(_by_kind(ids))):
        parts = (f"UNWIND $ids{n} AS id MATCH (n:{kind.label} {{id: id}}) {then}" for n, (kind, _) in enumerate(groups))
        found += await run("\nUNION ALL\n".join(parts), {f"ids{n}": some for n, (_, some) in enumerate(groups)})
    return found


async def write(
    turn: Turn, records: Sequence[Record], known: Mapping[str, Mark], digests: Mapping[str, str] | None = None
) -> None:
    """Create the records that are not `known`, and make the others what `records` say: properties and edges.

    A version is raised by one. Without `digests` those that nodes have stay. Raises Conflict when the target of an
    edge is not there, or when nodes that belong under each other would go round in a circle.
    """
    steps: list[_Step] = []
    for kind, some in _by_kind([record.id for record in records]):
        wanted = set(some)
        rows = {r.id: _row(kind, r, turn.at, known.get(r.id), digests) for r in records if r.id in wanted}
        updated = [row for id, row in rows.items() if id in known]
        if created := [row for id, row in rows.items() if id not in known]:
            steps.append(_Step(f"CREATE (n:{kind.label} {{id: row.id}}) SET n = row", created))
        if updated:
            steps.append(_Step(f"MATCH (n:{kind.label} {{id: row.id}}) SET n = row", updated))
            part = f"MATCH (:{kind.label} {{id: row.id}})-[e]->() DELETE e"
            steps.append(_Step(part, [{"id": row["id"]} for row in updated]))
    steps += _edges(records)
    await _take(turn, steps)
    await _refuse_circles(turn, [record for record in records if record.id in known])


class _Step(NamedTuple):
    """One way of writing, for each `row`."""

    statement: str
    rows: Sequence[Mapping[str, Any]]
    edges: str | None = None
    """The type of the edges that it makes, one for each row."""


async def _take(turn: Turn, steps: Sequence[_Step]) -> None:
    for some in _together(steps):
        calls = "\n".join(
            f"CALL () {{ UNWIND $rows{n} AS row {step.statement} RETURN count(*) AS done{n} }}"
            for n, step in enumerate(some)
        )
        counts = ", ".join(f"done{n}" for n in range(len(some)))
        (done,) = await turn.run(f"{calls}\nRETURN {counts}", {f"rows{n}": step.rows for n, step in enumerate(some)})
        for n, step in enumerate(some):
            if step.edges and done[f"done{n}"] != len(step.rows):
                raise Conflict(wording.DELETED_MEANWHILE(type=step.edges))


def _row(kind: Kind, record: Record, at: str, mark: Mark | None, digests: Mapping[str, str] | None) -> dict[str, Any]:
    row = {"id": record.id, **record.properties, "recordedAt": mark.recorded_at if mark else at}
    if mark and (endings := ended(mark, record.properties.get("validTo"), at)):
        row["endings"] = endings
    if kind.named and record.name:
        row["nameOrder"] = name_order(record.name, record.id)
    if kind.by_date:
        row["dateOrder"] = f"{record.properties['validFrom']} {record.id}"
    if "version" in kind.properties:
        row["version"] = ((mark and mark.version) or 0) + 1
    if digest := digests[record.id] if digests else mark and mark.digest:
        row["digest"] = digest
    return row


def ended(mark: Mark, valid_to: str | None, at: str) -> Sequence[str] | None:
    """The `endings` of a node whose `validTo` is `valid_to` from the moment `at` on."""
    if valid_to == mark.valid_to:
        return mark.endings
    return [*(mark.endings or [f"{mark.recorded_at or ''} {mark.valid_to or ''}"]), f"{at} {valid_to or ''}"]


def _edges(records: Iterable[Record]) -> Iterator[_Step]:
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for record in records:
        label = record.kind.label
        for edge in record.edges:
            target = kind_of(edge.target)
            assert target is not None  # checked with the record
            properties = {name: value for name, value in edge.properties.items() if value is not None}
            row = {"source": record.id, "target": edge.target, "properties": properties}
            groups.setdefault((label, edge.type, target.label), []).append(row)
    for (label, type, target_label), rows in groups.items():
        for some in _slices(rows):
            yield _Step(
                f"MATCH (a:{label} {{id: row.source}}) MATCH (b:{target_label} {{id: row.target}}) "
                f"CREATE (a)-[e:{type}]->(b) SET e = row.properties",
                some,
                type,
            )


async def _refuse_circles(turn: Turn, records: Iterable[Record]) -> None:
    # Only a node that was there before can have become its own ancestor through nodes that were there before.
    under: dict[tuple[str, str], list[str]] = {}
    for record in records:
        for edge in record.edges:
            if kind_of(edge.target) is record.kind and not record.kind.edges[edge.type].many:
                under.setdefault((record.kind.label, edge.type), []).append(record.id)
    for (label, type), ids in under.items():
        circle = f"MATCH (n:{label} {{id: id}})-[:{type}*1..]->(m:{label} {{id: id}}) RETURN id LIMIT 1"
        for found in await turn.run(f"UNWIND $ids AS id {circle}", {"ids": ids}):
            raise Conflict(wording.UNDER_ITSELF(id=repr(found["id"]), type=type))


def _by_kind(ids: Iterable[str]) -> Iterator[tuple[Kind, list[str]]]:
    """`ids` by their kinds in the model's order, in slices. What is no id is left out."""
    groups: dict[str, list[str]] = {}
    for id in ids:
        if kind := kind_of(id):
            groups.setdefault(kind.name, []).append(id)
    for name, kind in KINDS.items():
        for some in _slices(groups.get(name, [])):
            yield kind, some


def _together(parts: Sequence[T]) -> Iterator[Sequence[T]]:
    """All in one statement where they are few, as they are where one node is written; else each by itself.

    Not some at a time: an engine takes long to plan a statement that it has not seen, and must not see ever others.
    """
    if len(parts) <= FEW:
        yield from [parts] if parts else []
    else:
        yield from ([part] for part in parts)


def _slices(items: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(items), ROWS):
        yield items[start : start + ROWS]
