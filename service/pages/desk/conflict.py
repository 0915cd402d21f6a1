"""When someone else has changed an offer while an editor wrote: what each wrote, who, when, and what to decide."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from service.pages.fields import Fields
from service.pages.languages import N_
from service.pages.offers.changes import NAMES

Texts = Mapping[str, list[str]]

LABELS: Mapping[str, str] = {
    "name": N_("Navn"),
    "summary": N_("Beskrivelse"),
    "type": N_("Tilbudstype"),
    "ageFrom": N_("Alder fra"),
    "ageTo": N_("Alder til"),
    "supportLevelUpTo": N_("Støttebehov op til"),
    "serves": N_("Målgrupper"),
    "approved": N_("Målgrupper, som tilsynet har godkendt"),
    "narrower": N_("Målgrupper med alle de snævrere"),
    "excludes": N_("Tager ikke"),
    "supports": N_("Støtter op til"),
    "services": N_("Ydelser"),
    "address": NAMES["address"],
    "town": NAMES["town"],
    "municipality": NAMES["IN_MUNICIPALITY"],
    "protected": NAMES["protected"],
    "latitude": NAMES["latitude"],
    "longitude": NAMES["longitude"],
    "email": N_("E-mail"),
    "phone": N_("Telefon"),
    "url": N_("Hjemmeside"),
    "openFrom": N_("Åbner"),
}
"""The fields of an offer's own form."""

SETS = ("serves", "approved", "narrower", "excludes", "supports", "services")
"""Those that hold several values, to which two may add without being at odds."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both have changed."""

    name: str
    typed: list[str]
    now: list[str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """`clashes` are for the editor to decide; `taken` are fields that only others changed, as they are now; in those
    that are `merged` is what either added, and not what either took away."""

    clashes: list[Clash]
    taken: list[str]
    merged: list[str]
    changes: Sequence[Mapping[str, Any]]

    @staticmethod
    def seen(fields: Fields) -> dict[str, list[str]] | None:
        """What stood in the form when it was made; None where the form does not say so in its own way."""
        try:
            found = orjson.loads(fields.text("seen"))
        except orjson.JSONDecodeError:
            return None
        if not isinstance(found, dict) or not all(
            isinstance(value, list) and all(isinstance(text, str) for text in value) for value in found.values()
        ):
            return None
        return found


def seen_by(texts: Texts) -> str:
    """What a form holds before anything is typed, for it to bring along."""
    return orjson.dumps(texts).decode()


def conflict_of(fields: Fields, now: Texts, changes: Sequence[Mapping[str, Any]]) -> Conflict:
    """What both have changed; `fields` go on with what was typed, and with what others have changed beside it."""
    seen = Conflict.seen(fields) or {}
    clashes, taken, both = [], [], []
    for name in LABELS:
        typed, there, was = (sorted(values) for values in (fields.all(name), now[name], seen.get(name, [])))
        if typed == there or there == was:
            continue
        if typed == was:
            fields.texts[name] = list(now[name])
            taken.append(name)
        elif name in SETS and (whole := merged(was, fields.all(name), now[name])) is not None:
            fields.texts[name] = whole
            both.append(name)
        else:
            clashes.append(Clash(name, fields.all(name), list(now[name])))
    return Conflict(clashes, taken, both, changes)


def merged(was: Collection[str], typed: Sequence[str], there: Sequence[str]) -> list[str] | None:
    """What is there, with what was added to it and taken from it by who typed; None where a theme item would then have
    two levels."""
    kept = [value for value in there if value in typed or value not in was]
    whole = kept + [value for value in typed if value not in was and value not in there]
    items = [value.partition(" ")[0] for value in whole]
    return whole if len(set(items)) == len(items) else None


def told(change: Mapping[str, Any]) -> list[str]:
    """What a change was about, as labels, each once."""
    names = (field["name"].rpartition(".")[2] for field in change["fields"])
    return list(dict.fromkeys(NAMES[name] for name in names if name in NAMES))
