"""The embedded engine as a process: started, watched, found again, stopped; its folder owned by one service."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import stat
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from graph.engines import Engine
from graph.engines.embedded import EmbeddedEngine, FolderInUse
from graph.engines.neo4j import Neo4jEngine
from graph.errors import Unavailable
from graph.migrations import migrate
from tests.waiting import eventually

ROOT = Path(__file__).resolve().parents[2]

SERVICE = textwrap.dedent(
    """
    import asyncio, pathlib, signal, sys
    from graph.engines.embedded import EmbeddedEngine

    async def main():
        asked = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, asked.set)
        engine = EmbeddedEngine(pathlib.Path(sys.argv[1]))
        await engine.start()
        await engine.database.write(lambda w: w.run("MERGE (:Source {id: 'source:kept'})"))
        print(engine.pid, flush=True)
        await asked.wait()
        await engine.stop()

    asyncio.run(main())
    """
)


@asynccontextmanager
async def running(folder: Path, **options: Any) -> AsyncIterator[EmbeddedEngine]:
    engine = EmbeddedEngine(folder, **options)
    await engine.start()
    try:
        yield engine
    finally:
        await engine.stop()


def service(folder: Path) -> tuple[subprocess.Popen[str], int]:
    """A process that owns an engine on `folder`, and the process of that engine."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVICE, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A process that nobody has waited for yet is dead all the same.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def shown_to_others(pid: int) -> bytes:
    """What `ps` shows of a process."""
    return Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes()


def listening(pid: int) -> set[str]:
    """The addresses that a process listens on, as the kernel writes them."""
    inodes = {os.readlink(fd) for fd in Path(f"/proc/{pid}/fd").iterdir() if fd.is_symlink()}
    addresses = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            _, local, _, state, *rest = line.split()
            if state == "0A" and f"socket:[{rest[5]}]" in inodes:
                addresses.add(local.split(":")[0])
    return addresses


async def test_every_engine_tells_its_version_and_health(engine: Engine) -> None:
    assert await engine.healthy()
    assert {"embedded": "ArcadeDB", "neo4j": "Neo4j/5.26"}[engine.name] in await engine.version()


async def test_a_missing_neo4j_says_so() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        engine = Neo4jEngine(f"bolt://127.0.0.1:{free.getsockname()[1]}", "neo4j", "secret")
        with pytest.raises(Unavailable):
            await engine.start()
        assert not await engine.healthy()
        await engine.stop()


async def test_the_password_is_for_the_owners_eyes_only(tmp_path: Path) -> None:
    async with running(tmp_path) as engine:
        path = tmp_path / "password"
        password = path.read_text()
        assert len(password) >= 32
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert engine.pid
        assert password.encode() not in shown_to_others(engine.pid)
        logs = [log for log in (tmp_path / "engine" / "log").iterdir() if log.is_file()]
        assert logs
        assert not [log.name for log in logs if password in log.read_text(errors="replace")]
    assert EmbeddedEngine(tmp_path) and path.read_text() == password, "made once"


async def test_a_lost_password_is_made_anew_and_the_content_stays(tmp_path: Path) -> None:
    async with running(tmp_path) as engine:
        await engine.database.write(lambda w: w.run("CREATE (:Source {id: 'source:a'})"))
    (tmp_path / "password").unlink()
    async with running(tmp_path) as engine:
        assert await engine.database.read("MATCH (s:Source) RETURN s.id AS id") == [{"id": "source:a"}]


async def test_nothing_listens_beyond_loopback(tmp_path: Path) -> None:
    async with running(tmp_path) as engine:
        assert engine.pid
        addresses = listening(engine.pid)
        # 127.0.0.1 in the kernel's byte order, plain and as seen through IPv6.
        assert addresses
        assert addresses <= {"0100007F", "0000000000000000FFFF00000100007F"}


async def test_two_services_on_one_folder_are_refused(tmp_path: Path) -> None:
    async with running(tmp_path) as first:
        second = EmbeddedEngine(tmp_path)
        with pytest.raises(FolderInUse, match=rf"in use by process {os.getpid()}"):
            await second.start()
        await second.stop()
        assert await first.database.read("RETURN 1 AS n") == [{"n": 1}], "the first is not disturbed"
    async with running(tmp_path):
        pass


