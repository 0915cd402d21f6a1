"""All traffic to an engine: the official driver over Bolt, bounded in time, with errors of our own."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar

import structlog
from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Address,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncResult,
    AsyncSession,
    Query,
)
from neo4j.exceptions import (
    ConnectionAcquisitionTimeoutError,
    ConnectionPoolError,
    ConstraintError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph import wording
from graph.deadline import Deadline
from graph.dialect import Dialect
from graph.errors import Busy, Unavailable, Uncertain

log = structlog.get_logger(__name__)

T = TypeVar("T")
Row = dict[str, Any]
Parameters = Mapping[str, Any]
Resolver = Callable[[Address], Iterable[Address]]
Definer = Callable[[str], Awaitable[None]]

DEADLINE = 4.5
"""Seconds within which a read or a write has its answer, or fails: what the service's five leave to the graph."""

REPEATS = 40
"""How often a write that ends in a duplicate key is done again.

What writes has seen to it that its keys are free, so another was faster: the embedded engine checks keys before it
checks whether a transaction was overtaken, and says so instead of calling it a conflict.
"""


class Writer:
    """One open transaction."""

    def __init__(self, transaction: AsyncManagedTransaction) -> None:
        self._transaction = transaction

    async def run(self, statement: str, parameters: Parameters | None = None) -> list[Row]:
        return await _rows(await self._transaction.run(statement, _plain(parameters)))


class Database:
    """One database of one engine.

    `resolver` says where the engine of a `bolt://` address stands now; `definer` runs a schema statement where
    the engine does not take it over Bolt. The driver connects at the first statement.
    """

    def __init__(
        self,
        uri: str,
        *,
        name: str,
        dialect: Dialect,
        auth: tuple[str, str] | None = None,
        resolver: Resolver = lambda address: [address],
        definer: Definer | None = None,
        connections: int = 50,
        deadline: float = DEADLINE,
    ) -> None:
        self.uri = uri
        self.name = name
        self.dialect = dialect
        self.deadline = deadline
        self._auth, self._resolver, self._definer, self._connections = auth, resolver, definer, connections
        self._idle: list[AsyncSession] = []
        """Sessions for reads that are not used at the moment. They hold no connection."""
        # In a cluster a read may go to a server that has not heard of our last write yet: bookmarks make it wait.
        self._bookmarks = AsyncGraphDatabase.bookmark_manager() if uri.startswith("neo4j") else None

    @cached_property
    def _driver(self) -> AsyncDriver:
        return AsyncGraphDatabase.driver(
            self.uri,
            auth=self._auth,
            resolver=self._resolver,
            max_connection_pool_size=self._connections,
            connection_timeout=3,
            connection_acquisition_timeout=3.5,
            max_connection_lifetime=200,  # load balancers cut idle connections, often after four minutes
            liveness_check_timeout=30,
            max_transaction_retry_time=30,  # each write has its own deadline besides
            initial_retry_delay=0.05,  # writes that meet each other are short
            keep_alive=True,
            telemetry_disabled=True,
            notifications_min_severity="OFF",
            fetch_size=-1,
            user_agent="tilbudsvifte",
        )

    def _session(self, access: str) -> AsyncSession:
        return self._driver.session(database=self.name, default_access_mode=access, bookmark_manager=self._bookmarks)

    async def read(
        self,
        statement: str,
        parameters: Parameters | None = None,
        *,
        timeout: float | None = None,
        until: Deadline | None = None,
    ) -> list[Row]:
        """The rows of one statement that writes nothing, as plain dicts.

        Raises Unavailable within `timeout` seconds (default `deadline`), Busy when all connections are taken; what
        else the engine finds wrong with the statement comes as the driver's own error. Who has set a deadline `until`
        which it is waited ends the wait: then nothing is timed here, and the engine is told how long there is.
        """
        seconds = until.left() if until is not None else self.deadline if timeout is None else timeout
        query = Query(statement, timeout=seconds)
        given = _plain(parameters)
        with _Translated(seconds):
            if until is not None:
                return await self._read(query, given)
            async with asyncio.timeout(seconds):
                return await self._read(query, given)

    async def _read(self, query: Query, parameters: dict[str, Any]) -> list[Row]:
        try:
            return await self._read_once(query, parameters)
        except (DriverError, Neo4jError) as error:
            # Once more: the connection may have been an old one, of an engine that was started anew.
            if not error.is_retryable():
                raise
            return await self._read_once(query, parameters)

    async def _read_once(self, query: Query, parameters: dict[str, Any]) -> list[Row]:
        # A session that was read to the end has given its connection back, and takes the next statement: to make one
        # costs some 18 µs, a tenth of what this service adds to a page.
        idle = self._idle
        session = idle.pop() if idle else self._session(READ_ACCESS)
        try:
            rows = await _rows(await session.run(query, parameters))
        except BaseException as failure:
            if isinstance(failure, asyncio.CancelledError):
                session.cancel()  # what the engine still sends would be waited for
            await session.close()
            await self._forget_idle()
            raise
        if idle is self._idle and len(idle) < self._connections:
            idle.append(session)
        else:
            await session.close()
        return rows

    async def _forget_idle(self) -> None:
        """Sessions know how far their engine had come, and the next may be another: one that was set back."""
        idle, self._idle = self._idle, []
        for session in idle:
            await session.close()

    async def write(self, work: Callable[[Writer], Awaitable[T]], *, timeout: float | None = None) -> T:
        """Do `work` in one transaction and return what it returns.

        On transient errors and lost connections `work` is done again, so it must bear that. Raises as `read`; and
        Uncertain where the transaction was being committed when the connection or the time ran out.
        """
        seconds = self.deadline if timeout is None else timeout
        committing = False

        async def attempt(transaction: AsyncManagedTransaction) -> T:
            nonlocal committing
            committing = False
            result = await work(Writer(transaction))
            committing = True
            return result

        try:
            with _Translated(seconds):
                async with asyncio.timeout(seconds), self._session(WRITE_ACCESS) as session:
                    for repeat in range(REPEATS):
                        with contextlib.suppress(ConstraintError):
                            return await session.execute_write(attempt)
                        committing = False
                        await asyncio.sleep(random.uniform(0, min(0.02 * (repeat + 1), 0.1)))
                    return await session.execute_write(attempt)
        except Busy:
            raise  # the engine itself said that it was not done
        except Unavailable as error:
            if committing:
                raise Uncertain(wording.LOST_COMMIT()) from error
            raise

    async def define(self, statement: str, *, timeout: float = 300.0) -> None:
        """Run one schema statement of the dialect."""
        with _Translated(timeout):
            async with asyncio.timeout(timeout):
                if self._definer is not None:
                    await self._definer(statement)
                    return
                async with self._session(WRITE_ACCESS) as session:
                    await (await session.run(statement)).consume()

    async def server(self) -> str:
        """The product and version that the engine announces."""
        with _Translated(self.deadline):
            async with asyncio.timeout(self.deadline):
                return (await self._driver.get_server_info()).agent

    async def answers(self) -> bool:
        """Whether the engine answers a statement within a second."""
        try:
            return bool(await self.read("RETURN 1 AS one", timeout=1.0))
        except (Unavailable, DriverError, Neo4jError):
            return False

    async def close(self) -> None:
        """Close all connections. The next statement opens new ones."""
        driver = self.__dict__.pop("_driver", None)
        await self._forget_idle()
        if driver is not None:
            await driver.close()


