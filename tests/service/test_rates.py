"""What one client may ask for a minute."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.actor import ANYONE, Actor
from schema.limits.limits import Limits
from service.rates import REFUSED, RateLimited, Rates
from tests.schema.compiled import directory_without_engine
from tests.service.asked import Alone


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def rates(per_minute: int = 60, **options: Any) -> tuple[Rates, Clock]:
    clock = Clock()
    return Rates(per_minute, now=clock, **options), clock


def test_a_bucket_is_full_then_empty_then_fills() -> None:
    counted, clock = rates(60)
    account = counted.account(ANYONE, "10.0.0.1")
    assert account is not None
    account.spend(60)
    with pytest.raises(RateLimited) as limited:
        account.spend(5)
    assert limited.value.retry_after == 5
    clock.now += 4.9
    with pytest.raises(RateLimited):
        account.spend(5)
    clock.now += 0.2
    account.spend(5)


def test_what_costs_more_than_a_minute_gives_takes_a_full_bucket() -> None:
    counted, clock = rates(60)
    account = counted.account(ANYONE, "10.0.0.1")
    assert account is not None
    account.spend(1000)
    assert account.left == 0
    clock.now += 59
    with pytest.raises(RateLimited):
        account.spend(1000)


@given(st.lists(st.tuples(st.floats(0, 30), st.integers(0, 80)), max_size=40))
def test_no_client_gets_more_than_its_rate(asked: list[tuple[float, int]]) -> None:
    """Over any time: what was full at first, and what came in since."""
    counted, clock = rates(60)
    began, spent = clock.now, 0
    for pause, cost in asked:
        clock.now += pause
        account = counted.account(ANYONE, "10.0.0.1")
        assert account is not None
        try:
            account.spend(cost)
            spent += min(cost, 60)
        except RateLimited as limited:
            assert limited.retry_after >= 1
    assert spent <= 60 + (clock.now - began) + 1e-6


def test_who_is_one_client() -> None:
    counted, _ = rates()
    same = [
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::9"),
    ]
    for one, other in same:
        assert counted.account(ANYONE, one) is counted.account(ANYONE, other)
    eva = Actor("eva")
    assert counted.account(eva, "10.0.0.1") is counted.account(eva, "10.0.0.2")
    assert counted.account(ANYONE, "10.0.0.1") is not counted.account(eva, "10.0.0.1")
    assert counted.account(ANYONE, "10.0.0.1") is not counted.account(ANYONE, "10.0.0.2")
    assert counted.account(ANYONE, "2001:db8:0:1::1") is not counted.account(ANYONE, "2001:db8:0:2::1")
    # Nobody can choose a name that is an address.
    assert counted.account(Actor("address 10.0.0.1"), None) is not counted.account(ANYONE, "10.0.0.1")


def test_so_many_are_remembered_and_no_more() -> None:
    counted, _ = rates(most=10)
    first = counted.account(ANYONE, "10.0.0.0")
    for number in range(1, 30):
        counted.account(ANYONE, f"10.0.0.{number}")
        assert counted.account(ANYONE, "10.0.0.0") is first
    assert len(counted) == 10


def test_nothing_is_counted_without_a_rate() -> None:
    assert Rates(0).account(ANYONE, "10.0.0.1") is None


async def test_over_http_at_the_bound_and_beyond() -> None:
    """`position` of a match costs 102, and the request 1."""
    text = "{ matchOffers(need: {}) { position } }"
    async with Alone(directory_without_engine(), rate_cost_per_minute=206) as client:
        for left in (103, 0):
            answer = await client.ask(text)
            assert answer.status_code == 200
            assert answer.headers["ratelimit"].startswith(f'"cost";r={left};t=')
            assert answer.headers["ratelimit-policy"] == '"cost";q=206;w=60'
        answer = await client.ask(text)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert "data" not in answer.json()


async def test_what_is_refused_costs_something_too() -> None:
    async with Alone(directory_without_engine(limits=Limits()), rate_cost_per_minute=100) as client:
        answers = [await client.ask("{ nothing }") for _ in range(100 // (REFUSED + 1) + 1)]
        assert {answer.status_code for answer in answers} == {400}
        assert (await client.ask("{ nothing }")).status_code == 429
