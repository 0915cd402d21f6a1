"""The feed: the changes of the ledger in order, for whoever wants to be told of each as it comes.

Every listener keeps its own place, so that a slow one holds nobody up and nothing is kept for it: what it has not
read yet is in the ledger. The latest changes are kept here besides, so that a thousand listeners who keep up do not
ask the engine a thousand times.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Sequence

from graph.follower import Follower
from graph.ledger import Change, Ledger

RECENT = 2_000
"""Changes that are kept in memory."""

TOGETHER = 100
"""Changes that are handed on at once, at most."""


class Feed:
    """The changes that a follower has handed on, after everyone else who follows has taken them in."""

    def __init__(self, ledger: Ledger, follower: Follower) -> None:
        self._ledger, self._follower = ledger, follower
        self._recent: deque[Change] = deque(maxlen=RECENT)
        follower.subscribe(self._keep)

    @property
    def position(self) -> int:
        return self._follower.position

    async def reach(self, position: int, timeout: float) -> bool:
        """Whether everything up to `position` has been handed on, waiting at most `timeout` seconds for it."""
        return await self._follower.reach(position, timeout)

    async def after(self, position: int) -> AsyncIterator[Sequence[Change]]:
        """All changes after `position`, in order and without end, some at a time.

        Where nothing happens it waits. Raises Unavailable where the engine must be asked and does not answer.
        """
        while True:
            await self._follower.passed(position)
            changes = await self._next(position)
            yield changes
            position = changes[-1].position

    async def _next(self, position: int) -> Sequence[Change]:
        last = min(position + TOGETHER, self._follower.position)
        if self._recent and self._recent[0].position <= position + 1:
            first = position + 1 - self._recent[0].position
            return [self._recent[n] for n in range(first, first + last - position)]
        # Not beyond what has been handed on: what the memory makes of it must be there.
        return [change for change in await self._ledger.since(position, last - position) if change.position <= last]

    async def _keep(self, changes: Sequence[Change]) -> None:
        if self._recent and self._recent[-1].position + 1 != changes[0].position:
            self._recent.clear()  # the follower was set to another place
        self._recent.extend(changes)
