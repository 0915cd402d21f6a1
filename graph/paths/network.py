"""The network: everything that paths lead over, in memory, as numbers."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from graph.paths.links import NODES, Link, Told, links, order_of
from graph.paths.relations import FREELY, RELATIONS, TURNS
from graph.record import Record

TYPES = tuple(RELATIONS)
_TYPE = {type: n for n, type in enumerate(TYPES)}
assert len(TYPES) <= 64  # an arc is packed into one number, with six bits for its type

_FEW = 100
"""As many arcs are looked through sooner than looked up."""
_NEVER, _FREELY, _AT_TURNS = 0, 1, 2
_PASSING = {**dict.fromkeys(FREELY, _FREELY), **dict.fromkeys(TURNS, _AT_TURNS)}
_TURNS: Mapping[str, Mapping[int, tuple[int, ...]]] = {
    kind: {_TYPE[type]: tuple(sorted(_TYPE[other] for other in others)) for type, others in turns.items()}
    for kind, turns in TURNS.items()
}
_OF_OTHERS = frozenset(_TYPE[type] for type in ("HOLDS", "DECIDED_BY", "TAKEN_BY", "SENT_TO"))
"""Links that no record of either end makes, but one that is passed over."""

Arc = tuple[int, int, bool]
"""The node at the other end, the number of the type, and whether the arc goes the way of the edge."""
Key = tuple[int, int, int]
"""Source, type and target of a link."""


class Network:
    """Nodes, and arcs in both directions. Made by `put` and changed by it; `take` takes out what is no more."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.ids: list[str] = []
        self.orders: list[str | None] = []
        """Where each node stands among others; None where only others name it."""
        self.told: dict[Key, dict[str, Told | None]] = {}
        """What is said in particular, by the record that says it."""
        self._passing: list[int] = []
        self._arcs: list[array[int]] = []
        self._made: dict[str, tuple[Key, ...]] = {}
        """The links between two others that each record makes, by its id; its own are the arcs that go out from it."""
        self._places: dict[str, str] = {}
        self._location: dict[str, str] = {}
        self._located: dict[str, set[str]] = {}
        """The municipality of a location; the location of whatever has one; and who is at a location."""
        self._around: dict[int, tuple[int, ...]] = {}
        """Of a node, those beside it that lie between freely; made when they are asked for."""
        self._beside: dict[int, dict[int, tuple[Arc, ...]]] = {}
        """Of a node with many arcs, the arcs by the node at their other end; made when they are asked for."""
        self.shared: dict[int, dict[int, set[int]]] = {}
        """The things that many share, and those beside each that lie between freely, by type of edge."""

    @classmethod
    def of(cls, records: Iterable[Record]) -> Network:
        network = cls()
        network.put(records)
        for node in range(len(network.ids)):
            if network.passes_freely(node):
                network.around(node)
        return network

    def put(self, records: Iterable[Record]) -> None:
        """Take in records, whether they are new or were here before."""
        given = list(records)
        for record in given:
            self._places.pop(record.id, None)
            for edge in record.edges:
                if edge.type == "IN_MUNICIPALITY":
                    self._places[record.id] = edge.target
        for record in given:
            self._forget(record.id)
            for edge in record.edges:
                if edge.type == "LOCATED_AT":
                    self._location[record.id] = edge.target
                    self._located.setdefault(edge.target, set()).add(record.id)
            if _kind(record.id) in NODES:
                self.orders[self._number(record.id)] = order_of(record)
            made = [(link, self._link(record.id, link)) for link in links(record, self._places)]
            if of_others := tuple(key for link, key in made if link.source != record.id):
                self._made[record.id] = of_others

    def take(self, ids: Iterable[str]) -> None:
        """Take out what is no more, with all that it connected."""
        for id in ids:
            self._forget(id)
            self._places.pop(id, None)
            node = self.numbers.get(id)
            if node is not None:
                self.orders[node] = None
                for other, type, forward in list(self.arcs(node)):
                    self._part((node, type, other) if forward else (other, type, node))

    def located(self, locations: Collection[str]) -> set[str]:
        """Whatever lies at one of the locations, and must be read anew when it moves."""
        return set().union(*(self._located.get(id, ()) for id in locations))

    def is_there(self, id: str) -> bool:
        node = self.numbers.get(id)
        return node is not None and self.orders[node] is not None

    def arcs(self, node: int) -> Iterator[Arc]:
        for packed in self._arcs[node]:
            yield packed >> 7, packed >> 1 & 63, bool(packed & 1)

    def arcs_to(self, node: int, others: set[int], shared: bool) -> Iterator[Arc]:
        """The arcs to any of `others`, and to things that many share if these are asked for."""
        if len(self._arcs[node]) <= _FEW:
            return (arc for arc in self.arcs(node) if arc[0] in others or (shared and arc[0] in self.shared))
        beside = self._beside.get(node)
        if beside is None:
            beside = self._beside[node] = {}
            for arc in self.arcs(node):
                beside[arc[0]] = (*beside.get(arc[0], ()), arc)  # tuples, which the collector soon lets be
        wanted = [*others.intersection(beside), *(other for other in self.shared if shared and other not in others)]
        return (arc for other in wanted for arc in beside.get(other, ()))

    def degree(self, node: int) -> int:
        return len(self._arcs[node])

    def passes_at_turns(self, node: int) -> bool:
        return self._passing[node] == _AT_TURNS

    def passes_freely(self, node: int) -> bool:
        return self._passing[node] == _FREELY

    def turns(self, node: int, type: int) -> tuple[int, ...]:
        """By which types of edge a path may leave a thing that is shared, come to it by one of `type`."""
        return _TURNS[_kind(self.ids[node])].get(type, ())

    def free(self, nodes: Iterable[int]) -> set[int]:
        """Those beside any of `nodes` that lie between freely."""
        known = self._around
        return set().union(*[known[node] if node in known else self.around(node) for node in nodes])

    def around(self, node: int) -> tuple[int, ...]:
        """Those beside a node that lie between freely."""
        found = self._around.get(node)
        if found is None:
            free = (other for other, _, _ in self.arcs(node) if self._passing[other] == _FREELY)
            found = self._around[node] = tuple(set(free))
        return found

    def _number(self, id: str) -> int:
        node = self.numbers.get(id)
        if node is None:
            node = self.numbers[id] = len(self.ids)
            self.ids.append(id)
            self.orders.append(None)
            passing = _PASSING.get(_kind(id), _NEVER)
            self._passing.append(passing)
            self._arcs.append(array("q"))
            if passing == _AT_TURNS:
                self.shared[node] = {}
        return node

    def _link(self, by: str, link: Link) -> Key:
        key = self._number(link.source), _TYPE[link.type], self._number(link.target)
        says = link.told is not None or key[1] in _OF_OTHERS
        if says and key in self.told:
            self.told[key][by] = link.told
            return key
        if says:
            self.told[key] = {by: link.told}
        source, type, target = key
        self._arcs[source].append(target << 7 | type << 1 | 1)
        self._arcs[target].append(source << 7 | type << 1)
        for node, other in ((source, target), (target, source)):
            self._around.pop(node, None)
            self._beside.pop(node, None)
            if node in self.shared and self.passes_freely(other):
                self.shared[node].setdefault(type, set()).add(other)
        return key

    def _forget(self, id: str) -> None:
        """Undo what a record has made."""
        if location := self._location.pop(id, None):
            self._located[location].discard(id)
        keys = [*self._made.pop(id, ())]
        if (node := self.numbers.get(id)) is not None:
            keys += [(node, type, other) for other, type, out in self.arcs(node) if out and type not in _OF_OTHERS]
        for key in keys:
            said = self.told.get(key)
            if said is not None:
                said.pop(id, None)
            if not said:
                self._part(key)

    def _part(self, key: Key) -> None:
        source, type, target = key
        self.told.pop(key, None)
        for node, other, packed in (
            (source, target, target << 7 | type << 1 | 1),
            (target, source, source << 7 | type << 1),
        ):
            if packed not in self._arcs[node]:
                continue
            self._arcs[node].remove(packed)
            self._around.pop(node, None)
            self._beside.pop(node, None)
            if node in self.shared:
                self.shared[node].get(type, set()).discard(other)

    def same(self, other: Network) -> bool:
        """Whether both connect the same things by the same words."""
        return bool(self._plain() == other._plain())

    def _plain(self) -> Any:
        there = {id: self.orders[node] for id, node in self.numbers.items() if self.orders[node] is not None}
        arcs = sorted(
            (self.ids[node], TYPES[type], self.ids[other], forward)
            for node in range(len(self.ids))
            for other, type, forward in self.arcs(node)
        )
        told = {(self.ids[a], TYPES[type], self.ids[b]): said for (a, type, b), said in self.told.items()}
        return there, arcs, told


def _kind(id: str) -> str:
    return id.partition(":")[0]
