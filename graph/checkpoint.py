"""A checkpoint: what the memory is made of, as the graph held it at one position of the ledger, in a file.

    tilbudsvifte checkpoint 1 <SHA-256 of the rest>
    {"position": …, "change": SHA-256 of the change there, "migrations": …, "nodes": {statement: nodes, …}}

`nodes` are what the engine answers to the statements of `graph.reading`. Whoever asks another statement, because the
model or what is read of it has changed, finds no answer, and reads the graph. No need is ever in it, but the places of
protected addresses are: the file is for its owner's eyes only.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from graph.database import Database
from graph.garbage import uncollected
from graph.ledger import Change, Ledger
from graph.migrations import MIGRATIONS
from graph.model import KINDS
from graph.reading import TIMEOUT, Kinds, Properties, names_of, records_of, statement
from graph.record import Record

MAGIC = b"tilbudsvifte checkpoint 1 "
SLICE = 250
"""Nodes that are read at once: few enough for questions to be answered in between."""

Readings = Iterable[tuple[Kinds, Properties]]


class Unusable(Exception):
    """The file is no checkpoint that can be used. The message says why."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A checkpoint as the text of its file, in parts."""

    position: int
    parts: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint as it is read: a `Whole`, with everything in it that was read of the graph."""

    position: int
    change: str
    """The digest of the last change that is in it: no other ledger has the same at that position."""
    nodes: Mapping[str, list[Any]]
    """By the statement that reads them."""

    def ends_with(self, change: Change) -> bool:
        """Whether this is the last change that is in it."""
        return (self.position, self.change) == (change.position, _digest([orjson.dumps(change)]))

    async def read(self, kinds: Kinds, properties: Properties | None = None) -> list[Record]:
        """As `read_records`. KeyError for what is not in it."""
        return await asyncio.to_thread(self._records, kinds, properties or {})

    def _records(self, kinds: Kinds, properties: Properties) -> list[Record]:
        return [
            record
            for kind, edges in kinds.items()
            for record in records_of(kind, names_of(kind, properties), edges, self.nodes[_all(kind, edges, properties)])
        ]


async def take(database: Database, ledger: Ledger, readings: Readings) -> Draft | None:
    """A checkpoint of the graph as it is now.

    None where there is nothing to stand at, or where something was written meanwhile: the graph is read in many
    statements, and what they say must hold together. Raises Unavailable as `Database.read` does.
    """
    before = await ledger.tip()
    if before.last is None:
        return None
    parts: list[bytes] = []
    for key, (kind, edges, properties) in _statements(readings).items():
        slices = [some async for some in _slices(database, kind, edges, properties)]
        parts += (b"," if parts else b"", orjson.dumps(key), b":[", b",".join(slices), b"]")
    if await ledger.tip() != before:
        return None
    position, change = before.last.position, _digest([orjson.dumps(before.last)])
    head = {"position": position, "change": change, "migrations": _newest()}
    return Draft(position, (orjson.dumps(head)[:-1], b',"nodes":{', *parts, b"}}"))


async def _slices(database: Database, kind: str, edges: Sequence[str], properties: Properties) -> AsyncIterator[bytes]:
    """All nodes of a kind, some at a time, as JSON without the brackets around them."""
    label = KINDS[kind].label
    some = statement(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})", kind, names_of(kind, properties), edges)
    (every,) = await database.read(f"MATCH (n:{label}) RETURN collect(n.id) AS ids", timeout=TIMEOUT)
    for start in range(0, len(every["ids"]), SLICE):
        (row,) = await database.read(some, {"ids": every["ids"][start : start + SLICE]}, timeout=TIMEOUT)
        if row["nodes"]:
            yield orjson.dumps(row["nodes"])[1:-1]


def write(path: Path, taken: Draft) -> None:
    """Puts a checkpoint in place of the one in `path`: whole or not at all. Raises OSError."""
    draft = path.with_name(f"{path.name}.draft")
    draft.unlink(missing_ok=True)
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
            file.write(MAGIC + _digest(taken.parts).encode() + b"\n")
            file.writelines(taken.parts)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def load(path: Path, readings: Readings) -> Checkpoint | None:
    """The checkpoint in `path`, in which all `readings` can be read; None where there is none. Raises Unusable."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unusable(f"it cannot be read: {error.strerror}") from error
    if not head.startswith(MAGIC):
        raise Unusable("it is none, or of another version")
    if head != MAGIC + _digest([body]).encode():
        raise Unusable("it is damaged")
    with uncollected():
        found = orjson.loads(body)
    if found["migrations"] != _newest():
        raise Unusable("it was made before the graph was migrated, or after")
    if not found["nodes"].keys() >= _statements(readings).keys():
        raise Unusable("it holds other things than are read now")
    return Checkpoint(found["position"], found["change"], found["nodes"])


def _statements(readings: Readings) -> dict[str, tuple[str, Sequence[str], Properties]]:
    """Kind, edges and properties of each statement that is needed, once."""
    return {
        _all(kind, edges, properties): (kind, edges, properties)
        for kinds, properties in readings
        for kind, edges in kinds.items()
    }


def _all(kind: str, edges: Sequence[str], properties: Properties) -> str:
    """The statement that reads all nodes of a kind."""
    return statement(f"MATCH (n:{KINDS[kind].label})", kind, names_of(kind, properties), edges)


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def _newest() -> int:
    return max(migration.version for migration in MIGRATIONS)
