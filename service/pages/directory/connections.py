"""How two things are connected, step by step. Both are named by an id, as in links, or by words to look for."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from service.pages.addresses import address
from service.pages.page import Page
from service.pages.visit import Visit

ENDS = {"from": "fra", "to": "til"}
"""The fields of the form, by what the operation calls them."""
SHORTEST, LONGEST = 2, 200


async def connections(visit: Visit) -> Response:
    """The paths between the two; where words were given, what they may mean."""
    fields = visit.query
    texts = {end: fields.text(field) for end, field in ENDS.items()}
    for end, field in ENDS.items():
        if len(texts[end]) > LONGEST:
            fields.faults[field] = visit.gettext("Skriv højst %(most)s tegn.", most=LONGEST)
        elif 0 < len(texts[end]) < SHORTEST:
            fields.faults[field] = visit.gettext("Skriv mindst %(least)s tegn.", least=SHORTEST)
    data = await visit.ask("connections", **_asked(texts, set(fields.faults)))
    for end, field in ENDS.items():
        if end in data and data[end] is None:
            fields.faults[field] = visit.gettext("Det findes ikke. Skriv et navn, og vælg blandt det, der findes.")
    return visit.page(
        "connections.html",
        HTTPStatus.BAD_REQUEST if fields.faults else HTTPStatus.OK,
        ends=[(end, field, texts[end], data.get(end), data.get(f"{end}Hits")) for end, field in ENDS.items()],
        paths=data.get("paths"),
        same=bool(texts["from"]) and texts["from"] == texts["to"],
    )


def _asked(texts: dict[str, str], faulty: set[str]) -> dict[str, Any]:
    """The variables: an end is known by its id, or sought by words, or left out."""
    read = {end: text if ENDS[end] not in faulty else "" for end, text in texts.items()}
    known = {end: address(text) is not None for end, text in read.items()}
    return {
        **read,
        **{f"{end}Text": text for end, text in read.items()},
        **{f"{end}Known": known[end] for end in ENDS},
        **{f"{end}Sought": bool(read[end]) and not known[end] for end in ENDS},
        "connected": all(known.values()) and read["from"] != read["to"],
    }


PAGES = [Page("/forbindelser", connections)]
