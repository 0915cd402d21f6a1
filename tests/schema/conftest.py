"""The directories that the tests of the schema ask."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from graph.database import Database
from tests.schema.desk import Desk, make_desk
from tests.schema.world import World, make_world


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(shared_database: Database) -> AsyncIterator[World]:
    yield await make_world(shared_database)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def desk(shared_database: Database) -> AsyncIterator[Desk]:
    desk = await make_desk(shared_database)
    yield desk
    await desk.follower.stop()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-snapshots", action="store_true", help="write the statements of tests/schema/snapshots anew"
    )
