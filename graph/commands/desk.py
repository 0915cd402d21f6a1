"""Where commands are carried out: one at a time, each in one transaction that also writes the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence

from ulid import ULID

from graph.clock import Clock
from graph.commands.storing import stored
from graph.database import Database, Writer
from graph.ledger import Draft, Ledger
from graph.model import KINDS
from graph.record import Record

Work = Callable[[Writer], Awaitable[Sequence[Draft]]]
"""Reads what it needs, writes, and says what it changed. It may be done again, so it keeps nothing."""


class Desk:
    """All that writes goes over one desk in a process."""

    def __init__(self, database: Database, ledger: Ledger, clock: Clock) -> None:
        self._database = database
        self._ledger = ledger
        self._clock = clock
        self._queue = asyncio.Lock()

    def new_id(self, kind: str) -> str:
        """An id for something that a user creates, such as `offer:01JQ8Z…`: they sort in the order of making."""
        return f"{KINDS[kind].name}:{ULID.from_datetime(self._clock.now())}"

    async def records(self, ids: Collection[str]) -> dict[str, Record]:
        """Those of `ids` that are in the graph, to be changed and given to `save`. Raises Unavailable."""
        return await stored(self._database.read, ids)

    async def _carry_out(self, work: Work, *, timeout: float | None = None) -> int:
        """Returns the position of the last change; of the last one before, when nothing was changed."""

        async def transaction(writer: Writer) -> int:
            await self._ledger.hold(writer)
            return await self._ledger.append(writer, await work(writer))

        async with self._queue:
            position = await self._database.write(transaction, timeout=timeout)
        await self._ledger.committed()
        return position
