"""What a page asks: its operation, as frontend developers may ask it too."""

from __future__ import annotations

from starlette.responses import Response

from service.pages.operations import operations
from service.pages.page import Page
from service.pages.visit import Missing, Visit


async def operation(visit: Visit) -> Response:
    text = operations().get(visit.request.path_params["name"])
    if text is None:
        raise Missing
    return visit.page("operation.html", text=text, name=text.partition("(")[0].split()[1])


PAGES = [Page("/forespoergsler/{name}", operation)]
