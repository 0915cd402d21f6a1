"""Target groups: the whole classification, and each group of it."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from service.pages.directory.tree import chain, tree
from service.pages.page import Page
from service.pages.subject import about
from service.pages.visit import Visit


async def target_groups(visit: Visit) -> Response:
    """The tree with everyday words and numbers of offers."""
    groups = (await visit.ask("target_groups"))["targetGroups"]
    return visit.page(
        "target_groups.html", top=tree(groups["nodes"]), shown=len(groups["nodes"]), all=groups["totalCount"]
    )


async def target_group(visit: Visit) -> Response:
    data = await about(visit, "target_group")
    status = HTTPStatus.BAD_REQUEST if visit.query.faults else HTTPStatus.OK
    return visit.page(
        "target_group.html",
        status,
        group=data["subject"],
        above=chain(data["subject"]),
        knowledge=data["knowledge"],
    )


PAGES = [Page("/maalgrupper", target_groups), Page("/maalgrupper/{id}", target_group)]
