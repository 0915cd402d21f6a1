"""Paths: how any two things are connected, in words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from graph.clock import Clock
from graph.database import Database
from graph.errors import BadInput, Unavailable
from graph.ledger import Action, Change
from graph.model import kind_of
from graph.paths.links import NODES, PROPERTIES, READ, Holding
from graph.paths.network import TYPES, Network
from graph.paths.relations import RELATIONS, Relation
from graph.paths.route import Taken, ways
from graph.phrases import say
from graph.reading import GraphSource, RecordSource, Source
from graph.record import Record

LONGEST = 8
MOST = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `source` and `target` are ids, and the words stand between their names."""

    source: str
    relation: str
    """What connects the two, for programs, in the direction of the step: OPERATED_BY, or OPERATES."""
    da: str
    en: str
    target: str

    @classmethod
    def by(cls, relation: Relation, source: str, target: str, *, forward: bool = True) -> Step:
        said = relation.there if forward else relation.back
        return cls(source, said.name, said.da, said.en, target)

    def label(self, language: str) -> str:
        """The words in `DA` or `EN`, such as `drives af`."""
        return say(language, self.da, self.en)


@dataclass(frozen=True, slots=True)
class Path:
    """Steps that follow on from each other, over no thing twice."""

    steps: tuple[Step, ...]

    @property
    def length(self) -> int:
        return len(self.steps)


class Paths:
    """Answers how things are connected, without asking the graph, whose ledger it follows.

    It is made by `index`, which reads the whole graph: the service is ready before that, and whoever asks meanwhile
    waits by awaiting `index` too.
    """

    def __init__(self, source: Source, clock: Clock, position: int) -> None:
        """Not made yet; `load` and `from_records` make whole ones."""
        self.position = position
        """The last position of the ledger that the paths reflect."""
        self._source = source
        self._clock = clock
        self._network: Network | None = None
        self._wanted = False
        self._making = asyncio.Lock()

    @classmethod
    async def load(cls, database: Database, clock: Clock, position: int) -> Paths:
        """The paths of what `database` holds, at `position` or later. Unavailable as in `Database.read`."""
        paths = cls(GraphSource(database), clock, position)
        await paths.index()
        return paths

    @classmethod
    def from_records(cls, records: Iterable[Record], clock: Clock) -> Paths:
        """The same from memory, at position 0."""
        source = RecordSource(records)
        paths = cls(source, clock, 0)
        paths._network = Network.of(source.records.values())
        return paths

    async def index(self) -> None:
        """Read and make everything, unless that is done. Raises Unavailable as `Database.read` does."""
        self._wanted = True
        async with self._making:
            if self._network is None:
                await self._make()

    async def rebuild(self) -> None:
        """Make everything anew; what `index` was never called for is left to it."""
        if self._wanted or self._network is not None:
            async with self._making:
                await self._make()

    async def follow(self, changes: Sequence[Change]) -> None:
        """Take in what `changes` name, and stand at their last position.

        What has changed is read anew, and whatever lies where a location moved; an import means reading everything.
        """
        if not changes:
            return
        async with self._making:
            if self._network is not None:
                if any(change.action is Action.IMPORTED for change in changes):
                    await self._make()
                else:
                    await self._reread(self._network, {change.subject for change in changes})
        self.position = max(self.position, changes[-1].position)

    def between(self, from_: str, to: str, max_length: int = 6, first: int = 3) -> list[Path]:
        """The `first` shortest paths of at most `max_length` steps, ordered as `route.ways` says: of those as long,
        first what holds today. None between a thing and itself, nor where one of the two is not there (any more).

        BadInput at `("from",)`, `("to",)`, `("maxLength",)` or `("first",)`; Unavailable before `index` is done.
        """
        for name, id in (("from", from_), ("to", to)):
            kind = kind_of(id)
            if kind is None or kind.name not in NODES:
                raise BadInput(f"{name}: {id[:80]!r} is no id of this directory", (name,))
        for name, number, most in (("maxLength", max_length, LONGEST), ("first", first, MOST)):
            if not 1 <= number <= most:
                raise BadInput(f"{name}: {number} is not between 1 and {most}", (name,))
        network = self._network
        if network is None:
            raise Unavailable("The paths are still being made.")
        if from_ == to or not (network.is_there(from_) and network.is_there(to)):
            return []
        teller = _Teller(network, self._clock.today())
        found = ways(network, network.numbers[from_], network.numbers[to], max_length, teller.elsewhen)
        return [Path(tuple(map(teller.step, steps))) for steps in islice(found, first)]

    def equals(self, other: Paths) -> bool:
        """Whether both connect the same; used to prove that following and rebuilding agree."""
        return self._made().same(other._made())

    def __len__(self) -> int:
        """How many things there are to lead over."""
        return sum(order is not None for order in self._made().orders)

    def _made(self) -> Network:
        if self._network is None:
            raise Unavailable("The paths are still being made.")
        return self._network

    async def _make(self) -> None:
        records = await self._source.read(READ, PROPERTIES)
        self._network = await asyncio.to_thread(Network.of, records)

    async def _reread(self, network: Network, subjects: set[str]) -> None:
        ids = {id for id in subjects | network.located(subjects) if id.partition(":")[0] in READ}
        if ids:
            records = await self._source.read(READ, PROPERTIES, ids=ids)
            network.take(ids - {record.id for record in records})
            network.put(records)


class _Teller:
    """Puts steps into words, as they are said on one day."""

    def __init__(self, network: Network, today: date) -> None:
        self._network = network
        self._today = today

    def elsewhen(self, step: Taken) -> bool:
        """Whether a step is a tenure that is over, or has yet to begin."""
        said = self._said(step)
        return isinstance(said, Holding) and said.past(self._today)

    def step(self, step: Taken) -> Step:
        source, type, target, forward = step
        said = self._said(step)
        relation = said.relation(self._today) if isinstance(said, Holding) else said or RELATIONS[TYPES[type]]
        ids = self._network.ids
        return Step.by(relation, ids[source], ids[target], forward=forward)

    def _said(self, step: Taken) -> Relation | Holding | None:
        """What is said of a step in particular: of several tenures the present one, else the latest."""
        source, type, target, forward = step
        key = (source, type, target) if forward else (target, type, source)
        told = self._network.told.get(key)
        if not told:
            return None
        id = max(told, key=lambda id: (self._preference(told[id]), id))
        return told[id]

    def _preference(self, said: Relation | Holding | None) -> tuple[bool, int]:
        if isinstance(said, Holding):
            return not said.past(self._today), said.since.toordinal()
        return said is not None, 0
