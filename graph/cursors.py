"""Cursors: opaque to clients, a place in an order to us. They hold values and no offset, so they survive inserts."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

import orjson


def encode(values: Iterable[Any]) -> str:
    """base64url of JSON: the name of the order, then the values of the row that the cursor stands at."""
    return base64.urlsafe_b64encode(orjson.dumps([*values])).decode().rstrip("=")


def decode(cursor: str) -> list[Any]:
    """What `encode` was given. ValueError for what it never made."""
    padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
    values = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    if not isinstance(values, list):
        raise ValueError("a cursor holds a list")
    return values
