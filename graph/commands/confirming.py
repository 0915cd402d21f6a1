"""Still correct: what was known has been checked anew."""

from __future__ import annotations

from collections.abc import Sequence

from graph.commands.desk import Desk
from graph.commands.fields import draft
from graph.commands.saving import by_label
from graph.commands.storing import stored
from graph.database import Writer
from graph.errors import BadInput, NotFound
from graph.ledger import Draft
from graph.record import Record


class Confirming(Desk):
    async def confirm(self, ids: Sequence[str], *, actor: str) -> int:
        """Set `verifiedOn` of these nodes to today, and nothing else: versions stay. Returns the position.

        Raises NotFound, BadInput for what carries no `verifiedOn`, Unavailable.
        """

        async def work(writer: Writer) -> Sequence[Draft]:
            before = await stored(writer.run, ids)
            for n, id in enumerate(ids):
                if id not in before:
                    raise NotFound(f"There is nothing with the id {id!r}.")
                if "verifiedOn" not in before[id].kind.properties:
                    raise BadInput(f"{id!r} is nothing that is confirmed: it has no verifiedOn.", ("ids", n))
            today = self._clock.today().isoformat()
            after = [Record(r.id, {**r.properties, "verifiedOn": today}, r.edges) for r in before.values()]
            changed = [record for record in after if record != before[record.id]]
            for label, some in by_label([record.id for record in changed]).items():
                await writer.run(
                    f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) SET n.verifiedOn = $today",
                    {"ids": some, "today": today},
                )
            return [draft(actor, before[record.id], record) for record in changed]

        return await self._ledger.commit(work)
