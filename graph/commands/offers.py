"""What is recorded about an offer over time: its capacity, prices and approvals; and that it closes.

A dated fact is added and never overwritten. On a day that several are valid for, the one with the latest
`validFrom` is in force; one that is recorded for the same day as an earlier one ends the validity of that on the
day it began, so that there is one answer and both stay on record.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from graph.commands.checking import check, complete, must_exist, nonsense
from graph.commands.desk import Desk
from graph.commands.fields import FACTS, draft
from graph.commands.saving import expect_version
from graph.commands.storing import marks, stored, write
from graph.database import Writer
from graph.errors import BadInput
from graph.ledger import Draft
from graph.model import KINDS, kind_of
from graph.record import Edge, Record


class Offers(Desk):
    async def record_capacity(
        self,
        offer: str,
        *,
        counted_on: date,
        actor: str,
        places: int | None = None,
        free: int | None = None,
        waiting_days: int | None = None,
        source: str | None = None,
        data_status: str = "SOURCED",
    ) -> int:
        """The places of an offer as they were counted on a day; null is not known. Returns the position.

        Raises BadInput (negative, more free than places, counted in the future, nothing counted), NotFound.
        """
        if places is None and free is None and waiting_days is None:
            raise BadInput("places, free or waitingDays must be given.", ("free",))
        self._not_in_the_future("countedOn", counted_on)
        counted = {"places": places, "free": free, "waitingDays": waiting_days, "countedOn": counted_on.isoformat()}
        return await self._record("capacity", offer, counted, counted_on, source, data_status, actor)

    async def record_price(
        self,
        offer: str,
        *,
        amount: Decimal,
        unit: str,
        year: int,
        valid_from: date,
        actor: str,
        model: str | None = None,
        own_payment: Decimal | None = None,
        text: str | None = None,
        source: str | None = None,
        data_status: str = "SOURCED",
    ) -> int:
        """A price in DKK from a day on. Another model of price is another price, in force beside the first.

        Returns the position. Raises BadInput (negative, no such unit or model), NotFound.
        """
        priced = {
            "amount": f"{amount:f}",
            "unit": unit,
            "model": model,
            "year": year,
            "ownPayment": None if own_payment is None else f"{own_payment:f}",
            "text": text,
        }
        return await self._record("price", offer, priced, valid_from, source, data_status, actor)

    async def record_approval(
        self,
        offer: str,
        *,
        status: str,
        valid_from: date,
        actor: str,
        authority: str | None = None,
        conditions: str | None = None,
        report_on: date | None = None,
        report_url: str | None = None,
        source: str | None = None,
        data_status: str = "SOURCED",
    ) -> int:
        """What the authority decided about an offer, from a day on. Returns the position.

        Raises BadInput (no such status, a report from the future), NotFound.
        """
        if report_on is not None:
            self._not_in_the_future("reportOn", report_on)
        decided = {
            "status": status,
            "conditions": conditions,
            "reportOn": None if report_on is None else report_on.isoformat(),
            "reportUrl": report_url,
        }
        granted = (Edge("GRANTED_BY", authority),) if authority else ()
        return await self._record("approval", offer, decided, valid_from, source, data_status, actor, granted)

    async def close_offer(self, id: str, *, closed_on: date, expected_version: int, actor: str) -> int:
        """The offer is open until the day before `closed_on`. Returns the position.

        Raises BadInput (before it opened), Conflict (another version), NotFound.
        """

        async def work(writer: Writer) -> Sequence[Draft]:
            known = await marks(writer.run, _of_kind("offer", id))
            expect_version(id, {id: mark.version for id, mark in known.items()}, expected_version)
            before = (await stored(writer.run, [id]))[id]
            after = Record(id, {**before.properties, "closedOn": closed_on.isoformat()}, before.edges)
            if after == before:
                return []
            for fault in nonsense(after):
                raise BadInput(f"{fault.where} {fault.what}.", (fault.where,))
            await write(writer, [after], known)
            return [draft(actor, before, after)]

        return await self._ledger.commit(work)

    def _not_in_the_future(self, name: str, day: date) -> None:
        if day > self._clock.today():
            raise BadInput(f"{name} is {day}, which is in the future.", (name,))

    async def _record(
        self,
        kind: str,
        offer: str,
        stated: dict[str, Any],
        valid_from: date,
        source: str | None,
        data_status: str,
        actor: str,
        edges: tuple[Edge, ...] = (),
    ) -> int:
        day = valid_from.isoformat()
        marked = {"validFrom": day, "dataStatus": data_status, "verifiedOn": self._clock.today().isoformat()}
        stating = (Edge("STATED_IN", source),) if source else ()
        fact = complete(Record(self.new_id(kind), {**stated, **marked}, (Edge(FACTS[kind], offer), *edges, *stating)))

        async def work(writer: Writer) -> Sequence[Draft]:
            await must_exist(writer.run, [fact])
            await check(writer.run, [fact])
            before = _in_force(await _facts(writer, kind, offer), fact)
            if before is not None and before.properties["validFrom"] == day:
                ended = f"MATCH (n:{KINDS[kind].label} {{id: $id}}) SET n.validTo = $day"
                await writer.run(ended, {"id": before.id, "day": day})
            await write(writer, [fact], {})
            return [draft(actor, before, fact)]

        return await self._ledger.commit(work)


def _of_kind(kind: str, id: str) -> list[str]:
    return [id] if kind_of(id) is KINDS[kind] else []


async def _facts(writer: Writer, kind: str, offer: str) -> list[Record]:
    rows = await writer.run(f"MATCH (:Offer {{id: $offer}})<-[:{FACTS[kind]}]-(f) RETURN f.id AS id", {"offer": offer})
    return list((await stored(writer.run, [row["id"] for row in rows])).values())


def _in_force(facts: Sequence[Record], new: Record) -> Record | None:
    """The fact that `new` takes over from: in force on the day that `new` is valid from."""
    day: str = new.properties["validFrom"]
    model = new.properties.get("model")
    valid = [
        fact
        for fact in facts
        if fact.properties.get("validFrom", "") <= day < fact.properties.get("validTo", "9999")
        and fact.properties.get("model") == model
    ]
    return max(valid, key=lambda fact: (fact.properties.get("validFrom", ""), fact.id), default=None)
