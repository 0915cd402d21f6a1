"""Cursors: opaque to clients, a place in an order to us. They hold a value and no offset: they survive inserts."""

from __future__ import annotations

import base64
import binascii

import orjson

from graph.errors import BadInput


def encode(order: str, value: str | int) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([order, value])).rstrip(b"=").decode()


def decode(order: str, cursor: str, argument: str) -> str | int:
    """The value at which `cursor` stands. A cursor that is none, or is one of another order, is refused."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        stands_in, value = orjson.loads(raw)
    except (ValueError, binascii.Error, TypeError):
        raise BadInput(f"{argument}: {cursor[:40]!r} is no cursor of this list", (argument,)) from None
    if stands_in != order or not isinstance(value, str | int) or isinstance(value, bool):
        raise BadInput(f"{argument}: {cursor[:40]!r} is a cursor of another list", (argument,))
    return value
