"""The service and its checkpoint: who has one starts without reading the graph, and answers as before."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from graph.database import Row
from service.runtime import Runtime
from service.settings import Settings
from tests.calls import TESTS

QUESTION = """{
  offers(first: 20) { totalCount nodes { id name capacity { free } } }
  boards(first: 20) { totalCount nodes { id name composition { seats vacant } } }
}"""


@contextlib.asynccontextmanager
async def living(data: Path, sent: list[str] | None = None) -> AsyncIterator[Runtime]:
    """A service on the folder, ready; `sent` gets the statements that it sent until then."""
    runtime = Runtime(Settings(data_dir=data))
    read = runtime.database.read

    async def listening(statement: str, *rest: Any, **bounds: Any) -> list[Row]:
        if sent is not None and not runtime.opened.is_set():
            sent.append(statement)
        return await read(statement, *rest, **bounds)

    runtime.database.read = listening  # type: ignore[method-assign]
    await runtime.start()
    try:
        async with asyncio.timeout(60):
            await runtime.opened.wait()
        yield runtime
    finally:
        await runtime.stop()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while True:
            if condition():
                return
            await asyncio.sleep(0.05)


async def answered(runtime: Runtime) -> object:
    answer = await runtime.directory.execute(QUESTION, {})
    assert not answer.errors
    return answer.data


async def test_a_start_with_a_checkpoint_reads_nothing_else(tmp_path: Path) -> None:
    first: list[str] = []
    async with living(tmp_path, first) as runtime:
        await until((tmp_path / "checkpoint").exists)
        before = await answered(runtime)
    assert any("MATCH (n:Offer)" in statement for statement in first)

    second: list[str] = []
    async with living(tmp_path, second) as runtime:
        assert await answered(runtime) == before
        # What is written after the checkpoint is part of what the next start is made of.
        done = await runtime.commands.delete(TESTS, ["knowledge:livshistoriebogen"])
    assert [statement for statement in second if "(n:" in statement] == []
    assert len(second) <= 6  # whether it answers, its migrations, and the end of the ledger

    async with living(tmp_path) as runtime:
        assert runtime.memory.position == done.position
        assert await answered(runtime) == before
    assert "checkpoint.draft" not in os.listdir(tmp_path)


def test_with_neo4j_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    runtime = Runtime(Settings(data_dir=tmp_path, neo4j_uri="bolt://localhost:7687"))
    assert runtime.keeper.path is None
    assert os.listdir(tmp_path) == []
