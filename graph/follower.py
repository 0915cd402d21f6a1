"""Following the ledger: each process tails it and hands its changes on, in order and once."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from graph.errors import Unavailable
from graph.ledger import Change, Ledger

Callback = Callable[[Sequence[Change]], Awaitable[None]]

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Subscription:
    """One who is told of changes."""

    callback: Callback
    missed: int | None = None
    """The first position whose delivery failed: what was made of the changes is not to be trusted from there on.
    Stays until the subscriber has mended itself and sets it to None."""


class Follower:
    """Hands every change after `position` to all subscribers, who are called one after the other.

    Looks for changes every `interval` seconds, and at once when woken. When the engine cannot be reached it keeps
    trying, and goes on where it stopped. `position` is the last change that has been handed on: what subscribers
    make of the graph reflects it.
    """

    def __init__(self, ledger: Ledger, interval: float = 0.25, *, position: int | None = None) -> None:
        """Without `position`, it starts where the ledger stands at the first `start`."""
        self.position = -1 if position is None else position
        self._ledger = ledger
        self._interval = interval
        self._subscriptions: list[Subscription] = []
        self._moved = asyncio.Condition()
        self._delivering = asyncio.Lock()
        self._awake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._readable = True
        ledger.tell(self.wake)

    def subscribe(self, callback: Callback) -> Subscription:
        """Call `callback` with all changes after the present position."""
        subscription = Subscription(callback)
        self._subscriptions.append(subscription)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        with contextlib.suppress(ValueError):
            self._subscriptions.remove(subscription)

    async def start(self) -> None:
        """Begin, or go on where `stop` left off. Raises Unavailable when it does not know from where."""
        if self.position < 0:
            self.position = await self._ledger.position()
        if self._task is None:
            self._task = asyncio.create_task(self._tail(), name="follower")

    async def stop(self) -> None:
        """Let the subscribers finish what they have been handed, then stop."""
        task, self._task = self._task, None
        if task is None:
            return
        async with self._delivering:
            task.cancel()
        await asyncio.wait([task])

    async def wake(self) -> None:
        """Look for changes now: this process has just written, or waits for a position."""
        self._awake.set()

    async def reach(self, position: int, timeout: float) -> bool:
        """Whether everything up to `position` has been handed on, waiting at most `timeout` seconds for it."""
        if self.position >= position:
            return True
        await self.wake()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout), self._moved:
                await self._moved.wait_for(lambda: self.position >= position)
        return self.position >= position

    async def passed(self, position: int) -> None:
        """Waits, however long it takes, until something after `position` has been handed on."""
        async with self._moved:
            await self._moved.wait_for(lambda: self.position > position)

    async def _tail(self) -> None:
        while True:
            self._awake.clear()
            if changes := await self._look():
                await self._deliver(changes)
                continue
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._interval):
                    await self._awake.wait()

    async def _look(self) -> Sequence[Change]:
        try:
            changes = await self._ledger.since(self.position)
        except Exception as error:
            if self._readable:
                unexpected = not isinstance(error, Unavailable)
                log.warning("ledger not readable", position=self.position, error=str(error), exc_info=unexpected)
            self._readable = False
            return ()
        if not self._readable:
            log.info("ledger readable again", position=self.position)
        self._readable = True
        return changes

    async def _deliver(self, changes: Sequence[Change]) -> None:
        async with self._delivering:
            for subscription in list(self._subscriptions):
                try:
                    await subscription.callback(changes)
                except Exception:
                    if subscription.missed is None:
                        subscription.missed = changes[0].position
                    log.exception("subscriber failed", first=changes[0].position, last=changes[-1].position)
            self.position = changes[-1].position
            async with self._moved:
                self._moved.notify_all()
