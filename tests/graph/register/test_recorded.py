"""What the register held at a moment is what it says later of that moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.clock import FixedClock
from graph.keyset import PageRequest
from graph.record import Record
from graph.recorded import moment
from graph.register.filters import SeatFilter
from graph.register.register import Register
from graph.register.seats import STATUSES
from tests.graph.register import drawn

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLOCK = FixedClock(START)
ALL = PageRequest(first=200)
COUNTS = (
    *("as_of", "statutory_size", "seats", "filled", "vacant", "carry_over", "overfilled"),
    *("by_gender", "by_municipality", "by_appointer"),
)


def told(register: Register, day: date, recorded_at: datetime | None) -> list[Any]:
    """All that can be asked with `recorded_at`, of seats that are there: of others there is nothing to compare."""
    found: list[Any] = []
    for board in drawn.BOARDS:
        composition = register.composition(board, day, recorded_at)
        assert composition is not None
        checks = [(check.rule, check.outcome, check.explain()) for check in composition.checks]
        found += [getattr(composition, name) for name in COUNTS] + checks
    for status in STATUSES[:4]:
        seats = register.seats(SeatFilter(day, [status], recorded_at=recorded_at), ALL, total=True)
        found.append((seats.ids, seats.total))
    people = register.representatives(None, 1, day, ALL, total=True, recorded_at=recorded_at)
    held = register.held_by_municipality(SeatFilter(day, recorded_at=recorded_at))
    return [*found, people.ids, held]


def marked(record: Record, **marks: Any) -> Record:
    return replace(record, properties={**record.properties, **marks})


def ended(record: Record, end: str | None, at: str) -> Record:
    """As commands leave a record whose last day is moved."""
    known: Mapping[str, Any] = record.properties
    first = f"{known['recordedAt']} {known.get('validTo') or ''}"
    endings = [*known.get("endings", [first]), f"{at} {end or ''}"]
    rest = {name: value for name, value in known.items() if name != "validTo"}
    return replace(record, properties={**rest, "endings": endings, **({"validTo": end} if end else {})})


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_what_was_held_then_is_told_of_then(seed: int) -> None:
    random = Random(seed)
    drawn_ones = drawn.directory(random)
    dated = [record for record in drawn_ones if record.kind.name in ("seat", "tenure")]
    there = {record.id: record for record in drawn_ones if record not in dated}
    days = [drawn.day(random) for _ in range(3)]
    then: list[tuple[datetime, list[list[Any]]]] = []
    for step in range(12):
        now = START + timedelta(hours=step)
        for record in dated[step::12]:
            there[record.id] = marked(record, recordedAt=moment(now))
        movable = [record for record in there.values() if "recordedAt" in record.properties]
        for record in random.sample(movable, min(2, len(movable))):
            end = random.choice((None, drawn.day(random).isoformat()))
            if record.properties["recordedAt"] < moment(now) and end != record.properties.get("validTo"):
                there[record.id] = ended(record, end, moment(now))
        # As it is now: nothing of it knows of any moment.
        bare = [
            replace(r, properties={k: v for k, v in r.properties.items() if k not in ("recordedAt", "endings")})
            for r in there.values()
        ]
        now_held = Register.from_records(bare, CLOCK)
        then.append((now, [told(now_held, day, None) for day in days]))
    register = Register.from_records(there.values(), CLOCK)
    for at, answers in then:
        for asked in (at, at + timedelta(minutes=59)):
            assert [told(register, day, asked) for day in days] == answers
    assert [told(register, day, None) for day in days] == then[-1][1]
