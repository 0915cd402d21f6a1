"""What is read for paths, and the links that each record makes between two things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from graph.danish import name_order
from graph.model import KINDS
from graph.paths.relations import BOARD_OF, DECISIONS, RELATIONS, Relation, Said
from graph.phrases import day, in_danish
from graph.record import Record

PASSED_OVER = ("decision", "process-step", "location")
"""Kinds that links go over, and that no path names. A tenure is passed over too, unless a path begins or ends there."""
NO_THING = ("contact", "capacity", "price", "approval", "principle")
"""Kinds that paths know nothing of: what is said of one thing alone."""

NODES = tuple(kind for kind in KINDS if kind not in (*PASSED_OVER, *NO_THING))
"""Kinds whose nodes paths lead over."""
READ: Mapping[str, tuple[str, ...]] = {
    kind: tuple(
        type
        for type in KINDS[kind].edges
        if type in RELATIONS or type in ("LOCATED_AT", "IN_MUNICIPALITY", "DECISION_ON", "STEP_OF")
    )
    for kind in (*PASSED_OVER, *NODES)
}
"""Which kinds are read, with which edges; locations first, since others lie where they lie."""
_NAMES = ("name", "title", "label", "code")
_SAID = {"board": ("kind",), "tenure": ("role", "validFrom", "validTo"), "decision": ("decision", "order")}
PROPERTIES: Mapping[str, tuple[str, ...]] = {
    kind: (*(name for name in _NAMES if name in KINDS[kind].properties), *_SAID.get(kind, ())) for kind in READ
}


@dataclass(frozen=True, slots=True)
class Holding:
    """A tenure, as the step that it is: whose words hang on the day they are said."""

    role: str
    since: date
    until: date | None
    """The first day after it."""

    def past(self, today: date) -> bool:
        """Whether it is not one that holds today: it is over, or has yet to begin."""
        return not (self.since <= today and (self.until is None or today < self.until))

    def relation(self, today: date) -> Relation:
        """How it is told: `havde fra 1. januar 2022 til og med 31. december 2025 sæde i`."""
        tense = 2 if today < self.since else 1 if self.past(today) else 0
        has_da, has_en = ("har", "havde", "får")[tense], ("has", "had", "will have")[tense]
        there, back = _HOLDINGS.get(self.role, _HOLDINGS["MEMBER"]), _HELD.get(self.role, _HELD["MEMBER"])
        da, en = self._span("DA"), self._span("EN")
        return Relation(
            Said(there.name, f"{there.da[tense]} {da} {there.what_da}", f"{there.en[tense]} {en} {there.what_en}"),
            Said(back.name, f"{has_da} {da} {back.da}", f"{has_en} {en} {back.en}"),
        )

    def _span(self, language: str) -> str:
        first = day(self.since.toordinal(), language)
        last = day((self.until - timedelta(1)).toordinal(), language) if self.until else None
        if in_danish(language):
            return f"fra {first} til og med {last}" if last else f"fra {first}"
        return f"from {first} to {last}" if last else f"from {first}"


class _Tenses(NamedTuple):
    """A role in words: present, past and to come, and what follows the dates."""

    name: str
    da: tuple[str, str, str]
    what_da: str
    en: tuple[str, str, str]
    what_en: str


_HAS, _IS = ("har", "havde", "får"), ("er", "var", "bliver")
_HAS_EN, _IS_EN = ("holds", "held", "will hold"), ("is", "was", "will be")
_HOLDINGS: Mapping[str, _Tenses] = {
    "MEMBER": _Tenses("HOLDS", _HAS, "sæde i", _HAS_EN, "the seat"),
    "CHAIR": _Tenses("HOLDS", _IS, "formand i", _IS_EN, "chair in"),
    "VICE_CHAIR": _Tenses("HOLDS", _IS, "næstformand i", _IS_EN, "vice chair in"),
    "SUBSTITUTE": _Tenses("SUBSTITUTES", _IS, "suppleant for", _IS_EN, "substitute for"),
    "OBSERVER": _Tenses("OBSERVES", _IS, "observatør i", _IS_EN, "observer in"),
}
_HELD: Mapping[str, Said] = {
    "MEMBER": Said("HELD_BY", "som medlem", "as member"),
    "CHAIR": Said("HELD_BY", "som formand", "as chair"),
    "VICE_CHAIR": Said("HELD_BY", "som næstformand", "as vice chair"),
    "SUBSTITUTE": Said("SUBSTITUTED_BY", "som suppleant", "as substitute"),
    "OBSERVER": Said("OBSERVED_BY", "som observatør", "as observer"),
}

Told = Relation | Holding
"""What is said of one link in particular."""


class Link(NamedTuple):
    """`source` is connected to `target` by an edge type of `RELATIONS`, told as it stands there, or as `told`."""

    source: str
    type: str
    target: str
    told: Told | None = None


def order_of(record: Record) -> str:
    """Among paths that are alike otherwise, things come in the order of their Danish names."""
    get = record.properties.get
    name = next((given for name in _NAMES if (given := get(name))), "")
    return name_order(name, record.id)


def links(record: Record, places: Mapping[str, str]) -> Iterator[Link]:
    """The links that a record makes. `places` gives the municipality of each location that lies in one."""
    kind = record.id.partition(":")[0]
    by_type: dict[str, list[str]] = {}
    for edge in record.edges:
        by_type.setdefault(edge.type, []).append(edge.target)
    if kind == "tenure":
        holding = _holding(record)
        for source, target in _pairs(by_type, "HELD_BY", "IN_SEAT"):
            yield Link(source, "HOLDS", target, holding)
    elif kind == "decision":
        told = DECISIONS.get(record.properties.get("decision") or "")
        for source, target in _pairs(by_type, "DECISION_ON", "DECIDED_BY"):
            yield Link(source, "DECIDED_BY", target, told)
    elif kind == "process-step":
        for type in ("TAKEN_BY", "SENT_TO"):
            for source, target in _pairs(by_type, "STEP_OF", type):
                yield Link(source, type, target)
    for location in by_type.get("LOCATED_AT", ()):
        if location in places:
            yield Link(record.id, "LIES_IN", places[location])
    if kind not in NODES:
        return
    for type, targets in by_type.items():
        if type in RELATIONS:
            told = BOARD_OF.get(record.properties.get("kind") or "") if type == "BOARD_OF" else None
            for target in targets:
                yield Link(record.id, type, target, told)


def _pairs(by_type: Mapping[str, list[str]], one: str, other: str) -> Iterator[tuple[str, str]]:
    return ((source, target) for source in by_type.get(one, ()) for target in by_type.get(other, ()))


def _holding(record: Record) -> Holding:
    get = record.properties.get
    until = get("validTo")
    return Holding(
        record.properties["role"],
        date.fromisoformat(record.properties["validFrom"]),
        date.fromisoformat(until) if until else None,
    )
