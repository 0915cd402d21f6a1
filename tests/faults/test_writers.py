"""Thirty-two writers at once, on the same and on different offers, while the engine is killed in the middle of it.

What was acknowledged is there exactly once, at the position that was told; what was refused is not; positions have
neither gap nor repeat; what nobody was told the end of was done at most once; and the catalogue that followed all this
says the same as one that is made anew.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from graph.actor import Role
from graph.clock import SystemClock
from service.identity import development
from tests.engines.server import LTS, CannotStart, Neo4jServer
from tests.machine import lacking
from tests.service.loaded import Folders
from tests.service.served import Served

KEY = "a key for the tests of writers, and for nothing else"
WRITERS = 32
SECONDS = float(os.environ.get("WRITERS_SECONDS", "20"))
PATIENCE = 180
"""Seconds to wait for a service on a busy machine."""
KILLED_AFTER = SECONDS / 3

WRITE = """mutation($i: RecordCapacityInput!) {
  recordCapacity(input: $i) { position errors { code } } }"""
READ = "query($after: String) { changes(after: $after, first: 200) { nodes { position fields { name after } } } }"
SAME = """{ offers(first: 60, orderBy: {field: FREE_PLACES, direction: DESC}) {
  nodes { id freeNow: capacity { places free waitingDays } } }
  many: offers(filter: {freePlacesAtLeast: 100}) { totalCount nodes { id } }
  matchOffers(need: {freePlaceNeeded: true}) {
    funnel { criterion remaining } fits(first: 30) { nodes { offer { id } score } } } }"""


@dataclass
class Told:
    """What the writers were told, by the number that each write carries as its waiting days."""

    acknowledged: dict[int, int] = field(default_factory=dict)
    """The position of each."""
    refused: set[int] = field(default_factory=set)
    unknown: set[int] = field(default_factory=set)
    unavailable: int = 0
    at_work: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    """Once as many were acknowledged as there are writers."""
    before_the_kill: int = 0
    """How many were acknowledged by then."""
    until: float = inf
    """When the writers stop, by the loop's clock: a while after the kill."""


async def writer(client: httpx.AsyncClient, number: int, offers: list[str], told: Told) -> None:
    """Writes one after the other. Half of what is not answered is sent again with its key, the rest given up."""
    chance = random.Random(number)
    loop, n = asyncio.get_running_loop(), 0
    while loop.time() < told.until:
        n += 1
        days = number * 100_000 + n
        wrong = chance.random() < 0.1
        given = {
            "offer": offers[0] if chance.random() < 0.5 else chance.choice(offers),
            "places": 200,
            "free": 201 if wrong else chance.randrange(200),
            "waitingDays": days,
            "countedOn": "2026-01-01",
            "clientMutationId": f"{number} {n}",
        }
        gives_up = chance.random() < 0.5
        while True:
            answer = await sent(client, given)
            if answer is not None:
                break
            told.unavailable += 1
            if gives_up:
                told.unknown.add(days)
                break
            await asyncio.sleep(0.1)
        if answer is None:
            continue
        if answer["errors"]:
            assert wrong and [error["code"] for error in answer["errors"]] == ["INVALID"], answer
            told.refused.add(days)
        else:
            assert not wrong, given
            told.acknowledged[days] = int(answer["position"])
            if len(told.acknowledged) >= WRITERS:
                told.at_work.set()


async def sent(client: httpx.AsyncClient, given: dict[str, Any]) -> dict[str, Any] | None:
    """The payload, or None where it is not known whether it was done."""
    answer = await client.post("/graphql", json={"query": WRITE, "variables": {"i": given}})
    body = orjson.loads(answer.content)
    if "errors" in body:
        assert [error["extensions"]["code"] for error in body["errors"]] == ["SERVICE_UNAVAILABLE"], body
        return None
    payload: dict[str, Any] = body["data"]["recordCapacity"]
    return payload


