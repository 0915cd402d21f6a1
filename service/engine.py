"""Which engine holds the graph: the settings say."""

from __future__ import annotations

from graph.engines import Engine
from graph.engines.embedded import EmbeddedEngine
from service.settings import Settings


def open_engine(settings: Settings) -> Engine:
    """The engine that the settings choose, not yet started."""
    if not settings.neo4j_uri:
        return EmbeddedEngine(settings.data_dir)
    from graph.engines.neo4j import Neo4jEngine  # brings the driver, which the embedded engine need not wait for

    user = settings.neo4j_user if settings.neo4j_password else ""
    return Neo4jEngine(settings.neo4j_uri, user, settings.neo4j_password, settings.neo4j_database)
