"""What every benchmark is run with."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.loaded import Loaded


@dataclass(frozen=True, slots=True)
class Setting:
    """`boards` are composed. `rounds` turns for each of what is compared; one of a throughput lasts `slice` seconds."""

    loaded: Loaded
    boards: int
    rounds: int
    slice: float


async def in_turn(rounds: int, works: Mapping[str, Callable[[], Awaitable[object]]]) -> dict[str, float]:
    """The median time of each work in milliseconds: each is done once a round, so that noise falls on all."""
    for work in works.values():
        await work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            started = time.perf_counter()
            await work()
            times[name].append((time.perf_counter() - started) * 1000)
    return {name: median(found) for name, found in times.items()}
