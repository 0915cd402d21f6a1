"""A cold start on a loaded folder: from the command to the first 200 of /health/ready."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.benchmarks.result import Result
from tests.benchmarks.running import service
from tests.benchmarks.setting import Setting
from tests.service.served import Served

STARTS = 3


async def run(setting: Setting) -> AsyncIterator[Result]:
    folder = setting.loaded.folder
    kept = folder / "checkpoint"
    bare: list[float] = []
    for _ in range(STARTS):
        kept.unlink(missing_ok=True)
        with _started(folder, bare):
            pass
    with service(folder):
        _wait_for(kept)
    times: list[float] = []
    for _ in range(STARTS):
        with _started(folder, times) as served:
            memory = {"service": _megabytes(served.process.pid), "engine": _megabytes(served.engine_pid)}
    name = f"start of serve on {setting.loaded.offers} offers until ready"
    yield Result(name, median(times), "s", at_most=8, note=_each(times))
    yield Result(f"{name}, without a checkpoint", median(bare), "s", note=_each(bare))
    for process, megabytes in memory.items():
        if megabytes is not None:
            yield Result(f"memory of the {process}'s process when ready", megabytes, "MB")


@contextmanager
def _started(folder: Path, times: list[float]) -> Iterator[Served]:
    """A service, ready; how long that took is added to `times`."""
    started = time.perf_counter()
    with service(folder) as served:
        times.append(time.perf_counter() - started)
        yield served


def _wait_for(path: Path, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not path.exists():
        if time.monotonic() > deadline:
            raise TimeoutError(f"The service has not written {path.name} within {seconds:g} seconds.")
        time.sleep(0.2)


def _each(times: list[float]) -> str:
    return ", ".join(f"{seconds:.1f}" for seconds in times)


def _megabytes(pid: int) -> float | None:
    """What the process holds in memory; None where the system does not say it in /proc."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    [held] = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmRSS:")]
    return int(held) / 1024
