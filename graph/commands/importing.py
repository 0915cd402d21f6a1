"""Bringing in many records at once: the first content, and generated offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import orjson

from graph.actor import Actor
from graph.commands.checking import check, complete, in_order
from graph.commands.desk import Desk, Done
from graph.commands.receipts import Call, Slip
from graph.commands.rules import admit
from graph.commands.storing import marks, write
from graph.commands.tenures import check_tenures
from graph.danish import name_order
from graph.ledger import Action, Draft, FieldChange, Turn
from graph.record import Record

TOGETHER = 12_000
"""So many records are written in one transaction: all or none. More go in batches of `BATCH`."""

BATCH = 8_000

PATIENCE = 300.0
"""Seconds that one batch may take."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many records were created, updated and left as they were, and the position that holds them all."""

    created: int
    updated: int
    unchanged: int
    position: int


class Importing(Desk):
    async def import_records(self, call: Call, records: Sequence[Record], *, label: str) -> ImportResult:
        """Create or update `records`; those that were brought in before, and are the same now, are left alone.

        Alone even where a user has changed the node since: only a record that is new or has changed is written. All
        records are checked before any is written; up to TOGETHER of them that must be written are one transaction.
        More are written in batches, those first that others name, and a run that is cut short is made whole by the
        next. Each transaction is one IMPORTED change with the subject `import:<label>`. The call's key is not needed.

        Raises Forbidden for all but admins, InvalidRecords with everything that is wrong, and Unavailable.
        """
        admit(call.actor, ())
        given = [complete(record) for record in records]
        await check(self._database.read, given)
        ordered = in_order(given)
        digests = {record.id: digest(record) for record in ordered}
        known = await marks(self._database.read, digests)
        due = [r for r in ordered if r.id not in known or known[r.id].digest != digests[r.id]]
        if not due:
            return ImportResult(0, 0, len(ordered), await self._ledger.position())
        position, size = 0, BATCH if len(due) > TOGETHER else TOGETHER
        for start in range(0, len(due), size):
            position = await self._import(call.actor, due[start : start + size], due, digests, label)
        updated = sum(record.id in known for record in due)
        return ImportResult(len(due) - updated, updated, len(ordered) - len(due), position)

    async def _import(
        self, actor: Actor, batch: Sequence[Record], due: Sequence[Record], digests: dict[str, str], label: str
    ) -> int:
        async def work(turn: Turn) -> Done:
            await check_tenures(turn.run, due)
            known = await marks(turn.run, [record.id for record in batch])  # now that no one else writes
            await write(turn, batch, known, digests)
            counts = {"created": len(batch) - len(known), "updated": len(known)}
            fields = tuple(FieldChange(name, None, str(count)) for name, count in counts.items())
            return Done([Draft(actor.name, Action.IMPORTED, "import", f"import:{label}", fields)])

        slip = Slip.of(Call(actor), "import_records", {"label": label})
        return (await self.carry_out(slip, work, timeout=PATIENCE)).position


def digest(record: Record) -> str:
    """The same for records that say the same, whatever the order they say it in."""
    content = {
        "properties": dict(record.properties),
        "edges": sorted(([e.type, e.target, dict(e.properties)] for e in record.edges), key=lambda edge: edge[:2]),
        "nameOrder": name_order(record.name, record.id) if record.kind.named and record.name else None,
    }
    return blake2b(orjson.dumps(content, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()
