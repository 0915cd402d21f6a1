"""Creating, updating and deleting what users edit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from graph import wording
from graph.commands.checking import InvalidRecords, check, complete, in_order
from graph.commands.desk import Desk, Done, Work, command
from graph.commands.fields import FACTS, draft, texts
from graph.commands.receipts import Call
from graph.commands.storing import Mark, Run, held, stored, write
from graph.commands.tenures import check_tenures
from graph.errors import BadInput, Conflict, NotFound
from graph.labels import one_of
from graph.ledger import Turn
from graph.model import KINDS
from graph.record import Fault, Record

OWNED = ("LOCATED_AT", "HAS_CONTACT")
"""Edges to what goes with its only owner."""


class Saving(Desk):
    @command()
    def save(self, call: Call, records: Sequence[Record], *, expected_version: int | None = None) -> Work:
        """Make the graph say of these nodes what `records` say: what a record leaves out is taken away.

        Each node that this changes is one CREATED or UPDATED change. `expected_version` is that of the one offer
        among the records.

        Raises InvalidRecords (also for a dated fact that is there already: facts are added, never overwritten),
        Conflict (another version, or nodes that would come under themselves), NotFound (a version is expected of
        an offer that is not there).
        """
        given = [complete(record) for record in records]

        async def work(turn: Turn) -> Done:
            await check(turn.run, given)
            there = await held(turn.run, [record.id for record in given])
            before = {id: node.record for id, node in there.items()}
            known = {id: node.mark for id, node in there.items()}
            if expected_version is not None:
                for id in (record.id for record in given if record.kind.name == "offer"):
                    expect_version(id, known, expected_version)
            changed = [r for r in given if r.id not in before or texts(before[r.id]) != texts(r)]
            await check_tenures(turn.run, changed)
            if overwritten := [r for r in changed if r.kind.name in FACTS and r.id in before]:
                raise InvalidRecords([(r.id, Fault("id", wording.ON_RECORD())) for r in overwritten])
            await write(turn, in_order(changed), known)
            return Done([draft(call.actor, before.get(record.id), record) for record in changed])

        return work

    @command()
    def delete(self, call: Call, ids: Sequence[str]) -> Work:
        """Delete nodes with their edges: an offer with its dated facts, and a location or contact with its last owner.

        Each node is one DELETED change. Raises NotFound, and BadInput when a node that stays names one of them.
        """

        async def work(turn: Turn) -> Done:
            before = await stored(turn.run, ids)
            for n, id in enumerate(ids):
                if id not in before:
                    raise NotFound(wording.NOTHING_THERE(id=repr(id)), ("ids", n))
            facts = [id for id, type, _ in await naming(turn.run, before) if type in FACTS.values()]
            owned = [edge.target for record in before.values() for edge in record.edges if edge.type in OWNED]
            doomed = {**await stored(turn.run, facts), **before}
            # In this order, and each seen with what is doomed by then: what two of them share goes with both.
            shared = {target for id, _, target in await naming(turn.run, owned) if id not in doomed}
            doomed |= await stored(turn.run, set(owned) - shared)
            for id, type, target in await naming(turn.run, doomed):
                if id not in doomed:
                    raise BadInput(wording.STILL_NAMED(id=repr(target), by=repr(id), type=type), ("ids", target))
            await remove(turn, doomed)
            return Done([draft(call.actor, record, None) for record in doomed.values()])

        return work


def expect_version(id: str, known: Mapping[str, Mark], expected: int) -> None:
    if id not in known:
        raise NotFound(wording.NONE_THERE(kinds=one_of(["offer"]), id=repr(id)), ("id",))
    if (version := known[id].version) != expected:
        told = wording.OTHER_VERSION(id=repr(id), version=version, expected=expected)
        raise Conflict(told, ("expectedVersion",))


async def remove(turn: Turn, ids: Collection[str]) -> None:
    for label, some in by_label(ids).items():
        await turn.run(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n", {"ids": some})


def by_label(ids: Collection[str]) -> dict[str, list[str]]:
    labels: dict[str, list[str]] = {}
    for id in ids:
        labels.setdefault(KINDS[id.partition(":")[0]].label, []).append(id)
    return labels


async def naming(run: Run, ids: Collection[str]) -> list[tuple[str, str, str]]:
    """The edges that come in to `ids`: who names, by which type, whom. Changes that tell of them do not count."""
    return [
        (row["source"], row["type"], row["target"])
        for label, some in by_label(ids).items()
        for row in await run(
            f"UNWIND $ids AS id MATCH (:{label} {{id: id}})<-[e]-(m) WHERE type(e) <> 'TOUCHES' "
            "RETURN m.id AS source, type(e) AS type, id AS target",
            {"ids": some},
        )
    ]
