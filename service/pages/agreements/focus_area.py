"""A focus area of an agreement: what it is about, what is offered, and where nothing is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from service.pages.page import Page
from service.pages.subject import about
from service.pages.visit import Visit

Node = Mapping[str, Any]


async def focus_area(visit: Visit) -> Response:
    data = await about(visit, "focus_area")
    area = data["subject"]
    places: dict[str, tuple[Node, list[Node]]] = {one["id"]: (one, []) for one in data["municipalities"]["nodes"]}
    elsewhere: list[Node] = []
    for offer in area["offers"]["nodes"]:
        municipality = offer["location"] and offer["location"]["municipality"]
        (places[municipality["id"]][1] if municipality and municipality["id"] in places else elsewhere).append(offer)
    return visit.page(
        "focus_area.html",
        area=area,
        served=[(municipality, offers) for municipality, offers in places.values() if offers],
        unserved=[municipality for municipality, offers in places.values() if not offers],
        elsewhere=elsewhere,
    )


PAGES = [Page("/fokusomraader/{id}", focus_area)]
