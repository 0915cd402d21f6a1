"""All offers, to look through: of a municipality, a target group or a type, in one of four orders."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from service.pages.asking import NotAnswered
from service.pages.languages import N_
from service.pages.listing import listed
from service.pages.offers.offer import UNITS
from service.pages.page import Page
from service.pages.visit import Visit

FILTERS = {"kommune": "municipalities", "maalgruppe": "targetGroups", "type": "offerTypes"}
"""Fields of `OfferFilter` by the parameters of the address."""

ORDERS = {
    "navn": ({"field": "NAME", "direction": "ASC"}, N_("Navn")),
    "pris": ({"field": "PRICE", "direction": "ASC"}, N_("Pris, laveste først")),
    "ledige": ({"field": "FREE_PLACES", "direction": "DESC"}, N_("Ledige pladser, flest først")),
    "bekraeftet": ({"field": "VERIFIED_ON", "direction": "DESC"}, N_("Bekræftet, nyeste først")),
}


async def offers(visit: Visit) -> Response:
    query = visit.query
    order = query.one_of("orden", ORDERS, visit.gettext("Vælg en rækkefølge fra listen.")) or "navn"
    unit = query.one_of("enhed", UNITS, visit.gettext("Prisen kan vises pr. døgn, måned eller år.")) or "DAY"
    chosen: dict[str, Any] = {field: [id] for name, field in FILTERS.items() if (id := query.text(name))}
    if query.chosen("ledig"):
        chosen["freePlacesAtLeast"] = 1
    if query.chosen("lukkede"):
        chosen["includeClosed"] = True
    data = await _asked(visit, chosen, unit=unit, orderBy=ORDERS[order][0])
    return visit.page(
        "offers.html",
        HTTPStatus.BAD_REQUEST if query.faults else HTTPStatus.OK,
        orders={name: visit.gettext(said) for name, (_, said) in ORDERS.items()},
        order=order,
        unit=unit,
        units=UNITS,
        chosen=chosen,
        tree=list(tree(data["groups"]["nodes"])),
        **data,
    )


async def _asked(visit: Visit, chosen: dict[str, Any], **variables: Any) -> dict[str, Any]:
    """The answer, without what the address chooses and the directory does not have: that is a fault of the address."""
    try:
        return await listed(visit, "offers", filter=chosen, **variables)
    except NotAnswered as failed:
        name = next((name for name, field in FILTERS.items() if failed.path[:2] == ("filter", field)), None)
        if name is None:
            raise
        visit.query.faults[name] = visit.gettext("Vælg en fra listen.")
        del chosen[FILTERS[name]]
        return await _asked(visit, chosen, **variables)


def tree(
    groups: list[dict[str, Any]], under: str | None = None, depth: int = 0
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Target groups, the narrower below the broader, by name, each with how deep it stands."""
    here = [group for group in groups if (group["broader"] and group["broader"]["id"]) == under]
    for group in sorted(here, key=lambda group: group["name"]):
        yield depth, group
        yield from tree(groups, group["id"], depth + 1)


PAGES = [Page("/tilbud", offers)]
