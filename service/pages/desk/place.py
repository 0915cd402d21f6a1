"""Where an offer lies, as its form holds it. A place is told as a whole: who may not see all of it is not asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.pages.desk.conflict import Conflict, seen_by
from service.pages.fields import Fields
from service.pages.visit import Visit

PLACE = ("address", "town", "municipality", "protected", "latitude", "longitude")
"""Fields of the form. `protected` is `yes` or `no`; a coordinate is in degrees, with a comma."""


def unseen(visit: Visit, offer: Mapping[str, Any]) -> bool:
    """Whether the place is protected, and the visitor may not see what would then be told anew."""
    location = offer["location"]
    return location is not None and location["protected"] and not visit.signed.actor.view.protected


def texts(offer: Mapping[str, Any], unseen: bool) -> dict[str, list[str]]:
    """What the fields hold before anything is typed; nothing where they are not in the form."""
    if unseen:
        return {name: [] for name in PLACE}
    location = offer["location"] or {}
    point = location.get("point") or {}
    plain = {
        "address": location.get("address"),
        "town": location.get("town"),
        "municipality": (location.get("municipality") or {}).get("id"),
        "protected": "yes" if location.get("protected") else "no",
        **{name: _degrees(point.get(name)) for name in ("latitude", "longitude")},
    }
    return {name: [value] if value else [] for name, value in plain.items()}


def given(visit: Visit, fields: Fields) -> dict[str, Any] | None:
    """The whole place as GraphQL takes it; None where nothing is said of it."""
    refuse = visit.gettext("Skriv grader, for eksempel 57,0482.")
    said = {
        "address": fields.text("address") or None,
        "town": fields.text("town") or None,
        "municipality": fields.text("municipality") or None,
        "protected": fields.text("protected") == "yes",
        "latitude": fields.number("latitude", -90, 90, refuse),
        "longitude": fields.number("longitude", -180, 180, refuse),
    }
    return said if any(value is not None and value is not False for value in said.values()) else None


def taken_out(fields: Fields) -> list[str]:
    """What was typed of a place that the visitor may see no more, and not what stood there: it may be the secret.

    The form asks for none of it any longer, and does not say any longer that it was seen.
    """
    seen = Conflict.seen(fields) or {}
    typed = {name: [text for text in fields.texts.pop(name, []) if text] for name in PLACE}
    fields.texts["seen"] = [seen_by({name: texts for name, texts in seen.items() if name not in PLACE})]
    told = (name for name in PLACE if name != "protected" and typed[name] != seen.get(name, []))
    return [text for name in told for text in typed[name]]


def _degrees(number: float | None) -> str | None:
    return None if number is None else repr(number).replace(".", ",")
