"""What a database must know before it is used: constraints and indexes, in versions, each applied once.

Most of it follows from `graph.model.KINDS`. Definitions may be run again without harm, so when the model
gains a kind or an index, a new migration that defines everything anew is enough.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from graph.database import Database, Row, Writer
from graph.dialect import Dialect
from graph.engines import Engine
from graph.errors import GraphError
from graph.model import KINDS, Type

TURN = asyncio.Lock()
"""One at a time within a process: the embedded engine lets two transactions write a node, and fails the later."""

PATIENCE = 600.0
"""Seconds that a process may take to migrate, or to wait for another that does."""


class NewerDatabase(GraphError):
    """The database was migrated by a newer version of the service."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step. `apply` must bear being run again after it was cut short."""

    version: int
    name: str
    apply: Callable[[Database], Awaitable[None]]


def definitions(dialect: Dialect) -> Iterator[str]:
    """The schema of the model, as statements of `dialect`."""
    for kind in KINDS.values():
        # Only what is indexed is declared; engines keep the other properties as they come.
        indexed = [*(["nameOrder"] if kind.named else []), *(["validFrom"] if "validFrom" in kind.properties else [])]
        texts = {name: kind.properties[name] for name in kind.fulltext}
        yield from dialect.label(kind.label, {"id": Type.STRING, **dict.fromkeys(indexed, Type.STRING), **texts})
        yield from dialect.unique(kind.label, "id")
        for property in indexed:
            yield from dialect.index(kind.label, property)
        if kind.fulltext:
            yield from dialect.fulltext_index(kind)
    for type in sorted({type for kind in KINDS.values() for type in kind.edges}):
        yield from dialect.edge(type)
    yield from dialect.label("Ledger", {"id": Type.STRING})
    yield from dialect.unique("Ledger", "id")
    yield from dialect.label("Change", {"id": Type.STRING, "position": Type.INTEGER, "subject": Type.STRING})
    yield from dialect.unique("Change", "id")
    yield from dialect.unique("Change", "position")
    yield from dialect.index("Change", "subject")
    yield from dialect.edge("TOUCHES")
    yield from dialect.label("Receipt", {"id": Type.STRING})
    yield from dialect.unique("Receipt", "id")
    yield from dialect.settle()


async def _define(database: Database) -> None:
    for statement in definitions(database.dialect):
        await database.define(statement)
    # Two processes that made it with their first writes would be in each other's way.
    await database.write(lambda w: w.run("MERGE (l:Ledger {id: 'ledger'}) ON CREATE SET l.position = 0"))


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "the directory and its ledger", _define),
    Migration(2, "boards, seats, agreements and knowledge", _define),
    Migration(3, "receipts, and decisions that were replaced", _define),
)


async def pending(target: Engine | Database, migrations: tuple[Migration, ...] = MIGRATIONS) -> tuple[Migration, ...]:
    """The migrations that the database still lacks, in order. Raises NewerDatabase."""
    database = target if isinstance(target, Database) else target.database
    rows = await database.read("MATCH (m:Migration) WHERE m.version > 0 RETURN m.version AS version, m.name AS name")
    return _lacking(rows, migrations)


async def migrate(target: Engine | Database, migrations: tuple[Migration, ...] = MIGRATIONS) -> list[str]:
    """Apply what the database lacks; the names of what was applied. Processes that come at once wait in turn."""
    database = target if isinstance(target, Database) else target.database
    if not await pending(database, migrations):
        return []
    for statement in (
        *database.dialect.label("Migration", {"version": Type.INTEGER}),
        *database.dialect.unique("Migration", "version"),
    ):
        await database.define(statement)

    async def under_lock(writer: Writer) -> list[str]:
        # Whoever writes the node first holds it until its transaction ends, even by a crash; others wait here.
        await writer.run("MERGE (lock:Migration {version: 0}) SET lock.name = 'lock', lock.taken = $now", _now())
        applied = []
        for migration in await pending(database, migrations):
            await migration.apply(database)
            await database.write(partial(_record, migration))
            applied.append(migration.name)
        return applied

    async with TURN:
        return await database.write(under_lock, timeout=PATIENCE)


async def _record(migration: Migration, writer: Writer) -> None:
    await writer.run(
        "MERGE (m:Migration {version: $version}) SET m.name = $name, m.appliedAt = $now",
        {"version": migration.version, "name": migration.name, **_now()},
    )


def _now() -> dict[str, str]:
    return {"now": datetime.now(UTC).isoformat(timespec="seconds")}


def _lacking(rows: list[Row], migrations: tuple[Migration, ...]) -> tuple[Migration, ...]:
    known = {migration.version for migration in migrations}
    applied = {row["version"]: row["name"] for row in rows}
    if strange := sorted(version for version in applied if version not in known):
        raise NewerDatabase(
            f"The database was made by a newer version: its migration {strange[-1]} ({applied[strange[-1]]!r}) is "
            f"unknown here, where {max(known)} is the newest. Update tilbudsvifte, or choose another database."
        )
    return tuple(migration for migration in migrations if migration.version not in applied)
