"""An answer on paper, for the case file: what was asked, when, and what fits, with reasons and sources."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from service.pages.asking import NotAnswered
from service.pages.fields import Fields
from service.pages.finding.need import Need, need_of
from service.pages.page import Page
from service.pages.visit import Visit

FIRST, MOST = 20, 200
"""Hits where nothing is chosen, and among which one may choose."""


async def printed(visit: Visit) -> Response:
    """The need and, where any are chosen, those offers alone with their reasons. Nothing of it is kept."""
    fields = await visit.form() if visit.request.method == "POST" else Fields.of(())
    need = need_of(fields, visit)
    chosen = fields.all("offer")
    try:
        data = await _ask(visit, need, chosen)
    except NotAnswered as failed:
        need.refused(failed, visit)
        data = await _ask(visit, need, chosen)
    match = data.get("matchOffers")
    if match:
        match["notices"] = need.heard(match["notices"])
        match = None if need.lost else match
    hits = match["fits"]["nodes"] if match else []
    return visit.page(
        "print.html",
        HTTPStatus.BAD_REQUEST if fields.faults and not match else HTTPStatus.OK,
        fields=fields,
        told=need.told(data, visit),
        heard=[hint["message"] for hints in need.hints.values() for hint in hints],
        match=match,
        hits=[hit for hit in hits if hit["offer"]["id"] in chosen] or hits[:FIRST],
        others=[hit for hit in hits[:FIRST] if chosen and hit["offer"]["id"] not in chosen],
    )


async def _ask(visit: Visit, need: Need, chosen: list[str]) -> dict[str, Any]:
    asked = need.asked and not need.fields.faults
    return await visit.ask(
        "print",
        asked=asked,
        need=need.variables if asked else {},
        unit=need.unit,
        first=MOST if chosen else FIRST,
    )


PAGES = [Page("/udskriv", printed, ("GET", "POST"))]
