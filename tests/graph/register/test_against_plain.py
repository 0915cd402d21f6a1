"""One definition of vacancy everywhere: whatever the register answers is what a plain reading of the records says."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.clock import FixedClock
from graph.danish import sort_key
from graph.keyset import PageRequest
from graph.register.composition import Composition
from graph.register.filters import BoardFilter, SeatFilter
from graph.register.register import Register
from graph.register.seats import STATUSES
from tests.graph.register import drawn
from tests.graph.register.drawn import BOARD_KINDS, BOARDS, MUNICIPALITIES, PEOPLE
from tests.graph.register.plain import Plain

ALL = PageRequest(first=200)
seeds = st.integers(0, 2**32 - 1)


def stand(seed: int) -> tuple[Plain, Register, list[date]]:
    """A directory both ways, and days on which something in it begins, ends or goes on."""
    random = Random(seed)
    records = drawn.directory(random)
    stated = [
        date.fromisoformat(record.properties[name])
        for record in records
        for name in ("validFrom", "validTo")
        if name in record.properties
    ]
    days = [random.choice(stated) + timedelta(days=random.choice((-1, 0, 0, 1))) for _ in range(2) if stated]
    days.append(drawn.day(random))
    return Plain(records), Register.from_records(records, FixedClock.on(days[0])), days


@settings(max_examples=150, deadline=None)
@given(seeds, st.sampled_from([0, 1, 89, 90, 400]))
def test_what_a_seat_is_on_a_day(seed: int, within: int) -> None:
    plain, register, days = stand(seed)
    for day in days:
        for seat in (record.id for record in plain.all("seat")):
            assert register.status(seat, day, within) == plain.status(seat, day, within)
            assert register.status(seat, day) == plain.status(seat, day, 90)
            assert register.holder(seat, day) == plain.holder(seat, day)
            assert register.ends_on(seat, day) == plain.ends_on(seat, day)
            substitutes = register.substitutes(seat, day)
            assert len(substitutes) == len(set(substitutes))
            assert set(substitutes) == plain.substitutes(seat, day)
            assert substitutes == sorted(substitutes, key=lambda id: plain.get(id, "validFrom"))


@settings(max_examples=150, deadline=None)
@given(seeds)
def test_composition(seed: int) -> None:
    plain, register, days = stand(seed)
    for day in days:
        for board in BOARDS:
            found = register.composition(board, day)
            assert found is not None
            seats = [
                seat
                for seat in plain.pointing("seat", "SEAT_OF", board)
                if plain.status(seat, day) not in ("NOT_YET", "ABOLISHED")
            ]
            statuses = Counter(plain.status(seat, day) for seat in seats)
            held = [seat for seat in seats if plain.holder(seat, day)]
            size = plain.get(board, "statutorySize")
            assert (found.as_of, found.statutory_size, found.seats) == (day, size, len(seats))
            assert found.filled == statuses["FILLED"] + statuses["ENDING"]
            assert (found.carry_over, found.vacant) == (statuses["CARRY_OVER"], statuses["VACANT"])
            assert found.overfilled == (0 if size is None else max(0, len(held) - size))
            assert {g.gender: g.count for g in found.by_gender} == Counter(plain.gender(s, day) for s in held)
            assert {m.municipality: m.count for m in found.by_municipality} == Counter(
                plain.origin(seat, day) for seat in held
            )
            assert {a.appointed_by: (a.filled, a.vacant) for a in found.by_appointer} == {
                appointer: (
                    sum(plain.target(seat, "APPOINTED_BY") == appointer for seat in held),
                    sum(plain.target(seat, "APPOINTED_BY") == appointer for seat in seats if seat not in held),
                )
                for appointer in {plain.target(seat, "APPOINTED_BY") for seat in seats}
            }
            adds_up(found)


def adds_up(found: Composition) -> None:
    assert found.seats == found.filled + found.carry_over + found.vacant
    holders = found.filled + found.carry_over
    assert holders == sum(g.count for g in found.by_gender) == sum(m.count for m in found.by_municipality)
    assert holders == sum(a.filled for a in found.by_appointer)
    assert found.vacant == sum(a.vacant for a in found.by_appointer)
    counts = [found.seats, found.filled, found.carry_over, found.vacant, found.overfilled]
    counts += [*(g.count for g in found.by_gender), *(m.count for m in found.by_municipality)]
    counts += [n for a in found.by_appointer for n in (a.filled, a.vacant)]
    assert min(counts) >= 0


options = st.lists(st.sampled_from(BOARDS), max_size=2)


@settings(max_examples=150, deadline=None)
@given(
    seeds,
    st.lists(st.sampled_from(STATUSES), max_size=2),
    options,
    options,
    st.lists(st.sampled_from(MUNICIPALITIES), max_size=2),
    st.booleans(),
    st.lists(st.sampled_from(BOARD_KINDS), max_size=2),
)
def test_which_seats_pass(
    seed: int,
    statuses: list[str],
    boards: list[str],
    appointers: list[str],
    places: list[str],
    ending: bool,
    kinds: list[str],
) -> None:
    plain, register, days = stand(seed)
    day, before = days[0], None
    if ending:  # beside a day on which someone's time runs out, where there is any
        ends_on = [ends for seat in plain.all("seat") if (ends := plain.ends_on(seat.id, day))]
        random = Random(seed)
        before = random.choice(ends_on or days) + timedelta(days=random.choice((0, 1)))
    passing = [
        seat.id
        for seat in plain.all("seat")
        if plain.status(seat.id, day) in (statuses or ("FILLED", "ENDING", "CARRY_OVER", "VACANT"))
        and (not boards or plain.target(seat.id, "SEAT_OF") in boards)
        and (not appointers or plain.target(seat.id, "APPOINTED_BY") in appointers)
        and (not kinds or plain.get(plain.target(seat.id, "SEAT_OF") or "", "kind") in kinds)
        and (not places or {plain.target(seat.id, "REPRESENTS"), plain.origin(seat.id, day)} & set(places))
        and (before is None or ((ends := plain.ends_on(seat.id, day)) is not None and ends < before))
    ]

    def place(seat: str) -> tuple[str, str, int, str]:
        board = plain.target(seat, "SEAT_OF") or ""
        return sort_key(plain.get(board, "name")), board, plain.get(seat, "order"), seat

    for as_of in (day, None):  # the clock stands on that day
        filter = SeatFilter(as_of, statuses, boards, appointers, places, before, kinds=kinds)
        found = register.seats(filter, ALL, total=True)
        assert found.ids == sorted(passing, key=place)
        assert found.total == len(passing)
        by_board = register.seats_by("board", filter, ALL, total=True)
        assert {id: page.ids for id, page in by_board.items()} == {
            id: own for id in BOARDS if (own := [s for s in found.ids if plain.target(s, "SEAT_OF") == id])
        }
        assert sum(page.total or 0 for page in by_board.values()) == len(passing)


@settings(max_examples=150, deadline=None)
@given(
    seeds,
    st.lists(st.sampled_from(BOARD_KINDS), max_size=2),
    st.lists(st.sampled_from(MUNICIPALITIES), max_size=2),
    options,
    st.booleans(),
)
def test_which_boards_pass(
    seed: int, kinds: list[str], organisations: list[str], appointers: list[str], vacant: bool
) -> None:
    plain, register, days = stand(seed)
    day = days[-1] if vacant else days[0]  # the clock stands on the first

    def passes(board: str) -> bool:
        existing = [
            seat
            for seat in plain.pointing("seat", "SEAT_OF", board)
            if plain.status(seat, day) not in ("NOT_YET", "ABOLISHED")
        ]
        return (
            (not kinds or plain.get(board, "kind") in kinds)
            and (not organisations or plain.target(board, "BOARD_OF") in organisations)
            and (not appointers or any(plain.target(seat, "APPOINTED_BY") in appointers for seat in existing))
            and (not vacant or any(plain.status(seat, day) == "VACANT" for seat in existing))
        )

    passing = sorted(filter(passes, BOARDS), key=lambda id: (sort_key(plain.get(id, "name")), id))
    asked = BoardFilter(None, kinds, organisations, appointers, day if vacant else None)
    found = register.boards(asked, ALL, total=True)
    assert found.ids == passing
    assert found.total == len(passing)
    by = register.boards_by("organisation", asked, ALL, total=True)
    assert {id: page.ids for id, page in by.items()} == {
        id: own for id in MUNICIPALITIES if (own := [b for b in passing if plain.target(b, "BOARD_OF") == id])
    }


@settings(max_examples=100, deadline=None)
@given(seeds, st.integers(0, 3))
def test_who_holds_how_many(seed: int, least: int) -> None:
    plain, register, days = stand(seed)
    for day in days:
        holders = {seat.id: plain.holder(seat.id, day) for seat in plain.all("seat")}
        people = Counter(plain.target(holder, "HELD_BY") for holder in holders.values() if holder)
        found = register.representatives(None, least, day, ALL, total=True)
        assert found.ids == sorted(
            (id for id in PEOPLE if people[id] >= least), key=lambda id: (sort_key(plain.get(id, "name")), id)
        )
        held = list(register.held_on(day))
        assert {h.seat: h.tenure for h in held} == {seat: holder for seat, holder in holders.items() if holder}
        for h in held:
            assert h.representative == plain.target(h.tenure, "HELD_BY")
            assert (h.board, h.municipality) == (plain.target(h.seat, "SEAT_OF"), plain.origin(h.seat, day))
            assert h.organisation == plain.target(h.board, "BOARD_OF")


@settings(max_examples=100, deadline=None)
@given(seeds, st.integers(1, 40))
def test_a_seat_passes_from_hand_to_hand(seed: int, n: int) -> None:
    """Whoever leaves on the day another arrives is not counted that day, and the seat is not vacant."""
    random = Random(seed)
    change = drawn.day(random)
    start, rule = change - timedelta(days=n), random.choice(drawn.RULES)
    edges = (drawn.Edge("SEAT_OF", "board:0"),)
    seat = drawn.Record("seat:0", {"label": "1", "order": 1, **({"termRule": rule} if rule else {})}, edges)
    tenures = [
        drawn.tenure("tenure:a", "seat:0", PEOPLE[0], "MEMBER", start, change),
        drawn.tenure("tenure:b", "seat:0", PEOPLE[1], "CHAIR", change, None),
    ]
    people = [drawn.person(id, random) for id in PEOPLE[:2]]
    records = [*drawn.reference(), drawn.board("board:0", random), *people, seat, *tenures]
    register = Register.from_records(records, FixedClock.on(change))
    for day, holder in ((change - timedelta(days=1), "tenure:a"), (change, "tenure:b")):
        assert register.holder("seat:0", day) == holder
        found = register.composition("board:0", day)
        assert found is not None
        assert (found.seats, found.vacant, sum(g.count for g in found.by_gender)) == (1, 0, 1)
        assert len(list(register.held_on(day))) == 1
    assert register.holder("seat:0", start - timedelta(days=1)) is None
