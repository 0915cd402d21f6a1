"""The input of a command: a fault in what it makes of it is told at the field that says it, in the contract's words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from graph import wording
from graph.commands.checking import InvalidRecords, numbered, wrong
from graph.commands.storing import Run, marks
from graph.errors import BadInput, NotFound, Path
from graph.labels import one_of
from graph.model import kind_of
from graph.record import Edge, Fault, Record


@dataclass(frozen=True, slots=True)
class Input:
    """Where the input says what a record says, and its words for properties and edge types.

    >>> Input({"SERVES": "targetGroups"}, ("offer",)).place("offer:a", "SERVES[2].approved")
    ('offer', 'targetGroups', 2, 'approved')
    """

    names: Mapping[str, str] = field(default_factory=dict)
    path: Path = ()

    def place(self, id: str, where: str) -> Path:
        """The path to what `Fault.where` tells of the record `id`."""
        parts, kind = _WHERE.fullmatch(where), kind_of(id)
        assert parts is not None and kind is not None
        name, n, inner = parts.groups()
        path = (*self.path, self.names.get(name, name))
        if n is not None and name in kind.edges and kind.edges[name].many:
            path = (*path, int(n))
        return (*path, self.names.get(inner, inner)) if inner else path


LONGEST_LIST = 200
"""So many things may be named in one field, at most."""

Inputs = Mapping[str, Input]
"""By the ids of the records that the input makes or changes."""

_WHERE = re.compile(r"(\w+)(?:\[(\d+)\])?(?:\.(\w+))?")


async def check_input(
    run: Run, records: Sequence[Record], inputs: Inputs, there: Collection[str] | None = None
) -> None:
    """Raise BadInput where `records`, which `inputs` say, are wrong by themselves; NotFound for what is not there.

    `there` is what of all that they name is in the graph, where that is known already.
    """
    for record, where, edge in _edges(records):
        if not _fits(record, edge):
            raise _not_there(record, where, edge, inputs)
    with told_of(inputs):
        if found := [*_too_many(records), *wrong(records)]:
            raise InvalidRecords(found)
    given = {record.id for record in records}
    if there is None:
        there = await marks(run, {edge.target for _, _, edge in _edges(records)} - given)
    for record, where, edge in _edges(records):
        if edge.target not in given and edge.target not in there:
            raise _not_there(record, where, edge, inputs)


def _too_many(records: Sequence[Record]) -> Iterator[tuple[str, Fault]]:
    for record, where, _ in _edges(records):
        if where.endswith(f"[{LONGEST_LIST}]"):
            yield record.id, Fault(where.partition("[")[0], wording.TOO_MANY(most=LONGEST_LIST))


def _edges(records: Sequence[Record]) -> Iterator[tuple[Record, str, Edge]]:
    for record in records:
        for where, edge in numbered(record.edges):
            yield record, where, edge


def _fits(record: Record, edge: Edge) -> bool:
    kind = kind_of(edge.target)
    return kind is not None and kind.name in record.kind.edges[edge.type].targets


def _not_there(record: Record, where: str, edge: Edge, inputs: Inputs) -> NotFound:
    told = wording.NONE_THERE(kinds=one_of(record.kind.edges[edge.type].targets), id=repr(edge.target))
    return NotFound(told, inputs[record.id].place(record.id, where))


@contextmanager
def told_of(inputs: Inputs) -> Iterator[None]:
    """BadInput at the field that says it, instead of InvalidRecords. Of several faults the first is told."""
    try:
        yield
    except InvalidRecords as error:
        id, fault = error.faults[0]
        path = inputs.get(id, Input()).place(id, fault.where)
        name = next(step for step in reversed(path) if isinstance(step, str))
        raise BadInput(fault.told(name), path) from error
