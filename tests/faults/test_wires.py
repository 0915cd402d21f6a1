"""The engine is slow, frozen, half-open, cut in the middle of a record or while it commits, or has no connection left.

Whatever happens to the wire, every question has an answer in bounded time: the right one, or SERVICE_UNAVAILABLE. It
is never a wrong one, nothing is written twice, and when the wire is whole again all is well by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from graph.database import Database
from graph.engines import Engine
from graph.ledger import Ledger
from tests.engines.proxy import Proxy
from tests.faults.wired import DEADLINE, Answer, WiredService
from tests.waiting import SLACK

IN_TIME = DEADLINE + SLACK

QUESTIONS = {
    "page": "{ offers(first: 50) { nodes { id name operator { name } targetGroups { targetGroup { name } } } } }",
    "match": """{ matchOffers(need: {age: 30, homeMunicipality: "municipality:aalborg"}) {
        fits(first: 20) { nodes { score offer { id name summary } criteria { criterion outcome explanation } } } } }""",
    "seats": "{ seats(first: 20) { nodes { id status holder { representative { name } } } } }",
}
FAULTS: dict[str, Callable[[Proxy], None]] = {
    "slow": lambda wire: wire.slow(0.05),
    "very slow": lambda wire: wire.slow(3),
    "frozen": lambda wire: wire.freeze(),
    "mute": lambda wire: wire.mute(),
    "cut before the answer": lambda wire: wire.cut(),
    "cut in the middle of a record": lambda wire: wire.cut_after(2_000),
}
OFFER = "offer:neurocenter-oesterskoven"
COUNT = """mutation($input: RecordCapacityInput!) {
  recordCapacity(input: $input) { offer { capacity { waitingDays } } errors { code } position } }"""
COUNTS = """query($after: String) { changes(after: $after, first: 200) { nodes { position fields { name after } } } }"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def service(engine: Engine, shared_database: Database) -> AsyncIterator[WiredService]:
    async with WiredService(engine) as service:
        for question in QUESTIONS.values():  # an engine takes its time to plan a statement that it has not seen
            await until_well(service, question)
        yield service


async def until_well(service: WiredService, question: str) -> Answer:
    async with asyncio.timeout(30):
        while True:
            answer = await service.ask(question)
            if answer.codes != ["SERVICE_UNAVAILABLE"]:
                assert not answer.codes, answer.body
                return answer
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_meanwhile_and_after(service: WiredService, question: str, fault: str) -> None:
    right = (await until_well(service, QUESTIONS[question])).data
    FAULTS[fault](service.wire)
    answers = await asyncio.gather(*(service.ask(QUESTIONS[question]) for _ in range(4)))
    service.wire.thaw()
    for answer in answers:
        assert answer.seconds < IN_TIME
        assert answer.codes in ([], ["SERVICE_UNAVAILABLE"]), answer.body
        assert answer.data == right if not answer.codes else answer.data is None
        assert answer.status == (200 if not answer.codes else 503)
    assert (await until_well(service, QUESTIONS[question])).data == right


@pytest.mark.parametrize("fault", ["frozen", "mute"])
async def test_a_wire_that_is_dead_is_not_taken_for_an_answer(service: WiredService, fault: str) -> None:
    """That the faults are faults: nothing can be answered through them."""
    FAULTS[fault](service.wire)
    answer = await service.ask(QUESTIONS["page"])
    service.wire.thaw()
    assert answer.codes == ["SERVICE_UNAVAILABLE"]
    await until_well(service, QUESTIONS["page"])


async def recorded(service: WiredService, after: int) -> list[int]:
    """The waiting days that were recorded after a position, in order."""
    found: list[int] = []
    while True:
        answer = await service.ask(COUNTS, {"after": str(after)})
        assert not answer.codes, answer.body
        nodes = answer.data["changes"]["nodes"]
        for node in nodes:
            assert int(node["position"]) == after + 1, "positions have no gap"
            after += 1
            found += [int(f["after"]) for f in node["fields"] if f["name"] == "capacity.waitingDays" and f["after"]]
        if not nodes:
            return found


async def acknowledged(service: WiredService, given: dict[str, Any]) -> Answer:
    """The answer to a count that is sent again until there is one."""
    async with asyncio.timeout(30):
        while (answer := await service.ask(COUNT, {"input": given})).codes:
            pass
    return answer


@pytest.mark.parametrize("delay", [0.0, 0.005, 0.02, 0.05, 0.2])
@pytest.mark.parametrize("fault", ["mute, then cut", "cut", "frozen, then cut"])
async def test_a_commit_whose_answer_is_lost(service: WiredService, fault: str, delay: float) -> None:
    """Sent again with its `clientMutationId` until it is acknowledged, it has been done once."""
    before = service.runtime.position
    days = 1000 + int(delay * 1000) + 10_000 * len(fault)
    given = {"offer": OFFER, "waitingDays": days, "countedOn": "2026-01-01", "clientMutationId": f"{fault} {delay}"}
    writing = asyncio.create_task(service.ask(COUNT, {"input": given}))
    await asyncio.sleep(delay)
    match fault:
        case "mute, then cut":
            service.wire.mute()
        case "frozen, then cut":
            service.wire.freeze()
    await asyncio.sleep(0 if fault == "cut" else 0.3)
    service.wire.cut()
    service.wire.thaw()
    answer = await writing
    assert answer.seconds < IN_TIME
    assert answer.codes in ([], ["SERVICE_UNAVAILABLE"]), answer.body
    payload = (await acknowledged(service, given)).data["recordCapacity"]
    assert payload["errors"] == []
    assert await recorded(service, before) == [days]
    again = await service.ask(COUNT, {"input": given})
    assert again.data["recordCapacity"]["position"] == payload["position"]


async def test_whoever_has_no_answer_to_a_write_is_told_how_to_ask_again(
    service: WiredService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request's deadline is shorter than what a write usually has: the answer still says what is not known."""
    append = Ledger.append

    async def append_then(ledger: Ledger, *given: Any) -> int:
        position = await append(ledger, *given)
        service.wire.mute()
        return position

    given = {"offer": OFFER, "waitingDays": 77_777, "countedOn": "2026-01-01", "clientMutationId": "muted"}
    await acknowledged(service, {**given, "waitingDays": 7, "clientMutationId": "planned"})
    before = service.runtime.position
    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "append", append_then)
        answer = await service.ask(COUNT, {"input": given})
    service.wire.cut()
    service.wire.thaw()
    assert answer.codes == ["SERVICE_UNAVAILABLE"] and answer.seconds < IN_TIME
    assert "same clientMutationId ('muted')" in answer.body["errors"][0]["message"]
    await acknowledged(service, given)
    assert await recorded(service, before) == [77_777]


async def test_no_connection_is_left(engine: Engine, service: WiredService) -> None:
    """Two connections, fifty questions, a frozen wire: each is told in time, and nothing stays taken."""
    async with WiredService(engine, connections=2) as narrow:
        right = (await until_well(narrow, QUESTIONS["seats"])).data
        narrow.wire.freeze()
        answers: list[Any] = await asyncio.gather(*(narrow.ask(QUESTIONS["seats"]) for _ in range(50)))
        narrow.wire.thaw()
        assert {tuple(answer.codes) for answer in answers} == {("SERVICE_UNAVAILABLE",)}
        assert max(answer.seconds for answer in answers) < IN_TIME
        assert (await until_well(narrow, QUESTIONS["seats"])).data == right
        well = await asyncio.gather(*(narrow.ask(QUESTIONS["seats"]) for _ in range(20)))
        assert [answer.data for answer in well] == [right] * 20
