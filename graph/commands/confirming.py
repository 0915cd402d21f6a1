"""Still correct: what was known has been checked anew."""

from __future__ import annotations

from collections.abc import Sequence

from graph import wording
from graph.actor import Role
from graph.commands.desk import Desk, Done, Work, command
from graph.commands.fields import draft, offer_of
from graph.commands.inputs import LONGEST_LIST
from graph.commands.receipts import Call
from graph.commands.rules import admit, must_reach
from graph.commands.saving import by_label
from graph.commands.storing import stored
from graph.errors import BadInput, NotFound
from graph.labels import label
from graph.ledger import Turn
from graph.record import Record


class Confirming(Desk):
    @command(Role.EDITOR, Role.SECRETARIAT)
    def confirm(self, call: Call, *, ids: Sequence[str]) -> Work:
        """Set `verifiedOn` of these nodes to today, and nothing else: versions stay.

        Editors confirm their offers and what is recorded about them, the secretariat all other. The receipt names
        `nodes`. Raises NotFound, BadInput for what carries no `verifiedOn`, or for too many at once.
        """
        if len(ids) > LONGEST_LIST:
            raise BadInput(wording.FAULT(label=label("ids"), what=wording.TOO_MANY(most=LONGEST_LIST)), ("ids",))

        async def work(turn: Turn) -> Done:
            before = await stored(turn.run, ids)
            for n, id in enumerate(ids):
                if id not in before:
                    raise NotFound(wording.NOTHING_THERE(id=repr(id)), ("ids", n))
                if "verifiedOn" not in before[id].kind.properties:
                    raise BadInput(wording.NEVER_CONFIRMED(id=repr(id)), ("ids", n))
            offers = await stored(turn.run, {offer for record in before.values() if (offer := offer_of(record))})
            for n, id in enumerate(ids):
                if offer := offer_of(before[id]):
                    await must_reach(turn.run, call.actor, offers[offer], ("ids", n))
                else:
                    admit(call.actor, (Role.SECRETARIAT,), ("ids", n))
            today = self._clock.today().isoformat()
            after = [Record(r.id, {**r.properties, "verifiedOn": today}, r.edges) for r in before.values()]
            changed = [record for record in after if record != before[record.id]]
            for name, some in by_label([record.id for record in changed]).items():
                await turn.run(
                    f"UNWIND $ids AS id MATCH (n:{name} {{id: id}}) SET n.verifiedOn = $today",
                    {"ids": some, "today": today},
                )
            return Done([draft(call.actor, before[r.id], r) for r in changed], {"nodes": list(dict.fromkeys(ids))})

        return work
