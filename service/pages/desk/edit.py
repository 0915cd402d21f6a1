"""One offer on the editor's desk: what it says of itself, and what is recorded about it, each with its form."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from graph.actor import Role
from service.pages.desk import place, recording, serving
from service.pages.desk.conflict import LABELS, Conflict, conflict_of, seen_by, told
from service.pages.desk.desk import COUNT, answered
from service.pages.desk.write import Form, Written, once, write
from service.pages.fields import Fields, WrongForm
from service.pages.page import Page
from service.pages.signing.signin import asked_to
from service.pages.visit import Missing, Visit
from service.pages.words import WORDS, YES_OR_NO

OWN = Form("tilbud", "change", tuple(LABELS), {"serves": "targetGroups"})
CONTACT = ("email", "phone", "url")


async def edit(visit: Visit) -> Response:
    if not visit.known:
        return asked_to(visit)
    return await _page(visit, {})


async def edited(visit: Visit, form: Form, fields: Fields, written: Written) -> Response:
    """The page once more, with what was typed into one of its forms and what is wrong with it."""
    return await _page(visit, {form.id: fields}, written.status, clash=written.code == "CONFLICT" and form is OWN)


async def _page(visit: Visit, forms: dict[str, Fields], status: int = 200, clash: bool = False) -> Response:
    typed = forms.get(OWN.id) if clash else None
    data = await visit.ask(
        "edit",
        id=visit.request.path_params["id"],
        conflict=clash,
        since=typed and (str(typed.whole("position", 0, 2**53, "") or 0)),
    )
    offer = data["offer"]
    if offer is None:
        raise Missing
    unseen = place.unseen(visit, offer)
    now, conflict = texts(offer, unseen), None
    untold = place.taken_out(forms[OWN.id]) if unseen and OWN.id in forms else []
    if typed:
        conflict = conflict_of(typed, now, data["since"]["nodes"])
        typed.faults.clear()  # the conflict says it
    shown = {OWN.id: Fields(dict(now)), **recording.blank(visit, offer), **forms}
    shown[COUNT.id] = recording.counting(visit, offer, forms.get(COUNT.id))
    here = f"/skrivebord/{offer['id']}"
    return visit.page(
        "desk/edit.html",
        status,
        offer=offer,
        here=here,
        forms=shown,
        seen=seen_by(now),
        position=visit.headers["Tilbudsvifte-Position"],
        conflict=conflict,
        labels=LABELS,
        told=told,
        said=_Said(visit, data),
        types=data["offerTypes"],
        services=data["services"],
        municipalities=data["municipalities"]["nodes"],
        unseen=unseen,
        untold=untold,
        themes=serving.levelled(data["themes"], shown[OWN.id]),
        groups=serving.Groups.of(data["groups"]["nodes"], offer, now, shown[OWN.id].texts),
        authorities=data["authorities"],
        yes_or_no=YES_OR_NO,
        words_of=lambda kind: [(value, visit.gettext(word)) for value, word in WORDS[kind].items()],
        pairs=lambda some: [(one["id"], one["name"]) for one in some],
        once=once,
        may_write=visit.signed.actor.is_any(Role.EDITOR),
        done=None,
    )


def texts(offer: dict[str, Any], unseen: bool) -> dict[str, list[str]]:
    """What the form of an offer's own fields holds before anything is typed, by one whose place is `unseen` or not."""
    contact = offer["contact"] or {}
    plain = {
        "name": offer["name"],
        "summary": offer["summary"],
        "type": (offer["type"] or {}).get("id"),
        "ageFrom": _plain(offer["ageFrom"]),
        "ageTo": _plain(offer["ageTo"]),
        "supportLevelUpTo": offer["supportLevelUpTo"],
        **{name: contact.get(name) for name in CONTACT},
        "openFrom": offer["openFrom"],
    }
    found = {name: [value] if value else [] for name, value in plain.items()}
    found |= serving.texts(offer) | place.texts(offer, unseen)
    return {**found, "services": [service["id"] for service in offer["services"]]}


async def change(visit: Visit) -> Response:
    """What is different from what the visitor saw, and nothing else; so much that others changed stays."""
    fields, id = await visit.form(), visit.request.path_params["id"]
    seen, version = Conflict.seen(fields), fields.whole("version", 1, 2**31 - 1, "")
    if seen is None or version is None:
        raise WrongForm
    for name in OWN.fields:
        if fields.text(f"choose-{name}") == "now":
            fields.texts[name] = seen.get(name, [])
    serving.settle(fields)
    changed = [name for name in OWN.fields if sorted(fields.all(name)) != sorted(seen.get(name, []))]
    values = _values(visit, fields)
    offer = {name: values[name] for name in changed if name in values}
    if set(changed) & set(serving.SERVED):
        offer["targetGroups"] = serving.given(fields)
    if set(changed) & set(place.PLACE):
        offer["location"] = place.given(visit, fields)
    if set(changed) & set(CONTACT):
        contact = {name: fields.text(name) or None for name in CONTACT}
        offer["contact"] = contact if any(contact.values()) else None
    written = await write(visit, OWN, fields, {"id": id, "offer": offer, "expectedVersion": version})
    return await answered(visit, fields, OWN, written, "changed" if offer else "unchanged", None)


def _values(visit: Visit, fields: Fields) -> dict[str, Any]:
    """The fields as GraphQL takes them; an empty one is not known."""
    age = visit.gettext("Skriv en alder fra 0 til 130, for eksempel 18 eller 17,5.")
    return {
        "name": fields.text("name") or None,
        "summary": fields.text("summary") or None,
        "type": fields.text("type") or None,
        "ageFrom": fields.number("ageFrom", 0, 130, age),
        "ageTo": fields.number("ageTo", 0, 130, age),
        "supportLevelUpTo": fields.one_of("supportLevelUpTo", WORDS["SupportLevel"], visit.gettext("Vælg et niveau.")),
        "excludes": fields.all("excludes"),
        "supports": serving.levels(fields),
        "services": fields.all("services"),
        "openFrom": fields.day("openFrom", visit.gettext("Skriv en dag, for eksempel 21.11.2026.")),
    }


class _Said:
    """What the values of a field are called: for people to compare."""

    def __init__(self, visit: Visit, data: dict[str, Any]) -> None:
        named = [*data["offerTypes"], *data["services"], *data["groups"]["nodes"], *data["municipalities"]["nodes"]]
        self._names = {one["id"]: one["name"] for one in named}
        self._levels = {level: visit.gettext(word) for level, word in WORDS["SupportLevel"].items()}
        self._yes_or_no = {word: visit.gettext(said) for word, said in YES_OR_NO.items()}
        items = {item["id"]: item["name"] for theme in data["themes"] for item in theme["items"]}
        words = {level: visit.gettext(word) for level, word in WORDS["FunctionalLevel"].items()}
        self._supports = {f"{id} {level}": f"{name}: {words[level]}" for id, name in items.items() for level in words}

    def __call__(self, values: list[str]) -> str:
        known = (self._names, self._yes_or_no, self._levels, self._supports)
        return ", ".join(next((names[value] for names in known if value in names), value) for value in values)


def _plain(number: float | None) -> str | None:
    return None if number is None else f"{number:g}".replace(".", ",")


PAGES = [
    Page("/skrivebord/{id}", edit),
    Page("/skrivebord/{id}/tilbud", change, ("POST",), changes=True),
]
