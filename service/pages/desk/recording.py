"""What is recorded about an offer from its page on the desk: a price, an approval, that it closes."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from service.pages.desk.desk import answered
from service.pages.desk.write import Form, write
from service.pages.fields import Fields, WrongForm
from service.pages.page import Page
from service.pages.visit import Visit
from service.pages.words import WORDS

PRICE = Form(
    "pris",
    "price",
    ("amount", "unit", "model", "year", "priceFrom", "ownPayment", "priceText"),
    {"priceFrom": "validFrom", "priceText": "text"},
)
APPROVAL = Form(
    "godkendelse",
    "approve",
    ("status", "authority", "approvalFrom", "conditions", "reportOn", "reportUrl"),
    {"approvalFrom": "validFrom"},
)
CLOSE = Form("luk", "close", ("closedOn",))


async def price(visit: Visit) -> Response:
    fields = await visit.form()
    amount, choose = visit.gettext("Skriv et beløb i kroner, for eksempel 2.190,50."), visit.gettext("Vælg en enhed.")
    year = visit.gettext("Skriv et årstal, for eksempel 2026.")
    given = {
        "offer": visit.request.path_params["id"],
        "amount": fields.amount("amount", amount),
        "unit": fields.one_of("unit", WORDS["PriceUnit"], choose),
        "model": fields.one_of("model", WORDS["PriceModel"], visit.gettext("Vælg en model.")),
        "year": fields.whole("year", 1990, 2100, year),
        "validFrom": fields.day("priceFrom", _day(visit)),
        "ownPayment": fields.amount("ownPayment", amount),
        "text": fields.text("priceText") or None,
    }
    _needed(fields, {"amount": amount, "unit": choose, "year": year, "priceFrom": _day(visit)})
    written = await write(visit, PRICE, fields, given)
    return await answered(visit, fields, PRICE, written, "priced", None)


async def approval(visit: Visit) -> Response:
    fields = await visit.form()
    choose = visit.gettext("Vælg, hvad der blev besluttet.")
    given = {
        "offer": visit.request.path_params["id"],
        "status": fields.one_of("status", WORDS["ApprovalStatus"], choose),
        "authority": fields.text("authority") or None,
        "validFrom": fields.day("approvalFrom", _day(visit)),
        "conditions": fields.text("conditions") or None,
        "reportOn": fields.day("reportOn", _day(visit)),
        "reportUrl": fields.text("reportUrl") or None,
    }
    _needed(fields, {"status": choose, "approvalFrom": _day(visit)})
    written = await write(visit, APPROVAL, fields, given)
    return await answered(visit, fields, APPROVAL, written, "approved", None)


async def close(visit: Visit) -> Response:
    fields = await visit.form()
    version = fields.whole("version", 1, 2**31 - 1, "")
    if version is None:
        raise WrongForm
    given = {"id": visit.request.path_params["id"], "closedOn": fields.day("closedOn", _day(visit))}
    _needed(fields, {"closedOn": _day(visit)})
    written = await write(visit, CLOSE, fields, {**given, "expectedVersion": version})
    return await answered(visit, fields, CLOSE, written, "closed", None)


def _day(visit: Visit) -> str:
    return visit.gettext("Skriv en dag, for eksempel 21.11.2026.")


def _needed(fields: Fields, sentences: dict[str, str]) -> None:
    for name, sentence in sentences.items():
        if not fields.chosen(name):
            fields.faults[name] = sentence


def counting(visit: Visit, offer: dict[str, Any], typed: Fields | None = None) -> Fields:
    """The form for a count of places: in all as they were, where nothing was `typed`, and free to be said."""
    places = (offer["capacity"] or {}).get("places")
    fields = Fields({"places": [] if places is None else [str(places)], "countedOn": [visit.today]})
    return fields if typed is None else Fields(fields.texts | typed.texts, typed.faults)


def blank(visit: Visit, offer: dict[str, Any]) -> dict[str, Fields]:
    """The other forms before anything is typed, with what seldom changes from one time to the next."""
    price, approval = offer["price"] or {}, offer["approval"] or {}
    again = {"unit": price.get("unit"), "model": price.get("model")}
    return {
        PRICE.id: _filled({**again, "year": visit.today[:4], "priceFrom": visit.today}),
        APPROVAL.id: _filled({"authority": (approval.get("authority") or {}).get("id"), "approvalFrom": visit.today}),
        CLOSE.id: _filled({}),
    }


def _filled(texts: dict[str, str | None]) -> Fields:
    return Fields({name: [text] for name, text in texts.items() if text})


PAGES = [
    Page("/skrivebord/{id}/pris", price, ("POST",), changes=True),
    Page("/skrivebord/{id}/godkendelse", approval, ("POST",), changes=True),
    Page("/skrivebord/{id}/luk", close, ("POST",), changes=True),
]
