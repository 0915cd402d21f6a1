"""Where the page about something is, by its id."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

_PATHS = {
    "offer": "tilbud",
    "board": "raad",
    "representative": "personer",
    "agreement": "aftaler",
    "focus-area": "fokusomraader",
    "knowledge": "viden",
    "target-group": "maalgrupper",
    "service": "ydelser",
    "legal-basis": "lovgrundlag",
    "municipality": "organisationer",
    "region": "organisationer",
    "institution": "organisationer",
    "association": "organisationer",
    "authority": "organisationer",
}


@lru_cache(4096)
def address(id: str) -> str | None:
    """The path of the page, written once for all languages; None for what has no page of its own.

    >>> address("offer:neurocenter-oesterskoven")
    '/tilbud/offer:neurocenter-oesterskoven'
    """
    path = _PATHS.get(id.partition(":")[0])
    return path and f"/{path}/{quote(id, safe=':')}"
