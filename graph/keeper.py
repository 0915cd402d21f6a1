"""The keeper: makes the memory from a checkpoint while the engine starts, and writes checkpoints while it runs."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from pathlib import Path

from graph import checkpoint
from graph.checkpoint import Checkpoint, Unusable
from graph.database import Database
from graph.ledger import Ledger
from graph.memory import FIRST, Memory

log = logging.getLogger(__name__)

QUIET = 300.0
"""Seconds without a change after which what has changed is worth a new checkpoint."""
MOST = 1000
"""Of more changes than this, reading the graph anew is no slower than following them."""


class Keeper:
    """Keeps checkpoints of the graph that `memory` is made of in the file `path`; without one it keeps nothing.

    In any doubt a checkpoint is not used, which costs seconds and nothing else. It is the graph as it was when the
    change at its position was the last; so where the ledger still has that very change, what followed makes of it
    what the graph is now.
    """

    def __init__(self, path: Path | None, memory: Memory, database: Database, ledger: Ledger) -> None:
        self.path = path
        self._memory, self._database, self._ledger = memory, database, ledger
        self._restoring: asyncio.Task[Checkpoint | None] | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._position: int | None = None
        """Where the checkpoint in the file stands; None where there is none that could be used."""

    def begin(self) -> None:
        """Begin to make the memory from the file, in the running loop. Asks nothing of the engine."""
        if self._restoring is None and self.path is not None:
            self._restoring = asyncio.create_task(self._restore(self.path), name="checkpoint")

    async def resume(self) -> bool:
        """Whether the memory is now what the graph holds, thanks to what `begin` began: true once at most.

        Raises Unavailable as `Database.read` does.
        """
        restoring, self._restoring = self._restoring, None
        found = await restoring if restoring is not None else None
        if found is None:
            return False
        changes = await self._ledger.since(found.position - 1, MOST + 1)
        end = await self._ledger.position()
        if not changes or not found.ends_with(changes[0]) or changes[-1].position < end:
            log.warning("the checkpoint is not used: the ledger does not go on from it, or for more than %s", MOST)
            return False
        await self._memory.follow(changes[1:])
        self._position = changes[0].position
        return True

    def keep(self, quiet: float = QUIET) -> None:
        """Begin to write checkpoints: one at once where there is none that could be used, and one whenever the ledger
        has moved on and then rested for `quiet` seconds."""
        if self._keeping is None and self.path is not None:
            self._keeping = asyncio.create_task(self._keep(quiet), name="keeper")

    async def stop(self) -> None:
        """Leave what `begin` and `keep` began."""
        tasks = [task for task in (self._restoring, self._keeping) if task is not None]
        self._restoring = self._keeping = None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def write(self) -> None:
        """Write a checkpoint of the graph as it is now, unless something is being written to it. What goes wrong is
        logged: the checkpoint before, if any, stays."""
        if self.path is None:
            return
        try:
            taken = await checkpoint.take(self._database, self._ledger, FIRST)
            if taken is None:
                return  # something is being written: there will be a quieter time
            await asyncio.to_thread(checkpoint.write, self.path, taken)
        except Exception as failure:
            log.warning("no checkpoint was written: %s", type(failure).__name__, exc_info=failure)
            return
        self._position = taken.position
        log.info("checkpoint written at position %s", taken.position)

    async def _restore(self, path: Path) -> Checkpoint | None:
        """What the memory was made from, without its nodes, which have served; None where it could not be made."""
        try:
            if (found := await asyncio.to_thread(checkpoint.load, path, FIRST)) is not None:
                await self._memory.rebuild(found.position, found)
                return replace(found, nodes={})
        except Unusable as reason:
            log.warning("the checkpoint is not used: %s", reason)
        except Exception:
            log.exception("the checkpoint is not used")
        return None

    async def _keep(self, quiet: float) -> None:
        if self._position is None:
            await self.write()
        while True:
            seen = self._memory.position
            await asyncio.sleep(quiet)
            if self._memory.position == seen != self._position:
                await self.write()
