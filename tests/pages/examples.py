"""A page of each kind, by the pattern of its path: what the tests of all pages visit."""

from __future__ import annotations

EXAMPLES: dict[str, str] = {
    "/": "/",
    "/log-ind": "/log-ind",
    "/log-ind/tilbage": "/log-ind/tilbage",
    "/aftaler": "/aftaler",
    "/aftaler/{id}": "/aftaler/agreement:nordjysk-socialaftale-2021-2022",
}

NEED: dict[str, str] = {}
"""A need as the form of the start page sends it."""
