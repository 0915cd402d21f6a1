"""The secretariat's desk: who is appointed to a seat, whose time ends, and what a body decided about an agreement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from graph.actor import Role
from service.pages.desk.write import Form, Written, once, write
from service.pages.fields import Fields
from service.pages.notice import Notice
from service.pages.page import Page
from service.pages.signing.signin import asked_to
from service.pages.visit import Missing, Visit
from service.pages.words import WORDS

HERE = "/skrivebord/saeder"

APPOINT = Form(
    "udpeg",
    "appoint",
    ("seat", "representative", "newName", "party", "gender", "municipality", "role", "validFrom", "validTo"),
    {"newName": "name"},
)
END = Form("afslut", "end_tenure", ("tenure", "on", "reason"))
DECIDE = Form("beslut", "decide", ("agreement", "body", "decision", "decidedOn"), {"body": "board"})


async def show(visit: Visit) -> Response:
    if not visit.known:
        return asked_to(visit)
    return await _page(visit, visit.query.text("organ"), {})


async def _page(visit: Visit, board: str, forms: Mapping[str, Fields], status: int = 200) -> Response:
    data = await visit.ask("appointments", board=board, chosen=bool(board))
    if board and data["board"] is None:
        raise Missing
    blank = {
        APPOINT.id: Fields({"validFrom": [visit.today], "role": ["MEMBER"]}),
        END.id: Fields({}),
        DECIDE.id: Fields({"decidedOn": [visit.today]}),
    }
    return visit.page(
        "desk/appointments.html",
        status,
        **data,
        chosen=data.get("board"),
        tenures=list(_tenures(data["board"]["seats"]["nodes"])) if board else [],
        forms={**blank, **forms},
        here=HERE,
        once=once,
        words_of=lambda kind: [(value, visit.gettext(word)) for value, word in WORDS[kind].items()],
        may_write=visit.signed.actor.is_any(Role.SECRETARIAT),
        done=None,
    )


def _tenures(seats: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Everyone in the seats today, with the seat."""
    return [
        (seat, time)
        for seat in seats
        for time in [seat["holder"], *seat["substitutes"], *seat["observers"]]
        if time is not None
    ]


async def appoint(visit: Visit) -> Response:
    fields = await visit.form()
    new = fields.text("newName")
    person = {
        "name": new,
        "party": fields.text("party") or None,
        "gender": fields.one_of("gender", WORDS["Gender"], _choose(visit)),
        "municipality": fields.text("municipality") or None,
    }
    given = {
        "seat": fields.text("seat"),
        "representative": fields.text("representative") or None,
        "newRepresentative": person if new else None,
        "role": fields.one_of("role", WORDS["TenureRole"], _choose(visit)) or "MEMBER",
        "validFrom": fields.day("validFrom", _day(visit)),
        "validTo": fields.day("validTo", _day(visit)),
    }
    _needed(fields, {"seat": _choose(visit), "validFrom": _day(visit)})
    if not new and not fields.chosen("representative"):
        fields.faults["representative"] = visit.gettext("Vælg en person, eller skriv navnet på en ny.")
    return await _answered(visit, fields, APPOINT, await write(visit, APPOINT, fields, given), "appointed")


async def end(visit: Visit) -> Response:
    fields = await visit.form()
    given = {
        "tenure": fields.text("tenure"),
        "on": fields.day("on", _day(visit)),
        "reason": fields.text("reason") or None,
    }
    _needed(fields, {"tenure": _choose(visit), "on": _day(visit)})
    return await _answered(visit, fields, END, await write(visit, END, fields, given), "ended")


async def decide(visit: Visit) -> Response:
    fields = await visit.form()
    given = {
        "agreement": fields.text("agreement"),
        "board": fields.text("body"),
        "decision": fields.one_of("decision", WORDS["Decision"], _choose(visit)),
        "decidedOn": fields.day("decidedOn", _day(visit)),
    }
    _needed(fields, {name: _choose(visit) for name in ("agreement", "body", "decision")})
    return await _answered(visit, fields, DECIDE, await write(visit, DECIDE, fields, given), "decided")


async def _answered(visit: Visit, fields: Fields, form: Form, written: Written, kind: str) -> Response:
    board = fields.text("organ")
    if written.code is not None:
        return await _page(visit, board, {form.id: fields}, written.status)
    visit.cookies.append(Notice(kind, "", written.position).cookie(visit.site.cookies))
    return visit.redirect(f"{HERE}?organ={quote(board, safe=':')}" if board else HERE)


def _choose(visit: Visit) -> str:
    return visit.gettext("Vælg en af mulighederne.")


def _day(visit: Visit) -> str:
    return visit.gettext("Skriv en dag, for eksempel 21.11.2026.")


def _needed(fields: Fields, sentences: Mapping[str, str]) -> None:
    for name, sentence in sentences.items():
        if not fields.chosen(name):
            fields.faults[name] = sentence


PAGES = [
    Page(HERE, show),
    Page(f"{HERE}/udpeg", appoint, ("POST",), changes=True),
    Page(f"{HERE}/afslut", end, ("POST",), changes=True),
    Page(f"{HERE}/beslut", decide, ("POST",), changes=True),
]
