"""What the form lets choose among, in the order in which people look for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from service.pages.languages import N_
from service.pages.visit import Visit
from service.pages.words import WORDS

Node = Mapping[str, Any]

CHILDREN = "Barnets lov"


REPORTS = {"1": N_("højst 1 år gammel"), "2": N_("højst 2 år gammel")}
"""How old the latest supervision report may be, by whole years."""


class Choice(NamedTuple):
    """`value` is what the form sends; `more` stands beside the text, in small."""

    value: str
    text: str
    more: str = ""


def named(kind: str, visit: Visit) -> list[Choice]:
    """The values of an enumeration."""
    return [Choice(value, visit.word(kind, value)) for value in WORDS[kind]]


def reports(visit: Visit) -> list[Choice]:
    return [Choice(years, visit.gettext(said)) for years, said in REPORTS.items()]


def nodes(found: Iterable[Node], name: str = "name") -> list[Choice]:
    return [Choice(node["id"], node[name] or node["name"]) for node in found]


def kinds(types: Iterable[Node]) -> dict[str, list[Choice]]:
    """The offer types, with their sections, by what they are: somewhere to live, something else, or for children."""
    found: dict[str, list[Choice]] = {"live": [], "other": [], "children": []}
    for type in types:
        codes = [basis["code"] for basis in type["legalBases"]]
        children = any(code.startswith(CHILDREN) for code in codes)
        kind = "children" if children else "live" if type["residential"] else "other"
        found[kind].append(Choice(type["id"], type["name"], ", ".join(code.replace(" ", "\u00a0") for code in codes)))
    return found


def sections(types: Iterable[Node]) -> list[Choice]:
    """The sections of law under which offers are given, each once: § 82 a before § 101, by law."""
    found = {
        basis["id"]: Choice(basis["id"], basis["code"], basis["title"]) for t in types for basis in t["legalBases"]
    }
    return sorted(found.values(), key=_section)


def _section(choice: Choice) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", choice.text)]


def problems(top: Node | None) -> list[tuple[Choice, list[Choice]]]:
    """The circumstances that offers may exclude, each with its kinds."""
    found = top["narrower"] if top else ()
    return [(Choice(one["id"], one["name"]), nodes(one["narrower"])) for one in found]


def services(found: Sequence[Node]) -> list[tuple[Choice, list[Choice]]]:
    """Each service at the top of the tree, with everything below it; all in the order in which they come."""
    above = {node["id"]: node["broader"] and node["broader"]["id"] for node in found}

    def top(id: str) -> str:
        while above.get(id):
            id = above[id]
        return id

    below: dict[str, list[Node]] = {id: [] for id, broader in above.items() if broader is None}
    for node in found:
        if node["id"] not in below:
            below[top(node["id"])].append(node)
    return [(Choice(node["id"], node["name"]), nodes(below[node["id"]])) for node in found if node["id"] in below]
