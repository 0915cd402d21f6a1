"""Offers: they are created, changed and closed by whoever writes for the organisations that they belong to."""

from __future__ import annotations

from datetime import date

from graph.actor import Role
from graph.commands.checking import InvalidRecords, nonsense
from graph.commands.desk import Desk, Done, Work, command
from graph.commands.fields import draft
from graph.commands.inputs import Input, told_of
from graph.commands.receipts import Call
from graph.commands.rules import must_reach
from graph.commands.saving import expect_version
from graph.commands.storing import marks, stored, write
from graph.ledger import Turn
from graph.model import KINDS, kind_of
from graph.record import Record


class Offers(Desk):
    """Each receipt names the `offer`."""

    @command(Role.EDITOR)
    def close_offer(self, call: Call, *, id: str, closed_on: date, expected_version: int) -> Work:
        """The offer is open until the day before `closed_on`.

        Raises BadInput (before it opened), Conflict (another version), NotFound.
        """

        async def work(turn: Turn) -> Done:
            known = await marks(turn.run, _offers(id))
            before = await stored(turn.run, known)
            expect_version(id, known, expected_version)
            await must_reach(turn.run, call.actor, before[id], ("id",))
            after = Record(id, {**before[id].properties, "closedOn": closed_on.isoformat()}, before[id].edges)
            if after == before[id]:
                return Done((), {"offer": id})
            with told_of({id: Input()}):
                if found := [(id, fault) for fault in nonsense(after)]:
                    raise InvalidRecords(found)
            await write(turn, [after], known)
            return Done([draft(call.actor, before[id], after)], {"offer": id})

        return work


def _offers(*ids: str) -> list[str]:
    return [id for id in ids if kind_of(id) is KINDS["offer"]]
