"""What is recorded about an offer over time: its capacity, prices and approvals.

A dated fact is added and never overwritten. On a day that several are valid for, the one with the latest
`validFrom` is in force; one that is recorded for the same day as an earlier one ends the validity of that on the
day it began, so that there is one answer and both stay on record.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from graph import wording
from graph.actor import Actor, Role
from graph.commands.checking import complete
from graph.commands.desk import Desk, Done, Work, command
from graph.commands.fields import FACTS, draft
from graph.commands.inputs import Input, check_input
from graph.commands.receipts import Call
from graph.commands.rules import grants, must_reach
from graph.commands.storing import Held, Run, ended, held_by, stored, write
from graph.errors import BadInput
from graph.labels import label
from graph.ledger import Turn
from graph.record import Edge, Record

_NAMES = dict.fromkeys(FACTS.values(), "offer") | {"STATED_IN": "source", "GRANTED_BY": "authority"}


MOST, DECIMALS = 1_000_000_000, 4
"""An amount in DKK is less than this, and has no more decimals."""


class Facts(Desk):
    """Each receipt names the `offer`."""

    @command(Role.EDITOR)
    def record_capacity(
        self,
        call: Call,
        *,
        offer: str,
        counted_on: date,
        places: int | None = None,
        free: int | None = None,
        waiting_days: int | None = None,
        source: str | None = None,
        keep_places: bool = False,
    ) -> Work:
        """The places of an offer as they were counted on a day; null is not known.

        With `keep_places`, as many places in all as there were, where `places` does not say otherwise: who counts the
        free ones may have begun before someone else recorded that there are more.
        Raises BadInput (negative, more free than places, counted in the future, nothing counted), NotFound.
        """
        if places is None and free is None and waiting_days is None:
            raise BadInput(wording.NOTHING_COUNTED(), ("free",))
        self._not_in_the_future("countedOn", counted_on)
        counted = {"places": places, "free": free, "waitingDays": waiting_days, "countedOn": counted_on.isoformat()}
        stays = ("places",) if keep_places else ()
        return self._record(call.actor, "capacity", offer, counted, counted_on, source, stays=stays)

    @command(Role.EDITOR)
    def record_price(
        self,
        call: Call,
        *,
        offer: str,
        amount: Decimal,
        unit: str,
        year: int,
        valid_from: date,
        model: str | None = None,
        own_payment: Decimal | None = None,
        text: str | None = None,
        source: str | None = None,
    ) -> Work:
        """A price in DKK from a day on. Another model of price is another price, in force beside the first.

        Raises BadInput (negative, no such unit or model), NotFound.
        """
        for name, value in (("amount", amount), ("ownPayment", own_payment)):
            if value is not None and not _sane(value):
                what = wording.NO_AMOUNT(most=f"{MOST:,}".replace(",", " "), decimals=DECIMALS)
                raise BadInput(wording.FAULT(label=label(name), what=what), (name,))
        priced = {
            "amount": f"{amount:f}",
            "unit": unit,
            "model": model,
            "year": year,
            "ownPayment": None if own_payment is None else f"{own_payment:f}",
            "text": text,
        }
        return self._record(call.actor, "price", offer, priced, valid_from, source)

    @command(Role.EDITOR)
    def record_approval(
        self,
        call: Call,
        *,
        offer: str,
        status: str,
        valid_from: date,
        authority: str | None = None,
        conditions: str | None = None,
        report_on: date | None = None,
        report_url: str | None = None,
        source: str | None = None,
    ) -> Work:
        """What the authority decided about an offer, from a day on. Its editors record that of any offer.

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
        granted = (Edge("GRANTED_BY", authority),) if authority is not None else ()
        return self._record(call.actor, "approval", offer, decided, valid_from, source, granted)

    def _record(
        self,
        actor: Actor,
        kind: str,
        offer: str,
        stated: dict[str, Any],
        valid_from: date,
        source: str | None,
        edges: tuple[Edge, ...] = (),
        stays: tuple[str, ...] = (),
    ) -> Work:
        """A new fact. What `stays`, and is not stated, is what the one that it takes over from says."""
        marked = {"dataStatus": "SOURCED", "verifiedOn": self._clock.today().isoformat()}
        stating = (Edge("STATED_IN", source),) if source is not None else ()
        about = (Edge(FACTS[kind], offer), *edges, *stating)
        new = complete(Record(self.new_id(kind), {**stated, "validFrom": valid_from.isoformat(), **marked}, about))

        async def work(turn: Turn) -> Done:
            before = await _in_force(turn.run, new, offer)
            fact = new if before is None else _keeping(stays, before.record, new)
            there = await stored(turn.run, {edge.target for edge in fact.edges})
            await check_input(turn.run, [fact], {fact.id: Input(_NAMES)}, there)
            if not grants(actor, (edge.target for edge in edges)):
                await must_reach(turn.run, actor, there[offer], ("offer",))
            if before is not None and before.record.properties.get("validFrom") == valid_from.isoformat():
                await _end(turn, before)
            await write(turn, [fact], {})
            return Done([draft(actor, before and before.record, fact)], {"offer": offer})

        return work


def _keeping(names: tuple[str, ...], before: Record, new: Record) -> Record:
    """`new`, with those of the properties `names` that it does not state as they were before."""
    kept = {name: before.properties[name] for name in names if name in before.properties}
    return replace(new, properties={**kept, **new.properties})


def _sane(amount: Decimal) -> bool:
    # An amount such as 1E+999999999 is short until it is written out.
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -DECIMALS and amount.adjusted() < 15 and abs(amount) < MOST


async def _in_force(run: Run, new: Record, offer: str) -> Held | None:
    """The fact that `new` takes over from: in force on the day that `new` is valid from."""
    kind = new.kind
    found = await held_by(
        run,
        f"MATCH (:Offer {{id: $offer}})<-[:{FACTS[kind.name]}]-(n:{kind.label}) "
        "WHERE coalesce(n.validFrom, '') <= $day AND $day < coalesce(n.validTo, '9999') "
        "AND coalesce(n.model, '') = $model WITH n ORDER BY coalesce(n.validFrom, '') DESC, n.id DESC LIMIT 1",
        {"offer": offer, "day": new.properties["validFrom"], "model": new.properties.get("model", "")},
    )
    return next(iter(found.values()), None)


async def _end(turn: Turn, fact: Held) -> None:
    """It was valid from a day on; it is valid on none."""
    record, mark = fact
    day = record.properties["validFrom"]
    await turn.run(
        f"MATCH (n:{record.kind.label} {{id: $id}}) SET n.validTo = $day, n.endings = $endings",
        {"id": record.id, "day": day, "endings": ended(mark, day, turn.at)},
    )
