"""Knowledge that municipalities and the region share: a list to look in, and each piece of it."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from service.pages.directory.tree import branches
from service.pages.listing import listed
from service.pages.page import Page
from service.pages.subject import about
from service.pages.visit import Visit


async def knowledge_list(visit: Visit) -> Response:
    """What is shared, with words, groups and focus areas to choose by."""
    fields = visit.query
    asked = {
        "text": fields.text("q") or None,
        "targetGroups": fields.all("maalgruppe")[:1] or None,
        "focusAreas": fields.all("fokusomraade")[:1] or None,
    }
    data = await listed(visit, "knowledge_list", **asked)
    groups, agreements = branches(data["targetGroups"]["nodes"]), data["agreements"]["nodes"]
    choices = {
        "maalgruppe": {branch.term["id"] for branch in groups},
        "fokusomraade": {area["id"] for agreement in agreements for area in agreement["focusAreas"]},
    }
    for field, known in choices.items():
        fields.one_of(field, known, visit.gettext("Vælg fra listen."))
    return visit.page(
        "knowledge_list.html",
        HTTPStatus.BAD_REQUEST if fields.faults else HTTPStatus.OK,
        list=None if fields.faults.keys() & choices else data["knowledge"],
        groups=groups,
        agreements=agreements,
    )


async def knowledge(visit: Visit) -> Response:
    data = await about(visit, "knowledge")
    return visit.page("knowledge.html", knowledge=data["subject"])


PAGES = [Page("/viden", knowledge_list), Page("/viden/{id}", knowledge)]
