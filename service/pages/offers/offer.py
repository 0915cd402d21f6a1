"""An offer: whom it takes, whether there is a place, what it costs, and everything else that is on record about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from itertools import groupby
from typing import Any

from starlette.responses import Response

from service.pages.drawing.charts import Chart, Series, held, steps
from service.pages.languages import N_
from service.pages.offers.changes import Line, lines
from service.pages.offers.deciding import tree
from service.pages.offers.similar import similar
from service.pages.page import Page
from service.pages.subject import about
from service.pages.visit import Visit
from service.pages.words import WORDS

UNITS = ("DAY", "MONTH", "YEAR")
"""What a price can be asked in. An hour is none of them: no stay is priced by it, and no visit by the day."""

LEVELS = tuple(WORDS["FunctionalLevel"])

Subject = dict[str, Any]
Stated = tuple[Subject, float | None]
"""A fact, with its value."""


@dataclass(frozen=True, slots=True)
class Course:
    """How something went over time: the chart, the first value with its day, and today's."""

    chart: Chart
    first: float
    last: float
    since: str
    gaps: bool

    @property
    def percent(self) -> float:
        return 100 * (self.last - self.first) / self.first if self.first else 0.0


async def offer(visit: Visit) -> Response:
    unit = visit.query.one_of("enhed", UNITS, visit.gettext("Prisen kan vises pr. døgn, måned eller år."))
    data = await about(visit, "offer", unit=unit)
    subject = data["subject"]
    today = visit.today
    if subject["stated"] and subject["stated"]["unit"] == "HOUR":
        subject["price"] |= {**subject["stated"], "convertedFrom": None}
    return visit.page(
        "offer.html",
        HTTPStatus.BAD_REQUEST if visit.query.faults else HTTPStatus.OK,
        subject=subject,
        unit=unit,
        units=UNITS,
        closed=subject["closedOn"] is not None and subject["closedOn"] <= today,
        beside=[price for price in subject["prices"] if _holds(price, today) and not _is(price, subject["stated"])],
        coming=[price for price in subject["prices"] if price["validFrom"] and price["validFrom"] > today],
        price=price_course(visit, subject),
        places=place_course(visit, subject),
        levels=list(levels(subject["supports"])),
        tree=tree(subject, lambda value, kind: visit.gettext(WORDS[kind][value])),
        similar=similar(subject),
        counted=_since(subject["capacity"] and subject["capacity"]["countedOn"], today),
        changes=changes(visit, data),
        unknown=[visit.gettext(what) for what in unknown(subject)],
    )


def price_course(visit: Visit, subject: Subject) -> Course | None:
    """Of the prices like today's, or the last: of the same unit and model. None where fewer than two have a day."""
    if not subject["prices"]:
        return None
    like = subject["stated"] or subject["prices"][-1]
    model = next((price["model"] for price in subject["prices"] if _is(price, like)), None)
    alike = [p for p in subject["prices"] if p["unit"] == like["unit"] and p["model"] == model and p["validFrom"]]
    word = WORDS["PriceUnit"][like["unit"]]
    unit = visit.gettext("kr. pr. %(unit)s", unit=visit.gettext(word))
    values: list[Stated] = [(price, float(price["amount"])) for price in alike]
    return _course(visit, {visit.gettext("Pris"): values}, unit, visit.formats.money)


def place_course(visit: Visit, subject: Subject) -> Course | None:
    """Of the places and how many of them were free. None where fewer than two counts have a day."""
    dated = [capacity for capacity in subject["capacities"] if capacity["validFrom"]]
    both = {
        visit.gettext("Pladser i alt"): [(capacity, capacity["places"]) for capacity in dated],
        visit.gettext("Ledige pladser"): [(capacity, capacity["free"]) for capacity in dated],
    }
    return _course(visit, both, visit.gettext("pladser"), None, zero=True)


def _course(visit: Visit, values: dict[str, list[Stated]], unit: str, write: Any, zero: bool = False) -> Course | None:
    series = [
        Series(name, held((date.fromisoformat(of["validFrom"]), _day(of["validTo"]), value) for of, value in stated))
        for name, stated in values.items()
    ]
    known = [(str(x), value) for x, value in series[0].points if value is not None]
    if len(known) < 2:
        return None
    # What is decided for days to come is drawn, but has not come about.
    since, first = known[0]
    last = next((value for x, value in reversed(known) if x <= visit.today), first)
    chart = steps(series, visit.formats, until=date.fromisoformat(visit.today), unit=unit, write=write, zero=zero)
    gaps = any(value is None for x, value in series[0].points)
    return Course(chart, first, last, since, gaps)


def levels(supports: list[Subject]) -> Iterator[tuple[Subject, list[tuple[int, str, list[str]]]]]:
    """By theme, the highest first: a level from 0 to 4, its value, and what is supported so far."""

    def order(support: Subject) -> tuple[str, int, str]:
        item = support["item"]
        return item["theme"]["name"], -LEVELS.index(support["upTo"]), item["name"]

    for _, of_theme in groupby(sorted(supports, key=order), key=lambda support: support["item"]["theme"]["id"]):
        one = list(of_theme)
        yield (
            one[0]["item"]["theme"],
            [
                (LEVELS.index(value), value, [support["item"]["name"] for support in alike])
                for value, alike in groupby(one, key=lambda support: support["upTo"])
            ],
        )


def changes(visit: Visit, data: dict[str, Any]) -> list[tuple[Subject, list[Line]]]:
    """The entries of the change log, each with its fields in words."""
    subject = data["subject"]
    things = [*data["groups"]["nodes"], *data["services"], *data["offerTypes"]]
    things += [*subject["legalBases"], *subject["coveredBy"], *subject["boughtBy"]]
    things += [one for one in (subject["institution"], subject["operator"], subject["partOf"]) if one]
    names = {thing["id"]: thing.get("name") or thing["code"] for thing in things}
    return [(change, lines(change, names, visit.formats, visit.gettext)) for change in subject["history"]["nodes"]]


def unknown(subject: Subject) -> Iterator[str]:
    """What a caseworker would ask for and nobody has stated."""
    place, contact = subject["location"], subject["contact"] or {}
    if not subject["type"]:
        yield N_("tilbudstype")
    if not subject["targetGroups"]:
        yield N_("målgrupper")
    if subject["ageFrom"] is None and subject["ageTo"] is None:
        yield N_("alder")
    if not subject["capacity"] or subject["capacity"]["free"] is None:
        yield N_("ledige pladser")
    if not subject["prices"]:
        yield N_("pris")
    if not contact.get("phone"):
        yield N_("telefonnummer")
    if not place or not (place["address"] or place["protected"]):
        yield N_("adresse")
    if not subject["approval"] and (not subject["type"] or subject["type"]["needsApproval"]):
        yield N_("godkendelse")
    if not subject["services"]:
        yield N_("ydelser")
    if not subject["supports"] and not subject["supportLevelUpTo"]:
        yield N_("støttebehov og funktionsniveau")
    if not subject["boughtBy"]:
        yield N_("hvilke kommuner der køber pladser")
    if not subject["boards"]["nodes"]:
        yield N_("hvilken bestyrelse der bestemmer")


def _holds(thing: Subject, day: str) -> bool:
    return (thing["validFrom"] or "") <= day < (thing["validTo"] or "9999")


def _is(price: Subject, stated: Subject | None) -> bool:
    return stated is not None and all(price[name] == stated[name] for name in ("amount", "unit"))


def _since(day: str | None, today: str) -> int | None:
    return (date.fromisoformat(today) - date.fromisoformat(day)).days if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


PAGES = [Page("/tilbud/{id}", offer)]
