"""The need that a form describes: read from its fields, asked as a NeedInput, told in words.

A page with a need asks one operation, so nothing has to be known before it. Ids go to the API as they came, and
`refused` puts its sentence at the field. What was typed goes as `words`, which the API reads better than any page
could; `heard` puts how it read them at the field. Names for `told` stand in the operation's own answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from service.pages.asking import NotAnswered
from service.pages.fields import Fields
from service.pages.finding.choices import REPORTS
from service.pages.languages import N_
from service.pages.visit import Visit
from service.pages.words import WORDS

ITEM = "theme-item:"
"""Fields with a functional level are named after their item."""

LONGEST_WORD, MOST_WORDS = 80, 20

LABELS = {
    "age": N_("Alder"),
    "home": N_("Hjemkommune"),
    "group": N_("Primær målgruppe"),
    "also": N_("Andre målgrupper"),
    "circumstance": N_("Forhold, der kan udelukke"),
    "support": N_("Støttebehov"),
    "type": N_("Slags tilbud"),
    "section": N_("Paragraf"),
    "service": N_("Ydelser"),
    "near": N_("Afstand måles fra"),
    "km": N_("Højst så langt væk"),
    "price": N_("Højeste pris"),
    "free": N_("Ledig plads nødvendig"),
    "from": N_("Pladsen skal bruges fra"),
    "unapproved": N_("Godkendelse"),
    "report": N_("Tilsynsrapport"),
}
"""The fields of a need, as a page names them; those named after a theme item stand beside them."""

_INPUTS = {
    "age": "age",
    "homeMunicipality": "home",
    "circumstances": "circumstance",
    "supportLevel": "support",
    "offerTypes": "type",
    "legalBases": "section",
    "services": "service",
    "maxPrice": "price",
    "neededFrom": "from",
    "reportSince": "report",
    "words": "also",
}
"""The field that a field of NeedInput was read from."""


@dataclass(slots=True)
class Need:
    """`variables` is the NeedInput as JSON; `unit` the one that prices are shown in."""

    fields: Fields
    variables: dict[str, Any]
    unit: str
    words: dict[str, str] = field(default_factory=dict)
    """What was typed, by word, and the field where it stands."""
    hints: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    """How the API read what was typed: its notices, by field."""

    @property
    def asked(self) -> bool:
        """Whether anything was given that could be asked about."""
        return bool(self.variables)

    def refused(self, failed: NotAnswered, visit: Visit) -> None:
        """Says at the field what the API did not take. Raises what is not about a field."""
        name = self._field(failed.path)
        if name is None:
            raise failed
        self.fields.faults[name] = visit.gettext(
            "Det kendes ikke, eller det kan ikke bruges her. Vælg eller skriv igen."
        )

    def heard(self, notices: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Takes what the API says of each word to its field; gives back the other notices.

        A word that it could not read is a fault of its field. `lost` says whether that spoils the answer.
        """
        others = []
        for notice in notices:
            name = self.words.get(notice["word"] or "")
            if name is None:
                others.append(notice)
            elif notice["readAs"]:
                self.hints.setdefault(name, []).append(notice)
            else:
                self.fields.faults[name] = " ".join(filter(None, (self.fields.faults.get(name), notice["message"])))
        return others

    @property
    def lost(self) -> bool:
        """Whether the primary target group was not understood: another would have been taken for it."""
        return "group" in self.fields.faults

    def told(self, choices: Mapping[str, Any], visit: Visit) -> list[tuple[str, str]]:
        """What was asked, each with its label, in the page's language.

        `choices` is the answer's data, of any shape: each object in it with `id` and `name` (or `code`) gives a name.
        """
        return list(self._told(dict(_names(choices)), visit))

    def _told(self, names: Mapping[str, str], visit: Visit) -> Iterator[tuple[str, str]]:
        _, formats, fields = visit.gettext, visit.formats, self.fields
        unit = visit.word("PriceUnit", self.unit)
        for name, label in LABELS.items():
            values = fields.all(name)
            if not values or name in fields.faults:
                continue
            match name:
                case "age":
                    value = _("%(age)s år", age=formats.number(self.variables["age"]))
                case "km":
                    value = f"{formats.number(self.variables['near']['withinKm'])} km"
                case "price":
                    value = _(
                        "%(money)s pr. %(unit)s", money=formats.money(self.variables["maxPrice"]["amount"]), unit=unit
                    )
                case "from":
                    value = formats.day(self.variables["neededFrom"])
                case "free":
                    value = _("Ja")
                case "unapproved":
                    value = _("Også tilbud, der ikke er godkendt")
                case "report":
                    value = visit.gettext(REPORTS[values[0]])
                case "support":
                    value = visit.word("SupportLevel", values[0])
                case _:
                    value = ", ".join(names.get(given, given) for given in values)
            yield _(label), value
        for level in self.variables.get("levels", ()):
            yield names.get(level["item"], level["item"]), visit.word("FunctionalLevel", level["level"])

    def _field(self, path: Sequence[str | int]) -> str | None:
        """The field that a path of the input was read from."""
        match [*path]:
            case ["need", "levels", int(n), *_]:
                return str(self.variables["levels"][n]["item"])
            case ["need", "near", "withinKm"]:
                return "km"
            case ["need", "near", *_]:
                return "near"
            case ["need", str(name), *_]:
                return _INPUTS.get(name)
        return None


