"""The life of the service, from within: what could not be followed is made anew, whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from graph.ledger import Change
from graph.memory import Unprepared
from service.runtime import Runtime
from service.settings import Settings
from tests.calls import TESTS


async def test_what_could_not_be_followed_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = Runtime(Settings(data_dir=tmp_path))
    await runtime.start()
    try:
        async with asyncio.timeout(60):
            await runtime.opened.wait()
            await until(lambda: prepared(runtime))
            follow = runtime.memory.catalogue.follow
            failed = 0

            async def fail_once(changes: Sequence[Change]) -> None:
                nonlocal failed
                if not failed:
                    failed += 1
                    raise RuntimeError("out of memory, say")
                await follow(changes)

            monkeypatch.setattr(runtime.memory.catalogue, "follow", fail_once)
            position = (await runtime.commands.delete(TESTS, ["knowledge:livshistoriebogen"])).position
            await until(lambda: runtime.memory.position >= position)
            # Nobody has asked: search and paths come back by themselves.
            await until(lambda: prepared(runtime))
        assert failed == 1
        assert runtime.ready
        found = {hit.id for hit in runtime.memory.search.find("livshistorie").hits}
        assert "knowledge:livshistoriebogen" not in found
    finally:
        await runtime.stop()


def prepared(runtime: Runtime) -> bool:
    try:
        return bool(runtime.memory.search and runtime.memory.paths)
    except Unprepared:
        return False


async def until(condition: Callable[[], bool]) -> None:
    while True:
        if condition():
            return
        await asyncio.sleep(0.1)
