"""Who is appointed to a seat, and when someone's time in it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.commands.checking import InvalidRecords, check, complete, must_exist
from graph.commands.desk import Desk
from graph.commands.fields import draft
from graph.commands.storing import marks, stored, write
from graph.commands.tenures import check_tenures
from graph.database import Writer
from graph.errors import BadInput, NotFound
from graph.ledger import Draft
from graph.record import Edge, Record


@dataclass(frozen=True, slots=True)
class NewRepresentative:
    """Someone who is not in the register yet. `municipality` is an id."""

    name: str
    gender: str | None = None
    party: str | None = None
    municipality: str | None = None


class Seats(Desk):
    async def appoint(
        self,
        seat: str,
        *,
        valid_from: date,
        actor: str,
        representative: str | None = None,
        new_representative: NewRepresentative | None = None,
        role: str = "MEMBER",
        valid_to: date | None = None,
        source: str | None = None,
        data_status: str = "SOURCED",
    ) -> tuple[int, str]:
        """Give a seat to someone from a day on, until before `valid_to` where that is known already.

        Returns the position and the new tenure's id. Raises NotFound for what is not there, and BadInput at the
        argument (in the words of the contract: `validFrom`, `newRepresentative` …) where the tenure ends before it
        starts or lies outside the seat's life, where someone else holds the seat by then, or where the person is in
        it already.
        """
        if (representative is None) == (new_representative is None):
            raise BadInput("Give a representative or a new one, and not both.", ("representative",))
        verified = {"dataStatus": data_status, "verifiedOn": self._clock.today().isoformat()}
        stating = (Edge("STATED_IN", source),) if source is not None else ()
        records: list[Record] = []
        if new_representative is not None:
            new, representative = new_representative, self.new_id("representative")
            person = {"name": new.name, "gender": new.gender, "party": new.party, **verified}
            home = (Edge("FROM_MUNICIPALITY", new.municipality),) if new.municipality is not None else ()
            records.append(complete(Record(representative, person, (*home, *stating))))
        assert representative is not None
        term = {"role": role, "validFrom": valid_from.isoformat(), "validTo": valid_to and valid_to.isoformat()}
        edges = (Edge("IN_SEAT", seat), Edge("HELD_BY", representative), *stating)
        tenure = complete(Record(self.new_id("tenure"), {**term, **verified}, edges))
        records.append(tenure)

        async def work(writer: Writer) -> Sequence[Draft]:
            await must_exist(writer.run, records)
            await _check(writer, records, tenure.id)
            await write(writer, records, {})
            return [draft(actor, None, record) for record in records]

        return await self._ledger.commit(work), tenure.id

    async def end_tenure(self, tenure: str, *, on: date, actor: str, reason: str | None = None) -> int:
        """Someone's time in a seat is over from the day `on`; the day before is the last. Returns the position.

        An end that is known may be moved. Raises NotFound, and BadInput at `on` before the tenure began, when the
        seat no longer exists or when someone else holds it.
        """

        async def work(writer: Writer) -> Sequence[Draft]:
            before = (await stored(writer.run, [tenure])).get(tenure)
            if before is None or before.kind.name != "tenure":
                raise NotFound(f"There is no tenure {tenure!r}.")
            ended = {"validTo": on.isoformat(), **({} if reason is None else {"endReason": reason})}
            after = Record(tenure, {**before.properties, **ended}, before.edges)
            if after == before:
                return []
            await _check(writer, [after], tenure, {"validFrom": "on", "validTo": "on", "endReason": "reason"})
            await write(writer, [after], await marks(writer.run, [tenure]))
            return [draft(actor, before, after)]

        return await self._ledger.commit(work)


ARGUMENTS = {"HELD_BY": "representative", "FROM_MUNICIPALITY": "municipality"}
"""What appointing calls what a record calls otherwise."""


async def _check(
    writer: Writer, records: Sequence[Record], tenure: str, arguments: Mapping[str, str] = ARGUMENTS
) -> None:
    """BadInput at the argument from which the first fault of the records stems."""
    try:
        await check(writer.run, records)
        await check_tenures(writer.run, records)
    except InvalidRecords as error:
        id, fault = error.faults[0]
        name = arguments.get(fault.where, fault.where)
        path = (name,) if id == tenure else ("newRepresentative", name)
        raise BadInput(f"{name} {fault.what}.", path) from error