def need_of(fields: Fields, visit: Visit) -> Need:
    """The need in a form's fields. What cannot be read is in `fields.faults`, and not in the need."""
    _ = visit.gettext
    units = WORDS["PriceUnit"]
    unit = fields.one_of("unit", units, _("Vælg en enhed.")) or "DAY"
    need = Need(fields, {}, unit)
    km = fields.number("km", 0, 1000, _("Skriv afstanden i kilometer, fra 0 til 1000."))
    near = fields.text("near")
    if km is not None and not near and not fields.chosen("home"):
        fields.faults["km"] = _("Vælg hjemkommunen eller et andet sted at måle fra.")
    price = fields.amount("price", _("Skriv beløbet i kroner, for eksempel 2.190 eller 2.190,50."))
    given = {
        "age": fields.number("age", 0, 130, _("Skriv alderen i år, fra 0 til 130.")),
        "homeMunicipality": fields.text("home"),
        "circumstances": fields.all("circumstance"),
        "levels": _levels(fields, _("Vælg et niveau på listen.")),
        "supportLevel": fields.one_of("support", WORDS["SupportLevel"], _("Vælg et støttebehov på listen.")),
        "offerTypes": fields.all("type"),
        "legalBases": fields.all("section"),
        "services": fields.all("service"),
        "near": {
            name: value for name, value in (("municipality", near or None), ("withinKm", km)) if value is not None
        },
        "maxPrice": price and {"amount": price, "unit": unit},
        "freePlaceNeeded": fields.chosen("free") or None,
        "neededFrom": fields.day("from", _("Skriv datoen som dag.måned.år, for eksempel 1.12.2026.")),
        "reportSince": years_ago(
            visit.today, fields.one_of("report", REPORTS, _("Vælg, hvor gammel tilsynsrapporten må være."))
        ),
        "words": _words(need, _("Skriv færre og kortere ord, adskilt med komma.")),
    }
    need.variables = {name: value for name, value in given.items() if value not in (None, "", [], {})}
    if fields.chosen("unapproved"):
        need.variables["requireApproval"] = False
    return need


def _words(need: Need, refuse: str) -> list[str]:
    """What was typed, the primary target group first; each field may hold several, with commas between them."""
    for name in ("group", "also"):
        typed = [word.strip() for text in need.fields.all(name) for word in text.split(",")]
        if len(typed) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in typed):
            need.fields.faults[name] = refuse
            continue
        for word in filter(None, typed):
            need.words.setdefault(word, name)
    return list(need.words)


def _levels(fields: Fields, refuse: str) -> list[dict[str, str]]:
    named = [name for name in fields.texts if name.startswith(ITEM)]
    levels = {name: fields.one_of(name, WORDS["FunctionalLevel"], refuse) for name in named}
    return [{"item": name, "level": level} for name, level in levels.items() if level]


def years_ago(today: str, years: str | None) -> str | None:
    """The same day of an earlier year; 28 February where there is none."""
    if years is None:
        return None
    day = date.fromisoformat(today)
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - int(years), day=28 if leap else day.day).isoformat()


def _names(data: Any) -> Iterator[tuple[str, str]]:
    """Every id in an answer with what it is called."""
    if isinstance(data, Mapping):
        if "id" in data and ("name" in data or "code" in data):
            yield data["id"], data.get("name") or data["code"]
        for value in data.values():
            yield from _names(value)
    elif isinstance(data, list):
        for value in data:
            yield from _names(value)
