"""Find an offer: the start page."""

from __future__ import annotations

from starlette.responses import Response

from service.pages.page import Page
from service.pages.visit import Visit


async def find(visit: Visit) -> Response:
    data = await visit.ask("find")
    return visit.page("find.html", **data)


PAGES = [Page("/", find)]
