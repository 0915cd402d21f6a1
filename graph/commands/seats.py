"""Who is appointed to a seat, and when someone's time in it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph import wording
from graph.actor import Role
from graph.commands.checking import complete
from graph.commands.desk import Desk, Done, Work, command
from graph.commands.fields import draft
from graph.commands.inputs import Input, check_input, told_of
from graph.commands.receipts import Call
from graph.commands.storing import held, write
from graph.commands.tenures import check_tenures
from graph.errors import BadInput, NotFound
from graph.labels import one_of
from graph.ledger import Turn
from graph.record import Edge, Record


@dataclass(frozen=True, slots=True)
class NewRepresentative:
    """Someone who is not in the register yet. `municipality` is an id."""

    name: str
    gender: str | None = None
    party: str | None = None
    municipality: str | None = None


class Seats(Desk):
    @command(Role.SECRETARIAT)
    def appoint(
        self,
        call: Call,
        *,
        seat: str,
        valid_from: date,
        representative: str | None = None,
        new_representative: NewRepresentative | None = None,
        role: str = "MEMBER",
        valid_to: date | None = None,
        source: str | None = None,
    ) -> Work:
        """Give a seat to someone from a day on, until before `valid_to` where that is known already.

        The receipt names `seat` and `tenure`. Raises NotFound for what is not there, and BadInput where the tenure
        ends before it starts or lies outside the seat's life, where someone else holds the seat by then, or where the
        person is in it already.
        """
        if (representative is None) == (new_representative is None):
            raise BadInput(wording.ONE_PERSON(), ("representative",))
        verified = {"dataStatus": "SOURCED", "verifiedOn": self._clock.today().isoformat()}
        stating = (Edge("STATED_IN", source),) if source is not None else ()
        records: list[Record] = []
        inputs: dict[str, Input] = {}
        if new_representative is not None:
            new, representative = new_representative, self.new_id("representative")
            person = {"name": new.name, "gender": new.gender, "party": new.party, **verified}
            home = (Edge("FROM_MUNICIPALITY", new.municipality),) if new.municipality is not None else ()
            records.append(complete(Record(representative, person, (*home, *stating))))
            inputs[representative] = Input({"FROM_MUNICIPALITY": "municipality"}, ("newRepresentative",))
        assert representative is not None
        term = {"role": role, "validFrom": valid_from.isoformat(), "validTo": valid_to and valid_to.isoformat()}
        edges = (Edge("IN_SEAT", seat), Edge("HELD_BY", representative), *stating)
        tenure = complete(Record(self.new_id("tenure"), {**term, **verified}, edges))
        records.append(tenure)
        inputs[tenure.id] = Input({"IN_SEAT": "seat", "HELD_BY": "representative", "STATED_IN": "source"})

        async def work(turn: Turn) -> Done:
            await check_input(turn.run, records, inputs)
            with told_of(inputs):
                await check_tenures(turn.run, records)
            await write(turn, records, {})
            return Done([draft(call.actor, None, record) for record in records], {"seat": seat, "tenure": tenure.id})

        return work

    @command(Role.SECRETARIAT)
    def end_tenure(self, call: Call, *, tenure: str, on: date, reason: str | None = None) -> Work:
        """Someone's time in a seat is over from the day `on`; the day before is the last.

        An end that is known may be moved. The receipt names `seat` and `tenure`. Raises NotFound, and BadInput at
        `on` before the tenure began, when the seat no longer exists or when someone else holds it.
        """

        async def work(turn: Turn) -> Done:
            there = (await held(turn.run, [tenure])).get(tenure)
            if there is None or there.record.kind.name != "tenure":
                raise NotFound(wording.NONE_THERE(kinds=one_of(["tenure"]), id=repr(tenure)), ("tenure",))
            before = there.record
            ended = {"validTo": on.isoformat(), **({} if reason is None else {"endReason": reason})}
            after = Record(tenure, {**before.properties, **ended}, before.edges)
            ids = {"seat": next(edge.target for edge in before.edges if edge.type == "IN_SEAT"), "tenure": tenure}
            if after == before:
                return Done((), ids)
            inputs = {tenure: Input({"validFrom": "on", "validTo": "on", "endReason": "reason"})}
            await check_input(turn.run, [after], inputs)
            with told_of(inputs):
                await check_tenures(turn.run, [after])
            await write(turn, [after], {tenure: there.mark})
            return Done([draft(call.actor, before, after)], ids)

        return work
