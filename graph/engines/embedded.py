"""The embedded engine: ArcadeDB in a process of its own, started, watched and stopped by the service.

    data folder/
    ├── service.lock        held by the service that owns the folder; names its process
    ├── password            of the engine's only user, 0600, made once
    └── engine/             the engine's own files
        ├── engine.lock     held by the engine's process
        ├── databases/ config/
        └── log/            the engine's logs; console.log is what its process prints

A process of its own, because the engine brings a JVM: neither can then block or bring down the other, and
Bolt is the one wire to every engine.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import secrets
import sys
import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.dialect import ArcadeDialect
from graph.engines.child import HOST
from graph.engines.lock import FileLock
from graph.errors import GraphError, Unavailable

if TYPE_CHECKING:
    from neo4j import Address

    from graph.database import Database

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
NAME = "tilbudsvifte"


class FolderInUse(GraphError):
    """Another service owns the data folder."""


class EmbeddedEngine:
    """The engine in `data_dir`, which is made when missing. `heap` is the JVM's, such as `512m`."""

    name = "embedded"

    def __init__(self, data_dir: Path, *, heap: str = "512m", patience: float = 60.0, backoff: float = 0.2) -> None:
        self.data_dir = data_dir.resolve()
        self.folder = self.data_dir / "engine"
        self.pid: int | None = None
        """The engine's process, while there is one."""
        self._heap, self._patience, self._backoff = heap, patience, backoff
        self._lock = FileLock(self.data_dir / "service.lock")
        self.port: int | None = None
        """Where it listens, on loopback, while it does. Another after each start."""
        self._process: asyncio.subprocess.Process | None = None
        self._beginning: asyncio.Task[None] | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._talking, self._asked = asyncio.Lock(), 0
        (self.folder / "log").mkdir(parents=True, exist_ok=True)
        self._password = _password(self.data_dir / "password")

    @cached_property
    def database(self) -> Database:
        from graph.database import Database  # brings the driver, which the process need not wait for

        return Database(
            "bolt://embedded",
            name=NAME,
            dialect=ArcadeDialect(),
            auth=("root", self._password),
            resolver=self._addresses,
            definer=self._define,
        )

    def begin(self) -> None:
        if self._beginning is None and self._keeper is None:
            self._beginning = asyncio.create_task(self._begin(), name="start of the embedded engine")

    async def start(self) -> None:
        self.begin()
        if self._beginning is not None:
            try:
                await self._beginning
            finally:
                self._beginning = None

    async def stop(self) -> None:
        tasks = [task for task in (self._beginning, self._keeper) if task is not None]
        self._beginning = self._keeper = None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._close()

    async def _begin(self) -> None:
        if not self._lock.take():
            raise FolderInUse(
                f"The data folder {self.data_dir} is in use by process {self._lock.holder() or 'unknown'}. "
                "Stop that one first, or choose another folder."
            )
        try:
            await self._spawn()
        except BaseException:
            await self._close()
            raise
        self._keeper = asyncio.create_task(self._keep(), name="embedded engine")

    async def _close(self) -> None:
        await self.database.close()
        await self._end()
        self._lock.release()

    async def version(self) -> str:
        return await self.database.server()

    async def healthy(self) -> bool:
        return await self.database.answers()

    def _addresses(self, _: Address) -> list[Address]:
        """Where the driver finds the engine now: each start takes a free port. Nowhere while it is down."""
        from neo4j import Address

        return [] if self.port is None else [Address((HOST, self.port))]

    async def _spawn(self) -> None:
        """Start the process and wait until it listens."""
        paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        with (self.folder / "log" / "console.log").open("ab") as console:
            self._process = process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",  # the folder it runs in is data, not code
                "-m",
                "graph.engines.child",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=console,
                cwd=self.folder,  # the engine writes its log to ./log
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
                # Ctrl-C in a terminal goes to the service, which stops the engine when it is done with it.
                start_new_session=True,
            )
        self.pid = process.pid
        settings = {"folder": str(self.folder), "database": NAME, "password": self._password, "heap": self._heap}
        try:
            async with asyncio.timeout(self._patience):
                ports = await self._ask(settings)
                self.port = ports["bolt"]
                await self.database.read("RETURN 1", timeout=self._patience)
        except (TimeoutError, Unavailable) as error:
            await self._end()
            raise Unavailable(f"The embedded engine did not start: see {self.folder / 'log'}") from error
        log.info("the embedded engine %s listens on port %s, process %s", ports["version"], self.port, process.pid)

    async def _keep(self) -> None:
        """Start the process again whenever it dies, waiting longer each time it does not live long."""
        pause = self._backoff
        while True:
            started = time.monotonic()
            if self._process is not None:
                code = await self._process.wait()
                self.port = self.pid = None
                log.warning("the embedded engine ended with %s: it is started again", code)
                if time.monotonic() - started > 60:
                    pause = self._backoff
            await asyncio.sleep(pause)
            pause = min(pause * 2, 10.0)
            try:
                await self._spawn()
            except Unavailable as error:
                log.error("%s", error)

    async def _end(self) -> None:
        """End the process: its input closes, it stops. Killed if it does not within ten seconds."""
        process, self._process, self.port, self.pid = self._process, None, None, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(10):
                await process.wait()
        except TimeoutError:
            log.error("the embedded engine, process %s, does not stop: it is killed", process.pid)
            process.kill()
            await process.wait()

    async def _define(self, statement: str) -> None:
        """Run one schema statement in SQL."""
        answer = await self._ask({"sql": statement})
        if "error" in answer:
            raise GraphError(f"{answer['error']} in: {statement}")

    async def _ask(self, question: dict[str, Any]) -> Any:
        process = self._process
        self._asked = number = self._asked + 1
        if process is None or process.stdin is None or process.stdout is None:
            raise Unavailable("The embedded engine is not running.")
        async with self._talking:
            try:
                process.stdin.write(json.dumps({"number": number, **question}).encode() + b"\n")
                await process.stdin.drain()
                # What answers an earlier question, whose asker did not wait for it, is passed over.
                while line := await process.stdout.readline():
                    if (answer := json.loads(line))["number"] == number:
                        return answer
            except ConnectionError as error:
                raise Unavailable("The embedded engine went away.") from error
        raise Unavailable("The embedded engine went away.")


def _password(path: Path) -> str:
    """The password in `path`, made at the first call: whole or not at all, and for its owner's eyes only."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()
