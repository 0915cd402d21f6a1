"""A service (ydelse) that offers give, and which do."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from service.pages.directory.tree import chain
from service.pages.page import Page
from service.pages.subject import about
from service.pages.visit import Visit


async def service(visit: Visit) -> Response:
    data = await about(visit, "service")
    status = HTTPStatus.BAD_REQUEST if visit.query.faults else HTTPStatus.OK
    return visit.page(
        "service.html", status, service=data["subject"], above=chain(data["subject"]), offers=data["offers"]
    )


PAGES = [Page("/ydelser/{id}", service)]
