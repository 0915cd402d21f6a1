"""The shortest ways from one node to another, in order, without looking at most of the network.

Best first: a way that is not whole yet is worth the length of the shortest whole one that may come of it. That is
exact, since what lies between is measured back from the end, around all that the way has passed (as in Yen's
algorithm for the shortest loopless paths). Every step that is tried leads to an answer, and only as much is measured
as the length reached needs: `max_length` bounds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from graph.paths.network import Network

Taken = tuple[int, int, int, bool]
"""A step: from a node, by a type of edge, to a node, and whether it goes the way of the edge."""
Judge = Callable[[Taken], bool]
"""Whether a step belongs to another time than the present."""
_Key = tuple[bool, int, str]
_Choice = tuple[_Key, Taken]
Gate = tuple[int, int]
"""A thing that many share, and a type of edge by which it is left."""


@dataclass(slots=True)
class Reach:
    """From where the end is reached in so many steps, and no fewer, around what may not be passed."""

    network: Network
    end: int
    around: frozenset[int]
    direct: list[set[int]]
    """By steps: the nodes from which it is reached over nothing that many share."""
    gates: dict[Gate, int]
    """Leaving what many share, the steps to the end, as far as `direct` was measured."""
    any: list[set[int]]
    """By steps: the nodes from which it is reached over one such thing at most."""

    @classmethod
    def of(cls, network: Network, end: int, start: int) -> Reach:
        ends = frozenset((start, end))
        gates = {
            (other, type): 1
            for other, type, _ in network.arcs(end)
            if other not in ends and network.passes_at_turns(other)
        }
        return cls(network, end, ends, [{end}], gates, [{end}])

    def directly(self, steps: int) -> set[int]:
        while len(self.direct) <= steps:
            self._further(self._before(self.direct))
        return self.direct[steps]

    def anyhow(self, steps: int) -> set[int]:
        while len(self.any) <= steps:
            far = len(self.any)
            level = self._before(self.any) | self.directly(far)
            for node, type in {gate for gate, left in self.gates.items() if left == far - 1}:
                groups = self.network.shared[node]
                level.update(*(groups.get(other, ()) for other in self.network.turns(node, type)))
            self.any.append(level.difference(self.around, *self.any))
        return self.any[steps]

    def from_gates(self, node: int, type: int) -> int | None:
        """How many steps lead to the end from a thing that many share, come to it by an edge of `type`."""
        return min(
            (self.gates[node, on] for on in self.network.turns(node, type) if (node, on) in self.gates), default=None
        )

    def past(self, node: int) -> Reach:
        """The same around one more node. What is measured already stays as far as it does not change."""
        direct, changed = _until(self.direct, node)
        any, any_changed = _until(self.any, node)
        gates = self.gates if changed is None else {g: steps for g, steps in self.gates.items() if steps <= len(direct)}
        reach = Reach(self.network, self.end, self.around | {node}, direct, dict(gates), any)
        if changed is not None:
            reach._further(changed)
        if any_changed is not None:
            any.append(any_changed)
        return reach

    def _further(self, level: set[int]) -> None:
        """Take in one more level of `direct`, and the gates that lead to it."""
        steps = len(self.direct) + 1
        self.direct.append(level)
        for node, groups in self.network.shared.items():
            if node not in self.around:
                for type, beside in groups.items():
                    if (node, type) not in self.gates and not beside.isdisjoint(level):
                        self.gates[node, type] = steps

    def _before(self, levels: list[set[int]]) -> set[int]:
        found = self.network.free(levels[-1])
        for known in (self.around, *levels):
            found = found - known
        return found


def _until(levels: list[set[int]], node: int) -> tuple[list[set[int]], set[int] | None]:
    """The levels before that of `node`, and that one without it; all of them, and None, where it is in none."""
    for n, level in enumerate(levels):
        if node in level:
            return levels[:n], level - {node}
    return list(levels), None


@dataclass(frozen=True, slots=True)
class Way:
    """The beginning of a path, by the nodes it leads over, and from where the end is reached around these."""

    nodes: tuple[int, ...]
    steps: tuple[Taken, ...]
    reach: Reach
    shared: bool = False
    """Whether it has passed a thing that many share: no path passes two."""

    def then(self, step: Taken, network: Network) -> Way:
        node = step[2]
        shared = network.passes_at_turns(node)
        reach = self.reach if shared else self.reach.past(node)
        return Way((*self.nodes, node), (*self.steps, step), reach, self.shared or shared)


def ways(network: Network, start: int, end: int, max_length: int, elsewhen: Judge) -> Iterator[tuple[Taken, ...]]:
    """Every simple path from `start` to another node `end`, one for each row of nodes it may lead over.

    In order of length; then step by step: what holds now before what is of another time, then by the place of the
    relation in its table, and the name and id of the node that is come to. They are sought, and their steps compared,
    from one end: a person, else a seat, else what has more connections, since what lies between is measured from the
    other. The ways back are the same ways.
    """
    if _first(network, end) < _first(network, start):
        for steps in _ways(network, end, start, max_length, elsewhen):
            yield tuple((target, type, source, not forward) for source, type, target, forward in reversed(steps))
    else:
        yield from _ways(network, start, end, max_length, elsewhen)


def _first(network: Network, node: int) -> tuple[int, int, str]:
    id = network.ids[node]
    rank = {"representative": 0, "seat": 1}.get(id.partition(":")[0], 2)
    return rank, -network.degree(node), id


def _ways(network: Network, start: int, end: int, max_length: int, elsewhen: Judge) -> Iterator[tuple[Taken, ...]]:
    # The length of the whole and the keys of the steps that are taken, by which it stands among others; the way; and
    # the steps to choose from after it, with which one is to be taken. None: what there is to choose is to be found.
    heap: list[tuple[int, tuple[_Key, ...], int, Way, list[_Choice] | None, int]] = []
    ticket = count()

    def consider(length: int, keys: tuple[_Key, ...], way: Way, choices: list[_Choice], n: int) -> None:
        if n < len(choices):
            heappush(heap, (length, (*keys, choices[n][0]), next(ticket), way, choices, n))

    told: set[tuple[int, ...]] = set()
    heappush(heap, (1, (), next(ticket), Way((start,), (), Reach.of(network, end, start)), None, 0))
    while heap:
        length, keys, _, way, choices, n = heappop(heap)
        if choices is not None:
            consider(length, keys[:-1], way, choices, n + 1)
            way = way.then(choices[n][1], network)
        if way.nodes[-1] == end:
            if way.nodes not in told:
                told.add(way.nodes)
                yield way.steps
            continue
        consider(length, keys, way, _choices(network, way, end, length - len(way.steps) - 1, elsewhen), 0)
        if length < max_length:
            heappush(heap, (length + 1, keys, next(ticket), way, None, 0))


def _choices(network: Network, way: Way, end: int, left: int, elsewhen: Judge) -> list[_Choice]:
    """The steps on from a way after which the end is `left` steps away at the nearest, the first of them first."""
    node, orders, reach = way.nodes[-1], network.orders, way.reach
    types = network.turns(node, way.steps[-1][1]) if way.steps and network.passes_at_turns(node) else None
    within = reach.directly(left) if way.shared else reach.anyhow(left)
    found: list[_Choice] = []
    for other, type, forward in network.arcs_to(node, within, not way.shared and left > 0):
        if types is not None and type not in types:
            continue
        if other in within or (other not in reach.around and reach.from_gates(other, type) == left):
            order = orders[other]
            if order is not None:
                step = (node, type, other, forward)
                found.append(((elsewhen(step), type, order), step))
    return sorted(found)
