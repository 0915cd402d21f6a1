"""The disk is full: what is written is refused, what is read goes on, and when there is room again so does writing."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from graph.actor import Role
from graph.clock import SystemClock
from service.identity import development
from tests.faults.disks import can_mount, full_disk, full_files, small_disk
from tests.service.served import Served
from tests.waiting import within

KEY = "a key for the tests of full disks, and for nothing else"
PATIENCE = 180
WRITE = """mutation($i: RecordPriceInput!) { recordPrice(input: $i) { position errors { code } } }"""
PRICES = """query($after: String) { changes(after: $after, first: 200) { nodes { fields { name after } } } }"""
LONG = "x" * 19_000

Full = Callable[[Served], AbstractContextManager[None]]
DISKS: dict[str, Full] = {"files that cannot grow": full_files, **({"a full disk": full_disk} if can_mount() else {})}


@pytest.fixture(params=DISKS)
def full(request: pytest.FixtureRequest) -> Full:
    return DISKS[request.param]


@pytest.fixture
def service(full: Full, tmp_path: Path) -> Iterator[Served]:
    folder = tmp_path / "data"
    with (
        small_disk(folder) if full is full_disk else nullcontext(folder) as data,
        Served(data, DEVELOPMENT_KEY=KEY, LOG_LEVEL="warning") as service,
    ):
        service.wait(seconds=PATIENCE)
        yield service


def test_a_disk_that_is_full_for_a_while(service: Served, full: Full) -> None:
    token = development.make(KEY, SystemClock(), name="t", roles=[Role.ADMIN], organisations=[], minutes=60)
    offer = service.ask("{ offers(first: 1) { nodes { id } } }").json()["data"]["offers"]["nodes"][0]["id"]
    before = service.wait()["position"]

    def write(number: int) -> str | None:
        """The code of the refusal, if it is refused."""
        given = {"offer": offer, "amount": f"{number}.00", "unit": "DAY", "year": 2026, "validFrom": "2026-01-01"}
        given |= {"text": LONG, "clientMutationId": str(number)}
        with within(5):
            answer = service.ask(WRITE, {"i": given}, Authorization=f"Bearer {token}")
        body: dict[str, Any] = answer.json()
        if "errors" in body:
            code: str = body["errors"][0]["extensions"]["code"]
            return code
        assert body["data"]["recordPrice"]["errors"] == []
        written.append(f"{number}.00")
        return None

    written: list[str] = []
    assert write(1) is None
    number, refusals = 1, 0
    with full(service):
        deadline = time.monotonic() + 60
        while refusals < 3 and time.monotonic() < deadline:
            number += 1
            code = write(number)
            assert code in (None, "SERVICE_UNAVAILABLE")
            refusals += code is not None
            region = service.ask("{ region { name } }").json()
            assert region["data"] == {"region": {"name": "Region Nordjylland"}}
        assert refusals == 3, "the disk never was full"
    deadline = time.monotonic() + 60
    while (code := write(number + 1)) is not None:
        assert code == "SERVICE_UNAVAILABLE" and time.monotonic() < deadline
        time.sleep(0.2)
    for again in range(2, number + 1):  # what was refused may be sent again with its key: it is done once
        if f"{again}.00" not in written:
            assert write(again) is None
    assert recorded(service, before) == sorted(written)
    assert service.stop(signal.SIGTERM) == 0
    with Served(service.data, DEVELOPMENT_KEY=KEY, LOG_LEVEL="warning") as anew:
        anew.wait(seconds=PATIENCE)
        assert recorded(anew, before) == sorted(written)


def recorded(service: Served, after: str) -> list[str]:
    """The amounts that stand in the change log after a position."""
    nodes = service.ask(PRICES, {"after": after}).json()["data"]["changes"]["nodes"]
    return sorted(change["after"] for node in nodes for change in node["fields"] if change["name"] == "price.amount")
