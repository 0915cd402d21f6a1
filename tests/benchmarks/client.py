"""A client that costs next to nothing: requests written as bytes, answers counted, on connections that stay open."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence

import orjson

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def post(path: str, content: object) -> bytes:
    """A request as it goes over the wire."""
    body = orjson.dumps(content)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Accept: application/graphql-response+json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Client:
    """One connection. Raises RuntimeError for an answer that is not 200."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def connect(cls, port: int) -> Client:
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=2**24))

    async def ask(self, request: bytes) -> bytes:
        """The body of the answer."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        assert length is not None, head
        body = await self._reader.readexactly(int(length[1]))
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{head.decode()}{body.decode()}")
        return body

    def close(self) -> None:
        self._writer.close()


async def throughput(clients: Sequence[Client], request: bytes, seconds: float) -> float:
    """Answers per second to `request`, asked again and again by all clients at once."""
    started = time.perf_counter()
    end = started + seconds

    async def ask(client: Client) -> int:
        answers = 0
        while time.perf_counter() < end:
            await client.ask(request)
            answers += 1
        return answers

    answers = await asyncio.gather(*(ask(client) for client in clients))
    return sum(answers) / (time.perf_counter() - started)
