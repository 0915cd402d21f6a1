"""From documents to entries: ids are given, then every field is checked against all that the files define."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from seeds.checks import misfits
from seeds.files import Document, Place, SeedFault
from seeds.format import File
from seeds.names import Names, slug
from seeds.values import Context


@dataclass(frozen=True, slots=True)
class Section:
    """A list of things of one kind, and the lists inside each of them."""

    kind: str
    named_by: str = "name"
    inside: Mapping[str, Section] = field(default_factory=dict)
    prefixed: bool = False
    """A thing's slug begins with that of what it stands in."""
    numbered: bool = False
    """A thing's slug is its number, after that of what it stands in."""


def _tree(kind: str, inside: str, prefixed: bool = False) -> Section:
    children: dict[str, Section] = {}
    children[inside] = Section(kind, inside=children, prefixed=prefixed)
    return Section(kind, inside=children)


SECTIONS: Mapping[str, Section] = {
    "sources": Section("source", named_by="title"),
    "regions": Section("region"),
    "municipalities": Section("municipality"),
    "associations": Section("association"),
    "authorities": Section("authority"),
    "institutions": Section("institution"),
    "targetGroups": _tree("target-group", "narrower"),
    "services": _tree("service", "narrower"),
    "legalBases": Section("legal-basis", named_by="code"),
    "offerTypes": Section("offer-type"),
    "themes": Section("theme", inside={"items": Section("theme-item")}),
    "agreements": Section(
        "agreement",
        inside={
            "focusAreas": Section(
                "focus-area", inside={"laboratories": Section("laboratory", prefixed=True, numbered=True)}
            )
        },
    ),
    "knowledge": Section("knowledge", named_by="title"),
    "boards": Section("board", inside={"seats": Section("seat", named_by="label", prefixed=True)}),
    "representatives": Section("representative"),
    "offers": _tree("offer", "departments", prefixed=True),
}


@dataclass(slots=True)
class Reading:
    """All documents of a folder, read against each other."""

    names: Names = field(default_factory=Names)
    faults: list[SeedFault] = field(default_factory=list)

    def entries(self, documents: Sequence[Document], context: Context) -> list[File]:
        """The documents as files, ids given. What is wrong stands in `faults`."""
        for document in documents:
            if isinstance(document.content, dict):
                self._towns(document.content)
                for name, section in SECTIONS.items():
                    self._identify(document, section, document.content.get(name), (name,), "")
        return [file for document in documents for file in self._checked(document, context)]

    def _identify(self, document: Document, section: Section, things: Any, place: Place, prefix: str) -> None:
        """Give each of `things` its id, and those inside it theirs."""
        for n, thing in enumerate(things if isinstance(things, list) else ()):
            if not isinstance(thing, dict):
                continue
            here = (*place, n)
            if "id" in thing:
                self.faults.append(document.fault((*here, "id"), "is not written: it is made of slug or name"))
            own = self._slug(document, section, thing, here, prefix)
            thing["id"] = f"{section.kind}:{own or '?'}"
            if own and not self.names.define(thing["id"]):
                named_by = "slug" if "slug" in thing else section.named_by
                self.faults.append(document.fault((*here, named_by), f"{thing['id']} is there already"))
            for name, inside in section.inside.items():
                self._identify(document, inside, thing.get(name), (*here, name), own or "" if inside.prefixed else "")
            if section.kind == "theme":
                self._theme(thing)

    def _slug(
        self, document: Document, section: Section, thing: Mapping[str, Any], here: Place, prefix: str
    ) -> str | None:
        """The slug written, or made of the name; None where neither can be."""
        written = thing.get("slug")
        if isinstance(written, str) and written:
            if written != slug(written):
                self.faults.append(
                    document.fault((*here, "slug"), f"{written!r} is no slug: {slug(written)!r} would be one")
                )
            return slug(written)
        if section.numbered:
            return f"{prefix}-{int(here[-1]) + 1}" if prefix else None
        name = thing.get(section.named_by)
        made = slug(name) if isinstance(name, str) else ""
        if isinstance(name, str) and name and not made:
            self.faults.append(document.fault((*here, section.named_by), f"{name!r} makes no slug: write one"))
        return f"{prefix}-{made}" if prefix and made else made or None

    def _theme(self, theme: Mapping[str, Any]) -> None:
        items = theme.get("items")
        ids = [item["id"] for item in items if isinstance(item, dict)] if isinstance(items, list) else []
        self.names.items[theme["id"]] = ids
        if theme.get("hasLevels") is False:
            self.names.level_free.update((theme["id"], *ids))

    def _towns(self, content: Mapping[str, Any]) -> None:
        for section, name in (("towns", "name"), ("municipalities", "mainTown")):
            things = content.get(section)
            for thing in things if isinstance(things, list) else ():
                match thing:
                    case {"latitude": int() | float() as latitude, "longitude": int() | float() as longitude}:
                        if isinstance(thing.get(name), str):
                            self.names.towns[slug(thing[name])] = (float(latitude), float(longitude))

    def _checked(self, document: Document, context: Context) -> Iterator[File]:
        try:
            file = File.model_validate(document.content, context=context)
        except ValidationError as error:
            self.faults.extend(_fault(document, details) for details in error.errors(include_url=False))
        else:
            self.faults.extend(document.fault(place, what) for place, what in misfits(file))
            yield file


def _fault(document: Document, details: ErrorDetails) -> SeedFault:
    place = tuple(step for step in details["loc"] if step != "[key]")
    value = repr(details["input"])
    shown = value if len(value) <= 60 else f"{value[:57]}..."
    match details["type"]:
        case "missing":
            what = "is required"
        case "extra_forbidden":
            what = "is no field here"
        case "value_error":
            what = str(details["ctx"]["error"])
        case "string_type":
            what = f"{shown} is no text: write it in quotes if it is meant as text"
        case _:
            what = f"{details['msg'][0].lower()}{details['msg'][1:]}, not {shown}"
    return document.fault(place, what)
