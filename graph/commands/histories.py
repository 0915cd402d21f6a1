"""In whose histories a change stands, beside its subject's: it has an edge `TOUCHES` to each of them.

The history of a board tells of its seats and of who sat in them, that of an offer of its location and its contact,
which several offers may share; also when what it tells of is gone since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from graph.commands.storing import Run
from graph.ledger import Draft
from graph.model import KINDS

_WITHIN = ("IN_SEAT", "SEAT_OF")
_OWNED = {"location": "LOCATED_AT", "contact": "HAS_CONTACT"}
# In this order: a tenure leads to a seat, and that to a board.
_WAYS = {
    "tenure": "-[:IN_SEAT]->(m)",
    "seat": "-[:SEAT_OF]->(m)",
    **{kind: f"<-[:{type}]-(m:Offer)" for kind, type in _OWNED.items()},
}

Above = Mapping[str, set[str]]
"""By the id of what belongs to something: to what."""


async def in_histories(run: Run, drafts: Sequence[Draft]) -> list[Draft]:
    """`drafts`, which have been carried out, with whom they touch."""
    above = _changed(drafts)
    for kind, way in _WAYS.items():
        known = {draft.subject for draft in drafts}.union(*above.values())
        if ids := sorted(id for id in known if id.partition(":")[0] == kind):
            find = f"UNWIND $ids AS id MATCH (:{KINDS[kind].label} {{id: id}}){way} RETURN id, m.id AS above"
            for row in await run(find, {"ids": ids}):
                above[row["id"]].add(row["above"])
    return [replace(draft, touches=tuple(sorted(set(_histories(draft.subject, above))))) for draft in drafts]


def _changed(drafts: Sequence[Draft]) -> defaultdict[str, set[str]]:
    """What belonged to something and no longer does, or does now: the graph holds only what is."""
    above: defaultdict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        for field in draft.fields:
            others = {id for id in (field.before, field.after) if id is not None}
            if field.name in _WITHIN:
                above[draft.subject] |= others
            elif field.name in _OWNED.values() and draft.kind == "offer":
                for id in others:
                    above[id].add(draft.subject)
    return above


def _histories(id: str, above: Above) -> Iterator[str]:
    for one in above.get(id, ()):
        if one.partition(":")[0] in _WAYS:
            yield from _histories(one, above)
        else:
            yield one
