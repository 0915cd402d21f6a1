"""The servers that are compared, each a process of its own that is run in the same way."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neo4j import AsyncDriver, AsyncGraphDatabase

from graph.clock import SystemClock
from graph.database import Database
from graph.dialect import ArcadeDialect
from graph.engines.child import HOST
from graph.engines.embedded import NAME
from graph.garbage import settle
from graph.memory import Memory
from schema.directory import Directory
from tests.benchmarks.client import Client
from tests.service.served import ROOT, Served, free_port


@contextmanager
def service(folder: Path) -> Iterator[Served]:
    """`tilbudsvifte serve` as it comes, on a loaded folder, ready."""
    (folder / "service.log").unlink(missing_ok=True)
    with Served(folder) as served:
        served.wait()
        yield served


def engine_of(served: Served) -> Database:
    """The engine that the service has started, over a connection of our own."""
    port = re.findall(r"the embedded engine .* listens on port (\d+)", served.log)[-1]
    password = (served.data / "password").read_text().strip()
    return Database(f"bolt://{HOST}:{port}", name=NAME, dialect=ArcadeDialect(), auth=("root", password))


async def directory_of(database: Database) -> Directory:
    """The directory in this process, which looks for garbage where the service does: not in what is there to stay."""
    clock = SystemClock()
    directory = Directory(database, await Memory.load(database, clock, 0), clock)
    settle()
    return directory


def driver_of(database: Database) -> AsyncDriver:
    """A driver as it comes, to the same engine."""
    return AsyncGraphDatabase.driver(database.uri, auth=database._auth, telemetry_disabled=True)


async def one_row(driver: AsyncDriver, name: str, statement: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The one row of a statement, read by the bare driver from the database `name`."""
    async with driver.session(database=name) as session:
        result = await session.run(statement, dict(parameters))
        record = await result.single(strict=True)
        await result.consume()
    return record.data()


@dataclass(slots=True)
class Sent:
    """What a plan sends to the engine for an operation."""

    statement: str
    parameters: dict[str, Any]


async def sent_for(directory: Directory, text: str, variables: dict[str, Any]) -> Sent:
    """Answers the operation and looks at what goes to the engine."""
    sent: list[Sent] = []
    read = directory.database.read

    async def listening(statement: str, parameters: Any = None, **bounds: Any) -> Any:
        sent.append(Sent(statement, parameters))
        return await read(statement, parameters, **bounds)

    directory.database.read = listening  # type: ignore[method-assign]
    try:
        answer = await directory.execute(text, variables)
    finally:
        directory.database.read = read  # type: ignore[method-assign]
    assert not answer.errors, answer.errors
    [one] = sent
    return one


@contextmanager
def bare(database: Database, sent: Sent) -> Iterator[int]:
    """The bare route in a process of its own; gives its port."""
    port = free_port()
    told = {
        "port": port,
        "uri": database.uri,
        "auth": database._auth,
        "database": database.name,
        "statement": sent.statement,
        "parameters": sent.parameters,
    }
    line = [sys.executable, "-m", "tests.benchmarks.bare"]
    process = subprocess.Popen(line, cwd=ROOT, stdin=subprocess.PIPE, text=True)
    try:
        assert process.stdin is not None
        process.stdin.write(json.dumps(told) + "\n")
        process.stdin.close()
        yield port
    finally:
        process.terminate()
        process.wait(30)


async def connected(port: int, count: int, seconds: float = 30) -> list[Client]:
    """So many connections, once the server listens."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return [await Client.connect(port) for _ in range(count)]
        except OSError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.05)
