"""The plainest reading of what paths are: every simple path walked, one after the other, and sorted.

Of the paths' own code it knows the table of relations alone, which is what is to be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from graph.danish import name_order
from graph.paths.relations import FREELY, RELATIONS, TURNS
from graph.record import Record

UNSEEN = ("contact", "capacity", "price", "approval", "principle", "decision", "process-step", "location")
PRIORITY = {type: n for n, type in enumerate(RELATIONS)}

Link = tuple[str, str, str]
"""Source, type and target."""
Walk = tuple[tuple[str, str, str], ...]
"""Steps as they are walked: from, type, to."""


def kind(id: str) -> str:
    return id.partition(":")[0]


class Plain:
    def __init__(self, records: Iterable[Record], today: date) -> None:
        self.records = {record.id: record for record in records}
        self.today = today.isoformat()
        self.links: set[Link] = set()
        self.tenures: dict[Link, list[bool]] = defaultdict(list)
        """Of each link that tenures make, whether each of them holds today."""
        for record in self.records.values():
            self._link(record)
        self.beside: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for source, type, target in self.links:
            self.beside[source].add((type, target))
            self.beside[target].add((type, source))

    def between(self, start: str, end: str, max_length: int, first: int) -> list[list[str]]:
        """The nodes that each of the first paths leads over."""
        if start == end or start not in self.records or end not in self.records:
            return []
        if back := self._first(end) < self._first(start):
            start, end = end, start
        rows: dict[tuple[str, ...], Any] = {}
        for walk in self._walks(start, end, max_length):
            nodes = (start, *(to for _, _, to in walk))
            key = self._key(walk)
            rows[nodes] = min(rows.get(nodes, key), key)
        found = sorted(rows, key=lambda nodes: rows[nodes])[:first]
        return [list(reversed(nodes)) if back else list(nodes) for nodes in found]

    def _first(self, id: str) -> tuple[bool, bool, int, str]:
        connections = sum((source == id) + (target == id) for source, _, target in self.links)
        return kind(id) != "representative", kind(id) not in ("representative", "seat"), -connections, id

    def _walks(self, start: str, end: str, max_length: int) -> Iterator[Walk]:
        walks: list[Walk] = [()]
        while walks:
            walk = walks.pop()
            here = walk[-1][2] if walk else start
            if here == end:
                if self._sensible(walk):
                    yield walk
                continue
            been = {start, *(to for _, _, to in walk)}
            if len(walk) < max_length and (not walk or kind(here) in FREELY or kind(here) in TURNS):
                walks += [(*walk, (here, type, to)) for type, to in self.beside[here] if to not in been]

    def _sensible(self, walk: Walk) -> bool:
        shared = [(one, other) for one, other in zip(walk, walk[1:], strict=False) if kind(one[2]) not in FREELY]
        turned = all(other[1] in TURNS[kind(one[2])].get(one[1], ()) for one, other in shared)
        return turned and len(shared) <= 1 and all(to in self.records for _, _, to in walk)

    def _key(self, walk: Walk) -> tuple[Any, ...]:
        return len(walk), [(not self.holds(step), PRIORITY[step[1]], self._order(step[2])) for step in walk]

    def holds(self, step: tuple[str, str, str]) -> bool:
        """Whether a step is no tenure, or one that holds today."""
        source, type, target = step
        if type != "HOLDS":
            return True
        return any(self.tenures[step] or self.tenures[target, type, source])

    def _order(self, id: str) -> str:
        get = self.records[id].properties.get
        return name_order(get("name") or get("title") or get("label") or get("code") or "", id)

    def _link(self, record: Record) -> None:
        def targets(type: str, of: Record = record) -> list[str]:
            return [edge.target for edge in of.edges if edge.type == type]

        get = record.properties.get
        if kind(record.id) == "tenure":
            for person in targets("HELD_BY"):
                for seat in targets("IN_SEAT"):
                    self.links.add((person, "HOLDS", seat))
                    holds = get("validFrom") <= self.today and (not get("validTo") or self.today < get("validTo"))
                    self.tenures[person, "HOLDS", seat].append(holds)
        for one, other in (("DECISION_ON", "DECIDED_BY"), ("STEP_OF", "TAKEN_BY"), ("STEP_OF", "SENT_TO")):
            self.links |= {(a, other, b) for a in targets(one) for b in targets(other)}
        for location in targets("LOCATED_AT"):
            if location in self.records:
                for municipality in targets("IN_MUNICIPALITY", self.records[location]):
                    self.links.add((record.id, "LIES_IN", municipality))
        if kind(record.id) not in UNSEEN:
            self.links |= {(record.id, edge.type, edge.target) for edge in record.edges if edge.type in RELATIONS}
