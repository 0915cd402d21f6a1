"""The people who sit: a list, one person's seats now and before, and what may raise a question of impartiality."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from service.pages.drawing import timeline
from service.pages.governance import days
from service.pages.listing import listed
from service.pages.page import Page
from service.pages.subject import about
from service.pages.visit import Visit

MOST_SEATS = 50
LONGEST_NAME = 200


async def people(visit: Visit) -> Response:
    query = visit.query
    day = days.asked(visit)
    holding = query.whole("mindst", 0, MOST_SEATS, visit.gettext("Skriv et antal sæder fra 0 til 50."))
    data = await listed(visit, "people", day=day, text=query.text("navn")[:LONGEST_NAME] or None, holding=holding)
    return visit.page("people.html", _status(visit), day=day, holding=holding, people=data["representatives"])


async def person(visit: Visit) -> Response:
    day = days.asked(visit)
    data = await about(visit, "person", day=day)
    found = data["subject"]
    return visit.page(
        "person.html",
        _status(visit),
        day=day,
        person=found,
        flags=[flag for flag in data["impartialityFlags"] if flag["representative"]["id"] == found["id"]],
        turns=days.turns(),
        lanes=timeline.lanes,
        years=timeline.years(),
        now=timeline.place(day),
    )


async def impartiality(visit: Visit) -> Response:
    day = days.asked(visit)
    data = await visit.ask("impartiality", day=day)
    return visit.page("impartiality.html", _status(visit), day=day, flags=data["impartialityFlags"], turns=days.turns())


def _status(visit: Visit) -> HTTPStatus:
    return HTTPStatus.BAD_REQUEST if visit.query.faults else HTTPStatus.OK


PAGES = [Page("/personer", people), Page("/personer/{id}", person), Page("/habilitet", impartiality)]
