"""What must hold of seats and of people's time in them, which no record can say alone: one holder at a time, no one
twice in one seat, and no one in a seat that does not exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from graph import wording
from graph.commands.checking import InvalidRecords
from graph.commands.storing import Run, stored
from graph.labels import inner
from graph.model import HOLDING
from graph.record import Fault, Record
from graph.told import Told


async def check_tenures(run: Run, records: Sequence[Record]) -> None:
    """Raise InvalidRecords where seats and tenures would not go together once `records`, right by themselves, are
    written."""
    given = {record.id: record for record in records if record.kind.name in ("seat", "tenure")}
    wanted = {_one(record, "IN_SEAT") if record.kind.name == "tenure" else record.id for record in given.values()}
    if not wanted:
        return
    seats = {**await stored(run, wanted - given.keys()), **given}
    in_seats: dict[str, list[Record]] = defaultdict(list)
    for tenure in {**await stored(run, await _tenures(run, wanted)), **given}.values():
        if tenure.kind.name == "tenure":
            in_seats[_one(tenure, "IN_SEAT")].append(tenure)
    found = [
        fault
        for id in sorted(wanted & seats.keys())
        for tenures in [sorted(in_seats[id], key=lambda tenure: (_since(tenure), tenure.id))]
        for fault in (*_outside(seats[id], tenures, given), *_together(tenures, given))
    ]
    if found:
        raise InvalidRecords(found)


def _outside(seat: Record, tenures: Sequence[Record], given: Mapping[str, Record]) -> Iterator[tuple[str, Fault]]:
    """The tenures that begin or end where the seat does not exist. One that is open ends with its seat."""
    first, last, named = _since(seat), _until(seat), repr(seat.id)
    for tenure in tenures:
        since, until = _since(tenure), tenure.properties.get("validTo")
        if not (tenure.id in given or seat.id in given):
            continue
        if since < first:
            where, what = "validFrom", wording.SEAT_NOT_YET(day=_day(since), seat=named, first=_day(first))
        elif since >= last:
            where, what = "validFrom", wording.SEAT_NO_LONGER(day=_day(since), seat=named, last=_day(last))
        elif until and until > last:
            where, what = "validTo", wording.SEAT_ENDS(day=_day(until), seat=named, last=_day(last))
        else:
            continue
        if tenure.id in given:
            yield tenure.id, Fault(where, what)
        else:
            bound = "validFrom" if since < first else "validTo"
            yield seat.id, Fault(bound, wording.LEAVES_OUT(tenure=repr(tenure.id), label=inner(where), what=what))


def _together(tenures: Sequence[Record], given: Collection[str]) -> Iterator[tuple[str, Fault]]:
    """The tenures that cannot both be: of two holders, or twice of one person, with a day in common."""
    for n, later in enumerate(tenures):
        for earlier in tenures[:n]:
            if not (later.id in given or earlier.id in given) or not _overlap(earlier, later):
                continue
            new, old = (later, earlier) if later.id in given else (earlier, later)
            known = {"person": repr(_one(old, "HELD_BY")), "span": _span(old), "tenure": repr(old.id)}
            if _one(new, "HELD_BY") == _one(old, "HELD_BY"):
                yield new.id, Fault("HELD_BY", wording.IN_SEAT_ALREADY(**known))
            elif new.properties["role"] in HOLDING and old.properties["role"] in HOLDING:
                seat = repr(_one(new, "IN_SEAT"))
                yield new.id, Fault("validFrom", wording.HELD_BY_ANOTHER(day=_day(_since(new)), seat=seat, **known))


def _span(tenure: Record) -> Told:
    since, until = _day(_since(tenure)), tenure.properties.get("validTo")
    return wording.FROM_TO(since=since, until=_day(until)) if until else wording.FROM_ON(since=since)


def _day(day: str) -> date:
    return date.fromisoformat(day)


def _overlap(one: Record, other: Record) -> bool:
    return max(_since(one), _since(other)) < min(_until(one), _until(other))


def _since(record: Record) -> str:
    return str(record.properties.get("validFrom", ""))


def _until(record: Record) -> str:
    """The day on which it is over; later than any where it is not."""
    return str(record.properties.get("validTo", "9999-99"))


def _one(record: Record, type: str) -> str:
    return next(edge.target for edge in record.edges if edge.type == type)


async def _tenures(run: Run, seats: Collection[str]) -> list[str]:
    """The tenures in `seats`, as they are in the graph."""
    found = await run(
        "UNWIND $ids AS id MATCH (:Seat {id: id})<-[:IN_SEAT]-(t) RETURN t.id AS id", {"ids": sorted(seats)}
    )
    return [row["id"] for row in found]
