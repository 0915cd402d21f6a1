"""Offers: they are created, changed and closed by whoever writes for the organisations that they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from graph import wording
from graph.actor import Role
from graph.commands.checking import InvalidRecords, nonsense
from graph.commands.describing import INPUT, INPUTS_OF_OWNED, OWNED, Given, described, owned
from graph.commands.desk import Desk, Done, Work, command
from graph.commands.fields import draft, texts
from graph.commands.inputs import Input, check_input, told_of
from graph.commands.receipts import Call
from graph.commands.rules import must_reach
from graph.commands.saving import expect_version, naming, remove
from graph.commands.storing import Held, Mark, Run, held, write
from graph.errors import Conflict
from graph.ledger import Turn
from graph.model import KINDS, kind_of
from graph.record import Edge, Record


@dataclass(slots=True)
class _Own:
    """What becomes of the nodes that are an offer's own."""

    before: dict[str, Record] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    after: list[Record] = field(default_factory=list)
    gone: list[Record] = field(default_factory=list)


class Offers(Desk):
    """Each receipt names the `offer`."""

    @command(Role.EDITOR)
    def create_offer(self, call: Call, *, offer: Given) -> Work:
        """A new offer, of an operator or an institution that the caller writes for.

        The caller states it: it is SOURCED, and verified today. Raises BadInput (no name, a value that cannot be),
        NotFound for what it names and is not there.
        """
        stated = {"dataStatus": "SOURCED", "verifiedOn": self._clock.today().isoformat()}
        blank = Record(self.new_id("offer"), stated)
        described(blank, offer)  # so that a faulty input does not wait in turn

        async def work(turn: Turn) -> Done:
            after, own = await self._own(turn.run, described(blank, offer), offer)
            await _check(turn.run, after, own)
            await must_reach(turn.run, call.actor, after, ("offer",), wording.NEW_OUT_OF_SCOPE)
            await write(turn, [after, *own.after], {})
            return Done([draft(call.actor, None, record) for record in (after, *own.after)], {"offer": after.id})

        return work

    @command(Role.EDITOR)
    def update_offer(self, call: Call, *, id: str, offer: Given, expected_version: int) -> Work:
        """What is given of an offer that the caller writes for, before and after; what is left out stays.

        Its `dataStatus` and `verifiedOn` stay too: see `confirm`. Where nothing changes the version stays. Raises
        BadInput, NotFound, and Conflict (another version, or an offer that would come to be part of itself).
        """

        async def work(turn: Turn) -> Done:
            before, mark = await _known(turn.run, id, expected_version)
            await must_reach(turn.run, call.actor, before, ("id",))
            after, own = await self._own(turn.run, described(before, offer), offer)
            if texts(after) == texts(before) and not own.after:
                return Done((), {"offer": id})
            await _check(turn.run, after, own)
            await must_reach(turn.run, call.actor, after, ("offer",), wording.GIVEN_AWAY)
            try:
                await write(turn, [after, *own.after], {id: mark, **own.marks})
            except Conflict as circle:
                raise circle.under("offer", "partOf") from None
            await remove(turn, [record.id for record in own.gone])
            drafts = [draft(call.actor, before, after)]
            drafts += [draft(call.actor, own.before.get(record.id), record) for record in own.after]
            drafts += [draft(call.actor, record, None) for record in own.gone]
            return Done(drafts, {"offer": id})

        return work

    @command(Role.EDITOR)
    def close_offer(self, call: Call, *, id: str, closed_on: date, expected_version: int) -> Work:
        """The offer is open until the day before `closed_on`.

        Raises BadInput (before it opened), Conflict (another version), NotFound.
        """

        async def work(turn: Turn) -> Done:
            before, mark = await _known(turn.run, id, expected_version)
            await must_reach(turn.run, call.actor, before, ("id",))
            after = Record(id, {**before.properties, "closedOn": closed_on.isoformat()}, before.edges)
            if after == before:
                return Done((), {"offer": id})
            with told_of({id: Input()}):
                if found := [(id, fault) for fault in nonsense(after)]:
                    raise InvalidRecords(found)
            await write(turn, [after], {id: mark})
            return Done([draft(call.actor, before, after)], {"offer": id})

        return work

    async def _own(self, run: Run, offer: Record, given: Given) -> tuple[Record, _Own]:
        """`offer` with its location and contact as they are given. What others have too is left to them."""
        own = _Own()
        edges = [edge for edge in offer.edges if OWNED.get(edge.type) not in given]
        for type, name in OWNED.items():
            if name not in given:
                continue
            at = [edge.target for edge in offer.edges if edge.type == type]
            there = next(iter((await held(run, at)).values()), None)
            before = there and there.record
            alone = there is not None and len(await naming(run, at)) == 1
            after = owned(name, before.id if before and alone else self.new_id(name), before, given[name])
            if before and after and texts(after) == texts(before):
                edges.append(Edge(type, before.id))
                continue
            if there and before and alone:
                own.before[before.id], own.marks[before.id] = there
                own.gone += [before] if after is None else []
            if after:
                own.after.append(after)
                edges.append(Edge(type, after.id))
        return Record(offer.id, offer.properties, tuple(edges)), own


async def _known(run: Run, id: str, expected_version: int) -> Held:
    there = await held(run, [id] if kind_of(id) is KINDS["offer"] else [])
    expect_version(id, {id: node.mark for id, node in there.items()}, expected_version)
    return there[id]


async def _check(run: Run, offer: Record, own: _Own) -> None:
    inputs = {offer.id: INPUT, **{record.id: INPUTS_OF_OWNED[record.kind.name] for record in own.after}}
    await check_input(run, [offer, *own.after], inputs)
