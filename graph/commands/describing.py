"""What is said of an offer, in the words of the contract's `OfferInput`, as what the graph holds of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from graph import wording
from graph.commands.checking import complete
from graph.commands.inputs import Input
from graph.errors import BadInput
from graph.labels import label
from graph.model import KINDS, Type
from graph.record import Edge, Record

Given = Mapping[str, Any]
"""Fields by their names: ids and enums as text, dates, numbers, lists and objects. What is left out stays."""

PROPERTIES = ("name", "summary", "supportLevelUpTo", "ageFrom", "ageTo", "openFrom")
EDGES = {
    "OF_TYPE": "type",
    "HAS_LEGAL_BASIS": "legalBases",
    "OF_INSTITUTION": "institution",
    "OPERATED_BY": "operator",
    "PART_OF": "partOf",
    "SERVES": "targetGroups",
    "EXCLUDES": "excludes",
    "GIVES": "services",
    "SUPPORTS": "supports",
    "COVERED_BY": "agreements",
    "STATED_IN": "source",
}
OWNED = {"LOCATED_AT": "location", "HAS_CONTACT": "contact"}
"""The edges to what is the offer's own. Its kind is called as the field."""

INPUT = Input({**EDGES, **OWNED, "upTo": "level"}, ("offer",))
INPUTS_OF_OWNED = {
    "location": Input({"IN_MUNICIPALITY": "municipality"}, ("offer", "location")),
    "contact": Input({}, ("offer", "contact")),
}
_FIELDS = {*PROPERTIES, *EDGES.values(), *OWNED.values()}


def described(before: Record, given: Given) -> Record:
    """The offer `before` with what is given of it, but for what is its own. None, and no entries, empty a field.

    What the input has no words for stays, such as the note on why a group is excluded. Raises BadInput for a field
    that no offer has.
    """
    for name in given.keys() - _FIELDS:
        what = wording.NO_PROPERTY(label="Offer")
        raise BadInput(wording.FAULT(label=label(name), what=what), ("offer", name))
    properties = {name: _value("offer", name, given[name]) for name in PROPERTIES if name in given}
    kept = [edge for edge in before.edges if EDGES.get(edge.type) not in given]
    stated = [edge for type, name in EDGES.items() if name in given for edge in _edges(type, given[name], before)]
    return complete(Record(before.id, {**before.properties, **properties}, (*kept, *stated)))


def owned(name: str, id: str, before: Record | None, given: Given | None) -> Record | None:
    """The location, or the contact, that is given. It is the whole of it: what is left out is not known.

    So an address never comes to light because `protected` was left out beside it. Of a contact stays what the input
    has no words for. None where nothing is said.
    """
    kind = KINDS[name]
    said = {field: _value(name, field, value) for field, value in (given or {}).items() if value is not None}
    home = said.pop("municipality", None)
    if home is None and not any(said.values()):
        return None
    if name == "location":
        return Record(id, {"protected": False, **said}, (Edge("IN_MUNICIPALITY", home),) if home is not None else ())
    unsaid = {f: v for f, v in (before.properties if before else {}).items() if f in ("name", "address")}
    return Record(id, {**unsaid, **said}, before.edges if before and kind.edges else ())


def _edges(type: str, given: Any, before: Record) -> Iterator[Edge]:
    if type == "SERVES":
        for group in given or ():
            said = {"approved": group["approved"], "coversNarrower": group.get("coversNarrower", False)}
            yield Edge(type, group["targetGroup"], said)
    elif type == "SUPPORTS":
        yield from (Edge(type, support["item"], {"upTo": support["level"]}) for support in given or ())
    elif KINDS["offer"].edges[type].many:
        known = {edge.target: edge.properties for edge in before.edges if edge.type == type}
        yield from (Edge(type, id, known.get(id, {})) for id in given or ())
    elif given is not None:
        yield Edge(type, given)


def _value(kind: str, name: str, value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if KINDS[kind].properties.get(name) is Type.FLOAT and isinstance(value, int):
        return float(value)
    return value
