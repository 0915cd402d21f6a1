from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from graph.actor import Role
from graph.clock import FixedClock
from graph.commands import Commands, Receipt
from graph.database import Database, Writer
from graph.errors import BadInput, Conflict, NotFound
from graph.ledger import Action, FieldChange, Ledger
from tests.calls import TESTS, by

TODAY = date(2026, 3, 1)


async def facts(database: Database, label: str, *properties: str) -> list[tuple[Any, ...]]:
    returned = ", ".join(f"f.{name} AS {name}" for name in properties)
    rows = await database.read(f"MATCH (f:{label})-[]->(:Offer {{id: 'offer:oen'}}) RETURN {returned} ORDER BY f.id")
    return [tuple(row.values()) for row in rows]


async def test_a_count_is_added_to_those_before(directory: Commands, ledger: Ledger, database: Database) -> None:
    receipt = await directory.record_capacity(
        by("u"), offer="offer:oen", places=10, free=0, waiting_days=30, counted_on=date(2026, 2, 27), source="source:s"
    )
    assert receipt == Receipt(2, {"offer": "offer:oen"})
    rows = await facts(database, "Capacity", "free", "waitingDays", "countedOn", "validFrom", "validTo", "verifiedOn")
    assert set(rows) == {
        (2, None, None, "2026-01-01", None, None),
        (0, 30, "2026-02-27", "2026-02-27", None, "2026-03-01"),
    }
    (change,) = await ledger.since(1)
    assert (change.action, change.kind, change.subject, change.actor) == (Action.UPDATED, "offer", "offer:oen", "u")
    told = {field.name: (field.before, field.after) for field in change.fields}
    assert told.pop("capacity.id")[0] == "capacity:oen-2026"
    assert told == {
        "capacity.free": ("2", "0"),
        "capacity.waitingDays": (None, "30"),
        "capacity.countedOn": (None, "2026-02-27"),
        "capacity.validFrom": ("2026-01-01", "2026-02-27"),
        "capacity.verifiedOn": (None, "2026-03-01"),
        "capacity.STATED_IN": (None, "source:s"),
    }
    assert (await database.read("MATCH (o:Offer) RETURN o.version AS v")) == [{"v": 1}]


@pytest.mark.parametrize(
    ("given", "places"),
    [({}, None), ({"keep_places": True}, 12), ({"keep_places": True, "places": 11}, 11)],
    ids=["unknown", "kept", "stated"],
)
async def test_who_counts_the_free_places_may_keep_how_many_there_are(
    directory: Commands, database: Database, given: dict[str, Any], places: int | None
) -> None:
    """As many as there are by then, not as there were when the counting began: ten."""
    await directory.record_capacity(TESTS, offer="offer:oen", places=12, waiting_days=30, counted_on=date(2026, 2, 1))
    await directory.record_capacity(TESTS, offer="offer:oen", free=3, counted_on=TODAY, **given)
    rows = await facts(database, "Capacity", "places", "free", "waitingDays", "validFrom")
    assert (places, 3, None, TODAY.isoformat()) in rows


async def test_a_second_count_of_the_day_takes_over(directory: Commands, database: Database) -> None:
    for free in (3, 4):
        await directory.record_capacity(TESTS, offer="offer:oen", free=free, counted_on=TODAY)
    rows = await facts(database, "Capacity", "free", "validFrom", "validTo")
    assert rows == [
        (3, "2026-03-01", "2026-03-01"),
        (4, "2026-03-01", None),
        (2, "2026-01-01", None),
    ]


async def test_a_price_leaves_those_before_and_beside_it(
    directory: Commands, ledger: Ledger, database: Database
) -> None:
    for model, amount in ((None, "2250.50"), ("SUPPLEMENT", "310")):
        await directory.record_price(
            TESTS,
            offer="offer:oen",
            amount=Decimal(amount),
            unit="DAY",
            model=model,
            year=2026,
            valid_from=date(2026, 1, 1),
            own_payment=Decimal("100"),
        )
    rows = await facts(database, "Price", "amount", "model", "ownPayment", "validTo")
    assert set(rows) == {
        ("2250.50", None, "100", None),
        ("310", "SUPPLEMENT", "100", None),
        ("2190.00", None, None, "2026-01-01"),
    }
    first, second = await ledger.since(1)
    assert FieldChange("price.amount", "2190.00", "2250.50") in first.fields
    assert FieldChange("price.amount", None, "310") in second.fields


