"""The memory: what is found and computed in the process, beside the graph and following it.

| projection | answers |
|---|---|
| `catalogue` | which offers there are, which fit, how they develop |
| `register` | which boards and seats there are, who holds them, what is vacant |
| `search` | what words occur in |
| `paths` | how two things are connected |
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.catalogue.catalogue import Catalogue
from graph.catalogue.reading import GraphSource as OfferSource
from graph.clock import Clock
from graph.database import Database
from graph.ledger import Change
from graph.paths.paths import Paths
from graph.reading import GraphSource
from graph.record import Record
from graph.register.register import Register
from graph.search.search import Search


class Memory:
    """The four together. Each is made from the graph, follows its ledger, and may be made anew at any time.

    The catalogue and the register are whole before anything is answered; search and paths, which look at everything,
    are made by `index` afterwards, or by the first question that needs them.
    """

    def __init__(self, catalogue: Catalogue, register: Register, search: Search, paths: Paths) -> None:
        self.catalogue, self.register, self.search, self.paths = catalogue, register, search, paths

    @classmethod
    def of(cls, database: Database, clock: Clock) -> Memory:
        """An empty one, to be filled by `rebuild`."""
        source = GraphSource(database)
        return cls(
            Catalogue(OfferSource(database), clock, 0),
            Register(source, clock, 0),
            Search(source, clock, 0),
            Paths(source, clock, 0),
        )

    @classmethod
    async def load(cls, database: Database, clock: Clock, position: int) -> Memory:
        """What `database` holds, at `position` or later. Unavailable as in `Database.read`."""
        memory = cls.of(database, clock)
        await memory.rebuild(position)
        await memory.index()
        return memory

    @classmethod
    def from_records(cls, records: Iterable[Record], clock: Clock) -> Memory:
        """The same from memory, at position 0."""
        given = list(records)
        return cls(
            Catalogue.from_records(given, clock),
            Register.from_records(given, clock),
            Search.from_records(given, clock),
            Paths.from_records(given, clock),
        )

    @property
    def position(self) -> int:
        """The last position of the ledger that all of it reflects."""
        return min(part.position for part in self._parts)

    async def rebuild(self, position: int) -> None:
        """Read everything anew; what is read is not older than `position`."""
        for part in self._parts:
            await part.rebuild()
            part.position = position

    async def follow(self, changes: Sequence[Change]) -> None:
        """Take in what `changes` name."""
        for part in self._parts:
            await part.follow(changes)

    async def index(self) -> None:
        """Make what the first question for a text or a path would wait for."""
        for part in (self.catalogue, self.search, self.paths):
            await part.index()

    @property
    def _parts(self) -> tuple[Catalogue, Register, Search, Paths]:
        return self.catalogue, self.register, self.search, self.paths
