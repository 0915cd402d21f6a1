"""Any appointments and ends, one after the other, against a plain reading of what is sane."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.clock import FixedClock
from graph.commands import Commands
from graph.database import Database
from graph.ledger import Ledger
from graph.model import HOLDING
from graph.record import Edge
from graph.register.register import Register
from tests.calls import TESTS
from tests.graph.commands.made import made
from tests.graph.commands.refusing import refused

DAYS = [date(2026, 1, n) for n in range(1, 10)]
LIVES = {"seat:1": (DAYS[1], DAYS[7]), "seat:2": (None, None)}
PEOPLE = ["representative:anne", "representative:bo"]
days = st.sampled_from(DAYS)


def on(term: dict[str, Any], day: date) -> bool:
    return term["since"] <= day and (term["until"] is None or day < term["until"])


def sane(terms: list[dict[str, Any]]) -> bool:
    """Day by day: whether each seat has one holder at most, and no one is in it twice; and seats outlive tenures."""
    for term in terms:
        first, last = LIVES[term["seat"]]
        since, until = term["since"], term["until"]
        if until is not None and (until < since or (last and until > last)):
            return False
        if (first and since < first) or (last and since >= last):
            return False
    for day in DAYS:
        for seat in LIVES:
            there = [term for term in terms if term["seat"] == seat and on(term, day)]
            if len({term["person"] for term in there}) < len(there):
                return False
            if sum(term["role"] in HOLDING for term in there) > 1:
                return False
    return True


appointments = st.fixed_dictionaries(
    {
        "seat": st.sampled_from(list(LIVES)),
        "person": st.sampled_from(PEOPLE),
        "role": st.sampled_from(["MEMBER", "CHAIR", "SUBSTITUTE"]),
        "since": days,
        "until": st.none() | days,
    }
)
ends = st.tuples(st.integers(0, 5), days)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(appointments | ends, min_size=3, max_size=14))
async def test_commands_take_what_is_sane_and_the_register_follows(
    database: Database, commands: Commands, ledger: Ledger, clock: FixedClock, story: list[Any]
) -> None:
    await database.write(lambda w: w.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n"))
    await commands.save(TESTS, [made(id) for id in ("board:b", *PEOPLE)])
    for id, life in LIVES.items():
        bounds = {name: day.isoformat() for name, day in zip(("validFrom", "validTo"), life, strict=True) if day}
        await commands.save(TESTS, [made(id, Edge("SEAT_OF", "board:b"), termRule="OPEN", **bounds)])
    position = await ledger.position()
    register = await Register.load(database, clock, position)
    terms: list[dict[str, Any]] = []
    for step in story:
        if isinstance(step, dict):
            wanted, command = (
                [*terms, step],
                commands.appoint(
                    TESTS,
                    seat=step["seat"],
                    representative=step["person"],
                    role=step["role"],
                    valid_from=step["since"],
                    valid_to=step["until"],
                ),
            )
        elif terms:
            n, day = step[0] % len(terms), step[1]
            wanted = [{**term, "until": day} if m == n else term for m, term in enumerate(terms)]
            command = commands.end_tenure(TESTS, tenure=terms[n]["id"], on=day)
        else:
            continue
        if not sane(wanted):
            await refused(ledger, command)
            continue
        answer, terms = await command, wanted
        if isinstance(step, dict):
            terms[-1] = {**step, "id": answer.ids["tenure"]}
        changes = await ledger.since(position)
        await register.follow(changes)
        position = await ledger.position()
        assert register.position == position
        for seat in LIVES:
            for day in DAYS:
                held = [t["id"] for t in terms if t["seat"] == seat and on(t, day) and t["role"] in HOLDING]
                # Whoever is in a seat without a date to leave it leaves it when it is abolished.
                abolished = LIVES[seat][1] is not None and day >= LIVES[seat][1]
                assert register.holder(seat, day) == (None if abolished else next(iter(held), None))
    assert register.equals(await Register.load(database, clock, position))
