"""Creating, updating and deleting what users edit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from graph.commands.checking import InvalidRecords, check, complete, in_order
from graph.commands.desk import Desk
from graph.commands.fields import FACTS, draft, texts
from graph.commands.storing import marks, stored, write
from graph.commands.tenures import check_tenures
from graph.database import Writer
from graph.errors import BadInput, Conflict, NotFound
from graph.ledger import Draft
from graph.model import KINDS
from graph.record import Fault, Record

OWNED = ("LOCATED_AT", "HAS_CONTACT")
"""Edges to what goes with its only owner."""


class Saving(Desk):
    async def save(self, records: Sequence[Record], *, actor: str, expected_version: int | None = None) -> int:
        """Make the graph say of these nodes what `records` say: what a record leaves out is taken away.

        Each node that this changes is one CREATED or UPDATED change. `expected_version` is that of the one offer
        among the records. Returns the position that holds it, which is the present one when nothing changed.

        Raises InvalidRecords (also for a dated fact that is there already: facts are added, never overwritten),
        Conflict (another version, or nodes that would come under themselves), NotFound (a version is expected of
        an offer that is not there), Unavailable.
        """
        given = [complete(record) for record in records]

        async def work(writer: Writer) -> Sequence[Draft]:
            await check(writer.run, given)
            known = await marks(writer.run, [record.id for record in given])
            if expected_version is not None:
                for id in (record.id for record in given if record.kind.name == "offer"):
                    expect_version(id, {id: mark.version for id, mark in known.items()}, expected_version)
            before = await stored(writer.run, known)
            changed = [r for r in given if r.id not in before or texts(before[r.id]) != texts(r)]
            await check_tenures(writer.run, changed)
            if overwritten := [r for r in changed if r.kind.name in FACTS and r.id in before]:
                raise InvalidRecords([(r.id, Fault("id", "is on record: record a new one")) for r in overwritten])
            await write(writer, in_order(changed), known)
            return [draft(actor, before.get(record.id), record) for record in changed]

        return await self._ledger.commit(work)

    async def delete(self, ids: Sequence[str], *, actor: str) -> int:
        """Delete nodes with their edges: an offer with its dated facts, and a location or contact with its last owner.

        Each node is one DELETED change. Raises NotFound, BadInput when a node that stays names one of them, and
        Unavailable.
        """

        async def work(writer: Writer) -> Sequence[Draft]:
            before = await stored(writer.run, ids)
            if missing := [id for id in ids if id not in before]:
                raise NotFound(f"There is nothing with the id {missing[0]!r}.")
            facts = [id for id, type, _ in await _naming(writer, before) if type in FACTS.values()]
            owned = [edge.target for record in before.values() for edge in record.edges if edge.type in OWNED]
            doomed = {**await stored(writer.run, facts), **before}
            # In this order, and each seen with what is doomed by then: what two of them share goes with both.
            shared = {target for id, _, target in await _naming(writer, owned) if id not in doomed}
            doomed |= await stored(writer.run, set(owned) - shared)
            for id, type, target in await _naming(writer, doomed):
                if id not in doomed:
                    raise BadInput(f"{target!r} cannot be deleted: {id!r} names it ({type}).", ("ids", target))
            for kind, some in by_label(doomed).items():
                await writer.run(f"UNWIND $ids AS id MATCH (n:{kind} {{id: id}}) DETACH DELETE n", {"ids": some})
            return [draft(actor, record, None) for record in doomed.values()]

        return await self._ledger.commit(work)


def expect_version(id: str, versions: Mapping[str, int | None], expected: int) -> None:
    if id not in versions:
        raise NotFound(f"There is no offer {id!r}.")
    if versions[id] != expected:
        raise Conflict(f"{id!r} has version {versions[id]} by now, not {expected}: it was changed by someone else.")


def by_label(ids: Collection[str]) -> dict[str, list[str]]:
    labels: dict[str, list[str]] = {}
    for id in ids:
        labels.setdefault(KINDS[id.partition(":")[0]].label, []).append(id)
    return labels


async def _naming(writer: Writer, ids: Collection[str]) -> list[tuple[str, str, str]]:
    """The edges that come in to `ids`: who names, by which type, whom."""
    return [
        (row["source"], row["type"], row["target"])
        for label, some in by_label(ids).items()
        for row in await writer.run(
            f"UNWIND $ids AS id MATCH (:{label} {{id: id}})<-[e]-(m) "
            "RETURN m.id AS source, type(e) AS type, id AS target",
            {"ids": some},
        )
    ]
