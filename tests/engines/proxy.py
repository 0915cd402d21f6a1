"""A wire to an engine that can be slowed, frozen, muted and cut."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
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
        self._delay = 0.0
        self._left: int | None = None
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

    def slow(self, seconds: float) -> None:
        """Whatever the engine answers takes so long to arrive, piece by piece."""
        self._delay = seconds

    def cut_after(self, size: int) -> None:
        """Reset the connection on which the engine has answered `size` more bytes, in the middle of them."""
        self._left = size

    def thaw(self) -> None:
        """All is well again."""
        self._delay, self._left = 0.0, None
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
            _pump(reader, back, self._flow), _pump(there, writer, self._answer), return_exceptions=True
        )

    async def _flow(self, data: bytes) -> bytes:
        await self._flows.wait()
        return data

    async def _answer(self, data: bytes) -> bytes:
        await self._flows.wait()
        await self._answers.wait()
        if self._delay:
            await asyncio.sleep(self._delay)
        if self._left is None:
            return data
        self._left -= len(data)
        if self._left > 0:
            return data
        torn, self._left = data[: self._left or None], None
        asyncio.get_running_loop().call_soon(self.cut)
        return torn


async def _pump(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, through: Callable[[bytes], Awaitable[bytes]]
) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(await through(data))
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
