"""`tilbudsvifte load`: a folder of content into the graph, while no service runs on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from graph.clock import SystemClock
from graph.errors import GraphError
from graph.migrations import migrate
from seeds.loader import CONTENT, load, read
from service.runtime import Runtime
from service.settings import Settings


class WrongFolder(GraphError):
    """What is to be loaded is not there."""


async def load_folder(settings: Settings, folder: Path | None) -> int:
    """Loads `folder`, or the first content, and prints what came of it. The exit code."""
    folder = folder or CONTENT
    if not folder.is_dir():
        raise WrongFolder(f"{folder} is no folder.")
    read(folder, SystemClock().today())  # what is wrong is told before an engine is started
    async with opened(settings) as runtime:
        await migrate(runtime.engine)
        result = await load(runtime.commands, folder, runtime.clock.today())
        await runtime.keeper.write()  # so that the first start on it is as fast as those that follow
    print(f"{result.created} created, {result.updated} updated, {result.unchanged} unchanged")
    print(f"position {result.position}")
    return 0


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Runtime]:
    """A runtime whose engine runs, and nothing else."""
    runtime = Runtime(settings)
    await runtime.engine.start()
    try:
        yield runtime
    finally:
        await runtime.engine.stop()
