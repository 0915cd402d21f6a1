"""Waiting for what happens in other processes, and for what must end in time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SLACK = 3.0
"""Seconds that a busy machine may add to what a deadline allows. Less than what would end without one."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is done here ends when its deadline of so many seconds is over."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < seconds + SLACK


async def eventually(holds: Callable[[], bool], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - what is waited for happens in other processes
            await asyncio.sleep(0.05)
