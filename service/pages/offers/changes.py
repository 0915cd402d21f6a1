"""What was changed about an offer, in words: each field with what it was and what it became."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from service.pages.formats import Formats
from service.pages.languages import N_
from service.pages.words import WORDS

NAMES: Mapping[str, str] = {
    "name": N_("Navn"),
    "summary": N_("Beskrivelse"),
    "supportLevelUpTo": N_("Støttebehov op til"),
    "ageFrom": N_("Alder fra"),
    "ageTo": N_("Alder til"),
    "admission": N_("Optagelse"),
    "admissionEn": N_("Optagelse, på engelsk"),
    "openFrom": N_("Åbner"),
    "closedOn": N_("Lukker"),
    "dataStatus": N_("Oplysningernes art"),
    "verifiedOn": N_("Bekræftet"),
    "OF_TYPE": N_("Type"),
    "HAS_LEGAL_BASIS": N_("Lovgrundlag"),
    "OF_INSTITUTION": N_("Institution"),
    "OPERATED_BY": N_("Drives af"),
    "PART_OF": N_("Afdeling af"),
    "SERVES": N_("Målgrupper"),
    "EXCLUDES": N_("Tager ikke"),
    "GIVES": N_("Ydelser"),
    "SUPPORTS": N_("Funktionsniveau"),
    "COVERED_BY": N_("Aftaler"),
    "BOUGHT_BY": N_("Kommuner, der køber"),
    "STATED_IN": N_("Kilde"),
    "IN_MUNICIPALITY": N_("Kommune"),
    "GRANTED_BY": N_("Godkendt af"),
    "LOCATED_AT": N_("Sted"),
    "HAS_CONTACT": N_("Kontakt"),
    "address": N_("Adresse"),
    "protected": N_("Adressen er beskyttet"),
    "town": N_("By"),
    "latitude": N_("Breddegrad"),
    "longitude": N_("Længdegrad"),
    "email": N_("E-mail"),
    "phone": N_("Telefon"),
    "url": N_("Hjemmeside"),
    "places": N_("Pladser"),
    "free": N_("Ledige pladser"),
    "waitingDays": N_("Ventetid i dage"),
    "countedOn": N_("Talt"),
    "validFrom": N_("Gælder fra"),
    "validTo": N_("Gælder til"),
    "amount": N_("Pris i kr."),
    "unit": N_("Prisen er pr."),
    "model": N_("Prisens art"),
    "year": N_("År"),
    "assumedOccupancyPercent": N_("Forudsat belægning i procent"),
    "ownPayment": N_("Egenbetaling i kr."),
    "text": N_("Prisens ordlyd"),
    "status": N_("Godkendelse"),
    "conditions": N_("Vilkår"),
    "reportOn": N_("Tilsynsrapport"),
    "reportUrl": N_("Tilsynsrapportens adresse"),
}
"""What the fields of the change log are called. A field of a price, `price.amount`, goes by its last part."""

EDGES = {name for name in NAMES if name.isupper()}
"""Those whose values are other things, by their ids."""

_UNSAID = {"id", "version"}
_ENUMS = {
    "supportLevelUpTo": "SupportLevel",
    "dataStatus": "DataStatus",
    "unit": "PriceUnit",
    "model": "PriceModel",
    "status": "ApprovalStatus",
    "upTo": "FunctionalLevel",
}
_DAYS = {"openFrom", "closedOn", "verifiedOn", "countedOn", "validFrom", "validTo", "reportOn"}
_NUMBERS = {"ageFrom", "ageTo", "places", "free", "waitingDays", "amount", "assumedOccupancyPercent", "ownPayment"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value in words; `id` where it is a thing."""

    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One field, its values before and after. Neither is there where the log withholds them."""

    name: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]


def lines(
    change: Mapping[str, Any], names: Mapping[str, str], formats: Formats, say: Callable[[str], str]
) -> list[Line]:
    """The fields of a Change. `names` are of things, by id, as far as the page knows them; `say` translates."""
    told = []
    for field in change["fields"]:
        last = field["name"].rpartition(".")[2]
        if last not in _UNSAID:
            before, after = (_values(last, field[when], names, formats, say) for when in ("before", "after"))
            # Of what there may be many, only what came and what went.
            gone, come = (tuple(v for v in one if v not in other) for one, other in ((before, after), (after, before)))
            told.append(Line(say(NAMES[last]) if last in NAMES else field["name"], gone, come))
    return told


def _values(
    field: str, text: str | None, names: Mapping[str, str], formats: Formats, say: Callable[[str], str]
) -> tuple[Value, ...]:
    if text is None:
        return ()
    if field not in EDGES:
        return (Value(_plain(field, text, formats, say)),)
    given = json.loads(text) if text.startswith(("[", "{")) else text
    return tuple(_thing(one, names, say) for one in (given if isinstance(given, list) else [given]))


def _thing(given: str | dict[str, Any], names: Mapping[str, str], say: Callable[[str], str]) -> Value:
    """What an edge leads to, with what is said of it there."""
    edge = {"target": given} if isinstance(given, str) else given
    id = edge["target"]
    name = names.get(id, id.partition(":")[2])
    notes = [_note(note, value, say) for note, value in sorted(edge.items()) if note != "target"]
    return Value(f"{name} ({', '.join(filter(None, notes))})" if any(notes) else name, id)


def _plain(field: str, text: str, formats: Formats, say: Callable[[str], str]) -> str:
    if text in WORDS.get(_ENUMS.get(field, ""), {}):
        return say(WORDS[_ENUMS[field]][text])
    if field == "protected":
        return say(N_("ja")) if text == "true" else say(N_("nej"))
    try:
        return formats.day(text) if field in _DAYS else formats.number(text) if field in _NUMBERS else text
    except (ValueError, ArithmeticError):
        return text


def _note(name: str, value: Any, say: Callable[[str], str]) -> str:
    if name == "approved":
        return say(N_("godkendt")) if value else say(N_("ikke godkendt"))
    if name == "coversNarrower":
        return say(N_("også smallere målgrupper")) if value else ""
    return say(WORDS[_ENUMS[name]][value]).lower() if name in _ENUMS else str(value)
