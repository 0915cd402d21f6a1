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

from graph.paths.network import Arc, Network, gate

Taken = tuple[int, int, int, bool]
"""A step: from a node, by a type of edge, to a node, and whether it goes the way of the edge."""
Judge = Callable[[Taken], bool]
"""Whether a step belongs to another time than the present."""
_Key = tuple[int, str]


class Reach:
    """From where the end is reached in so many steps, and no fewer, around what may not be passed."""

    def __init__(self, network: Network, end: int, around: frozenset[int]) -> None:
        self._network = network
        self._around = around | network.gates(end)
        self._levels: list[set[int]] = [{end}]

    def level(self, steps: int) -> set[int]:
        """The nodes and gates from which the shortest way has `steps` steps."""
        while len(self._levels) <= steps:
            last = self._levels[-1]
            found = set().union(*map(self._network.around, last)) - self._around
            for level in self._levels:
                found = found - level
            self._levels.append(found)
        return self._levels[steps]

    def past(self, passed: set[int]) -> Reach:
        """The same, `passed` not to be passed either. What is measured already stays as far as it does not change."""
        reach = object.__new__(Reach)
        reach._network, reach._around = self._network, self._around | passed
        reach._levels = []
        for level in self._levels:
            if not passed.isdisjoint(level):
                reach._levels.append(level - passed)
                break
            reach._levels.append(level)
        return reach


@dataclass(frozen=True, slots=True)
class Way:
    """The beginning of a path. `entered` is the type of edge by which its last node was come to."""

    nodes: tuple[int, ...]
    steps: tuple[Taken, ...]
    reach: Reach

    def then(self, step: Taken, network: Network) -> Way:
        node = step[2]
        passed = network.gates(node) if network.passes_at_turns(node) else {node}
        return Way((*self.nodes, node), (*self.steps, step), self.reach.past(passed))


def ways(network: Network, start: int, end: int, max_length: int, elsewhen: Judge) -> Iterator[tuple[Taken, ...]]:
    """Every simple path from `start` to another node `end`, one for each row of nodes it may lead over.

    In order of length; then those with fewer steps of another time first; then step by step by the place of the
    relation in its table, and the name and id of the node that is come to.
    """
    passed = network.gates(start) | {start}
    first = Way((start,), (), Reach(network, end, frozenset(passed)))
    ticket = count()
    heap: list[tuple[int, int, tuple[_Key, ...], int, Way]] = [(1, 0, (), next(ticket), first)]
    told: set[tuple[int, ...]] = set()
    while heap:
        length, late, keys, _, way = heappop(heap)
        if way.nodes[-1] == end:
            if way.nodes not in told:
                told.add(way.nodes)
                yield way.steps
            continue
        for step in _next(network, way, end, length - len(way.steps) - 1):
            order = network.orders[step[2]]
            if order is not None:
                key = (*keys, (step[1], order))
                heappush(heap, (length, late + elsewhen(step), key, next(ticket), way.then(step, network)))
        if length < max_length:
            heappush(heap, (length + 1, late, keys, next(ticket), way))


def _next(network: Network, way: Way, end: int, left: int) -> Iterator[Taken]:
    """The steps on from a way after which the end is `left` steps away, at the nearest."""
    node = way.nodes[-1]
    types = network.turns(node, way.steps[-1][1]) if way.steps and network.passes_at_turns(node) else None
    within = way.reach.level(left)

    def leads(arc: Arc) -> bool:
        other, type, _ = arc
        if left == 0 or other == end:
            return left == 0 and other == end
        if network.passes_at_turns(other):
            return any(gate(other, on) in within for on in network.turns(other, type))
        return other in within

    return (
        (node, arc[1], arc[0], arc[2])
        for arc in network.arcs(node)
        if (types is None or arc[1] in types) and leads(arc)
    )
