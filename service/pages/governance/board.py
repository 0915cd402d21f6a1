"""A board on any day: what it is, who sits in it, whether its composition is right, and who sat there before."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from service.pages.drawing import timeline
from service.pages.governance import days
from service.pages.page import Page
from service.pages.subject import about
from service.pages.visit import Visit


async def board(visit: Visit) -> Response:
    day = days.asked(visit)
    data = await about(visit, "board", day=day)
    return visit.page(
        "board_part.html" if visit.query.chosen("del") else "board.html",
        HTTPStatus.BAD_REQUEST if visit.query.faults else HTTPStatus.OK,
        day=day,
        board=data["subject"],
        turns=days.turns(),
        lanes=timeline.lanes,
        years=timeline.years(),
        now=timeline.place(day),
    )


PAGES = [Page("/raad/{id}", board)]
