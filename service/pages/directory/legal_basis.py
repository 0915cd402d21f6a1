"""A section of law that offers are given under."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from service.pages.page import Page
from service.pages.subject import about
from service.pages.visit import Visit


async def legal_basis(visit: Visit) -> Response:
    data = await about(visit, "legal_basis")
    basis = data["subject"]
    today = visit.today
    return visit.page(
        "legal_basis.html",
        HTTPStatus.BAD_REQUEST if visit.query.faults else HTTPStatus.OK,
        basis=basis,
        over=basis["validTo"] is not None and basis["validTo"] <= today,
        coming=basis["validFrom"] is not None and today < basis["validFrom"],
        types=[type for type in data["offerTypes"] if any(one["id"] == basis["id"] for one in type["legalBases"])],
        offers=data["offers"],
    )


PAGES = [Page("/lovgrundlag/{id}", legal_basis)]