async def test_an_approval_names_its_authority(directory: Commands, ledger: Ledger) -> None:
    await directory.record_approval(
        TESTS,
        offer="offer:oen",
        status="APPROVED_WITH_CONDITIONS",
        valid_from=date(2026, 4, 1),
        authority="authority:socialtilsyn-nord",
        conditions="Flere uddannede",
        report_on=TODAY,
    )
    (change,) = await ledger.since(1)
    assert {
        FieldChange("approval.status", None, "APPROVED_WITH_CONDITIONS"),
        FieldChange("approval.GRANTED_BY", None, "authority:socialtilsyn-nord"),
        FieldChange("approval.validFrom", None, "2026-04-01"),
    } <= set(change.fields)


CAPACITY = {"counted_on": TODAY, "places": 10}
PRICE = {"amount": Decimal("1"), "unit": "DAY", "year": 2026, "valid_from": TODAY}
APPROVAL = {"status": "APPROVED", "valid_from": TODAY}


@pytest.mark.parametrize(
    ("command", "given", "path"),
    [
        ("record_capacity", {**CAPACITY, "free": 11}, "free"),
        ("record_capacity", {"counted_on": TODAY, "free": 11, "keep_places": True}, "free"),
        ("record_capacity", {**CAPACITY, "free": -1}, "free"),
        ("record_capacity", {**CAPACITY, "places": -1}, "places"),
        ("record_capacity", {**CAPACITY, "waiting_days": -1}, "waitingDays"),
        ("record_capacity", {"counted_on": TODAY}, "free"),
        ("record_capacity", {**CAPACITY, "counted_on": date(2026, 3, 2)}, "countedOn"),
        ("record_price", {**PRICE, "amount": Decimal("-0.01")}, "amount"),
        ("record_price", {**PRICE, "amount": Decimal("NaN")}, "amount"),
        ("record_price", {**PRICE, "own_payment": Decimal("-1")}, "ownPayment"),
        ("record_price", {**PRICE, "unit": "WEEK"}, "unit"),
        ("record_price", {**PRICE, "model": "CHEAP"}, "model"),
        ("record_approval", {**APPROVAL, "status": "FINE"}, "status"),
        ("record_approval", {**APPROVAL, "report_on": date(2026, 3, 2)}, "reportOn"),
    ],
)
async def test_what_cannot_be_meant_is_refused(
    directory: Commands, ledger: Ledger, command: str, given: dict[str, Any], path: str
) -> None:
    with pytest.raises(BadInput) as raised:
        await getattr(directory, command)(TESTS, offer="offer:oen", **given)
    assert raised.value.path == (path,)
    assert await ledger.position() == 1


@pytest.mark.parametrize(
    ("command", "offer", "given"),
    [
        ("record_capacity", "offer:nowhere", CAPACITY),
        ("record_capacity", "service:botraening", CAPACITY),
        ("record_capacity", "offer:oen", {**CAPACITY, "source": "source:nowhere"}),
        ("record_price", "offer:nowhere", PRICE),
        ("record_approval", "offer:oen", {**APPROVAL, "authority": "authority:nowhere"}),
        ("record_approval", "offer:oen", {**APPROVAL, "authority": "service:botraening"}),
    ],
)
async def test_what_is_named_must_exist(
    directory: Commands, ledger: Ledger, command: str, offer: str, given: dict[str, Any]
) -> None:
    with pytest.raises(NotFound):
        await getattr(directory, command)(TESTS, offer=offer, **given)
    assert await ledger.position() == 1


