"""Every test of the graph runs on every engine, through the fixture `database`.

NEO4J_TEST_URI names a running Neo4j to use, which is wiped, instead of starting one.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings
from xdist.remote import Producer

from graph.database import Database
from graph.engines import Engine
from graph.engines.embedded import EmbeddedEngine
from graph.engines.neo4j import Neo4jEngine
from graph.migrations import migrate
from tests.engines.server import CALENDAR, LTS, CannotStart, Neo4jServer, Release, java_for
from tests.machine import BOTH_COMPILERS, C1_ONLY, lacking
from tests.service.day import settle
from tests.service.loaded import Folders, folders
from tests.sharing import Sharing, longest_first

# How long a busy machine takes to draw an example says nothing about what is tested with it.
settings.register_profile("any machine", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--slow-browser",
        action="store_true",
        help="the browser has a slow processor and a slow line: a test that reads before a page is there fails",
    )


def pytest_configure(config: pytest.Config) -> None:
    settle()
    # For every engine that is started: most are gone before Java's better compiler pays, and it works on meanwhile.
    os.environ.setdefault("JAVA_TOOL_OPTIONS", C1_ONLY)
    config.addinivalue_line("markers", "engines(*names): runs on these engines only, for what the others lack")
    config.addinivalue_line(
        "markers", "every_release: runs on the newest calendar release of Neo4j too, where a Java for it is at hand"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    return Sharing(config, log)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("engines")
        engines = list(only.args) if only else ["embedded", "neo4j"]
        if metafunc.definition.get_closest_marker("every_release") and java_for(CALENDAR):
            engines.append("neo4j-calendar")
        metafunc.parametrize("engine", engines, indirect=True, scope="session")


@pytest.fixture(scope="session")
def neo4j_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Neo4j of the long-term release."""
    yield from _neo4j(LTS, tmp_path_factory)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """Makes data folders with the first content, for services to start on."""
    return folders(tmp_path_factory)


@pytest.fixture(scope="session")
def calendar_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Neo4j of the newest calendar release."""
    yield from _neo4j(CALENDAR, tmp_path_factory)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def embedded(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Engine]:
    async with _running(EmbeddedEngine(tmp_path_factory.mktemp("embedded"))) as engine:
        yield engine


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def neo4j(neo4j_uri: str) -> AsyncIterator[Engine]:
    async with _running(Neo4jEngine(neo4j_uri)) as engine:
        yield engine


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def neo4j_calendar(calendar_uri: str) -> AsyncIterator[Engine]:
    async with _running(Neo4jEngine(calendar_uri)) as engine:
        yield engine


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn. Once started it stays, since tests go from one to another and back."""
    engine: Engine = request.getfixturevalue(request.param.replace("-", "_"))
    return engine


@asynccontextmanager
async def _running(engine: Engine) -> AsyncIterator[Engine]:
    try:
        await engine.start()
        await migrate(engine)
        yield engine
    finally:
        await engine.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def database(engine: Engine) -> Database:
    """A migrated database without content, for one test."""
    return await _wiped(engine)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shared_database(engine: Engine) -> Database:
    """The same for a whole module, whose tests must then not ask for `database`."""
    return await _wiped(engine)


async def _wiped(engine: Engine) -> Database:
    await engine.database.write(lambda w: w.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n"), timeout=60)
    return engine.database


def _neo4j(release: Release, folders: pytest.TempPathFactory) -> Iterator[str]:
    if release is LTS and (uri := os.environ.get("NEO4J_TEST_URI")):
        yield uri
        return
    try:
        server = Neo4jServer(release, folders.mktemp("neo4j"), BOTH_COMPILERS)
    except CannotStart as reason:
        lacking(str(reason))
    try:
        yield server.uri
    finally:
        server.stop()
