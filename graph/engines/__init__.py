"""The engines that can hold the graph: each starts, stops, tells its health, and gives a `Database` to speak to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the engine's own process has no use for the driver
    from graph.database import Database


class Engine(Protocol):
    """An engine. Its `database` may be used from the start on: until the engine is there it raises Unavailable."""

    @property
    def name(self) -> str:
        """`embedded` or `neo4j`."""
        ...

    @property
    def database(self) -> Database: ...

    @property
    def data_dir(self) -> Path | None:
        """The folder that holds the graph, and is ours alone; None where others write the graph too."""
        ...

    def begin(self) -> None:
        """Begin to start, in the running loop, for who has other things to do meanwhile: `start` waits for it."""
        ...

    async def start(self) -> None:
        """Make the engine ready. Raises `Unavailable` when it cannot be, with what to do about it."""
        ...

    async def stop(self) -> None:
        """Close the database and whatever `start` began. May be called twice."""
        ...

    async def version(self) -> str:
        """The product and version that the engine announces. For people: never to be parsed."""
        ...

    async def healthy(self) -> bool:
        """Whether the engine answers a statement within a second."""
        ...
