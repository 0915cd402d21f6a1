"""Find an offer, the start page: a need in a form, and what fits it, with reasons."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from service.pages.asking import NotAnswered
from service.pages.fields import Fields
from service.pages.finding import choices, hits
from service.pages.finding.need import Need, need_of
from service.pages.page import Page
from service.pages.visit import Visit

MADE = {"choices": choices, "hits": hits}
"""What the templates make the form and the answer with."""

FIRST, MOST = 20, 200
"""Hits that are shown at first, and at most."""


async def find(visit: Visit) -> Response:
    """The form, and the answer to it. A script that has the form asks for the part with the answer alone."""
    part = visit.request.headers.get("x-part") == "hits"
    fields = await visit.form() if visit.request.method == "POST" else Fields.of(())
    need = need_of(fields, visit)
    first = fields.whole("first", 1, MOST, visit.gettext("Listen kan vise fra 1 til 200 tilbud.")) or FIRST
    try:
        data = await _ask(visit, need, first, form=not part)
    except NotAnswered as failed:
        need.refused(failed, visit)
        data = await _ask(visit, need, first, form=not part)
    match = data.get("matchOffers")
    if match:
        notices = need.heard(match["notices"])
        match = None if need.lost else match | {"notices": notices}
    return visit.page(
        "find/answer.html" if part else "find.html",
        # A script says what is wrong at the field itself: to it, nothing has failed.
        HTTPStatus.OK if part or match or not fields.faults else HTTPStatus.BAD_REQUEST,
        **data | {"match": match, "need": need, "fields": fields, "first": first, "part": part} | MADE,
    )


async def _ask(visit: Visit, need: Need, first: int, *, form: bool) -> dict[str, Any]:
    asked = need.asked and not need.fields.faults
    given = need.variables if asked else {}
    return await visit.ask("find", form=form, asked=asked, need=given, unit=need.unit, first=first)


PAGES = [Page("/", find, ("GET", "POST"))]
