"""Once and only once: what is sent again is not done again, whatever became of the answer."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.actor import Actor
from graph.clock import FixedClock
from graph.commands import Call, Commands, Receipt
from graph.commands.receipts import LONGEST_KEY, digest
from graph.database import Database
from graph.engines import Engine
from graph.errors import BadInput, Busy, Conflict, Duplicate, Forbidden, Unavailable, Uncertain
from graph.ledger import Ledger, Turn
from tests.calls import TESTS, by
from tests.engines.proxy import Proxy
from tests.graph.commands.made import DIRECTORY, made
from tests.waiting import within

DAY = date(2026, 2, 1)


def count(commands: Commands, call: Call, free: int = 1, offer: str = "offer:oen") -> Awaitable[Receipt]:
    return commands.record_capacity(call, offer=offer, free=free, counted_on=DAY)


@pytest_asyncio.fixture(loop_scope="session")
async def another(database: Database, clock: FixedClock) -> Commands:
    """The commands of another process: its queue is not ours."""
    return Commands(database, Ledger(database, clock), clock)


async def counted(database: Database) -> list[int]:
    rows = await database.read("MATCH (c:Capacity) RETURN c.free AS free")
    return sorted(row["free"] for row in rows)


async def test_the_same_again_is_answered_with_the_first_receipt(
    directory: Commands, another: Commands, ledger: Ledger, database: Database
) -> None:
    first = await count(directory, by("u", key="k"))
    assert (first.position, first.repeated) == (2, False)
    await count(directory, by("u"), free=2)
    for commands in (directory, another):
        assert await count(commands, by("u", key="k")) == Receipt(2, {"offer": "offer:oen"}, repeated=True)
    assert await ledger.position() == 3
    assert await counted(database) == [1, 2, 2]


async def test_what_is_said_as_if_left_out_makes_no_other_request(directory: Commands, database: Database) -> None:
    """So that an input can be added to a command, and what was sent before is known when it is sent again."""
    first = await count(directory, by("u", key="k"))
    said = {"places": None, "waiting_days": None, "source": None, "keep_places": False}
    again = await directory.record_capacity(by("u", key="k"), offer="offer:oen", free=1, counted_on=DAY, **said)
    assert (again.position, again.repeated) == (first.position, True)
    [kept] = await database.read("MATCH (r:Receipt {id: 'u:k'}) RETURN r.digest AS digest")
    assert kept["digest"] == digest("record_capacity", {"offer": "offer:oen", "free": 1, "counted_on": DAY})


async def test_what_was_created_is_named_again(directory: Commands, ledger: Ledger) -> None:
    first = await directory.create_offer(by("u", key="k"), offer={"name": "Ny", "ageFrom": 18.0})
    again = await directory.create_offer(by("u", key="k"), offer={"ageFrom": 18.0, "name": "Ny"})
    assert again.ids == first.ids
    assert again.repeated
    assert await ledger.position() == first.position


async def test_a_key_is_for_one_input_of_one_actor(directory: Commands, ledger: Ledger) -> None:
    await count(directory, by("u", key="k"))
    for other in (
        lambda: count(directory, by("u", key="k"), free=2),
        lambda: directory.close_offer(by("u", key="k"), id="offer:oen", closed_on=DAY, expected_version=1),
    ):
        with pytest.raises(Duplicate) as raised:
            await other()
        assert raised.value.path == ("clientMutationId",)
        assert "'k'" in raised.value.told("DA")
        assert "'k'" in raised.value.told("EN")
    assert await ledger.position() == 2
    for call in (by("v", key="k"), by("u", key="K"), by("u"), by("u")):
        assert not (await count(directory, call)).repeated
    assert await ledger.position() == 6


async def test_a_colon_in_a_name_is_not_mistaken(directory: Commands) -> None:
    assert not (await count(directory, by("a:b", key="c"))).repeated
    assert not (await count(directory, by("a", key="b:c"))).repeated


@pytest.mark.parametrize("key", ["", "x" * (LONGEST_KEY + 1), "a\nb", "\x00", "\u2028", "\ud800"])
async def test_a_key_that_cannot_be(directory: Commands, ledger: Ledger, key: str) -> None:
    with pytest.raises(BadInput) as raised:
        await count(directory, by("u", key=key))
    assert raised.value.path == ("clientMutationId",)
    assert await ledger.position() == 1


async def test_the_longest_key(directory: Commands) -> None:
    key = "å" * LONGEST_KEY
    assert [(await count(directory, by("u", key=key))).repeated for _ in range(2)] == [False, True]


async def test_what_was_refused_may_be_tried_again(directory: Commands, ledger: Ledger) -> None:
    call = by("u", key="k")
    with pytest.raises(Conflict):
        await directory.close_offer(call, id="offer:oen", closed_on=DAY, expected_version=2)
    with pytest.raises(Forbidden):
        await count(directory, Call(Actor("u"), "k"))
    assert not (await directory.close_offer(call, id="offer:oen", closed_on=DAY, expected_version=1)).repeated


async def test_what_changed_nothing_is_done_once_too(directory: Commands, ledger: Ledger) -> None:
    async def rename() -> Receipt:
        return await directory.update_offer(by("u", key="k"), id="offer:oen", offer={"name": "Øen"}, expected_version=1)

    assert await rename() == Receipt(1, {"offer": "offer:oen"})
    await directory.update_offer(TESTS, id="offer:oen", offer={"name": "Ø"}, expected_version=1)
    assert await rename() == Receipt(1, {"offer": "offer:oen"}, repeated=True)


async def test_sent_at_once_it_is_done_once(
    directory: Commands, another: Commands, ledger: Ledger, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "deadline", 30.0)
    receipts = await asyncio.gather(*(count(directory if n % 2 else another, by("u", key="k")) for n in range(8)))
    assert {receipt.position for receipt in receipts} == {2}
    assert sorted(receipt.repeated for receipt in receipts) == [False] + [True] * 7
    assert await counted(database) == [1, 2]
    assert await ledger.position() == 2


# ------------------------------------------------------------------ a commit whose answer is lost


@pytest_asyncio.fixture(loop_scope="session")
async def proxy(engine: Engine) -> AsyncIterator[Proxy]:
    async with Proxy(engine) as proxy:
        yield proxy


def on_commit(monkeypatch: pytest.MonkeyPatch, *happens: Callable[[], None]) -> None:
    """The last that a command writes are its changes and its receipt; the first times, one of these happens then."""
    left = list(happens)
    append = Ledger.append

    async def append_then(ledger: Ledger, *given: Any) -> int:
        position = await append(ledger, *given)
        if left:
            left.pop(0)()
        return position

    monkeypatch.setattr(Ledger, "append", append_then)


def cut_after(proxy: Proxy, fault: Callable[[], None], seconds: float = 0.3) -> Callable[[], None]:
    def happen() -> None:
        fault()
        loop = asyncio.get_running_loop()
        loop.call_later(seconds, proxy.cut)
        loop.call_later(seconds, proxy.thaw)

    return happen


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("fault", ["mute", "freeze"])
@pytest.mark.parametrize("key", ["k", None])
async def test_a_lost_answer_to_a_commit_is_found_again(
    directory: Commands, database: Database, clock: FixedClock, proxy: Proxy, monkeypatch: pytest.MonkeyPatch,
    fault: str, key: str | None, times: int,
) -> None:  # fmt: skip
    """Muted, the commit is done and its answer is lost; frozen, the commit itself is lost, and is done again."""
    through = proxy.database()
    ledger = Ledger(through, clock)
    on_commit(monkeypatch, *[cut_after(proxy, getattr(proxy, fault))] * times)
    receipt = await count(Commands(through, ledger, clock), by("u", key=key))
    assert receipt == Receipt(2, {"offer": "offer:oen"})
    assert await counted(database) == [1, 2]
    assert [change.position for change in await ledger.since(0)] == [1, 2]
    if key:
        assert (await count(directory, by("u", key=key))).repeated
    await through.close()


@pytest.mark.parametrize("key", ["k", None])
async def test_what_cannot_be_found_out_says_so_in_time(
    directory: Commands, database: Database, clock: FixedClock, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    through = proxy.database()
    through.deadline = 2.0
    commands = Commands(through, Ledger(through, clock), clock)
    on_commit(monkeypatch, proxy.mute)
    with within(through.deadline), pytest.raises(Uncertain) as raised:
        await count(commands, by("u", key=key))
    if key:
        assert "same clientMutationId ('k')" in raised.value.told("EN")
        assert "samme clientMutationId ('k')" in raised.value.told("DA")
    else:
        assert "Look before you send it again" in raised.value.told("EN")
    proxy.thaw()
    proxy.cut()
    receipt = await count(commands, by("u", key=key))
    assert receipt.repeated == (key is not None)  # it had been done
    assert await counted(database) == ([1, 2] if key else [1, 1, 2])
    await through.close()


async def test_without_an_engine_nothing_is_uncertain(directory: Commands, clock: FixedClock, proxy: Proxy) -> None:
    through = proxy.database()
    through.deadline = 1.0
    proxy.freeze()
    with pytest.raises(Unavailable) as raised:
        await count(Commands(through, Ledger(through, clock), clock), by("u", key="k"))
    assert not isinstance(raised.value, Uncertain)
    await through.close()


# ------------------------------------------------------------------ callers that go away, and those that wait


async def test_callers_that_go_away_do_not_hold_up_the_others(
    directory: Commands, ledger: Ledger, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some leave while they wait in turn, and some at any moment of their own transaction."""
    monkeypatch.setattr(database, "deadline", 30.0)
    chance, loop = random.Random(7), asyncio.get_running_loop()
    started = loop.time()
    await directory.save(by("u"), [made("service:first")])
    one = loop.time() - started
    calls = [asyncio.create_task(directory.save(by("u", key=str(n)), [made(f"service:{n}")])) for n in range(40)]

    def leaves(n: int, when: int, seconds: float = 0) -> None:
        """Call `n` goes away so long after call `when` has ended; without `seconds`, before its own turn comes."""
        away = calls[n].cancel
        calls[when].add_done_callback(lambda _: loop.call_later(seconds, away) if seconds else away())

    leaving = {n: chance.choice(["in turn", "amid"]) for n in range(1, 40) if chance.random() < 0.5}
    assert set(leaving.values()) == {"in turn", "amid"}
    for n, where in leaving.items():
        if where == "in turn":
            leaves(n, when=chance.randrange(n))
        else:
            leaves(n, when=n - 1, seconds=chance.random() * one * 1.5)
    done = await asyncio.gather(*calls, return_exceptions=True)
    answered = {n: receipt for n, receipt in enumerate(done) if isinstance(receipt, Receipt)}
    assert {type(error) for error in done} == {Receipt, asyncio.CancelledError}
    assert set(range(40)) - leaving.keys() <= answered.keys()
    assert not answered.keys() & {n for n, where in leaving.items() if where == "in turn"}
    changes = await ledger.since(0)
    assert [change.position for change in changes] == list(range(1, len(changes) + 1))
    at = {change.subject: change.position for change in changes[1:]}
    assert len(at) == len(changes) - 1
    for n, receipt in answered.items():
        assert at[f"service:{n}"] == receipt.position
    # Whoever went away learns what became of it by sending it again.
    for n in set(range(40)) - answered.keys():
        again = await directory.save(by("u", key=str(n)), [made(f"service:{n}")])
        assert again.repeated == (f"service:{n}" in at)


