"""What must hold of records before they are written: the model's rules, sense, and that what they name exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from graph.commands.storing import Run, marks
from graph.errors import BadInput, NotFound
from graph.model import kind_of
from graph.record import Fault, Record, faults


class InvalidRecords(BadInput):
    """Records that cannot be written. `faults` lists all that is wrong with them, each with the record's id."""

    def __init__(self, faults: Sequence[tuple[str, Fault]]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0][1]
        super().__init__("\n".join(f"{id}: {fault.where} {fault.what}" for id, fault in self.faults), (first.where,))


def complete(record: Record) -> Record:
    """`record` without what is null, and without the version, which is counted where it is written."""
    properties = {name: value for name, value in record.properties.items() if value is not None and name != "version"}
    return Record(record.id, properties, tuple(record.edges))


async def check(run: Run, records: Sequence[Record]) -> None:
    """Raise InvalidRecords with everything that is wrong with `records`, taken together and with the graph."""
    found = [*_faults(records), *await _missing(run, records)]
    if found:
        raise InvalidRecords(found)


async def must_exist(run: Run, records: Sequence[Record]) -> None:
    """Raise NotFound where one of `records` names what is neither among them nor in the graph, or of another kind."""
    given = {record.id for record in records}
    for record in records:
        for edge in record.edges:
            kind, targets = kind_of(edge.target), record.kind.edges[edge.type].targets
            right = kind is not None and kind.name in targets
            if not right or not (edge.target in given or await marks(run, [edge.target])):
                raise NotFound(f"There is no {' or '.join(targets)} {edge.target!r}.")


def in_order(records: Sequence[Record]) -> list[Record]:
    """`records` so that each comes after those it names. Raises InvalidRecords when they go round in a circle."""
    by_id = {record.id: record for record in records}
    named = {record.id: [edge.target for edge in record.edges if edge.target in by_id] for record in records}
    try:
        return [by_id[id] for id in TopologicalSorter(named).static_order()]
    except CycleError as error:
        circle: list[str] = error.args[1]
        raise InvalidRecords([(circle[0], Fault("id", f"goes round in a circle: {' ← '.join(circle)}"))]) from None


def _faults(records: Sequence[Record]) -> Iterator[tuple[str, Fault]]:
    seen: set[str] = set()
    for record in records:
        found = list(faults(_with_version(record)))
        if record.id in seen:
            found.append(Fault("id", "is given twice"))
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


def _repeated(record: Record) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for edge in record.edges:
        if (edge.type, edge.target) in seen:
            yield Fault(edge.type, f"names {edge.target!r} twice")
        seen.add((edge.type, edge.target))


_ATTACHED = {"seat": ("SEAT_OF",), "tenure": ("IN_SEAT", "HELD_BY")}
"""The edges without which a record says nothing, by kind."""


def _unattached(record: Record) -> Iterator[Fault]:
    kind = kind_of(record.id)
    given = {edge.type for edge in record.edges}
    for type in _ATTACHED.get(kind.name, ()) if kind else ():
        if type not in given:
            yield Fault(type, "is required")


async def _missing(run: Run, records: Iterable[Record]) -> list[tuple[str, Fault]]:
    records = list(records)
    given = {record.id for record in records}
    there = await marks(run, {edge.target for record in records for edge in record.edges} - given)
    return [
        (record.id, Fault(edge.type, f"names {edge.target!r}, which does not exist"))
        for record in records
        for edge in record.edges
        if edge.target not in given and edge.target not in there
    ]


_NEVER_NEGATIVE = ("places", "free", "waitingDays", "amount", "ownPayment", "ageFrom", "ageTo", "population",
                   "assumedOccupancyPercent", "statutorySize")  # fmt: skip
_ORDERED = (("validFrom", "validTo"), ("openFrom", "closedOn"), ("ageFrom", "ageTo"), ("free", "places"))
_WITHIN = {"latitude": 90.0, "longitude": 180.0}


def nonsense(record: Record) -> Iterator[Fault]:
    """What the model allows of `record` and yet cannot be meant, such as 12 free of 10 places."""
    properties = record.properties
    for name in _NEVER_NEGATIVE:
        if name in properties and Decimal(properties[name]) < 0:
            yield Fault(name, f"is negative: {properties[name]}")
    for first, second in _ORDERED:
        if first in properties and second in properties and properties[first] > properties[second]:
            if first == "free":
                yield Fault(first, f"is {properties[first]}, more than the {properties[second]} places")
            else:
                yield Fault(second, f"is {properties[second]}, less than {first}: {properties[first]}")
    for name, bound in _WITHIN.items():
        if name in properties and abs(properties[name]) > bound:
            yield Fault(name, f"is {properties[name]}, beyond {bound:g} degrees")
