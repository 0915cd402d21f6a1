"""What was believed is read back as it was answered then, and histories tell all that was done."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest

from graph.clock import FixedClock
from graph.commands import Commands, NewRepresentative
from graph.database import Database
from graph.errors import BadInput
from graph.ledger import Ledger
from graph.memory import Memory
from graph.plan.binding import Binding
from graph.record import Edge
from graph.recorded import moment
from graph.snapshot import snapshot
from schema.directory import Directory
from schema.plain import PlainDirectory
from tests.calls import TESTS, by
from tests.graph.commands.made import DIRECTORY, made

PAGE = (Path(__file__).parents[2] / "docs" / "history.md").read_text()
BOARD = [
    made("board:raad", statutorySize=2),
    made("seat:formand", Edge("SEAT_OF", "board:raad"), validFrom="2022-01-01"),
    made("seat:menig", Edge("SEAT_OF", "board:raad"), order=2, termRule="CALENDAR_TERM"),
    *(made(f"representative:{name}", name=f"{name.title()} (fiktiv)") for name in ("alma", "bo", "ella")),
]
ANNA, SVEN = by("user:anna"), by("user:sven")


@dataclass(slots=True, repr=False)
class House:
    """A directory that is written to by its commands, on a clock that is moved."""

    database: Database
    clock: FixedClock
    ledger: Ledger
    commands: Commands
    directory: Directory

    def at(self, text: str) -> Commands:
        """The commands at a moment: `"2026-03-01 12:00"`, UTC."""
        self.clock.moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
        return self.commands

    async def ask(self, text: str, **variables: Any) -> dict[str, Any]:
        """The answer, which both paths give."""
        memory = self.directory.memory
        await memory.follow(await self.ledger.since(memory.position))
        planned = await self.directory.execute(text, variables, None)
        assert not planned.errors, planned.errors
        assert planned.data is not None
        return planned.data

    async def ask_plainly(self, text: str, **variables: Any) -> Any:
        plain = PlainDirectory(await snapshot(self.database))
        answer = plain.execute(text, variables, None, Binding(None, self.directory.memory, self.clock.today()))
        assert not answer.errors, answer.errors
        return answer.data


@pytest.fixture
async def house(database: Database) -> House:
    # Neo4j takes its time to plan a large statement for the first time; what is tested here is the answer.
    database.deadline = 60
    clock = FixedClock(datetime(2025, 12, 1, 8, tzinfo=UTC))
    ledger = Ledger(database, clock)
    commands = Commands(database, ledger, clock)
    offers = [record for record in DIRECTORY if record.kind.name not in ("capacity", "price")]
    await commands.import_records(TESTS, [*offers, *BOARD], label="test")
    memory = await Memory.load(database, clock, await ledger.position())
    return House(database, clock, ledger, commands, Directory(database, memory, clock))


DAYS = ("2025-11-01", "2026-01-01", "2026-01-20", "2026-02-10", "2026-04-01")
BELIEFS = """
query Beliefs($day: Date, $at: DateTime) {
  offer(id: "offer:oen") {
    capacity(asOf: $day, recordedAt: $at) { places free waitingDays countedOn validFrom validTo }
    price(asOf: $day, recordedAt: $at, unit: DAY) { amount year model validFrom validTo }
    approval(asOf: $day, recordedAt: $at) { status conditions validFrom validTo }
  }
  board(id: "board:raad") {
    seats(filter: {statuses: [FILLED, ENDING, CARRY_OVER, VACANT, NOT_YET]}, first: 5) { nodes {
      id status(asOf: $day, recordedAt: $at) endsOn(asOf: $day, recordedAt: $at)
      holder(asOf: $day, recordedAt: $at) { ...Sat }
      substitutes(asOf: $day, recordedAt: $at) { ...Sat }
      observers(asOf: $day, recordedAt: $at) { ...Sat }
    } }
    composition(asOf: $day, recordedAt: $at) { seats filled vacant carryOver overfilled byAppointer { filled vacant } }
  }
  representatives { nodes {
    name
    tenures(asOf: $day, recordedAt: $at) { totalCount nodes { ...Sat } }
    all: tenures(anyTime: true, recordedAt: $at) { totalCount nodes { ...Sat } }
  } }
  vacant: seats(filter: {asOf: $day, recordedAt: $at, statuses: [VACANT]}) { totalCount nodes { id } }
  holding: representatives(holdingAtLeast: 1, asOf: $day, recordedAt: $at) { totalCount nodes { id } }
}
fragment Sat on Tenure { id role validFrom validTo representative { name } }
"""


async def believed(house: House, at: datetime | None) -> list[dict[str, Any]]:
    """What is answered about each of the days."""
    return [await house.ask(BELIEFS, day=day, at=at and at.isoformat()) for day in DAYS]


async def do_something(house: House, random: Random) -> None:
    """One command, of which some are refused."""
    day = date(2025, 11, 1) + timedelta(random.choice((0, 61, 61, 80, 101, 101, 151)))
    commands, seat = house.commands, random.choice(("seat:formand", "seat:menig"))
    match random.randrange(5):
        case 0:
            day = min(day, house.clock.today())
            await commands.record_capacity(TESTS, offer="offer:oen", counted_on=day, free=random.randrange(9))
        case 1:
            model = random.choice((None, "AVERAGE", "DIFFERENTIATED", "SUPPLEMENT"))
            amount = Decimal(random.randrange(1000, 3000))
            price = {"amount": amount, "unit": "DAY", "year": day.year, "valid_from": day, "model": model}
            await commands.record_price(TESTS, offer="offer:oen", **price)
        case 2:
            status = random.choice(("APPROVED", "INTENSIFIED_SUPERVISION", "ENDED"))
            await commands.record_approval(TESTS, offer="offer:oen", status=status, valid_from=day)
        case 3:
            who = random.choice(("alma", "bo", "ella"))
            role = random.choice(("MEMBER", "CHAIR", "SUBSTITUTE", "OBSERVER"))
            until = random.choice((None, None, day + timedelta(30)))
            person = {"representative": f"representative:{who}", "role": role}
            await commands.appoint(TESTS, seat=seat, valid_from=day, valid_to=until, **person)
        case _:
            rows = await house.database.read("MATCH (t:Tenure) RETURN t.id AS id ORDER BY id")
            if rows:
                await commands.end_tenure(TESTS, tenure=random.choice(rows)["id"], on=day)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_what_was_answered_then_is_answered_to_whoever_asks_for_then(house: House, seed: int) -> None:
    random = Random(seed)
    answered: list[tuple[datetime, datetime, list[dict[str, Any]]]] = []
    for _ in range(25):
        house.clock.moment += timedelta(milliseconds=1, hours=random.choice((0, 0, 30, 70)))
        written = house.clock.moment
        with suppress(BadInput):  # where it is refused, nothing has changed, and that is to be seen too
            await do_something(house, random)
        house.clock.moment += timedelta(microseconds=random.choice((0, 999)), minutes=random.choice((0, 30)))
        answered.append((written, house.clock.moment, await believed(house, None)))
    assert len({orjson.dumps(answer) for *_, answer in answered}) > 8, "something has happened"
    for written, asked, answer in answered:
        assert await believed(house, random.choice((written, asked))) == answer
    written, _, answer = random.choice(answered)
    assert await house.ask_plainly(BELIEFS, day=DAYS[2], at=written.isoformat()) == answer[2]
    for before in await believed(house, answered[0][0] - timedelta(milliseconds=1)):
        assert before["offer"] == {"capacity": None, "price": None, "approval": None}
        assert before["holding"]["totalCount"] == 0
    assert await believed(house, datetime(2126, 1, 1, tzinfo=UTC)) == answered[-1][2]


@pytest.mark.parametrize("at", ["2026-03-01", "2026-03-01T12:00:00", "0001-01-01T00:00:00+14:00", "yesterday"])
async def test_only_a_moment_with_its_offset_is_one(house: House, at: str) -> None:
    answer = await house.directory.execute(BELIEFS, {"at": at}, None)
    [error] = answer.errors or ()
    assert (error.extensions or {})["code"] == "BAD_USER_INPUT"
    assert answer.data is None


QUESTIONS = re.findall(r"```graphql\n(.*?)```.*?```json\n(.*?)```", PAGE, flags=re.DOTALL)


async def test_the_questions_of_the_page_have_its_answers(house: House) -> None:
    await house.at("2026-01-15 09:00").appoint(
        SVEN, seat="seat:formand", representative="representative:alma", role="CHAIR", valid_from=date(2022, 1, 1)
    )
    counted = {"offer": "offer:oen", "counted_on": date(2026, 2, 1)}
    await house.at("2026-02-02 09:00").record_capacity(ANNA, **counted, free=4)
    commands = house.at("2026-03-05 09:00")
    rows = await house.database.read("MATCH (t:Tenure) RETURN t.id AS id")
    await commands.end_tenure(SVEN, tenure=rows[0]["id"], on=date(2026, 2, 1), reason="Fratrådt")
    await commands.appoint(
        SVEN, seat="seat:formand", representative="representative:bo", role="CHAIR", valid_from=date(2026, 2, 1)
    )
    await house.at("2026-03-10 09:00").record_capacity(ANNA, **counted, free=1)
    house.at("2026-03-20 09:00")
    assert len(QUESTIONS) == 2
    for question, answer in QUESTIONS:
        assert await house.ask(question) == await house.ask_plainly(question) == orjson.loads(answer)


LOG = (
    "query Log($first: Int, $after: String, $last: Int) { %s { history(first: $first, after: $after, last: $last) { "
    "totalCount nodes { position at actor action kind subject node { id } fields { name before after } } "
    "pageInfo { hasNextPage endCursor } } } }"
)
BOARDS_LOG, OFFERS_LOG = LOG % 'board(id: "board:raad")', LOG % 'offer(id: "offer:oen")'


def told(history: dict[str, Any]) -> list[tuple[str, str, str, dict[str, tuple[str | None, str | None]]]]:
    return [
        (
            node["actor"],
            node["action"],
            node["subject"],
            {field["name"]: (field["before"], field["after"]) for field in node["fields"]},
        )
        for node in history["nodes"]
    ]


async def test_the_history_of_a_board_tells_who_was_appointed_by_whom_and_what_is_gone(house: House) -> None:
    commands = house.at("2026-01-02 10:00")
    new = NewRepresentative("Øjvind (fiktiv)", "MAN")
    appointed = await commands.appoint(SVEN, seat="seat:menig", new_representative=new, valid_from=date(2026, 1, 1))
    tenure = appointed.ids["tenure"]
    await house.at("2026-02-02 10:00").end_tenure(ANNA, tenure=tenure, on=date(2026, 3, 1), reason="Flyttet")
    await commands.save(SVEN, [made("seat:ny", Edge("SEAT_OF", "board:raad"), order=3)])
    await commands.save(SVEN, [made("board:raad", statutorySize=3)])
    await commands.save(SVEN, [made("board:andet"), made("seat:andet", Edge("SEAT_OF", "board:andet"))])
    await commands.delete(SVEN, [tenure, "seat:menig"])

    history = (await house.ask(BOARDS_LOG))["board"]["history"]
    entries = told(history)
    assert [entry[:3] for entry in entries] == [
        ("user:sven", "DELETED", tenure),
        ("user:sven", "DELETED", "seat:menig"),
        ("user:sven", "UPDATED", "board:raad"),
        ("user:sven", "CREATED", "seat:ny"),
        ("user:anna", "UPDATED", tenure),
        ("user:sven", "CREATED", tenure),
    ]
    assert entries[2][3] == {"statutorySize": ("2", "3")}
    assert entries[4][3] == {"validTo": (None, "2026-03-01"), "endReason": (None, "Flyttet")}
    assert entries[5][3].items() >= {"IN_SEAT": (None, "seat:menig"), "validFrom": (None, "2026-01-01")}.items()
    assert entries[0][3].items() >= {"endReason": ("Flyttet", None), "validTo": ("2026-03-01", None)}.items()
    assert [node["node"] and node["node"]["id"] for node in history["nodes"]] == [
        None,
        None,
        "board:raad",
        "seat:ny",
        None,
        None,
    ]
    assert history["nodes"][5]["at"] == "2026-01-02T10:00:00.000Z"

    pages, after = [], None
    while True:
        page = (await house.ask(BOARDS_LOG, first=2, after=after))["board"]["history"]
        assert page["totalCount"] == 6
        pages += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert pages == history["nodes"]
    for variables in ({}, {"first": 2, "after": str(pages[2]["position"])}, {"last": 2}):
        assert await house.ask(BOARDS_LOG, **variables) == await house.ask_plainly(BOARDS_LOG, **variables)


async def test_the_history_of_an_offer_tells_of_its_facts_its_location_and_its_contact(house: House) -> None:
    commands = house.at("2026-01-02 10:00")
    neighbour = made("offer:nabo", Edge("HAS_CONTACT", "contact:oen"), Edge("OPERATED_BY", "municipality:aalborg"))
    await commands.save(ANNA, [neighbour])
    await commands.save(ANNA, [made("contact:oen", phone="+45 11 11 11 11")])
    await commands.record_capacity(ANNA, offer="offer:oen", counted_on=date(2026, 1, 2), free=3)
    moved = {"location": {"town": "Nibe", "protected": True, "address": "Hemmelig Vej 1"}}
    await commands.update_offer(ANNA, id="offer:oen", offer=moved, expected_version=1)
    await commands.confirm(ANNA, ids=["offer:oen"])

    history = (await house.ask(OFFERS_LOG))["offer"]["history"]
    assert history == (await house.ask_plainly(OFFERS_LOG))["offer"]["history"]
    entries = told(history)
    assert entries[0][3] == {"verifiedOn": (None, "2026-01-02")}
    by_subject = {subject: fields for _, _, subject, fields in reversed(entries)}
    assert by_subject["contact:oen"] == {"phone": ("+45 99 99 99 99", "+45 11 11 11 11")}
    [location] = [fields for _, _, subject, fields in entries if subject.startswith("location:")]
    assert location["town"][1] == "Nibe"
    assert location["address"] == (None, None), "withheld from the public"
    assert any("capacity.free" in fields for *_, fields in entries)
    other = told((await house.ask(OFFERS_LOG.replace("offer:oen", "offer:nabo")))["offer"]["history"])
    assert [(action, subject) for _, action, subject, _ in other] == [
        ("UPDATED", "contact:oen"),
        ("CREATED", "offer:nabo"),
    ]


async def test_a_location_that_is_replaced_stays_in_the_history(house: House) -> None:
    commands = house.at("2026-01-02 10:00")
    new = made("location:ny", town="Nibe")
    await commands.save(ANNA, [new])
    [offer] = [record for record in DIRECTORY if record.id == "offer:oen"]
    edges = [Edge("LOCATED_AT", "location:ny") if e.type == "LOCATED_AT" else e for e in offer.edges]
    await commands.save(ANNA, [made("offer:oen", *edges, **offer.properties)])
    await commands.delete(ANNA, ["location:havvej"])
    await commands.save(ANNA, [made("location:ny", town="Aars")])
    entries = told((await house.ask(OFFERS_LOG))["offer"]["history"])
    assert [(action, subject) for _, action, subject, _ in entries] == [
        ("UPDATED", "location:ny"),
        ("UPDATED", "offer:oen"),
    ]
    assert entries[1][3] == {"LOCATED_AT": ("location:havvej", "location:ny")}


async def test_what_is_deleted_takes_its_history_and_leaves_the_log(house: House) -> None:
    commands = house.at("2026-01-02 10:00")
    await commands.delete(ANNA, ["seat:formand", "seat:menig", "board:raad"])
    log = 'query { changes(kinds: ["board", "seat"]) { nodes { subject action } } }'
    changes = (await house.ask(log))["changes"]["nodes"]
    assert {change["subject"] for change in changes} == {"seat:formand", "seat:menig", "board:raad"}
    await commands.save(ANNA, [made("board:raad")])
    entries = told((await house.ask(BOARDS_LOG))["board"]["history"])
    assert [(action, subject) for _, action, subject, _ in entries] == [
        ("CREATED", "board:raad"),
        ("DELETED", "board:raad"),
    ]


def test_a_moment_is_kept_in_utc_and_milliseconds() -> None:
    assert moment(datetime.fromisoformat("2026-03-01T12:00:00.123999+01:00")) == "2026-03-01T11:00:00.123Z"
