"""Data folders that hold the first content already: a service starts on one in half the time that loading takes."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.service.served import Served

Folders = Callable[[str], Path]
"""A new data folder, with a name, that holds the first content."""

_LEFT = shutil.ignore_patterns("*.lock", "*.log")


def folders(factory: pytest.TempPathFactory) -> Folders:
    """The content is loaded once in a run of the tests, by whichever of its processes comes first, then copied."""
    base = factory.getbasetemp()
    whole = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "loaded"

    def folder(name: str) -> Path:
        with whole.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not whole.exists():
                _load(whole)
        made = factory.mktemp(name)
        shutil.copytree(whole, made, ignore=_LEFT, dirs_exist_ok=True)
        return made

    return folder


def _load(whole: Path) -> None:
    with Served(whole.with_suffix(".part")) as service:
        service.wait(seconds=120)
        assert service.stop(signal.SIGTERM) == 0, service.log
    service.data.rename(whole)
