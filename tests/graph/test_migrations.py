"""Migrations: each applied once, whoever comes first, and never an older code on a newer database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from neo4j.exceptions import ConstraintError

from graph.database import Database
from graph.dialect import ArcadeDialect, Dialect, Neo4jDialect
from graph.engines import Engine
from graph.migrations import MIGRATIONS, Migration, NewerDatabase, definitions, migrate, pending
from graph.model import KINDS

NAMES = [migration.name for migration in MIGRATIONS]
SCHEMA = Path(__file__).parent / "schema.txt"


@pytest.fixture
async def unmigrated(database: Database) -> AsyncIterator[Database]:
    """As if nothing had been applied: the definitions stand, and must bear being made again."""
    await database.write(lambda w: w.run("MATCH (m:Migration) DELETE m"))
    yield database
    await database.write(lambda w: w.run("MATCH (m:Migration) DELETE m"))
    await migrate(database)


async def applied(database: Database) -> list[tuple[int, str]]:
    rows = await database.read(
        "MATCH (m:Migration) WHERE m.version > 0 AND m.appliedAt IS NOT NULL "
        "RETURN m.version AS version, m.name AS name ORDER BY version"
    )
    return [(row["version"], row["name"]) for row in rows]


async def test_each_is_applied_once(unmigrated: Database) -> None:
    assert await pending(unmigrated) == MIGRATIONS
    assert await migrate(unmigrated) == NAMES
    assert await pending(unmigrated) == ()
    assert await migrate(unmigrated) == []
    assert await applied(unmigrated) == [(m.version, m.name) for m in MIGRATIONS]


async def test_of_many_at_once_one_does_it_and_the_others_wait(unmigrated: Database) -> None:
    others = [
        Database(
            unmigrated.uri,
            name=unmigrated.name,
            dialect=unmigrated.dialect,
            auth=unmigrated._auth,
            resolver=unmigrated._resolver,
            definer=unmigrated._definer,
        )
        for _ in range(3)
    ]
    done = await asyncio.gather(migrate(unmigrated), *(migrate(other) for other in others))
    assert sorted(done) == [[], [], [], NAMES]
    assert await applied(unmigrated) == [(m.version, m.name) for m in MIGRATIONS]
    for other in others:
        await other.close()


async def test_a_migration_cut_short_is_taken_up_again(unmigrated: Database) -> None:
    broken = True

    async def define(database: Database) -> None:
        if broken:
            raise RuntimeError("the power went")

    steps = (*MIGRATIONS, Migration(len(MIGRATIONS) + 1, "one more", define))
    with pytest.raises(RuntimeError):
        await migrate(unmigrated, steps)
    assert [m.name for m in await pending(unmigrated, steps)] == ["one more"]
    broken = False
    assert await migrate(unmigrated, steps) == ["one more"]


async def test_a_newer_database_is_refused(unmigrated: Database) -> None:
    newer = replace(MIGRATIONS[-1], version=MIGRATIONS[-1].version + 1, name="seats")
    await migrate(unmigrated, (*MIGRATIONS, newer))
    for refused in (migrate, pending):
        with pytest.raises(NewerDatabase, match=rf"newer version: its migration {newer.version} \('seats'\)"):
            await refused(unmigrated)


@pytest.mark.parametrize("label", [*(kind.label for kind in KINDS.values()), "Ledger", "Change", "Receipt"])
async def test_ids_are_unique(database: Database, label: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.database.REPEATS", 0)  # that it is done again is tested elsewhere, and takes its time
    await database.write(lambda w: w.run(f"CREATE (:{label} {{id: 'x'}})"))
    with pytest.raises(ConstraintError):
        await database.write(lambda w: w.run(f"CREATE (:{label} {{id: 'x'}})"))


async def test_declared_properties_keep_their_types(database: Database) -> None:
    await database.write(lambda w: w.run("CREATE (:Change {id: 'change:10', position: 10, at: 'now'})"))
    await database.write(lambda w: w.run("CREATE (:Change {id: 'change:9', position: 9, at: 'now'})"))
    rows = await database.read("MATCH (c:Change) WHERE c.position > 0 RETURN c.position AS n ORDER BY c.position")
    assert rows == [{"n": 9}, {"n": 10}]


async def test_every_named_kind_has_its_order_indexed(engine: Engine) -> None:
    rows = await engine.database.read("SHOW INDEXES")
    indexed = {(label, *row["properties"]) for row in rows for label in row["labelsOrTypes"] or ()}
    assert {(kind.label, "nameOrder") for kind in KINDS.values() if kind.named} <= indexed
    assert {(kind.label, "validFrom") for kind in KINDS.values() if "validFrom" in kind.properties} <= indexed
    assert {("Change", "position"), ("Change", "subject")} <= indexed


@pytest.mark.parametrize("dialect", [Neo4jDialect(), ArcadeDialect()], ids=lambda dialect: dialect.name)
def test_the_schema_is_the_one_that_the_last_migration_makes(dialect: Dialect) -> None:
    """A database that is in use gets a changed schema by a migration only: add one, then renew the file."""
    kept = SCHEMA.read_text().split("\n\n")
    assert f"-- {dialect.name}, migration {MIGRATIONS[-1].version}\n" + "\n".join(definitions(dialect)) in kept
