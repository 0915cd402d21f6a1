"""The editor's desk: the visitor's offers, what is stale first; still correct, and so many places are free."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from graph.actor import Role
from service.pages.desk.stale import Row, row
from service.pages.desk.write import Form, Written, once, write
from service.pages.fields import Fields
from service.pages.notice import Notice
from service.pages.page import Page
from service.pages.signing.signin import asked_to, local
from service.pages.visit import Visit

MOST = 200
"""Offers of one organisation that are shown."""
PAGE = 50
"""Offers on a page of all."""
ORGANISATIONS = 20
"""Organisations whose offers are shown."""

COUNT = Form("pladser", "count", ("free", "places", "waitingDays", "countedOn"))
CONFIRM = Form("bekraeft", "confirm", ())


async def desk(visit: Visit) -> Response:
    if not visit.known:
        return asked_to(visit)
    actor = visit.signed.actor
    everything = actor.is_any(Role.SECRETARIAT)
    organisations = [] if everything else sorted(actor.organisations)[:ORGANISATIONS]
    data = await visit.ask(
        "desk",
        organisations=organisations,
        mine=not everything,
        all=everything,
        first=PAGE if everything else MOST,
        after=visit.query.text("efter") or None,
    )
    rows = [row(visit, offer) for offer in _offers(data)]
    if not everything:
        rows.sort(key=lambda row: row.rank)
    found = [organisation for organisation in data.get("organisations") or [] if organisation]
    return visit.page(
        "desk/desk.html",
        rows=rows,
        organisations=found,
        more=max(0, len(actor.organisations) - ORGANISATIONS),
        cut=[one for one in found if one["offers"]["totalCount"] > MOST],
        page=data.get("offers"),
        may_write=actor.is_any(Role.EDITOR),
        governs=everything,
        done=_done(visit.notice, rows),
        first=_next(visit.notice, rows) if actor.is_any(Role.EDITOR) else None,
        **shared(visit),
    )


def _offers(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Each once, though it may be the operator's and the institution's both."""
    connections = [data["offers"]] if "offers" in data else [one["offers"] for one in data["organisations"] if one]
    return list({offer["id"]: offer for connection in connections for offer in connection["nodes"]}.values())


def _done(notice: Notice | None, rows: list[Row]) -> Row | None:
    return next((row for row in rows if notice and row.offer["id"] == notice.about), None)


def _next(notice: Notice | None, rows: list[Row]) -> str | None:
    """The row to go on with: the first; after a write the one that comes next, as the visitor saw them."""
    ids = [row.offer["id"] for row in rows if not row.closed]
    if notice is not None and notice.next in ids:
        return notice.next
    return next(iter(ids), None)


def shared(visit: Visit) -> dict[str, Any]:
    """What the templates of a row need beside it."""
    return {"once": once, "back": visit.here, "fields": Fields({})}


async def count(visit: Visit) -> Response:
    """So many places are free today. Of a form without the places in all, such as a row, those stay as they are."""
    fields, id = await visit.form(), visit.request.path_params["id"]
    unwritten = visit.gettext("Skriv et helt tal, 0 eller mere.")
    free = fields.whole("free", 0, 100_000, unwritten)
    if free is None:
        fields.faults.setdefault("free", unwritten)
    given = {
        "offer": id,
        "free": free,
        "places": fields.whole("places", 0, 100_000, unwritten),
        "keepPlaces": "places" not in fields.texts,
        "waitingDays": fields.whole("waitingDays", 0, 100_000, unwritten),
        "countedOn": fields.day("countedOn", visit.gettext("Skriv en dag, for eksempel 21.11.2026.")) or visit.today,
    }
    written = await write(visit, COUNT, fields, given)
    return await answered(visit, fields, COUNT, written, "counted", written.payload.get("offer"))


async def confirm(visit: Visit) -> Response:
    fields, id = await visit.form(), visit.request.path_params["id"]
    written = await write(visit, CONFIRM, fields, {"ids": [id]})
    nodes = written.payload.get("nodes")
    return await answered(visit, fields, CONFIRM, written, "confirmed", nodes[0] if nodes else None)


async def answered(
    visit: Visit, fields: Fields, form: Form, written: Written, kind: str, offer: dict[str, Any] | None
) -> Response:
    """The row anew for a script, else the page that the form stood on; where it was refused, the form once more."""
    id = visit.request.path_params["id"]
    part = fields.text("part") == "row"
    if written.code is not None:
        if part:
            return visit.answer(next(iter(fields.faults.values())), "text/plain; charset=utf-8", written.status)
        from service.pages.desk.edit import edited  # which records from its page what this does from a row

        return await edited(visit, form, fields, written)
    if part and offer is not None:
        here = {**shared(visit), "back": local(fields.text("videre")), "may_write": True, "kind": kind}
        return visit.page("desk/row.html", row=row(visit, offer), **here)
    visit.cookies.append(Notice(kind, id, written.position, fields.text("next")[:200]).cookie(visit.site.cookies))
    return visit.redirect(local(fields.text("videre")))


PAGES = [
    Page("/skrivebord", desk),
    Page("/skrivebord/{id}/pladser", count, ("POST",), changes=True),
    Page("/skrivebord/{id}/bekraeft", confirm, ("POST",), changes=True),
]
