"""The loader: a folder of files becomes records, all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from graph.actor import SYSTEM
from graph.commands import Call, Commands, ImportResult
from graph.record import Record, faults
from seeds.files import SeedFault, SeedFaults, documents
from seeds.reader import Reading
from seeds.records import records
from seeds.values import Context

CONTENT = Path(__file__).parent / "content"
"""The first content of the directory."""

__all__ = ["CONTENT", "SeedFault", "SeedFaults", "load", "read"]


def read(folder: Path, today: date) -> list[Record]:
    """The records that the files under `folder` hold, with relative dates counted from `today`.

    The same files give the same records on the same day. Raises SeedFaults, which lists everything that is wrong.
    """
    found, unreadable = documents(folder)
    reading = Reading()
    reading.names.complete = not unreadable
    files = reading.entries(found, Context(today, reading.names))
    if wrong := [*unreadable, *reading.faults]:
        raise SeedFaults(wrong)
    made = [record for file in files for record in records(file, reading.names)]
    if wrong := [SeedFault(folder.name, 1, field, what) for field, what in _unfit(made)]:
        raise SeedFaults(wrong)
    return made


def _unfit(made: list[Record]) -> Iterator[tuple[str, str]]:
    """What the model would refuse of the records as a whole, by id and field."""
    counts = Counter(record.id for record in made)
    yield from ((id, "is there more than once") for id, count in counts.items() if count > 1)
    for record in made:
        for fault in faults(record):
            yield f"{record.id}.{fault.where}", str(fault.what)
        for edge in record.edges:
            if edge.target not in counts:
                yield f"{record.id}.{edge.type}", f"{edge.target} is in none of the files"


async def load(commands: Commands, folder: Path, today: date) -> ImportResult:
    """Read `folder` and import what it holds in one batch. What the graph holds already stays untouched."""
    return await commands.import_records(Call(SYSTEM), read(folder, today), label=f"seeds/{folder.name}")