async def _rows(result: AsyncResult) -> list[Row]:
    # Not `record.data()`, which copies every value however deep: what arrives is plain already.
    keys = result.keys()
    return [dict(zip(keys, record, strict=True)) async for record in result]


def _plain(parameters: Parameters | None) -> dict[str, Any]:
    return parameters if isinstance(parameters, dict) else dict(parameters or {})


class _Translated:
    """The driver's errors as ours, where they say that the engine is not there. Others are left as they are."""

    __slots__ = ("_seconds",)

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        """Nothing is wrong yet."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        match error:
            case None:
                return
            case TimeoutError():
                raise Unavailable(wording.NO_ANSWER(seconds=round(self._seconds, 1))) from error
            case IncompleteCommit():
                raise Uncertain(wording.LOST_COMMIT()) from error
            case ConnectionAcquisitionTimeoutError() | ConnectionPoolError():
                raise Busy(wording.NO_CONNECTION()) from error
            case ServiceUnavailable() | SessionExpired():
                raise Unavailable(wording.OUT_OF_REACH()) from error
            case TransientError():
                raise Busy(wording.NOT_NOW()) from error
            case Neo4jError(code=str(code)) if code.startswith("Neo.ClientError.Transaction.TransactionTimedOut"):
                raise Unavailable(wording.NO_ANSWER(seconds=round(self._seconds, 1))) from error
            case Neo4jError(code=str(code)) if code.startswith(_ITS_OWN):
                log.error("the engine could not do it", code=code)
                raise Unavailable(wording.NOT_NOW()) from error


_ITS_OWN = ("Neo.DatabaseError.", "Neo.ClientError.Transaction.", "Neo.ClientError.Database.")
"""Errors that are the engine's own trouble, such as a full disk, or a database that is not there while it starts. It
has undone the transaction."""
