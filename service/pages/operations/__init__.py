"""The operations that pages ask: one file each, one operation in each, none beside them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def operations() -> dict[str, str]:
    """The texts, by the names of their files."""
    return {path.stem: path.read_text() for path in sorted(FOLDER.glob("*.graphql"))}
