"""The one way to an engine: rows in, errors of our own, bounded in time."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
from neo4j.exceptions import ConstraintError, Neo4jError

from graph.database import Database, Writer
from graph.deadline import Deadline
from graph.dialect import Neo4jDialect
from graph.engines import Engine
from graph.errors import BadInput, Busy, Unavailable
from tests.engines.proxy import Proxy, address
from tests.waiting import within


async def test_rows_are_plain_dicts(database: Database) -> None:
    rows = await database.read("UNWIND $names AS name RETURN name, {a: [name]} AS inner", {"names": ["Ærø", "Å"]})
    assert rows == [{"name": "Ærø", "inner": {"a": ["Ærø"]}}, {"name": "Å", "inner": {"a": ["Å"]}}]
    assert {type(row) for row in rows} == {dict}


async def test_a_faulty_statement_is_the_drivers_own_error(database: Database) -> None:
    with pytest.raises(Neo4jError) as caught:
        await database.read("RETRUN 1")
    assert caught.value.code == "Neo.ClientError.Statement.SyntaxError"


async def test_a_write_returns_what_its_work_returns(database: Database) -> None:
    async def work(writer: Writer) -> str:
        await writer.run("CREATE (:Source {id: $id})", {"id": "source:a"})
        return str((await writer.run("MATCH (s:Source) RETURN s.id AS id"))[0]["id"])

    assert await database.write(work) == "source:a"
    assert await database.read("MATCH (s:Source) RETURN s.id AS id") == [{"id": "source:a"}]


async def test_work_that_fails_leaves_nothing(database: Database) -> None:
    async def work(writer: Writer) -> None:
        await writer.run("CREATE (:Source {id: 'source:a'})")
        raise BadInput("no", ("here",))

    with pytest.raises(BadInput):
        await database.write(work)
    assert await database.read("MATCH (s:Source) RETURN s.id AS id") == []


async def test_a_constraint_error_is_left_as_it_is(database: Database) -> None:
    with pytest.raises(ConstraintError):
        await database.write(lambda w: w.run("CREATE (:Source {id: 'source:a'}) CREATE (:Source {id: 'source:a'})"))


async def test_writes_at_once_are_all_done_once(database: Database) -> None:
    await database.write(lambda w: w.run("CREATE (:Ledger {id: 'ledger', position: 0})"))
    add = "MATCH (l:Ledger {id: 'ledger'}) SET l.position = l.position + 1 RETURN l.position AS position"
    positions = await asyncio.gather(*(database.write(lambda w: w.run(add), timeout=20) for _ in range(12)))
    assert sorted(rows[0]["position"] for rows in positions) == list(range(1, 13))


async def test_a_dead_port_is_unavailable_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # bound, not listening: nobody else takes it, and nobody answers
        database = Database(f"bolt://127.0.0.1:{free.getsockname()[1]}", name="neo4j", dialect=Neo4jDialect())
        with within(0), pytest.raises(Unavailable):
            await database.read("RETURN 1")
        with within(database.deadline), pytest.raises(Unavailable):
            await database.write(lambda w: w.run("RETURN 1"))
        with within(0):
            assert not await database.answers()
        await database.close()


async def test_a_port_that_never_answers_is_unavailable_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        database = Database(f"bolt://127.0.0.1:{silent.getsockname()[1]}", name="neo4j", dialect=Neo4jDialect())
        with within(database.deadline), pytest.raises(Unavailable):
            await database.read("RETURN 1")
        with within(0.5), pytest.raises(Unavailable, match=r"0\.5 seconds"):
            await database.read("RETURN 1", timeout=0.5)
        await database.close()


async def test_a_frozen_wire_is_unavailable_in_time_and_recovers(engine: Engine) -> None:
    async with Proxy(engine) as proxy:
        database = proxy.database(connections=1)
        assert await database.read("RETURN 1 AS n") == [{"n": 1}]
        proxy.freeze()
        with within(0.5), pytest.raises(Unavailable):
            await database.read("RETURN 1 AS n", timeout=0.5)
        with within(0.5), pytest.raises(Unavailable):
            await database.write(lambda w: w.run("RETURN 1 AS n"), timeout=0.5)
        proxy.thaw()
        # The only connection was given up, not leaked: there is room for a new one.
        assert await database.read("RETURN 1 AS n") == [{"n": 1}]
        await database.close()


async def test_a_cancelled_read_gives_its_connection_back(engine: Engine) -> None:
    async with Proxy(engine) as proxy:
        database = proxy.database(connections=1)
        await database.read("RETURN 1 AS n")
        proxy.freeze()
        reading = asyncio.create_task(database.read("RETURN 1 AS n"))
        await asyncio.sleep(0.1)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        proxy.thaw()
        assert await database.read("RETURN 1 AS n", timeout=2) == [{"n": 1}]
        await database.close()


async def test_who_has_set_a_deadline_ends_the_wait(engine: Engine) -> None:
    async with Proxy(engine) as proxy:
        database = proxy.database(connections=1)
        assert await database.read("RETURN 1 AS n", until=Deadline.within(5)) == [{"n": 1}]
        with pytest.raises(Unavailable, match="No answer within 5 seconds"):
            await database.read("RETURN 1 AS n", until=Deadline(time.monotonic(), 5))
        proxy.freeze()
        with within(0.3), pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await database.read("RETURN 1 AS n", until=Deadline.within(0.3))
        proxy.thaw()
        assert await database.read("RETURN 1 AS n", timeout=2) == [{"n": 1}]
        await database.close()


async def test_a_read_survives_connections_that_were_cut(engine: Engine) -> None:
    async with Proxy(engine) as proxy:
        database = proxy.database()
        await asyncio.gather(*(database.read("RETURN 1 AS n") for _ in range(5)))
        proxy.cut()
        assert await database.read("RETURN 1 AS n") == [{"n": 1}]
        await database.close()


async def test_sessions_are_used_again_and_no_more_than_there_are_connections(engine: Engine) -> None:
    async with Proxy(engine) as proxy:
        database = proxy.database(connections=3)
        assert await database.read("RETURN 1 AS n") == [{"n": 1}]
        [first] = database._idle
        assert await database.read("RETURN 2 AS n") == [{"n": 2}]
        assert database._idle == [first]
        answers = await asyncio.gather(*(database.read("RETURN $n AS n", {"n": n}) for n in range(30)))
        assert [rows[0]["n"] for rows in answers] == list(range(30)), "each has its own answer"
        assert 1 <= len(database._idle) <= 3
        with pytest.raises(Neo4jError):
            await database.read("RETRUN 1")
        assert database._idle == [], "what went wrong may have been what they knew of the engine"
        reading = asyncio.create_task(database.read("RETURN 1 AS n"))
        await asyncio.sleep(0)
        await database.close()
        await asyncio.gather(reading, return_exceptions=True)
        assert await database.read("RETURN 3 AS n") == [{"n": 3}]
        assert {session._pool for session in database._idle} == {database._driver._pool}, "none is of what was closed"
        await database.close()


async def test_a_lost_commit_says_that_it_is_unknown(database: Database, engine: Engine) -> None:
    async with Proxy(engine) as proxy:
        through = proxy.database()

        async def work(writer: Writer) -> None:
            await writer.run("CREATE (:Source {id: 'source:a'})")
            proxy.mute()
            asyncio.get_running_loop().call_later(0.5, proxy.cut)

        with pytest.raises(Unavailable, match="unknown whether"):
            await through.write(work)
        await through.close()
    assert await database.read("MATCH (s:Source) RETURN count(s) AS n") == [{"n": 1}]


async def test_all_connections_taken_is_busy(engine: Engine) -> None:
    async with Proxy(engine) as proxy:
        database = proxy.database(connections=1)
        taken, done = asyncio.Event(), asyncio.Event()

        async def hold(writer: Writer) -> None:
            await writer.run("RETURN 1 AS n")
            taken.set()
            await done.wait()

        holding = asyncio.create_task(database.write(hold, timeout=20))
        await taken.wait()
        with pytest.raises(Busy):
            await database.read("RETURN 1 AS n")
        done.set()
        await holding
        await database.close()


async def test_a_closed_database_opens_again(engine: Engine) -> None:
    await engine.database.close()
    assert await engine.database.read("RETURN 1 AS n") == [{"n": 1}]


@pytest.mark.engines("neo4j")
async def test_a_cluster_address_reads_its_own_writes(database: Database, engine: Engine) -> None:
    host, port = address(engine)
    routed = Database(f"neo4j://{host}:{port}", name=database.name, dialect=database.dialect)
    await routed.write(lambda w: w.run("CREATE (:Source {id: 'source:a'})"))
    assert await routed.read("MATCH (s:Source) RETURN s.id AS id") == [{"id": "source:a"}]
    await routed.close()


@pytest.mark.engines("neo4j")
@pytest.mark.parametrize("bound", [lambda: {"timeout": 1}, lambda: {"until": Deadline.within(1)}])
async def test_a_statement_that_takes_too_long_is_stopped(database: Database, bound: Callable[[], Any]) -> None:
    # The embedded engine ignores the time limit of a transaction: there only the caller is freed.
    endless = "UNWIND range(1, 100000000) AS a UNWIND range(1, 100) AS b RETURN count(a + b) AS slow"
    with within(1), pytest.raises(Unavailable):
        await database.read(endless, **bound())

    async def running() -> bool:
        rows = await database.read("SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery AS query")
        return any("slow" in row["query"] and "SHOW" not in row["query"] for row in rows)

    async with asyncio.timeout(10):
        while await running():  # noqa: ASYNC110 - what is waited for happens in the engine
            await asyncio.sleep(0.1)
