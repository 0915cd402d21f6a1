"""The memory: what is found and computed in the process, beside the graph and following it.

| projection | answers |
|---|---|
| `catalogue` | which offers there are, which fit, how they develop |
| `register` | which boards and seats there are, who holds them, what is vacant |
| `search` | what words occur in |
| `paths` | how two things are connected |
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from graph.catalogue import records as offers
from graph.catalogue.catalogue import Catalogue
from graph.clock import Clock
from graph.database import Database
from graph.ledger import Change
from graph.paths.paths import Paths
from graph.reading import GraphSource, Kinds, Properties, Whole
from graph.record import Record
from graph.register import rows as boards
from graph.register.register import Register
from graph.search.search import Search

FIRST: tuple[tuple[Kinds, Properties], ...] = (
    (offers.KINDS, offers.PROPERTIES),
    (boards.KINDS, boards.PROPERTIES),
)
"""What is read before anything is answered: all nodes of these kinds."""


class Unprepared(Exception):
    """What was asked for is still to be made: `Memory.index` makes it."""


class Memory:
    """The four together. Each is made from the graph, follows its ledger, and may be made anew at any time.

    The catalogue and the register are whole before anything is answered. Search and paths look at everything, which
    takes as long again: they are made by `index` afterwards, at the latest for the first question that needs them.
    """

    def __init__(self, catalogue: Catalogue, register: Register, search: Search, paths: Paths) -> None:
        self.catalogue, self.register, self._search, self._paths = catalogue, register, search, paths
        self._made = False
        """Whether search and paths are made."""
        self._late: list[Change] | None = None
        """What has changed since they began to be made."""
        self._making = asyncio.Lock()

    @classmethod
    def of(cls, database: Database, clock: Clock) -> Memory:
        """An empty one, to be filled by `rebuild`."""
        source = GraphSource(database)
        return cls(
            Catalogue(source, clock, 0),
            Register(source, clock, 0),
            Search(source, clock, 0),
            Paths(source, clock, 0),
        )

    @classmethod
    async def load(cls, database: Database, clock: Clock, position: int) -> Memory:
        """All of what `database` holds, at `position` or later. Unavailable as in `Database.read`."""
        memory = cls.of(database, clock)
        await memory.rebuild(position)
        await memory.index()
        return memory

    @classmethod
    def from_records(cls, records: Iterable[Record], clock: Clock) -> Memory:
        """The same from memory, at position 0."""
        given = list(records)
        memory = cls(
            Catalogue.from_records(given, clock),
            Register.from_records(given, clock),
            Search.from_records(given, clock),
            Paths.from_records(given, clock),
        )
        memory._made = True
        return memory

    @property
    def search(self) -> Search:
        """Raises Unprepared."""
        if not self._made:
            raise Unprepared
        return self._search

    @property
    def paths(self) -> Paths:
        """Raises Unprepared."""
        if not self._made:
            raise Unprepared
        return self._paths

    @property
    def position(self) -> int:
        """The last position of the ledger that all of it reflects."""
        return min(self.catalogue.position, self.register.position)

    async def rebuild(self, position: int, source: Whole | None = None) -> None:
        """Read the catalogue and the register anew, not older than `position`; the others when they are needed.

        From `source`, where it is given, instead of the graph.
        """
        async with self._making:
            self._made = False
            for part in (self.catalogue, self.register):
                await part.rebuild(source)
                part.position = position

    async def follow(self, changes: Sequence[Change]) -> None:
        """Take in what `changes` name."""
        await self.catalogue.follow(changes)
        if self._late is not None:
            self._late.extend(changes)
        elif self._made:
            await self._search.follow(changes)
            await self._paths.follow(changes)
        # Last, since the position is that of all of it.
        await self.register.follow(changes)

    async def index(self) -> None:
        """Make what is still to be made. Whoever comes meanwhile waits. Unavailable as in `Database.read`."""
        async with self._making:
            await self.catalogue.index()
            if self._made:
                return
            self._late = []
            try:
                for part in (self._search, self._paths):
                    await part.rebuild()
                    await part.index()
                while changes := self._late:
                    self._late = []
                    await self._search.follow(changes)
                    await self._paths.follow(changes)
                self._made = True
            finally:
                self._late = None
