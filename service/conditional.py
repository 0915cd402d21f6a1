"""Answers by GET that may be kept, and asked for again only to hear that nothing has changed (304).

The tag of an answer is made of all that it depends on, so it is known before anything is asked of the engine.
An answer about a need is never to be kept, by anyone.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

import orjson
from starlette.responses import Response

NEVER: Mapping[str, str] = {"Cache-Control": "no-store"}
VARY = "Authorization, Accept"


class Unchanged(Exception):
    """The client has the answer already."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__()
        self.response = Response(status_code=304, headers=headers)


def tag_of(*depends_on: object) -> str:
    """A strong entity tag."""
    content = orjson.dumps(depends_on, option=orjson.OPT_SORT_KEYS, default=repr)
    return f'"{blake2b(content, digest_size=16).hexdigest()}"'


def has(if_none_match: str | None, tag: str) -> bool:
    """Whether a client says that it has what the tag stands for.

    >>> has('W/"b", "a"', '"a"'), has("*", '"a"'), has('"b"', '"a"'), has(None, '"a"')
    (True, True, False, False)
    """
    if if_none_match is None:
        return False
    given = (one.strip() for one in if_none_match.split(","))
    return any(one in ("*", tag, f"W/{tag}") for one in given)


def kept(tag: str, *, signed: bool) -> dict[str, str]:
    """The headers of an answer that may be kept as long as it is asked for anew each time."""
    return {"ETag": tag, "Cache-Control": "private, no-cache" if signed else "no-cache", "Vary": VARY}