async def written(client: httpx.AsyncClient, after: int) -> dict[int, list[int]]:
    """The positions at which each number stands in the ledger. Asserts that positions have no gap."""
    found: dict[int, list[int]] = {}
    while True:
        answer = await client.post("/graphql", json={"query": READ, "variables": {"after": str(after)}})
        nodes = orjson.loads(answer.content)["data"]["changes"]["nodes"]
        if not nodes:
            return found
        for node in nodes:
            assert int(node["position"]) == after + 1
            after += 1
            for change in node["fields"]:
                if change["name"] == "capacity.waitingDays" and change["after"] is not None:
                    found.setdefault(int(change["after"]), []).append(after)


def same(service: Served) -> Any:
    answer = service.ask(SAME).json()
    assert "errors" not in answer, answer
    return answer["data"]


@dataclass
class Kind:
    """An engine that can be killed: data folder and settings of a service that uses it, and how it is killed."""

    data: Path
    settings: dict[str, str]
    kill: Callable[[Served], None]


@pytest.fixture(params=["embedded", "neo4j"])
def kind(request: pytest.FixtureRequest, loaded: Folders, tmp_path: Path) -> Iterator[Kind]:
    """An engine of its own, since it is killed. The embedded one is started again by the service."""
    if request.param == "embedded":
        yield Kind(loaded("writers"), {}, lambda service: os.kill(service.engine_pid, signal.SIGKILL))
        return
    try:
        server = Neo4jServer(LTS, tmp_path / "neo4j")
    except CannotStart as reason:
        lacking(str(reason))

    def kill(service: Served) -> None:
        server.stop()
        server.start()

    yield Kind(tmp_path / "data", {"NEO4J_URI": server.uri}, kill)
    server.stop()


async def test_thirty_two_writers_and_an_engine_that_is_killed(kind: Kind) -> None:
    token = development.make(KEY, SystemClock(), name="writers", roles=[Role.ADMIN], organisations=[], minutes=60)
    settings = {"DEVELOPMENT_KEY": KEY, "LOG_LEVEL": "warning", **kind.settings}
    with Served(kind.data, **settings) as service:
        before = int(service.wait(seconds=PATIENCE)["position"])
        nodes = service.ask("{ offers(first: 8) { nodes { id } } }").json()["data"]["offers"]["nodes"]
        told = Told()
        limits = httpx.Limits(max_connections=WRITERS)
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(base_url=service.url, limits=limits, headers=headers, timeout=30) as client:

            async def kill() -> None:
                await asyncio.sleep(KILLED_AFTER)
                async with asyncio.timeout(PATIENCE):  # a new engine answers late on a busy machine
                    await told.at_work.wait()
                told.before_the_kill = len(told.acknowledged)
                told.until = asyncio.get_running_loop().time() + SECONDS - KILLED_AFTER
                await asyncio.to_thread(kind.kill, service)

            ids = [node["id"] for node in nodes]
            async with asyncio.TaskGroup() as group:
                for work in (kill(), *(writer(client, n, ids, told) for n in range(1, WRITERS + 1))):
                    group.create_task(work)
            await asyncio.to_thread(service.wait, seconds=PATIENCE)
            found = await written(client, before)
        # Where the engine is back within the deadline nobody need notice; but it was killed amid writes.
        assert told.before_the_kill < len(told.acknowledged)
        assert told.refused
        # Each once, and where it was told to be.
        assert {days: found.get(days) for days in told.acknowledged} == {d: [p] for d, p in told.acknowledged.items()}
        assert not told.refused & found.keys()
        assert all(len(found.get(days, ())) <= 1 for days in told.unknown)
        assert found.keys() <= told.acknowledged.keys() | told.unknown
        followed = same(service)
        assert service.stop(signal.SIGTERM) == 0
    forget(kind.data)
    with Served(kind.data, **settings) as service:
        service.wait(seconds=PATIENCE)
        assert same(service) == followed
    print(f"{len(told.acknowledged)} acknowledged, {len(told.refused)} refused, {len(told.unknown)} given up, ", end="")
    print(f"of which {len(told.unknown & found.keys())} were done; {told.unavailable} times unavailable")


def forget(data: Path) -> None:
    """So that the catalogue is made from the graph alone."""
    for kept in data.glob("checkpoint*"):
        kept.unlink()
