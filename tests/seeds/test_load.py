"""Loading into a graph: the first time everything, the second time nothing, a broken folder nothing at all."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from graph.clock import FixedClock
from graph.commands import Commands
from graph.database import Database
from graph.ledger import Ledger
from seeds.files import SeedFaults
from seeds.loader import CONTENT, load, read
from tests.seeds.example import EXAMPLE, TODAY


@pytest.fixture
def commands(database: Database) -> Commands:
    clock = FixedClock.on(TODAY)
    return Commands(database, Ledger(database, clock), clock)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "example.yaml").write_text(EXAMPLE, encoding="utf-8")
    return tmp_path


async def count(database: Database) -> int:
    rows = await database.read("MATCH (n) WHERE NOT n:Migration RETURN count(n) AS n")
    assert isinstance(rows[0]["n"], int)
    return rows[0]["n"]


async def test_loading_twice_changes_nothing(commands: Commands, database: Database, folder: Path) -> None:
    first = await load(commands, folder, TODAY)
    held = await count(database)
    again = await load(commands, folder, TODAY)
    assert (first.created, first.updated, first.unchanged) == (len(read(folder, TODAY)), 0, 0)
    assert (again.created, again.updated, again.unchanged) == (0, 0, first.created)
    assert again.position == first.position
    assert await count(database) == held


async def test_the_next_day_moves_relative_dates_only(commands: Commands, folder: Path) -> None:
    first = await load(commands, folder, TODAY)
    later = await load(commands, folder, TODAY + timedelta(days=1))
    assert later.created == 0
    assert 0 < later.updated < 5
    assert later.updated + later.unchanged == first.created


async def test_of_a_broken_folder_nothing_is_loaded(commands: Commands, database: Database, folder: Path) -> None:
    before = await count(database)
    (folder / "more.yaml").write_text("offers:\n  - name: Et andet\n    dataStatus: WHO KNOWS\n")
    with pytest.raises(SeedFaults, match=r"more\.yaml:3: offers\[0\]\.dataStatus"):
        await load(commands, folder, date(2026, 3, 1))
    assert await count(database) == before


async def test_the_first_content_is_loaded_whole(commands: Commands, database: Database) -> None:
    records = read(CONTENT, TODAY)
    assert (await load(commands, CONTENT, TODAY)).created == len(records)
    rows = await database.read("MATCH (o:Offer)-[:SERVES]->(g) RETURN count(DISTINCT o) AS offers, count(g) AS edges")
    serves = [edge for record in records for edge in record.edges if edge.type == "SERVES"]
    assert rows == [{"offers": 52, "edges": len(serves)}]
    assert (await load(commands, CONTENT, TODAY)).unchanged == len(records)