async def test_a_killed_engine_comes_back_with_every_write_it_acknowledged(tmp_path: Path) -> None:
    async with running(tmp_path) as engine:
        await migrate(engine)
        acknowledged: list[int] = []
        stop = False

        async def twenty_more() -> None:
            before = len(acknowledged)
            await eventually(lambda: len(acknowledged) >= before + 20)

        async def write() -> None:
            n = 0
            while not stop:
                n += 1
                try:
                    await engine.database.write(
                        lambda w, n=n: w.run("MERGE (:Source {id: $id})", {"id": f"source:{n}"}), timeout=1
                    )
                except Unavailable:
                    continue
                acknowledged.append(n)

        writing = asyncio.create_task(write())
        for _ in range(2):
            await twenty_more()
            killed = engine.pid
            assert killed
            os.kill(killed, signal.SIGKILL)
            await eventually(lambda killed=killed: engine.pid not in (None, killed) and engine.port is not None)
        await twenty_more()
        stop = True
        await writing
        rows = await engine.database.read("MATCH (s:Source) RETURN s.id AS id")
        ids = [row["id"] for row in rows]
        assert {f"source:{n}" for n in acknowledged} <= set(ids)
        assert len(ids) == len(set(ids)), "none twice"


async def test_another_who_takes_the_port_meanwhile_does_no_harm(tmp_path: Path) -> None:
    async with running(tmp_path, backoff=1.0) as engine:
        port = engine.port
        assert engine.pid
        os.kill(engine.pid, signal.SIGKILL)
        await eventually(lambda: engine.port is None)
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            other.bind(("127.0.0.1", port))
            other.listen()
            await eventually(lambda: engine.port is not None)
            assert engine.port != port
            assert await engine.database.read("RETURN 1 AS n") == [{"n": 1}]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_service_stops_cleanly_on_a_signal(tmp_path: Path, number: signal.Signals) -> None:
    process, child = service(tmp_path)
    process.send_signal(number)
    assert process.wait(60) == 0
    assert not alive(child)
    async with running(tmp_path) as engine:
        assert await engine.database.read("MATCH (s:Source) RETURN s.id AS id") == [{"id": "source:kept"}]


@pytest.mark.parametrize("frozen", [False, True], ids=["stopping", "frozen"])
async def test_what_a_killed_service_left_behind_does_not_block_the_next(tmp_path: Path, frozen: bool) -> None:
    process, child = service(tmp_path)
    if frozen:
        os.kill(child, signal.SIGSTOP)
    process.kill()
    process.wait()
    async with running(tmp_path) as engine:
        assert await engine.database.read("MATCH (s:Source) RETURN s.id AS id") == [{"id": "source:kept"}]
    await eventually(lambda: not alive(child))


async def test_the_engine_ends_with_the_service_however_that_ends(tmp_path: Path) -> None:
    process, child = service(tmp_path)
    process.kill()
    process.wait()
    await eventually(lambda: not alive(child))


async def test_an_engine_that_cannot_start_says_where_to_look(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path, heap="1k")
    with pytest.raises(Unavailable, match=r"did not start: see .*log"):
        await engine.start()
    async with running(tmp_path) as mended:
        assert await mended.database.read("RETURN 1 AS n") == [{"n": 1}], "the folder was given back"


async def test_starting_waits_for_what_was_begun(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.begin()
    engine.begin()
    await engine.start()
    pid = engine.pid
    await engine.start()
    assert engine.pid == pid, "it runs once"
    assert await engine.database.read("RETURN 1 AS n") == [{"n": 1}]
    await engine.stop()


async def test_what_goes_wrong_in_the_beginning_is_told_to_who_waits_for_it(tmp_path: Path) -> None:
    engine, second = EmbeddedEngine(tmp_path, heap="1k"), EmbeddedEngine(tmp_path)
    engine.begin()
    await asyncio.sleep(0)  # it owns the folder now
    second.begin()
    with pytest.raises(FolderInUse, match=rf"in use by process {os.getpid()}"):
        await second.start()
    with pytest.raises(Unavailable, match=r"did not start: see .*log"):
        await engine.start()
    await second.start()  # the folder was given back, and a failure is not kept
    await second.stop()


async def test_what_was_begun_can_be_stopped(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.begin()
    await eventually(lambda: engine.pid is not None)
    pid = engine.pid
    assert pid
    await engine.stop()
    assert not alive(pid)
    async with running(tmp_path) as next:
        assert await next.database.read("RETURN 1 AS n") == [{"n": 1}]


async def test_stopping_twice_or_before_the_start_is_nothing(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    await engine.stop()
    await engine.start()
    await engine.stop()
    await engine.stop()
    with pytest.raises(Unavailable):
        await engine.database.read("RETURN 1")
    await engine.database.close()
