"""Who runs where: some systems put what wakes another onto the core where that other then waits."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def several() -> bool:
    """Whether there are cores to choose among, and a way to choose."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


@contextmanager
def apart(alone: int, *others: int) -> Iterator[None]:
    """The process `alone` has the last core for itself; `others`, and this process, have the rest. Only on Linux."""
    assert sys.platform == "linux"
    cores = os.sched_getaffinity(0)
    last = {max(cores)}
    _put(alone, last)
    for pid in (*others, os.getpid()):
        _put(pid, cores - last)
    try:
        yield
    finally:
        for pid in (alone, *others, os.getpid()):
            _put(pid, cores)


def _put(pid: int, cores: Iterable[int]) -> None:
    assert sys.platform == "linux"
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(ProcessLookupError):  # it has ended meanwhile
            os.sched_setaffinity(int(thread.name), cores)
