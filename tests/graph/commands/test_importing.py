from __future__ import annotations

from dataclasses import replace

import pytest

from graph.commands import Commands, ImportResult, InvalidRecords
from graph.commands import importing as module
from graph.commands.importing import digest
from graph.database import Database
from graph.ledger import Action, FieldChange, Ledger
from graph.record import Edge, Record
from tests.calls import TESTS
from tests.graph.commands.made import DIRECTORY, made

ALL = len(DIRECTORY)


async def import_(commands: Commands, *records: Record) -> ImportResult:
    return await commands.import_records(TESTS, records, label="test")


async def count(database: Database) -> int:
    rows = await database.read("MATCH (n) WHERE n.name IS NOT NULL AND NOT n:Migration RETURN count(n) AS n")
    return int(rows[0]["n"])


async def test_what_is_imported_is_there(directory: Commands) -> None:
    there = await directory.records([record.id for record in DIRECTORY])
    assert {id: record.properties for id, record in there.items()} == {r.id: r.properties for r in DIRECTORY}
    for record in DIRECTORY:
        assert set(map(repr, there[record.id].edges)) == set(map(repr, record.edges))


async def test_an_import_is_one_change(directory: Commands, ledger: Ledger) -> None:
    (change,) = await ledger.since(0)
    assert (change.action, change.kind, change.subject) == (Action.IMPORTED, "import", "import:test")
    assert change.fields == (FieldChange("created", None, str(ALL)), FieldChange("updated", None, "0"))


async def test_importing_twice_changes_nothing(directory: Commands, ledger: Ledger) -> None:
    shuffled = [replace(record, edges=record.edges[::-1]) for record in reversed(DIRECTORY)]
    assert await import_(directory, *shuffled) == ImportResult(0, 0, ALL, 1)
    assert await ledger.position() == 1


async def test_only_what_changed_is_written(directory: Commands, database: Database) -> None:
    offer = next(record for record in DIRECTORY if record.id == "offer:oen")
    changed = made("offer:oen", Edge("GIVES", "service:botraening"), name="Øen 2")
    rest = [record for record in DIRECTORY if record is not offer]
    assert await import_(directory, *rest, changed, made("service:ny")) == ImportResult(1, 1, ALL - 1, 2)
    there = (await directory.records(["offer:oen"]))["offer:oen"]
    assert there.properties == changed.properties
    assert there.edges == changed.edges
    rows = await database.read("MATCH (n:Offer) RETURN n.version AS version, n.nameOrder AS nameOrder")
    assert rows == [{"version": 2, "nameOrder": "|en 2 offer:oen"}]
    # What others say of the offer is not the offer's to take away.
    assert (await directory.records(["capacity:oen-2026"]))["capacity:oen-2026"].edges


async def test_what_a_user_changed_stays_until_the_content_changes(directory: Commands) -> None:
    await directory.save(TESTS, [made("service:botraening", name="Botræning")])
    assert (await import_(directory, *DIRECTORY)).updated == 0
    assert (await directory.records(["service:botraening"]))["service:botraening"].properties["name"] == "Botræning"
    assert (await import_(directory, made("service:botraening", nameEn="Training"))).updated == 1
    assert (await directory.records(["service:botraening"]))["service:botraening"].properties == {
        "name": "botraening",
        "nameEn": "Training",
    }


async def test_all_faults_are_listed_and_nothing_is_written(
    commands: Commands, database: Database, ledger: Ledger
) -> None:
    faulty = [
        *DIRECTORY,
        made("offer:a", ageFrom=30.0, ageTo=18.0),
        made("offer:b", Edge("GIVES", "service:nowhere"), color="red"),
        made("capacity:c", Edge("CAPACITY_OF", "offer:a"), places=10, free=12),
        made("service:twice"),
        made("service:twice"),
        Record("planet:earth", {}),
    ]
    with pytest.raises(InvalidRecords) as raised:
        await import_(commands, *faulty)
    assert [(id, fault.where) for id, fault in raised.value.faults] == [
        ("offer:a", "ageTo"),
        ("offer:b", "color"),
        ("capacity:c", "free"),
        ("service:twice", "id"),
        ("planet:earth", "id"),
        ("offer:b", "GIVES"),
    ]
    assert "capacity:c: free is 12, more than the 10 places" in str(raised.value)
    assert "offer:b: GIVES names 'service:nowhere', which does not exist" in str(raised.value)
    assert await count(database) == 0
    assert await ledger.position() == 0


async def test_records_that_come_under_each_other_are_refused(commands: Commands, ledger: Ledger) -> None:
    ring = [made(f"service:{a}", Edge("KIND_OF", f"service:{b}")) for a, b in ("ab", "bc", "ca")]
    with pytest.raises(InvalidRecords, match="circle"):
        await import_(commands, *ring)
    assert await ledger.position() == 0


async def test_a_large_import_is_written_in_batches(
    commands: Commands, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TOGETHER", 5)
    monkeypatch.setattr(module, "BATCH", 4)
    backwards = DIRECTORY[::-1]  # each record before those it names
    assert await import_(commands, *backwards) == ImportResult(ALL, 0, 0, 3)
    assert [change.action for change in await ledger.since(0)] == [Action.IMPORTED] * 3
    assert len(await commands.records([record.id for record in DIRECTORY])) == ALL


async def test_ten_thousand_records_are_one_transaction(commands: Commands, ledger: Ledger) -> None:
    offers = [
        record
        for n in range(5_000)
        for record in (made(f"offer:{n}"), made(f"capacity:{n}", Edge("CAPACITY_OF", f"offer:{n}")))
    ]
    assert await import_(commands, *offers) == ImportResult(10_000, 0, 0, 1)
    assert await import_(commands, *offers) == ImportResult(0, 0, 10_000, 1)


def test_a_digest_tells_what_is_said_and_not_in_which_order() -> None:
    a, b = Edge("GIVES", "service:a"), Edge("GIVES", "service:b")
    offer = made("offer:a", a, b, ageFrom=18.0)
    assert digest(offer) == digest(Record("offer:a", dict(reversed(list(offer.properties.items()))), (b, a)))
    others = [
        made("offer:b", a, b, ageFrom=18.0, name="a"),
        made("offer:a", a, b, ageFrom=19.0),
        made("offer:a", a, ageFrom=18.0),
        made("offer:a", a, Edge("GIVES", "service:b", {"note": "x"}), ageFrom=18.0),
    ]
    assert len({digest(record) for record in (offer, *others)}) == 5
