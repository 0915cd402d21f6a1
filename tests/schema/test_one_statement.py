"""One operation, one statement, however much it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pytest

from graph.database import Database
from schema.directory import Caller, Directory
from tests.schema.corpus import CORPUS, Written
from tests.schema.world import World

# The schema itself, and what the catalogue counts and judges without the graph.
UNASKED = {
    *("Introspection", "IntrospectionByVariable", "NothingAtAll", "RootTypeName"),
    *("PositionOnly", "EveryWeight", "UnapprovedToo", "NeedOfVariables", "NeedOfPartVariables", "MatchTypeNames"),
    *("ByEmptyText", "ByBroadService", "ByAnyOwnership", "ByHighestAge", "ByNoFreePlaces", "ByHourlyAndYearlyPrice"),
    *("ByEveryApproval", "OpenNextYear", "WithClosed", "WithoutClosed", "ByEmptyLists", "ByNulls"),
    *("ListOfOneByVariable", "NumbersCoerced"),
}


class Counting:
    """A database that keeps the statements it is asked."""

    def __init__(self, database: Database) -> None:
        self.database, self.dialect = database, database.dialect
        self.asked: list[str] = []

    async def read(self, statement: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        self.asked.append(statement)
        return await self.database.read(statement, parameters)


@pytest.mark.parametrize("written", CORPUS, ids=str)
async def test_one_statement(world: World, written: Written) -> None:
    counting = Counting(world.directory.database)
    catalogue, clock = world.directory.services.catalogue, world.directory.clock
    directory = Directory(cast(Database, counting), catalogue, clock)
    answer = await directory.execute(written.text, None, written.name, Caller())
    assert not answer.errors
    assert len(counting.asked) == (0 if written.name in UNASKED else 1)
