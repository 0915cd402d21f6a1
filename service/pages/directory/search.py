"""Search in everything: a page of hits, and the first few while one types."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from service.pages.listing import listed
from service.pages.page import Page
from service.pages.visit import Visit
from service.pages.words import WORDS

PART = "hits"
"""What a script asks for by X-Part: suggestions alone, without the page around them."""
SHORTEST, LONGEST = 2, 200
FEW, MANY = 8, 20


async def search(visit: Visit) -> Response:
    """Hits in the order of how well they fit."""
    fields = visit.query
    visit.headers["Vary"] = "Cookie, X-Part"
    text, part = fields.text("q"), visit.request.headers.get("x-part") == PART
    kinds = fields.all("kind")
    if any(kind not in WORDS["SearchKind"] for kind in kinds):
        fields.faults["kind"] = visit.gettext("Vælg blandt de slags, der står her.")
    if len(text) > LONGEST:
        fields.faults["ord"] = visit.gettext("Skriv højst %(most)s tegn.", most=LONGEST)
    found: dict[str, Any] | None = None
    if len(text) >= SHORTEST and not fields.faults:
        asked = {"text": text, "kinds": sorted(set(kinds)) or None, "first": FEW if part else MANY}
        found = (await listed(visit, "search", **asked))["search"]
    return visit.page(
        "search_hits.html" if part else "search.html",
        HTTPStatus.BAD_REQUEST if fields.faults else HTTPStatus.OK,
        text=text,
        kinds=kinds,
        found=found and {**found, "edges": [{**edge, "parts": emphasised(edge["snippet"])} for edge in found["edges"]]},
        path="/soeg?" + urlencode([("q", text), *(("kind", kind) for kind in kinds)]),
        shortest=SHORTEST,
    )


def emphasised(snippet: str | None) -> list[tuple[str, bool]]:
    """The parts of a snippet, and whether each is what was found, which stands between « and ».

    >>> emphasised("Erhvervet «hjerneskade».")
    [('Erhvervet ', False), ('hjerneskade', True), ('.', False)]
    """
    parts = re.split("«([^»]*)»", snippet or "")
    return [(part, bool(index % 2)) for index, part in enumerate(parts) if part]


PAGES = [Page("/soeg", search)]
