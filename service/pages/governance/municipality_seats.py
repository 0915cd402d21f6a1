"""Which municipalities hold seats, and which hold none."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from service.pages.governance import days
from service.pages.governance.seats import names
from service.pages.narrowing import narrowed
from service.pages.page import Page
from service.pages.visit import Visit


async def municipality_seats(visit: Visit) -> Response:
    day = days.asked(visit)
    appointer = visit.query.text("udpeger")
    data = await narrowed(
        visit,
        "municipality_seats",
        {"appointers": ("udpeger", visit.gettext("Vælg et udpegende organ fra listen."))},
        day=day,
        chosen=bool(appointer),
    )
    municipalities = data["municipalities"]["nodes"]
    appointing = {
        part["appointedBy"]["id"]
        for board in data["boards"]["nodes"]
        for part in board["composition"]["byAppointer"]
        if part["appointedBy"]
    } | {appointer}
    held = "chosen" if appointer else "held"
    return visit.page(
        "municipality_seats.html",
        HTTPStatus.BAD_REQUEST if visit.query.faults else HTTPStatus.OK,
        day=day,
        appointer=appointer,
        appointers=names(board for board in data["boards"]["nodes"] if board["id"] in appointing),
        held=held,
        municipalities=municipalities,
        without=[one for one in municipalities if not one[held]],
        population=sum(one["population"] or 0 for one in municipalities),
        turns=days.turns(),
    )


PAGES = [Page("/kommuner-og-saeder", municipality_seats)]
