"""Disks that fill up, and are emptied again."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.service.served import Served

SIZE = 96
"""Megabytes of the small disk: the first content takes 50."""
LEFT = 200_000
"""Bytes that are left on a disk that is about to be full."""


def can_mount() -> bool:
    """Whether this machine lets us have a disk of our own, as root has it and some containers do not."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    probe = subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True)
    return probe.returncode == 0


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A small disk of its own at `folder`."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def full_disk(service: Served) -> Iterator[None]:
    """The disk that holds the service's data is full."""
    ballast = service.data / "ballast"
    with ballast.open("wb") as file:
        file.write(b"0" * (shutil.disk_usage(service.data).free - LEFT))
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def full_files(service: Served) -> Iterator[None]:
    """No file of the engine can grow beyond what the largest of them holds: what a quota does, on any machine."""
    largest = max(file.stat().st_size for file in service.data.rglob("*") if file.is_file())
    before = resource.prlimit(service.engine_pid, resource.RLIMIT_FSIZE)
    resource.prlimit(service.engine_pid, resource.RLIMIT_FSIZE, (largest, before[1]))
    try:
        yield
    finally:
        resource.prlimit(service.engine_pid, resource.RLIMIT_FSIZE, before)
