"""An organisation: a municipality, a region, an institution, an association or an authority."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from service.pages.page import Page
from service.pages.subject import about, named
from service.pages.visit import Missing, Visit


async def organisation(visit: Visit) -> Response:
    """What it runs, what lies in it, its boards, and its seats in those of others."""
    data = await about(visit, "organisation", isMunicipality=named(visit).startswith("municipality:"))
    subject = data["subject"]
    if "name" not in subject:
        raise Missing
    institutions = {
        offer["institution"]["id"]: offer["institution"]
        for offer in subject["offers"]["nodes"]
        if offer["institution"] and offer["institution"]["id"] != subject["id"]
    }
    return visit.page(
        "organisation.html",
        HTTPStatus.BAD_REQUEST if visit.query.faults else HTTPStatus.OK,
        is_=subject["__typename"],
        organisation=subject,
        institutions=list(institutions.values()),
        seats=data.get("seats"),
    )


PAGES = [Page("/organisationer/{id}", organisation)]
