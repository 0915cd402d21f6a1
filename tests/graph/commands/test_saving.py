from __future__ import annotations

import pytest

from graph.commands import Commands, InvalidRecords
from graph.database import Database
from graph.errors import BadInput, Conflict, NotFound
from graph.ledger import Action, FieldChange, Ledger
from graph.record import Edge
from tests.calls import TESTS
from tests.graph.commands.made import made


async def version(database: Database, id: str) -> int:
    return int((await database.read("MATCH (o:Offer {id: $id}) RETURN o.version AS v", {"id": id}))[0]["v"])


async def test_creating_is_a_change_with_every_field(directory: Commands, ledger: Ledger, database: Database) -> None:
    serves = Edge("SERVES", "target-group:autisme", {"approved": False, "coversNarrower": False})
    offer = made("offer:ny", Edge("OPERATED_BY", "municipality:aalborg"), serves, ageTo=30.0)
    assert (await directory.save(TESTS, [offer])).position == 2
    (change,) = await ledger.since(1)
    assert (change.actor, change.action, change.kind, change.subject) == (
        "tests",
        Action.CREATED,
        "offer",
        "offer:ny",
    )
    assert {field.name: (field.before, field.after) for field in change.fields} == {
        "name": (None, "ny"),
        "dataStatus": (None, "SOURCED"),
        "ageTo": (None, "30.0"),
        "OPERATED_BY": (None, "municipality:aalborg"),
        "SERVES": (None, '[{"approved":false,"coversNarrower":false,"target":"target-group:autisme"}]'),
    }
    assert await version(database, "offer:ny") == 1


async def test_an_update_tells_before_and_after_and_raises_the_version(
    directory: Commands, ledger: Ledger, database: Database
) -> None:
    before = (await directory.records(["offer:oen"]))["offer:oen"]
    kept = tuple(edge for edge in before.edges if edge.type != "GIVES")
    after = made("offer:oen", *kept, name="Øen", ageFrom=16.0, summary="Botilbud")
    assert (await directory.save(TESTS, [after], expected_version=1)).position == 2
    (change,) = await ledger.since(1)
    assert change.action is Action.UPDATED
    assert set(change.fields) == {
        FieldChange("ageFrom", "18.0", "16.0"),
        FieldChange("summary", None, "Botilbud"),
        FieldChange("GIVES", '["service:botraening"]', None),
    }
    assert await version(database, "offer:oen") == 2


async def test_saving_what_is_there_changes_nothing(directory: Commands, ledger: Ledger, database: Database) -> None:
    there = await directory.records(["offer:oen", "location:havvej"])
    assert (await directory.save(TESTS, list(there.values()))).position == 1
    assert await ledger.position() == 1
    assert await version(database, "offer:oen") == 1


async def test_another_version_is_a_conflict(directory: Commands, ledger: Ledger) -> None:
    offer = made("offer:oen", name="Øen")
    with pytest.raises(Conflict, match="version 1"):
        await directory.save(TESTS, [offer], expected_version=7)
    with pytest.raises(NotFound):
        await directory.save(TESTS, [made("offer:ny")], expected_version=1)
    assert await ledger.position() == 1
    assert (await directory.records(["offer:oen"]))["offer:oen"].properties["ageFrom"] == 18.0


async def test_one_faulty_record_keeps_back_all(directory: Commands, ledger: Ledger) -> None:
    with pytest.raises(InvalidRecords) as raised:
        await directory.save(TESTS, [made("service:ny"), made("service:x", Edge("KIND_OF", "service:no"))])
    assert [(id, fault.where) for id, fault in raised.value.faults] == [("service:x", "KIND_OF")]
    assert await directory.records(["service:ny"]) == {}
    assert await ledger.position() == 1


async def test_no_node_comes_under_itself(directory: Commands, ledger: Ledger) -> None:
    under = made("target-group:autisme", Edge("NARROWER_THAN", "target-group:infantil-autisme"))
    with pytest.raises(Conflict, match="circle"):
        await directory.save(TESTS, [under])
    with pytest.raises(InvalidRecords, match="circle"):
        await directory.save(TESTS, [made("service:a", Edge("KIND_OF", "service:a"))])
    assert (await directory.records(["target-group:autisme"]))["target-group:autisme"].edges == ()
    assert await ledger.position() == 1


async def test_a_dated_fact_is_not_overwritten(directory: Commands) -> None:
    with pytest.raises(InvalidRecords, match="record a new one"):
        await directory.save(TESTS, [made("price:oen-2026", Edge("PRICE_OF", "offer:oen"), amount="1.00")])
    assert (await directory.records(["price:oen-2026"]))["price:oen-2026"].properties["amount"] == "2190.00"


async def test_an_offer_goes_with_all_that_is_its_own(directory: Commands, ledger: Ledger) -> None:
    own = ["offer:oen", "capacity:oen-2026", "price:oen-2026", "location:havvej", "contact:oen"]
    others = ["municipality:aalborg", "target-group:autisme", "service:botraening", "source:s"]
    assert (await directory.delete(TESTS, ["offer:oen"])).position == 6
    assert set(await directory.records([*own, *others])) == set(others)
    changes = await ledger.since(1)
    deleted = {change.subject: change for change in changes if change.action is Action.DELETED}
    assert set(deleted) == {"offer:oen", "location:havvej", "contact:oen"}
    assert FieldChange("name", "Øen", None) in deleted["offer:oen"].fields
    assert FieldChange("town", "Aalborg", None) in deleted["location:havvej"].fields
    told = {field for change in changes if change.subject == "offer:oen" for field in change.fields}
    assert {FieldChange("capacity.free", "2", None), FieldChange("price.amount", "2190.00", None)} <= told


async def test_a_location_that_another_uses_stays(directory: Commands) -> None:
    await directory.save(TESTS, [made("institution:i", Edge("LOCATED_AT", "location:havvej"))])
    await directory.delete(TESTS, ["offer:oen"])
    assert set(await directory.records(["location:havvej", "contact:oen"])) == {"location:havvej"}
    await directory.delete(TESTS, ["institution:i"])
    assert await directory.records(["location:havvej"]) == {}


async def test_what_others_name_is_not_deleted(directory: Commands, ledger: Ledger) -> None:
    with pytest.raises(BadInput, match="cannot be deleted: 'offer:oen' names it"):
        await directory.delete(TESTS, ["service:botraening"])
    assert await directory.records(["service:botraening"])
    assert await ledger.position() == 1


async def test_what_is_not_there_cannot_be_deleted(directory: Commands, ledger: Ledger) -> None:
    for id in ("offer:nowhere", "planet:earth", "'}) DETACH DELETE n //"):
        with pytest.raises(NotFound):
            await directory.delete(TESTS, [id])
    assert await ledger.position() == 1
