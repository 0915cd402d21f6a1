"""What ends: seats whose holders' time runs out soon, has run out, or that nobody holds, by who must act."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from starlette.responses import Response

from service.pages import days
from service.pages.listing import listed
from service.pages.page import Page
from service.pages.seats import Thing, names
from service.pages.visit import Visit

HOLDING = ("MEMBER", "CHAIR", "VICE_CHAIR")
DAYS, MOST_DAYS = 90, 1461
"""How far to look ahead, if nothing is said, and at most: a municipal term."""


def asked_days(visit: Visit, default: int = DAYS) -> int:
    """How many days to look ahead (`dage`)."""
    return visit.query.whole("dage", 1, MOST_DAYS, visit.gettext("Skriv et antal dage fra 1 til 1461.")) or default


async def endings(visit: Visit) -> Response:
    day, within = days.asked(visit), asked_days(visit)
    board, appointer = visit.query.text("organ"), visit.query.text("udpeger")
    data = await listed(
        visit,
        "endings",
        day=day,
        before=days.after(day, within + 1),
        within=within,
        boards=[board] if board else None,
        appointers=[appointer] if appointer else None,
    )
    boards = names(data["boards"]["nodes"])
    for name, sentence in (
        ("organ", visit.gettext("Vælg et organ fra listen.")),
        ("udpeger", visit.gettext("Vælg et udpegende organ fra listen.")),
    ):
        if visit.query.chosen(name) and visit.query.text(name) not in boards:
            visit.query.faults[name] = sentence
    return visit.page(
        "endings_part.html" if visit.query.chosen("del") else "endings.html",
        HTTPStatus.BAD_REQUEST if visit.query.faults else HTTPStatus.OK,
        day=day,
        within=within,
        ending=data["ending"],
        carry_over=data["carryOver"],
        vacant=data["vacant"],
        by_appointer=by_appointer,
        successor=successor,
        boards=boards,
        turns=days.turns(),
    )


def by_appointer(seats: Iterable[Thing]) -> list[tuple[Thing | None, list[Thing]]]:
    """Seats by the body that must act, the first to end first; last those of which nobody says who must."""
    groups: dict[str, tuple[Thing | None, list[Thing]]] = {}
    for seat in seats:
        body = seat["appointedBy"]
        groups.setdefault(body["id"] if body else "", (body, []))[1].append(seat)
    for _, found in groups.values():
        found.sort(key=lambda seat: seat["endsOn"] or "")
    return sorted(groups.values(), key=lambda group: group[0] is None)


def successor(seat: Thing) -> Thing | None:
    """Who is on record to hold the seat when its holder's time is over."""
    ends = seat["endsOn"]
    after = [
        time for time in seat["tenures"]["nodes"] if time["role"] in HOLDING and ends and time["validFrom"] >= ends
    ]
    return min(after, key=lambda time: str(time["validFrom"]), default=None)


PAGES = [Page("/saeder/ophoer", endings)]
