"""What a command did to a node, as text that people and programs can read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from graph.actor import Actor
from graph.ledger import Action, Draft, FieldChange
from graph.record import Edge, Record

FACTS: Mapping[str, str] = {"capacity": "CAPACITY_OF", "price": "PRICE_OF", "approval": "APPROVAL_OF"}
"""The kinds of dated facts about an offer, with the edge that points at it."""


def texts(record: Record) -> dict[str, str]:
    """The properties and edges of `record` by name, without those that are null.

    A string is itself and everything else its JSON. An edge is the id of its target, or where it has properties an
    object of `target` and these; edge types of which there may be many give the sorted list of them.

    >>> edges = (Edge("PART_OF", "offer:b"), Edge("GIVES", "service:c"))
    >>> texts(Record("offer:a", {"name": "A", "ageTo": 30.0}, edges))
    {'name': 'A', 'ageTo': '30.0', 'PART_OF': 'offer:b', 'GIVES': '["service:c"]'}
    """
    found = {name: _text(value) for name, value in record.properties.items() if value is not None}
    by_type: dict[str, list[Edge]] = {}
    for edge in sorted(record.edges, key=lambda edge: edge.target):
        by_type.setdefault(edge.type, []).append(edge)
    for type, edges in by_type.items():
        values = [_edge(edge) for edge in edges]
        found[type] = _text(values if record.kind.edges[type].many else values[0])
    return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _edge(edge: Edge) -> str | dict[str, Any]:
    given = {name: value for name, value in edge.properties.items() if value is not None}
    return {"target": edge.target, **given} if given else edge.target


def draft(actor: Actor, before: Record | None, after: Record | None) -> Draft:
    """The change from `before` to `after`; None is a node that is not there.

    What happens to a dated fact happens to its offer: it is an update of the offer, with fields such as
    `capacity.free`, and `capacity.id` where the fact is another one than before.
    """
    record = after or before
    assert record is not None
    kind = record.kind.name
    offer = offer_of(record)
    if kind in FACTS and offer:
        fields = tuple(
            FieldChange(f"{kind}.{field.name}", field.before, field.after)
            for field in _differences(_fact(before), _fact(after))
            if field.name != FACTS[kind]
        )
        return Draft(actor.name, Action.UPDATED, "offer", offer, fields)
    action = Action.CREATED if before is None else Action.DELETED if after is None else Action.UPDATED
    fields = _differences(texts(before) if before else {}, texts(after) if after else {})
    return Draft(actor.name, action, kind, record.id, fields)


def offer_of(record: Record) -> str | None:
    """The offer that `record` is, or is a dated fact about."""
    if record.kind.name == "offer":
        return record.id
    about = FACTS.get(record.kind.name)
    return next((edge.target for edge in record.edges if edge.type == about), None)


def _fact(record: Record | None) -> dict[str, str]:
    return {"id": record.id, **texts(record)} if record else {}


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FieldChange, ...]:
    names = dict.fromkeys([*before, *after])
    return tuple(
        FieldChange(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    )