async def test_whoever_waits_too_long_for_others_is_told(
    directory: Commands, database: Database, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, done = asyncio.Event(), asyncio.Event()

    async def slow(turn: Turn) -> None:
        begun.set()
        await done.wait()

    holding = asyncio.create_task(ledger.commit(slow, timeout=30))
    await begun.wait()
    monkeypatch.setattr(database, "deadline", 0.5)
    with pytest.raises(Busy, match="Other writes"):
        await count(directory, by("u", key="k"))
    done.set()
    await holding
    monkeypatch.setattr(database, "deadline", 4.5)
    assert not (await count(directory, by("u", key="k"))).repeated


# ------------------------------------------------------------------ any calls, against a plain model

keys = st.none() | st.sampled_from(["a", "b"])
sent = st.tuples(st.sampled_from(["u", "v"]), keys, st.sampled_from([1, 2]), st.integers(1, 3), st.booleans())


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(sent, min_size=1, max_size=10))
async def test_any_calls_are_carried_out_once_for_a_key(
    database: Database, commands: Commands, another: Commands, ledger: Ledger, story: list[Any]
) -> None:
    await database.write(lambda w: w.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n"))
    await commands.import_records(TESTS, DIRECTORY, label="test")
    expected: dict[tuple[str, str], tuple[int, int]] = {}
    free = [2]
    for actor, key, number, at_once, other in story:
        desk = another if other else commands
        position = await ledger.position()
        calls = [count(desk, by(actor, key=key), free=number) for _ in range(at_once)]
        receipts = await asyncio.gather(*calls, return_exceptions=True)
        known = expected.get((actor, key)) if key else None
        if known and known[0] != number:
            assert {type(receipt) for receipt in receipts} == {Duplicate}
        elif known:
            assert {(r.position, r.repeated) for r in receipts} == {(known[1], True)}
        else:
            new = 1 if key else at_once
            free += [number] * new
            assert sum(not receipt.repeated for receipt in receipts) == new
            assert {r.position for r in receipts} == set(range(position + 1, position + new + 1))
            if key:
                expected[actor, key] = (number, position + 1)
        assert await counted(database) == sorted(free)


def test_a_digest_tells_what_is_asked_for_and_not_how_it_is_written() -> None:
    same = {"offer": {"name": "a", "openFrom": DAY}, "amount": Decimal("1.50"), "n": None}
    assert digest("save", same) == digest(
        "save", {**dict(reversed(same.items())), "offer": {"openFrom": DAY, "name": "a"}}
    )
    others = [
        ("delete", same),
        ("save", {**same, "n": 0}),
        ("save", {**same, "amount": Decimal("1.51")}),
        ("save", {**same, "offer": {"name": "a"}}),
        ("save", {**same, "offer": {"name": "a", "openFrom": None}}),
    ]
    assert len({digest("save", same), *(digest(*other) for other in others)}) == 6
