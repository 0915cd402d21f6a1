"""A cold start on a loaded folder: from the command to the first 200 of /health/ready."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path
from statistics import median

from tests.benchmarks.result import Result
from tests.benchmarks.running import service
from tests.benchmarks.setting import Setting

STARTS = 3


async def run(setting: Setting) -> AsyncIterator[Result]:
    times: list[float] = []
    for _ in range(STARTS):
        started = time.perf_counter()
        with service(setting.loaded.folder) as served:
            times.append(time.perf_counter() - started)
            memory = {"service": _megabytes(served.process.pid), "engine": _megabytes(served.engine_pid)}
    yield Result(
        f"start of serve on {setting.loaded.offers} offers until ready",
        median(times),
        "s",
        at_most=8,
        note=", ".join(f"{seconds:.1f}" for seconds in times),
    )
    for name, megabytes in memory.items():
        if megabytes is not None:
            yield Result(f"memory of the {name}'s process when ready", megabytes, "MB")


def _megabytes(pid: int) -> float | None:
    """What the process holds in memory; None where the system does not say it in /proc."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    [held] = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmRSS:")]
    return int(held) / 1024
