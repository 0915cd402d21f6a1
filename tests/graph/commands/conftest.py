from __future__ import annotations

from datetime import date

import pytest
import pytest_asyncio

from graph.clock import FixedClock
from graph.commands import Commands
from graph.database import Database
from graph.ledger import Ledger
from tests.calls import TESTS
from tests.graph.commands.made import DIRECTORY


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock.on(date(2026, 3, 1))


@pytest.fixture
def ledger(database: Database, clock: FixedClock) -> Ledger:
    return Ledger(database, clock)


@pytest.fixture
def commands(database: Database, ledger: Ledger, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Commands:
    # Neo4j takes its time to plan a statement for the first time; what is tested here is what it does.
    monkeypatch.setattr(database, "deadline", 30.0)
    return Commands(database, ledger, clock)


@pytest_asyncio.fixture(loop_scope="session")
async def directory(commands: Commands) -> Commands:
    """Commands over a graph that holds DIRECTORY, at position 1."""
    await commands.import_records(TESTS, DIRECTORY, label="test")
    return commands
