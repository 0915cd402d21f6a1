"""Checkpoints: the memory that is made from one is the memory that the graph makes; in any doubt there is none."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import checkpoint, keeper
from graph.checkpoint import MAGIC, Unusable
from graph.clock import FixedClock
from graph.commands import Commands
from graph.database import Database, Row
from graph.errors import GraphError
from graph.keeper import Keeper
from graph.ledger import Ledger
from graph.memory import FIRST, Memory
from graph.record import Edge, Record
from tests.calls import TESTS
from tests.graph.commands.made import DIRECTORY, made

CLOCK = FixedClock.on(date(2026, 3, 1))
LATER = FixedClock.on(date(2026, 3, 2))
BOARDS = [
    made("board:a"),
    made("seat:1", Edge("SEAT_OF", "board:a"), validFrom="2022-01-01"),
    made("representative:p", Edge("FROM_MUNICIPALITY", "municipality:aalborg")),
    made("tenure:t", Edge("IN_SEAT", "seat:1"), Edge("HELD_BY", "representative:p")),
]


class Service:
    """What of the service knows of checkpoints, from a start to an end, with the statements that it sends."""

    def __init__(self, database: Database, path: Path | None, clock: FixedClock = CLOCK) -> None:
        self.sent: list[str] = []
        self.ledger = Ledger(database, clock)
        self.commands = Commands(database, self.ledger, clock)
        self.memory = Memory.of(database, clock)
        self.database = database
        self.keeper = Keeper(path, self.memory, database, self.ledger)

    async def start(self, monkeypatch: pytest.MonkeyPatch | None = None) -> bool:
        """Whether a checkpoint was used."""
        if monkeypatch is not None:
            read = self.database.read

            async def listening(statement: str, *rest: Any, **bounds: Any) -> list[Row]:
                self.sent.append(statement)
                return await read(statement, *rest, **bounds)

            monkeypatch.setattr(self.database, "read", listening)
        self.keeper.begin()
        used = await self.keeper.resume()
        if not used:
            await self.memory.rebuild(await self.ledger.position())
        return used

    async def assert_as_the_graph_says(self) -> None:
        anew = await Memory.load(self.database, CLOCK, await self.ledger.position())
        assert self.memory.position == anew.position
        assert self.memory.catalogue.equals(anew.catalogue)
        assert self.memory.register.equals(anew.register)


async def kept(database: Database, path: Path, *more: Record) -> Service:
    """A service that has written a checkpoint of DIRECTORY, BOARDS and `more`."""
    service = Service(database, path)
    await service.commands.import_records(TESTS, [*DIRECTORY, *BOARDS, *more], label="first")
    await service.start()
    await service.keeper.write()
    assert position_in(path) == 1
    return service


def position_in(path: Path) -> int | None:
    """Where the checkpoint in the file stands; None where there is none to be used."""
    try:
        found = checkpoint.load(path, FIRST)
    except Unusable:
        return None
    return found.position if found else None


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while True:
            if condition():
                return
            await asyncio.sleep(0.05)


names = st.sampled_from(["Øen", "Havvej", 'Æ"blet, \\ [og] {pæren}\n'])
offers = st.builds(
    lambda n, name, age, gives: made(f"offer:{n}", *(Edge("GIVES", id) for id in gives), name=name, ageFrom=age),
    st.integers(0, 2),
    names,
    st.sampled_from([0.0, 18.0, 18.5]),
    st.sets(st.just("service:botraening")),
)
facts = st.builds(
    lambda n, free: made(f"capacity:{n}", Edge("CAPACITY_OF", "offer:oen"), free=free),
    st.integers(0, 2),
    st.integers(0, 9),
)
services = st.builds(lambda name: made("service:botraening", name=name), names)
boards = st.builds(lambda n, name: made(f"board:{n}", name=name), st.integers(0, 2), names)
seats = st.builds(
    lambda n, board: made(f"seat:{n}", Edge("SEAT_OF", f"board:{board}")), st.integers(0, 2), st.sampled_from("a012")
)
written = st.lists(offers | facts | services | boards | seats, min_size=1, max_size=3)
gone = st.sampled_from(["offer:0", "offer:1", "capacity:1", "board:1", "seat:1", "tenure:t"]).map(lambda id: [id])
stories = st.lists(written | gone | st.just("keep"), max_size=8)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(stories)
async def test_what_is_made_from_a_checkpoint_is_what_the_graph_makes(
    database: Database, tmp_path: Path, story: list[Any]
) -> None:
    await database.write(lambda w: w.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n"))
    service = await kept(database, tmp_path / "checkpoint")
    for step in story:
        try:
            if step == "keep":
                await service.keeper.write()
            elif isinstance(step[0], Record):
                await service.commands.save(TESTS, list({record.id: record for record in step}.values()))
            else:
                await service.commands.delete(TESTS, step)
        except GraphError:
            pass  # refused, such as a seat of a board that is not there
    again = Service(database, service.keeper.path)
    assert await again.start()
    await again.assert_as_the_graph_says()


async def test_the_second_start_reads_no_more_than_the_end_of_the_ledger(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await kept(database, tmp_path / "checkpoint")
    again = Service(database, tmp_path / "checkpoint")
    assert await again.start(monkeypatch)
    assert len(again.sent) == 2
    assert all("(l:Ledger" in statement for statement in again.sent)
    assert len(again.memory.catalogue) == len(again.memory.register) == 1


async def test_it_is_for_its_owner_alone(database: Database, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        await kept(database, tmp_path / "checkpoint")
    finally:
        os.umask(before)
    assert (tmp_path / "checkpoint").stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["checkpoint"]


def _without_the_end(data: bytes) -> bytes:
    return data[: len(data) // 2]


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "truncated": _without_the_end,
    "another version": lambda data: data.replace(MAGIC, b"tilbudsvifte checkpoint 0 ", 1),
    "no checkpoint": lambda data: b"{}",
}


@pytest.mark.parametrize("how", SPOILT)
async def test_one_that_is_spoilt_is_not_used_and_replaced(database: Database, tmp_path: Path, how: str) -> None:
    path = tmp_path / "checkpoint"
    await kept(database, path)
    path.write_bytes(SPOILT[how](path.read_bytes()))
    with pytest.raises(Unusable):
        checkpoint.load(path, FIRST)
    again = Service(database, path)
    assert not await again.start()
    await again.assert_as_the_graph_says()
    again.keeper.keep()
    await until(lambda: position_in(path) == 1)
    await again.keeper.stop()
    assert await Service(database, path).start()


async def test_no_bit_of_it_may_be_another(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "checkpoint"
    await kept(database, path)
    whole, random = path.read_bytes(), Random(4)
    for at in (*range(len(MAGIC) + 70), *random.sample(range(len(whole)), 200)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << random.randrange(8)]) + whole[at + 1 :])
        with pytest.raises(Unusable):
            checkpoint.load(path, FIRST)


async def test_one_of_other_migrations_or_of_less_is_not_used(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "checkpoint"
    service = await kept(database, path)
    (kinds, properties), *others = FIRST
    more = [(kinds, {**properties, "offer": (*properties["offer"], "version")}), *others]
    with pytest.raises(Unusable):
        checkpoint.load(path, more)
    taken = await checkpoint.take(database, service.ledger, more)
    assert taken is not None
    checkpoint.write(path, taken)
    with pytest.raises(Unusable):
        checkpoint.load(path, FIRST)
    monkeypatch.setattr(checkpoint, "MIGRATIONS", checkpoint.MIGRATIONS[:1])
    with pytest.raises(Unusable):
        checkpoint.load(path, more)


async def test_one_of_another_graph_is_not_used(database: Database, tmp_path: Path) -> None:
    """As when a backup is restored: at an earlier position, or with another history at the same one and after."""
    path = tmp_path / "checkpoint"
    first = await kept(database, path)
    await first.commands.save(TESTS, [made("offer:gone")])
    await first.keeper.write()

    await database.write(lambda w: w.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n"))
    restored = Service(database, path, LATER)
    await restored.commands.import_records(TESTS, [*DIRECTORY, *BOARDS], label="first")
    assert await restored.ledger.position() == 1
    for n in range(3):
        again = Service(database, path)
        assert not await again.start(), n
        await again.assert_as_the_graph_says()
        assert len(again.memory.catalogue) == 1 + n
        await restored.commands.save(TESTS, [made(f"offer:{n}")])


async def test_one_that_is_far_behind_is_not_used(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = await kept(database, tmp_path / "checkpoint")
    monkeypatch.setattr(keeper, "MOST", 2)
    for n, used in enumerate((True, True, False)):
        await service.commands.save(TESTS, [made(f"offer:{n}")])
        again = Service(database, service.keeper.path)
        assert await again.start() is used
        await again.assert_as_the_graph_says()


@pytest.mark.parametrize("statement", ["(n:Region)", "(n:Offer)", "(n:Tenure)"])
async def test_what_is_written_while_it_is_read_makes_it_none(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    service = await kept(database, tmp_path / "checkpoint")
    before = (tmp_path / "checkpoint").read_bytes()
    read = database.read

    async def busy(text: str, *rest: Any, **bounds: Any) -> list[Row]:
        if f"MATCH {statement} RETURN collect(n.id)" in text:
            await service.commands.save(TESTS, [made("offer:meanwhile", name="Skrevet imens")])
        return await read(text, *rest, **bounds)

    monkeypatch.setattr(database, "read", busy)
    await service.keeper.write()
    monkeypatch.undo()
    assert (tmp_path / "checkpoint").read_bytes() == before
    again = Service(database, tmp_path / "checkpoint")
    assert await again.start()
    await again.assert_as_the_graph_says()
    assert len(again.memory.catalogue) == 2


async def test_nothing_is_kept_of_an_empty_graph(database: Database, tmp_path: Path) -> None:
    await Service(database, tmp_path / "checkpoint").keeper.write()
    assert os.listdir(tmp_path) == []


async def test_one_is_written_when_it_has_been_quiet(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "checkpoint"
    service = await kept(database, path)
    service.keeper.keep(quiet=0.05)
    position = (await service.commands.save(TESTS, [made("offer:new")])).position
    await service.memory.follow(await service.ledger.since(service.memory.position))
    await until(lambda: position_in(path) == position)
    written = path.stat().st_mtime_ns
    await asyncio.sleep(0.3)
    assert path.stat().st_mtime_ns == written  # and not again
    await service.keeper.stop()


async def test_what_cannot_be_written_leaves_the_one_before(database: Database, tmp_path: Path) -> None:
    """Where the draft would be there is a folder."""
    path = tmp_path / "checkpoint"
    service = await kept(database, path)
    before = path.read_bytes()
    await service.commands.save(TESTS, [made("offer:new")])
    (tmp_path / "checkpoint.draft").mkdir()
    await service.keeper.write()
    assert path.read_bytes() == before
    again = Service(database, path)
    assert await again.start()
    await again.assert_as_the_graph_says()


DIES = """
import os, signal, sys
from pathlib import Path
from graph import checkpoint
os.fsync = lambda file: os.kill(os.getpid(), signal.SIGKILL)
checkpoint.write(Path(sys.argv[1]), checkpoint.Draft(2, (b"{}",) * 9))
"""


def test_who_is_killed_while_writing_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint"
    checkpoint.write(path, checkpoint.Draft(1, (b"before",)))
    before = path.read_bytes()
    died = subprocess.run([sys.executable, "-c", DIES, str(path)], cwd=Path(__file__).parents[2], timeout=60)
    assert died.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    assert (tmp_path / "checkpoint.draft").exists()
    checkpoint.write(path, checkpoint.Draft(3, (b"after",)))
    assert path.read_bytes().endswith(b"\nafter")
    assert [left.name for left in tmp_path.iterdir()] == ["checkpoint"]


async def test_without_a_path_nothing_is_kept(database: Database) -> None:
    service = Service(database, None)
    await service.commands.import_records(TESTS, DIRECTORY, label="first")
    assert not await service.start()
    service.keeper.keep(quiet=0)
    await service.keeper.write()
    await service.keeper.stop()
    await service.assert_as_the_graph_says()
