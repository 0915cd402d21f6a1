"""What must hold of records before they are written: the model's rules, sense, and that what they name exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from graph import wording
from graph.commands.storing import Run, marks
from graph.errors import BadInput
from graph.labels import inner
from graph.model import Type, kind_of
from graph.record import Edge, Fault, Record, faults
from graph.told import Told


class InvalidRecords(BadInput):
    """Records that cannot be written. `faults` lists all that is wrong with them, each with the record's id."""

    def __init__(self, faults: Sequence[tuple[str, Fault]]) -> None:
        self.faults = tuple(faults)
        da = "\n".join(f"{id}: {fault.where} {fault.what.da}" for id, fault in self.faults)
        en = "\n".join(f"{id}: {fault.where} {fault.what.en}" for id, fault in self.faults)
        super().__init__(Told(da, en), (self.faults[0][1].where,))


def complete(record: Record) -> Record:
    """`record` without what is null, and without the version, which is counted where it is written."""
    properties = {name: value for name, value in record.properties.items() if value is not None and name != "version"}
    return Record(record.id, properties, tuple(record.edges))


async def check(run: Run, records: Sequence[Record]) -> None:
    """Raise InvalidRecords with everything that is wrong with `records`, taken together and with the graph."""
    found = [*wrong(records), *await _missing(run, records)]
    if found:
        raise InvalidRecords(found)


def in_order(records: Sequence[Record]) -> list[Record]:
    """`records` so that each comes after those it names. Raises InvalidRecords when they go round in a circle."""
    by_id = {record.id: record for record in records}
    named = {record.id: [edge.target for edge in record.edges if edge.target in by_id] for record in records}
    try:
        return [by_id[id] for id in TopologicalSorter(named).static_order()]
    except CycleError as error:
        circle: list[str] = error.args[1]
        raise InvalidRecords([(circle[0], Fault("id", wording.ROUND(circle=" ← ".join(circle))))]) from None


def wrong(records: Iterable[Record]) -> Iterator[tuple[str, Fault]]:
    """All that is wrong with `records`, taken by themselves, each with the record's id."""
    seen: set[str] = set()
    for record in records:
        found = list(faults(_with_version(record)))
        if record.id in seen:
            found.append(Fault("id", wording.TWO_RECORDS()))
        seen.add(record.id)
        found.extend(_repeated(record))
        found.extend(_unattached(record))
        if not found:
            found.extend(nonsense(record))
        yield from ((record.id, fault) for fault in found)


def _with_version(record: Record) -> Record:
    kind = kind_of(record.id)
    versioned = kind is not None and "version" in kind.properties
    return Record(record.id, {**record.properties, "version": 1}, record.edges) if versioned else record


def numbered(edges: Iterable[Edge]) -> Iterator[tuple[str, Edge]]:
    """Each of `edges` with where it stands: `GIVES[2]` is the third of its type."""
    counts: dict[str, int] = {}
    for edge in edges:
        n = counts[edge.type] = counts.get(edge.type, -1) + 1
        yield f"{edge.type}[{n}]", edge


def _repeated(record: Record) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for where, edge in numbered(record.edges):
        if (edge.type, edge.target) in seen:
            yield Fault(where, wording.TWICE(target=repr(edge.target)))
        seen.add((edge.type, edge.target))


_ATTACHED = {"seat": ("SEAT_OF",), "tenure": ("IN_SEAT", "HELD_BY")}
"""The edges without which a record says nothing, by kind."""


def _unattached(record: Record) -> Iterator[Fault]:
    kind = kind_of(record.id)
    given = {edge.type for edge in record.edges}
    for type in _ATTACHED.get(kind.name, ()) if kind else ():
        if type not in given:
            yield Fault(type, wording.REQUIRED())


async def _missing(run: Run, records: Iterable[Record]) -> list[tuple[str, Fault]]:
    records = list(records)
    given = {record.id for record in records}
    there = await marks(run, {edge.target for record in records for edge in record.edges} - given)
    return [
        (record.id, Fault(edge.type, wording.UNKNOWN(target=repr(edge.target))))
        for record in records
        for edge in record.edges
        if edge.target not in given and edge.target not in there
    ]


_NEVER_NEGATIVE = ("places", "free", "waitingDays", "amount", "ownPayment", "ageFrom", "ageTo", "population",
                   "assumedOccupancyPercent", "statutorySize")  # fmt: skip
_ORDERED = (("validFrom", "validTo"), ("openFrom", "closedOn"), ("ageFrom", "ageTo"))
LONGEST, LONGEST_TEXT = {"name": 300, "title": 300}, 20_000
"""Characters of a text, at most: of a name, which is indexed, and of any other."""
YEARS = (1900, 2200)
_URLS = ("url", "reportUrl")
_URL = re.compile(r"https?://[^\s]+\Z", re.IGNORECASE)  # what else a page makes a link of can be made to run
_WITHIN = {"latitude": 90.0, "longitude": 180.0}


def nonsense(record: Record) -> Iterator[Fault]:
    """What the model allows of `record` and yet cannot be meant, such as 12 free of 10 places."""
    properties = record.properties
    for name in _NEVER_NEGATIVE:
        if name in properties and Decimal(properties[name]) < 0:
            yield Fault(name, wording.NEGATIVE(value=properties[name]))
    free, places = properties.get("free"), properties.get("places")
    if free is not None and places is not None and free > places:
        yield Fault("free", wording.FREE_ABOVE_PLACES(free=free, places=places))
    for first, last in _ORDERED:
        if first in properties and last in properties and properties[first] > properties[last]:
            start, value = properties[first], properties[last]
            if record.kind.properties[first] is Type.DATE:
                start, value = date.fromisoformat(start), date.fromisoformat(value)
                yield Fault(last, wording.BEFORE_FIRST(value=value, first=inner(first), start=start))
            else:
                yield Fault(last, wording.BELOW_FIRST(value=value, first=inner(first), start=start))
    for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
        if one in properties and other not in properties:
            yield Fault(one, wording.HALF_A_POINT(other=inner(other)))
    for name, value in properties.items():
        most = LONGEST.get(name, LONGEST_TEXT)
        if isinstance(value, str) and len(value) > most:
            yield Fault(name, wording.TOO_LONG(most=most, length=len(value)))
        if name in _URLS and not _URL.match(value):
            yield Fault(name, wording.NO_URL(value=repr(value[:80])))
    if (year := properties.get("year")) is not None and not YEARS[0] <= year <= YEARS[1]:
        yield Fault("year", wording.OUTSIDE(value=year, least=YEARS[0], most=YEARS[1]))
    for name, bound in _WITHIN.items():
        if name in properties and abs(properties[name]) > bound:
            yield Fault(name, wording.BEYOND_DEGREES(value=properties[name], bound=bound))
