"""Appointing and ending: what is asked for is written, and nonsense is refused with nothing changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest
import pytest_asyncio

from graph.commands import Call, Commands, InvalidRecords, NewRepresentative, Receipt
from graph.errors import NotFound
from graph.ledger import Action, FieldChange, Ledger
from graph.record import Edge, Record
from tests.calls import TESTS, by
from tests.graph.commands.made import made
from tests.graph.commands.refusing import refused

BODIES = [
    made("source:s"),
    made("municipality:aalborg"),
    made("board:kkr", kind="FORUM"),
    made("board:skole", Edge("BOARD_OF", "municipality:aalborg")),
    made(
        "seat:1",
        Edge("SEAT_OF", "board:skole"),
        Edge("APPOINTED_BY", "board:kkr"),
        termRule="CALENDAR_TERM",
        validFrom="2018-01-01",
        validTo="2030-01-01",
    ),
    made("seat:2", Edge("SEAT_OF", "board:skole")),
    made("representative:anne"),
    made("representative:bo"),
    made("representative:carl"),
]


def tenure(id: str, seat: str, person: str, **properties: Any) -> Record:
    return made(f"tenure:{id}", Edge("IN_SEAT", seat), Edge("HELD_BY", f"representative:{person}"), **properties)


@pytest_asyncio.fixture(loop_scope="session")
async def bodies(commands: Commands) -> Commands:
    """Commands over a graph that holds BODIES, at position 1."""
    await commands.import_records(TESTS, BODIES, label="test")
    return commands


def appointing(commands: Commands, call: Call = TESTS, **given: Any) -> Awaitable[Receipt]:
    """Anne, as a member of seat 1 for a term; `given` says otherwise."""
    term = {"representative": "representative:anne", "valid_from": date(2022, 1, 1), "valid_to": date(2026, 1, 1)}
    return commands.appoint(call, **{"seat": "seat:1", **term, **given})


async def test_an_appointment_is_a_tenure_with_its_change(bodies: Commands, ledger: Ledger) -> None:
    receipt = await appointing(bodies, by("user:bo"), role="CHAIR", source="source:s")
    id = receipt.ids["tenure"]
    assert receipt.ids == {"seat": "seat:1", "tenure": id}
    record = (await bodies.records([id]))[id]
    assert record.properties == {
        "role": "CHAIR",
        "validFrom": "2022-01-01",
        "validTo": "2026-01-01",
        "dataStatus": "SOURCED",
        "verifiedOn": "2026-03-01",
    }
    assert {(edge.type, edge.target) for edge in record.edges} == {
        ("IN_SEAT", "seat:1"),
        ("HELD_BY", "representative:anne"),
        ("STATED_IN", "source:s"),
    }
    (change,) = await ledger.since(1)
    assert (change.position, change.actor, change.action) == (receipt.position, "user:bo", Action.CREATED)
    assert (change.kind, change.subject) == ("tenure", id)
    assert FieldChange("validTo", None, "2026-01-01") in change.fields


async def test_someone_new_is_appointed_in_the_same_breath(bodies: Commands, ledger: Ledger) -> None:
    new = NewRepresentative("Dorte Ø", "WOMAN", "A", "municipality:aalborg")
    receipt = await appointing(bodies, representative=None, new_representative=new)
    person, change = await ledger.since(1)
    assert (person.kind, change.subject, change.position) == ("representative", receipt.ids["tenure"], receipt.position)
    record = (await bodies.records([person.subject]))[person.subject]
    assert record.properties == {
        "name": "Dorte Ø",
        "gender": "WOMAN",
        "party": "A",
        "dataStatus": "SOURCED",
        "verifiedOn": "2026-03-01",
    }
    assert record.edges == (Edge("FROM_MUNICIPALITY", "municipality:aalborg"),)


async def test_what_is_ended_ends_and_may_be_corrected(bodies: Commands, ledger: Ledger) -> None:
    id = (await appointing(bodies)).ids["tenure"]
    position = (await bodies.end_tenure(TESTS, tenure=id, on=date(2024, 6, 1), reason="Flyttet")).position
    (change,) = await ledger.since(position - 1)
    assert set(change.fields) == {
        FieldChange("validTo", "2026-01-01", "2024-06-01"),
        FieldChange("endReason", None, "Flyttet"),
    }
    # As it is: nothing to write.
    assert (await bodies.end_tenure(TESTS, tenure=id, on=date(2024, 6, 1))).position == position
    await bodies.end_tenure(TESTS, tenure=id, on=date(2024, 7, 1))
    assert (await bodies.records([id]))[id].properties["endReason"] == "Flyttet"


@pytest.mark.parametrize(
    ("given", "path", "told"),
    [
        ({"valid_to": date(2021, 12, 31)}, ("validTo",), "before validFrom"),
        ({"valid_from": date(2017, 12, 31)}, ("validFrom",), "from 1 January 2018 on"),
        ({"valid_from": date(2030, 1, 1), "valid_to": None}, ("validFrom",), "no longer exists"),
        ({"valid_to": date(2030, 1, 2)}, ("validTo",), "no longer exists"),
        ({"role": "FORMAND"}, ("role",), "MEMBER, CHAIR"),
        ({"representative": None}, ("representative",), "not both"),
        ({"new_representative": NewRepresentative("Dorte")}, ("representative",), "not both"),
        (
            {"representative": None, "new_representative": NewRepresentative("")},
            ("newRepresentative", "name"),
            "is empty",
        ),
        (
            {"representative": None, "new_representative": NewRepresentative("Dorte", gender="KVINDE")},
            ("newRepresentative", "gender"),
            "WOMAN",
        ),
    ],
)
async def test_an_appointment_that_cannot_be_meant(
    bodies: Commands, ledger: Ledger, given: dict[str, Any], path: tuple[str, ...], told: str
) -> None:
    error = await refused(ledger, appointing(bodies, **given))
    assert error.path == path
    assert told in error.message


@pytest.mark.parametrize(
    "given",
    [
        {"seat": "seat:nowhere"},
        {"seat": "board:skole"},
        {"representative": "representative:nobody"},
        {"source": "source:none"},
        {"representative": None, "new_representative": NewRepresentative("Dorte", municipality="municipality:x")},
    ],
)
async def test_an_appointment_of_what_is_not_there(bodies: Commands, ledger: Ledger, given: dict[str, Any]) -> None:
    error = await refused(ledger, appointing(bodies, **given), NotFound)
    assert any(repr(id) in str(error) for id in ("seat:nowhere", "board:skole", "representative:nobody", "source:none",
                                                 "municipality:x"))  # fmt: skip


async def test_one_holder_at_a_time_and_no_day_between(bodies: Commands, ledger: Ledger) -> None:
    first = (await appointing(bodies)).ids["tenure"]
    bo = {"representative": "representative:bo", "valid_to": None}
    error = await refused(ledger, appointing(bodies, **bo, valid_from=date(2025, 12, 31)))
    assert error.path == ("validFrom",)
    assert "representative:anne" in error.message
    await appointing(bodies, **bo, valid_from=date(2026, 1, 1))
    error = await refused(ledger, bodies.end_tenure(TESTS, tenure=first, on=date(2026, 1, 2)))
    assert error.path == ("on",)


async def test_those_who_hold_nothing_may_be_many_but_no_one_is_in_a_seat_twice(
    bodies: Commands, ledger: Ledger
) -> None:
    await appointing(bodies)
    for person, role in (("bo", "SUBSTITUTE"), ("carl", "OBSERVER")):
        await appointing(bodies, representative=f"representative:{person}", role=role)
    error = await refused(ledger, appointing(bodies, role="SUBSTITUTE", valid_from=date(2025, 1, 1)))
    assert error.path == ("representative",)
    await appointing(bodies, role="SUBSTITUTE", seat="seat:2")


async def test_an_end_that_cannot_be(bodies: Commands, ledger: Ledger) -> None:
    id = (await appointing(bodies)).ids["tenure"]
    for on in (date(2021, 12, 31), date(2030, 1, 2)):
        assert (await refused(ledger, bodies.end_tenure(TESTS, tenure=id, on=on))).path == ("on",)
    assert (await refused(ledger, bodies.end_tenure(TESTS, tenure=id, on=date(2023, 1, 1), reason=""))).path == (
        "reason",
    )
    for unknown in ("tenure:none", "seat:1"):
        await refused(ledger, bodies.end_tenure(TESTS, tenure=unknown, on=date(2023, 1, 1)), NotFound)


OVERLAPPING = [
    tenure("a", "seat:1", "anne", validTo="2026-01-01"),
    tenure("b", "seat:1", "bo", validFrom="2025-12-31"),
]
NONSENSE = {
    "overlapping holders": (OVERLAPPING, "tenure:b", "validFrom"),
    "one person twice": (
        [OVERLAPPING[0], tenure("b", "seat:1", "anne", validFrom="2025-12-31", role="OBSERVER")],
        "tenure:b",
        "HELD_BY",
    ),
    "an end before the start": ([tenure("a", "seat:2", "anne", validTo="2021-12-31")], "tenure:a", "validTo"),
    "before the seat": ([tenure("a", "seat:1", "anne", validFrom="2017-01-01")], "tenure:a", "validFrom"),
    "after the seat": ([tenure("a", "seat:1", "anne", validTo="2031-01-01")], "tenure:a", "validTo"),
    "in no seat": ([made("tenure:a", Edge("HELD_BY", "representative:anne"))], "tenure:a", "IN_SEAT"),
    "nobody": ([made("tenure:a", Edge("IN_SEAT", "seat:1"))], "tenure:a", "HELD_BY"),
    "a seat of no board": ([made("seat:3")], "seat:3", "SEAT_OF"),
    "an unknown appointer": (
        [made("seat:3", Edge("SEAT_OF", "board:skole"), Edge("APPOINTED_BY", "board:none"))],
        "seat:3",
        "APPOINTED_BY",
    ),
    "an appointer that is no board": (
        [made("seat:3", Edge("SEAT_OF", "board:skole"), Edge("APPOINTED_BY", "municipality:aalborg"))],
        "seat:3",
        "APPOINTED_BY[0]",
    ),
    "fewer seats than none": ([made("board:ny", statutorySize=-1)], "board:ny", "statutorySize"),
}


@pytest.mark.parametrize("name", NONSENSE)
@pytest.mark.parametrize("command", ["save", "import"])
async def test_nonsense_is_refused_however_it_comes(bodies: Commands, ledger: Ledger, name: str, command: str) -> None:
    records, id, where = NONSENSE[name]
    ways: dict[str, Callable[[], Awaitable[object]]] = {
        "save": lambda: bodies.save(TESTS, records),
        "import": lambda: bodies.import_records(TESTS, records, label="more"),
    }
    error = await refused(ledger, ways[command](), InvalidRecords)
    assert (id, where) in [(id, fault.where) for id, fault in error.faults]


async def test_a_seat_does_not_end_under_its_holder(bodies: Commands, ledger: Ledger) -> None:
    id = (await appointing(bodies)).ids["tenure"]
    seat = (await bodies.records(["seat:1"]))["seat:1"]
    for bound, day in (("validFrom", "2022-01-02"), ("validTo", "2025-12-31")):
        shorter = Record(seat.id, {**seat.properties, bound: day}, seat.edges)
        error = await refused(ledger, bodies.save(TESTS, [shorter]), InvalidRecords)
        assert error.faults[0][0] == "seat:1"
        assert error.faults[0][1].where == bound
        assert id in str(error.faults[0][1].what)
    await bodies.end_tenure(TESTS, tenure=id, on=date(2025, 12, 31))
    await bodies.save(TESTS, [Record(seat.id, {**seat.properties, "validTo": "2025-12-31"}, seat.edges)])


async def test_what_was_brought_in_before_does_not_stand_against_what_users_made_of_it(
    bodies: Commands, ledger: Ledger
) -> None:
    records = [*BODIES, tenure("a", "seat:1", "anne", validTo="2026-01-01")]
    await bodies.import_records(TESTS, records, label="test")
    await bodies.end_tenure(TESTS, tenure="tenure:a", on=date(2024, 1, 1))
    await appointing(bodies, representative="representative:bo", valid_from=date(2024, 1, 1))
    assert (await bodies.import_records(TESTS, records, label="test")).unchanged == len(records)
    changed = [*BODIES, tenure("a", "seat:1", "anne", validTo="2026-01-01", role="CHAIR")]
    error = await refused(ledger, bodies.import_records(TESTS, changed, label="test"), InvalidRecords)
    assert error.faults[0][0] == "tenure:a"
