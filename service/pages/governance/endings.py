"""What ends: seats whose holders' time runs out soon, has run out, or that nobody holds, by who must act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from starlette.responses import Response

from service.pages.drawing.timeline import HOLDING
from service.pages.governance import days
from service.pages.governance.seats import Thing, names
from service.pages.narrowing import narrowed
from service.pages.page import Page
from service.pages.visit import Visit

DAYS, MOST_DAYS = 90, 1461
"""How far to look ahead, if nothing is said, and at most: a municipal term."""


def asked_days(visit: Visit, default: int = DAYS) -> int:
    """How many days to look ahead (`dage`)."""
    return visit.query.whole("dage", 1, MOST_DAYS, visit.gettext("Skriv et antal dage fra 1 til 1461.")) or default


async def endings(visit: Visit) -> Response:
    day, within = days.asked(visit), asked_days(visit)
    data = await narrowed(
        visit,
        "endings",
        {
            "boards": ("organ", visit.gettext("Vælg et organ fra listen.")),
            "appointers": ("udpeger", visit.gettext("Vælg et udpegende organ fra listen.")),
        },
        day=day,
        before=days.after(day, within + 1),
        within=within,
    )
    return visit.page(
        "endings_part.html" if visit.query.chosen("del") else "endings.html",
        HTTPStatus.BAD_REQUEST if visit.query.faults else HTTPStatus.OK,
        day=day,
        within=within,
        ending=data["ending"],
        carry_over=data["carryOver"],
        vacant=data["vacant"],
        due=due,
        successor=successor,
        boards=names(data["boards"]["nodes"]),
        turns=days.turns(),
    )


@dataclass(frozen=True, slots=True)
class Due:
    """What one body must act on; `body` is None where nobody says who must."""

    body: Thing | None
    seats: list[Thing]
    day: str

    @property
    def open(self) -> int:
        """How many of the seats nobody is on record to hold next."""
        return sum(successor(seat, self.day) is None for seat in self.seats)


def due(seats: Iterable[Thing], day: str) -> list[Due]:
    """Seats by the body that must act, those that end first on top; last those of which nobody says who must."""
    groups: dict[str, Due] = {}
    for seat in seats:
        body = seat["appointedBy"]
        groups.setdefault(body["id"] if body else "", Due(body, [], day)).seats.append(seat)
    for group in groups.values():
        group.seats.sort(key=lambda seat: str(seat["endsOn"] or ""))
    return sorted(groups.values(), key=lambda group: group.body is None)


def successor(seat: Thing, day: str) -> Thing | None:
    """Who is on record to hold the seat when its holder's time is over, or, where nobody holds it, after the day."""
    since = seat["endsOn"] or day
    later = [
        time
        for time in seat["tenures"]["nodes"]
        if time["role"] in HOLDING and time["validFrom"] and time["validFrom"] >= since
    ]
    return min(later, key=lambda time: str(time["validFrom"]), default=None)


PAGES = [Page("/saeder/ophoer", endings)]
