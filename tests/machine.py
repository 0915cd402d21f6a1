"""What the tests need of the machine that they run on."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest

C1_ONLY = "-XX:TieredStopAtLevel=1"
"""An option of Java: its fast compiler alone."""
BOTH_COMPILERS = "-XX:TieredStopAtLevel=4"
"""The better one after it, which pays where a process lives for minutes."""


def lacking(what: str) -> NoReturn:
    """Skips a test for what the machine lacks, and why. Continuous integration lacks nothing: there it fails."""
    if os.environ.get("CI"):
        pytest.fail(f"nothing is skipped in continuous integration: {what}")
    pytest.skip(what)


def chromium() -> str:
    """The browser's program, Debian's or Google's."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if program := shutil.which(name):
            return program
    lacking("there is no Chromium here")
