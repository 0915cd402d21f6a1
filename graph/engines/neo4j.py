"""Neo4j: one server, a cluster or Aura, that others run. Only the driver is ours."""

from __future__ import annotations

from graph.database import Database
from graph.dialect import Neo4jDialect


class Neo4jEngine:
    """`uri` is any address the driver takes: `bolt://`, or `neo4j://` for routed reads in a cluster, `+s` with TLS."""

    name = "neo4j"
    data_dir = None

    def __init__(self, uri: str, user: str = "", password: str = "", database: str = "neo4j") -> None:
        self.database = Database(uri, name=database, dialect=Neo4jDialect(), auth=(user, password) if user else None)

    def begin(self) -> None:
        pass  # it runs already, or others start it

    async def start(self) -> None:
        await self.database.server()

    async def stop(self) -> None:
        await self.database.close()

    async def version(self) -> str:
        return await self.database.server()

    async def healthy(self) -> bool:
        return await self.database.answers()