async def test_an_offer_closes(directory: Commands, ledger: Ledger, database: Database) -> None:
    assert (
        await directory.close_offer(TESTS, id="offer:oen", closed_on=date(2026, 9, 1), expected_version=1)
    ).position == 2
    (change,) = await ledger.since(1)
    assert change.fields == (FieldChange("closedOn", None, "2026-09-01"),)
    rows = await database.read("MATCH (o:Offer)-[e]->() RETURN o.closedOn AS day, o.version AS v, count(e) AS edges")
    assert rows == [{"day": "2026-09-01", "v": 2, "edges": 6}]
    assert (
        await directory.close_offer(TESTS, id="offer:oen", closed_on=date(2026, 9, 1), expected_version=2)
    ).position == 2


async def test_closing_is_refused(directory: Commands, ledger: Ledger) -> None:
    offer = (await directory.records(["offer:oen"]))["offer:oen"]
    opened = type(offer)(offer.id, {**offer.properties, "openFrom": "2026-02-01"}, offer.edges)
    await directory.save(TESTS, [opened])
    with pytest.raises(Conflict):
        await directory.close_offer(TESTS, id="offer:oen", closed_on=TODAY, expected_version=1)
    with pytest.raises(NotFound):
        await directory.close_offer(TESTS, id="offer:nowhere", closed_on=TODAY, expected_version=1)
    with pytest.raises(BadInput) as raised:
        await directory.close_offer(TESTS, id="offer:oen", closed_on=date(2026, 1, 1), expected_version=2)
    assert raised.value.path == ("closedOn",)
    assert await ledger.position() == 2


async def test_confirming_sets_the_day_and_nothing_else(
    directory: Commands, ledger: Ledger, database: Database, clock: FixedClock
) -> None:
    before = await directory.records(["offer:oen", "municipality:aalborg"])
    assert (await directory.confirm(TESTS, ids=list(before))).position == 3
    after = await directory.records(list(before))
    for id, record in after.items():
        assert record.properties == {**before[id].properties, "verifiedOn": "2026-03-01"}
        assert len(record.edges) == len(before[id].edges)
    assert [change.fields for change in await ledger.since(1)] == [
        (FieldChange("verifiedOn", None, "2026-03-01"),),
        (FieldChange("verifiedOn", None, "2026-03-01"),),
    ]
    assert (await database.read("MATCH (o:Offer) RETURN o.version AS v")) == [{"v": 1}]
    assert (await directory.confirm(TESTS, ids=["offer:oen"])).position == 3


async def test_confirming_a_fact_is_told_of_its_offer(directory: Commands, ledger: Ledger) -> None:
    await directory.confirm(TESTS, ids=["capacity:oen-2026"])
    (change,) = await ledger.since(1)
    assert (change.subject, change.fields) == (
        "offer:oen",
        (FieldChange("capacity.verifiedOn", None, "2026-03-01"),),
    )


async def test_confirming_is_refused(directory: Commands, ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        await directory.confirm(TESTS, ids=["offer:oen", "offer:nowhere"])
    with pytest.raises(BadInput) as raised:
        await directory.confirm(TESTS, ids=["offer:oen", "service:botraening"])
    assert raised.value.path == ("ids", 1)
    assert await ledger.position() == 1


async def test_so_many_are_confirmed_at_once_and_no_more(directory: Commands, ledger: Ledger) -> None:
    await directory.confirm(TESTS, ids=["offer:oen"] * 200)
    with pytest.raises(BadInput) as raised:
        await directory.confirm(TESTS, ids=["offer:oen"] * 201)
    assert raised.value.path == ("ids",)
    assert await ledger.position() == 2


async def test_a_count_takes_few_statements(
    directory: Commands, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writers wait for each other: each round trip counts."""
    taken: list[str] = []
    run = Writer.run

    async def counted(writer: Writer, statement: str, *given: Any) -> Any:
        taken.append(statement)
        return await run(writer, statement, *given)

    monkeypatch.setattr(Writer, "run", counted)
    editor = by("u", Role.EDITOR, of=["municipality:aalborg"])
    await directory.record_capacity(editor, offer="offer:oen", free=1, counted_on=TODAY, source="source:s")
    assert len(taken) <= 5


async def test_new_ids_sort_in_the_order_of_making(commands: Commands) -> None:
    ids = [commands.new_id("offer") for _ in range(100)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 100
    assert all(id.startswith("offer:") for id in ids)
