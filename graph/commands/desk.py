"""What all commands share."""

from __future__ import annotations

from collections.abc import Collection

from ulid import ULID

from graph.clock import Clock
from graph.commands.storing import stored
from graph.database import Database
from graph.ledger import Ledger
from graph.model import KINDS
from graph.record import Record


class Desk:
    def __init__(self, database: Database, ledger: Ledger, clock: Clock) -> None:
        self._database = database
        self._ledger = ledger
        self._clock = clock

    def new_id(self, kind: str) -> str:
        """An id for something that a user creates, such as `offer:01JQ8Z…`: they sort in the order of making."""
        return f"{KINDS[kind].name}:{ULID.from_datetime(self._clock.now())}"

    async def records(self, ids: Collection[str]) -> dict[str, Record]:
        """Those of `ids` that are in the graph, to be changed and given to `save`. Raises Unavailable."""
        return await stored(self._database.read, ids)
