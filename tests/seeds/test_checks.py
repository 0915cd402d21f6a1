"""That the tenures of a seat go together, held against every pair of them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from graph.model import HOLDING
from seeds.checks import misfits
from seeds.format import File
from seeds.format.boards import Board, Seat, Tenure

FIRST = date(2022, 1, 1)


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


@st.composite
def tenures(draw: st.DrawFn) -> Tenure:
    since = draw(st.integers(0, 12))
    until = draw(st.none() | st.integers(since + 1, 14))
    return Tenure.model_construct(
        representative=draw(st.sampled_from("abc")),
        role=draw(st.sampled_from(["MEMBER", "CHAIR", "SUBSTITUTE", "OBSERVER"])),
        validFrom=day(since),
        validTo=until and day(until),
    )


def found(seat: Seat) -> set[tuple[int, str]]:
    board = Board.model_construct(seats=[seat])
    file = File.model_construct(boards=[board], agreements=[])
    return {(place[5], place[6]) for place, _ in misfits(file)}  # type: ignore[misc]


def days(tenure: Tenure) -> set[date]:
    """Its days among the first fifteen, which is all that an overlap can differ on."""
    return {day(n) for n in range(15) if tenure.validFrom <= day(n) and (not tenure.validTo or day(n) < tenure.validTo)}


@given(st.lists(tenures(), max_size=6))
def test_a_later_tenure_is_named_where_two_hold_the_seat_or_one_person_is_in_it_twice(held: list[Tenure]) -> None:
    expected = set()
    for (n, one), (m, other) in combinations(enumerate(held), 2):
        both_hold = one.role in HOLDING and other.role in HOLDING
        if (both_hold or one.representative == other.representative) and days(one) & days(other):
            expected.add((m if one.validFrom <= other.validFrom else n, "validFrom"))
    assert found(Seat.model_construct(tenures=held)) == expected


@given(tenures(), st.none() | st.integers(0, 14), st.none() | st.integers(1, 15))
def test_a_tenure_lies_within_its_seat(tenure: Tenure, since: int | None, until: int | None) -> None:
    seat = Seat.model_construct(
        tenures=[tenure],
        validFrom=None if since is None else day(since),
        validTo=None if until is None else day(until),
    )
    expected = set()
    if seat.validFrom and min(days(tenure)) < seat.validFrom:
        expected.add((0, "validFrom"))
    if seat.validTo and (tenure.validTo is None or max(days(tenure)) >= seat.validTo):
        expected.add((0, "validTo"))
    assert found(seat) == expected
