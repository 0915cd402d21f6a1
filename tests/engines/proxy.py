"""A wire to an engine that can be frozen, muted and cut."""

from __future__ import annotations

import asyncio
import contextlib
from urllib.parse import urlsplit

from neo4j import Address

from graph.database import Database
from graph.engines import Engine
from graph.engines.embedded import EmbeddedEngine


class Proxy:
    """`async with Proxy(engine) as proxy`: what goes through `proxy.database()` goes through here."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._flows, self._answers = asyncio.Event(), asyncio.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        self.thaw()

    async def __aenter__(self) -> Proxy:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self.thaw()
        self.cut()
        await self._server.wait_closed()

    def database(self, *, connections: int = 50) -> Database:
        """The engine's database, reached through this proxy."""
        direct = self.engine.database
        return Database(
            "bolt://proxy",
            name=direct.name,
            dialect=direct.dialect,
            auth=direct._auth,
            resolver=lambda _: [Address(("127.0.0.1", self._port))],
            connections=connections,
        )

    def freeze(self) -> None:
        """Bytes vanish both ways; connections stay open."""
        self._flows.clear()

    def mute(self) -> None:
        """What the engine answers does not arrive."""
        self._answers.clear()

    def thaw(self) -> None:
        self._flows.set()
        self._answers.set()

    def cut(self) -> None:
        """Reset every connection that there is."""
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*address(self.engine))
        self._writers |= {writer, back}
        await asyncio.gather(
            _pump(reader, back, self._flows), _pump(there, writer, self._flows, self._answers), return_exceptions=True
        )


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *gates: asyncio.Event) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            for gate in gates:
                await gate.wait()
            writer.write(data)
            await writer.drain()
    writer.close()


def address(engine: Engine) -> tuple[str, int]:
    """Where `engine` listens."""
    if isinstance(engine, EmbeddedEngine):
        assert engine.port is not None, "the engine is down"
        return "127.0.0.1", engine.port
    parts = urlsplit(engine.database.uri)
    assert parts.hostname and parts.port
    return parts.hostname, parts.port
