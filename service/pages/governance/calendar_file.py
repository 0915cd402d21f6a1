"""A calendar file of the days on which holders' time in their seats runs out: iCalendar, RFC 5545."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterable
from datetime import date, timedelta

from icalendar import Calendar, Event
from starlette.responses import Response

from service.pages.addresses import address
from service.pages.asking import NotAnswered
from service.pages.governance import days
from service.pages.governance.endings import MOST_DAYS, asked_days
from service.pages.governance.seats import Thing, words
from service.pages.page import Page
from service.pages.visit import Visit


async def calendar_file(visit: Visit) -> Response:
    """One event for each seat whose holder's time runs out after the day, within `dage` days, else within a term."""
    query = visit.query
    day, within = days.asked(visit), asked_days(visit, MOST_DAYS)
    if query.faults:
        return visit.answer("\n".join(query.faults.values()), "text/plain; charset=utf-8", 400)
    try:
        seats = await ending(visit, day, within, query.text("organ"), query.text("udpeger"))
    except NotAnswered as failed:
        if failed.code != "BAD_USER_INPUT":
            raise
        return visit.answer(visit.gettext("Vælg et organ fra listen."), "text/plain; charset=utf-8", 400)
    # Written aside: others are answered in the meantime.
    content = await to_thread(_calendar, visit, seats)
    return visit.answer(
        content, "text/calendar; charset=utf-8", Content_Disposition=f'attachment; filename="saeder-{day}.ics"'
    )


async def ending(visit: Visit, day: str, within: int, board: str, appointer: str) -> list[Thing]:
    """Every seat whose holder's time runs out: a file has no pages, so all are read."""
    seats: list[Thing] = []
    after: str | None = None
    while True:
        data = await visit.ask(
            "endings_file",
            day=day,
            before=days.after(day, within + 1),
            boards=[board] if board else None,
            appointers=[appointer] if appointer else None,
            after=after,
        )
        page = data["seats"]
        seats += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return seats
        after = page["pageInfo"]["endCursor"]


def _calendar(visit: Visit, seats: Iterable[Thing]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//Tilbudsvifte//Sæder//{visit.language.value}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", visit.gettext("Sæder, der ophører"))
    for seat in seats:
        calendar.add_component(_event(visit, seat))
    content: bytes = calendar.to_ical()
    return content


def _event(visit: Visit, seat: Thing) -> Event:
    """The last day, whole. The tenure names the event, so that a new end moves it."""
    over = date.fromisoformat(seat["endsOn"])
    event = Event()
    event.add("uid", f"{seat['holder']['id']}@tilbudsvifte")
    event.add("dtstamp", visit.site.clock.now())
    event.add("dtstart", over - timedelta(days=1))
    event.add("dtend", over)
    event.add(
        "summary", visit.gettext("Sidste dag: %(seat)s, %(board)s", seat=seat["label"], board=seat["board"]["name"])
    )
    event.add("description", "\n".join(_description(visit, seat)))
    event.add(
        "url", f"{str(visit.request.base_url).rstrip('/')}{visit.language.href(address(seat['board']['id']) or '')}"
    )
    event.add("transp", "TRANSPARENT")
    return event


def _description(visit: Visit, seat: Thing) -> Iterable[str]:
    yield visit.gettext("Sidder der: %(name)s", name=seat["holder"]["representative"]["name"])
    if seat["appointedBy"]:
        yield visit.gettext("Skal udpege en ny: %(name)s", name=seat["appointedBy"]["name"])
    else:
        yield visit.gettext("Det er ikke oplyst, hvem der udpeger.")
    if seat["termRule"]:
        yield visit.gettext("Regel: %(rule)s", rule=words(visit, "TermRule")[seat["termRule"]])
    if seat["dataStatus"] == "ILLUSTRATIVE":
        yield visit.gettext("Illustrativ: fundet på for at vise systemet; må ikke bruges.")


PAGES = [Page("/saeder.ics", calendar_file, file=True)]
