"""Offers in the words of the contract: what is given is there afterwards, what is left out stays, null empties."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import pytest_asyncio

from graph.commands import Commands
from graph.database import Database
from graph.errors import BadInput, Conflict, NotFound
from graph.ledger import Action, FieldChange, Ledger
from graph.record import Edge
from tests.calls import TESTS, by
from tests.graph.commands.made import made
from tests.graph.commands.named import NAMED, created, own, version

FULL: dict[str, Any] = {
    "name": "Åhuset",
    "summary": "Et botilbud ved åen",
    "type": "offer-type:botilbud",
    "legalBases": ["legal-basis:sel-107", "legal-basis:sel-108"],
    "institution": "institution:havet",
    "operator": "municipality:aalborg",
    "partOf": "offer:oen",
    "targetGroups": [
        {"targetGroup": "target-group:autisme", "approved": True, "coversNarrower": True},
        {"targetGroup": "target-group:infantil-autisme", "approved": False},
    ],
    "excludes": ["target-group:infantil-autisme"],
    "services": ["service:botraening", "service:praktik"],
    "supports": [{"item": "theme-item:mobilitet", "level": "SEVERE"}],
    "supportLevelUpTo": "HIGH",
    "ageFrom": 18.0,
    "ageTo": 30.5,
    "location": {
        "address": "Åvej 1",
        "protected": True,
        "town": "Aalborg",
        "municipality": "municipality:aalborg",
        "latitude": 57.05,
        "longitude": 9.92,
    },
    "contact": {"email": "aa@example.dk", "phone": "+45 11 22 33 44", "url": "https://example.dk/aa"},
    "agreements": ["agreement:a"],
    "openFrom": date(2020, 1, 1),
    "source": "source:s",
}
SAID = {
    "name": "Åhuset",
    "summary": "Et botilbud ved åen",
    "supportLevelUpTo": "HIGH",
    "ageFrom": "18.0",
    "ageTo": "30.5",
    "openFrom": "2020-01-01",
    "dataStatus": "SOURCED",
    "verifiedOn": "2026-03-01",
    "OF_TYPE": "offer-type:botilbud",
    "HAS_LEGAL_BASIS": '["legal-basis:sel-107","legal-basis:sel-108"]',
    "OF_INSTITUTION": "institution:havet",
    "OPERATED_BY": "municipality:aalborg",
    "PART_OF": "offer:oen",
    "SERVES": '[{"approved":true,"coversNarrower":true,"target":"target-group:autisme"},'
    '{"approved":false,"coversNarrower":false,"target":"target-group:infantil-autisme"}]',
    "EXCLUDES": '["target-group:infantil-autisme"]',
    "GIVES": '["service:botraening","service:praktik"]',
    "SUPPORTS": '[{"target":"theme-item:mobilitet","upTo":"SEVERE"}]',
    "COVERED_BY": '["agreement:a"]',
    "STATED_IN": "source:s",
}
"""FULL, as `texts` tells it; without what is the offer's own."""


@pytest_asyncio.fixture(loop_scope="session")
async def named(directory: Commands) -> Commands:
    """Commands over a graph that holds all that FULL names, at position 2."""
    await directory.import_records(TESTS, NAMED, label="named")
    return directory


async def test_an_offer_is_created_with_all_that_is_said(named: Commands, ledger: Ledger, database: Database) -> None:
    receipt = await named.create_offer(by("user:anna"), offer=FULL)
    id = receipt.ids["offer"]
    offer, location, contact = await own(named, id)
    assert offer == SAID
    assert location == {
        "address": "Åvej 1",
        "protected": "true",
        "town": "Aalborg",
        "latitude": "57.05",
        "longitude": "9.92",
        "IN_MUNICIPALITY": "municipality:aalborg",
    }
    assert contact == {"email": "aa@example.dk", "phone": "+45 11 22 33 44", "url": "https://example.dk/aa"}
    assert await version(database, id) == 1
    changes = await ledger.since(2)
    assert changes[-1].position == receipt.position
    assert [(change.action, change.kind, change.actor) for change in changes] == [
        (Action.CREATED, kind, "user:anna") for kind in ("offer", "location", "contact")
    ]
    assert {field.name: field.after for field in changes[0].fields} == {
        **SAID,
        "LOCATED_AT": changes[1].subject,
        "HAS_CONTACT": changes[2].subject,
    }


async def test_a_name_is_all_that_it_takes(named: Commands) -> None:
    offer, location, contact = await own(named, await created(named, name="Ny"))
    assert offer == {"name": "Ny", "dataStatus": "SOURCED", "verifiedOn": "2026-03-01"}
    assert location == contact == {}


async def test_null_empties_a_field_and_leaves_the_others(named: Commands, ledger: Ledger, database: Database) -> None:
    for field in FULL.keys() - {"name"}:
        full, bare = await created(named, **FULL), await created(named, **{**FULL, field: None})
        before, position = await own(named, full), await ledger.position()
        await named.update_offer(TESTS, id=full, offer={field: None}, expected_version=1)
        assert await own(named, full) == await own(named, bare) != before
        assert await version(database, full) == 2
        (told,) = [change for change in await ledger.since(position) if change.subject == full]
        (changed,) = told.fields
        assert changed.before is not None
        assert changed.after is None


async def test_one_field_is_filled_and_the_others_stay(named: Commands, ledger: Ledger) -> None:
    for field in FULL.keys() - {"name"}:
        id = await created(named, name="Ny")
        before, position = await own(named, id), await ledger.position()
        await named.update_offer(TESTS, id=id, offer={field: FULL[field]}, expected_version=1)
        after = await own(named, id)
        (told,) = [change for change in await ledger.since(position) if change.subject == id]
        (changed,) = told.fields
        if field in ("location", "contact"):
            assert after[0] == before[0]
            assert [bool(said) for said in after[1:]] == [field == "location", field == "contact"]
            assert changed.name == {"location": "LOCATED_AT", "contact": "HAS_CONTACT"}[field]
        else:
            assert (changed.before, changed.after) == (None, SAID[changed.name])
            assert after == ({**before[0], changed.name: SAID[changed.name]}, {}, {})


async def test_what_is_given_as_it_is_changes_nothing(named: Commands, ledger: Ledger, database: Database) -> None:
    id = await created(named, **FULL)
    position = await ledger.position()
    shuffled = {**FULL, "services": FULL["services"][::-1], "targetGroups": FULL["targetGroups"][::-1]}
    for offer in (FULL, shuffled, {}, {"name": "Åhuset"}, {"location": FULL["location"]}, {"contact": FULL["contact"]}):
        assert (await named.update_offer(TESTS, id=id, offer=offer, expected_version=1)).position == position
    assert await ledger.position() == position
    assert await version(database, id) == 1


async def test_another_version_names_both(named: Commands, ledger: Ledger) -> None:
    id = await created(named, name="Ny")
    await named.update_offer(TESTS, id=id, offer={"summary": "a"}, expected_version=1)
    position = await ledger.position()
    with pytest.raises(Conflict) as raised:
        await named.update_offer(TESTS, id=id, offer={"summary": "b"}, expected_version=1)
    assert raised.value.path == ("expectedVersion",)
    assert "version 2" in raised.value.told("EN")
    assert "not 1" in raised.value.told("EN")
    assert "version 2" in raised.value.told("DA")
    assert "ikke 1" in raised.value.told("DA")
    assert await ledger.position() == position


async def test_a_location_is_told_as_a_whole_and_raises_the_version(
    named: Commands, ledger: Ledger, database: Database
) -> None:
    id = await created(named, **FULL)
    position = await ledger.position()
    place = (await named.records([id]))[id]
    at = next(edge.target for edge in place.edges if edge.type == "LOCATED_AT")
    await named.update_offer(TESTS, id=id, offer={"location": {"town": "Skagen"}}, expected_version=1)
    _, location, _ = await own(named, id)
    assert location == {"town": "Skagen", "protected": "false"}  # and not the address, which was protected
    offer, moved = await ledger.since(position)
    assert (offer.subject, offer.fields) == (id, ())
    assert (moved.subject, moved.action) == (at, Action.UPDATED)
    assert FieldChange("address", "Åvej 1", None) in moved.fields
    assert await version(database, id) == 2
    with pytest.raises(Conflict):
        await named.update_offer(TESTS, id=id, offer={"location": None}, expected_version=1)
    await named.update_offer(TESTS, id=id, offer={"location": None, "contact": {}}, expected_version=2)
    assert (await own(named, id))[1:] == ({}, {})
    assert await named.records([at]) == {}
    assert [change.action for change in await ledger.since(position + 2)] == [
        Action.UPDATED,
        Action.DELETED,
        Action.DELETED,
    ]


async def test_a_location_that_others_have_is_left_to_them(named: Commands) -> None:
    shared = made("offer:delt", Edge("LOCATED_AT", "location:faelles"))
    await named.save(TESTS, [shared])
    same = {"town": "Hjørring", "protected": False}
    await named.update_offer(TESTS, id=shared.id, offer={"location": same}, expected_version=1)
    assert (await named.records([shared.id]))[shared.id].edges == shared.edges
    await named.update_offer(TESTS, id=shared.id, offer={"location": {"town": "Skagen"}}, expected_version=1)
    assert (await own(named, shared.id))[1] == {"town": "Skagen", "protected": "false"}
    assert (await named.records(["location:faelles"]))["location:faelles"].properties["town"] == "Hjørring"
    await named.save(TESTS, [made("offer:delt-2", Edge("LOCATED_AT", "location:faelles"))])
    await named.update_offer(TESTS, id="offer:delt-2", offer={"location": None}, expected_version=1)
    assert await named.records(["location:faelles"])


async def test_what_the_input_has_no_words_for_stays(named: Commands) -> None:
    rich = made(
        "offer:rig",
        Edge("EXCLUDES", "target-group:autisme", {"note": "fordi"}),
        Edge("BOUGHT_BY", "municipality:hjoerring"),
        Edge("HAS_CONTACT", "contact:rig"),
        admission="Visitation",
    )
    await named.save(TESTS, [made("contact:rig", name="Rie Rig"), rich])
    excludes = ["target-group:infantil-autisme", "target-group:autisme"]
    offer = {"excludes": excludes, "contact": {"email": "rie@example.dk"}}
    await named.update_offer(TESTS, id=rich.id, offer=offer, expected_version=1)
    told, _, contact = await own(named, rich.id)
    assert told["EXCLUDES"] == '[{"note":"fordi","target":"target-group:autisme"},"target-group:infantil-autisme"]'
    assert (told["BOUGHT_BY"], told["admission"]) == ('["municipality:hjoerring"]', "Visitation")
    assert contact == {"name": "Rie Rig", "email": "rie@example.dk"}


WRONG: dict[str, tuple[Mapping[str, Any], tuple[str | int, ...]]] = {
    "no name": ({"name": None}, ("offer", "name")),
    "an empty name": ({"name": ""}, ("offer", "name")),
    "a long name": ({"name": "x" * 301}, ("offer", "name")),
    "ages": ({"ageFrom": 20.0, "ageTo": 19.0}, ("offer", "ageTo")),
    "an age below 0": ({"ageFrom": -1.0}, ("offer", "ageFrom")),
    "no such level": ({"supportLevelUpTo": "A LOT"}, ("offer", "supportLevelUpTo")),
    "no such level of an item": (
        {"supports": [{"item": "theme-item:sprog", "level": "A LOT"}]},
        ("offer", "supports", 0, "level"),
    ),
    "a service twice": ({"services": ["service:praktik", "service:praktik"]}, ("offer", "services", 1)),
    "too many services": ({"services": [f"service:{n}" for n in range(201)]}, ("offer", "services")),
    "beyond the pole": ({"location": {"latitude": 90.1, "longitude": 0.0}}, ("offer", "location", "latitude")),
    "half a point": ({"location": {"latitude": 57.0}}, ("offer", "location", "latitude")),
    "no address": ({"contact": {"url": "javascript:alert(1)"}}, ("offer", "contact", "url")),
    "no such field": ({"colour": "red"}, ("offer", "colour")),
    "half a character": ({"summary": "\ud800"}, ()),
}
MISSING: dict[str, tuple[Mapping[str, Any], tuple[str | int, ...]]] = {
    "operator": ({"operator": "municipality:nowhere"}, ("offer", "operator")),
    "an operator of another kind": ({"operator": "service:praktik"}, ("offer", "operator")),
    "service": ({"services": ["service:praktik", "service:nowhere"]}, ("offer", "services", 1)),
    "target group": (
        {"targetGroups": [{"targetGroup": "target-group:nowhere", "approved": True}]},
        ("offer", "targetGroups", 0),
    ),
    "municipality": ({"location": {"municipality": "municipality:nowhere"}}, ("offer", "location", "municipality")),
    "no id": ({"partOf": "'}) DETACH DELETE n //"}, ("offer", "partOf")),
}


async def test_what_cannot_be_is_told_where_it_is_said(named: Commands, ledger: Ledger, database: Database) -> None:
    for name, (offer, path) in {**WRONG, **MISSING}.items():
        for command in (
            lambda offer=offer: named.create_offer(TESTS, offer={"name": "Ny", **offer}),
            lambda offer=offer: named.update_offer(TESTS, id="offer:oen", offer=offer, expected_version=1),
        ):
            with pytest.raises(NotFound if name in MISSING else BadInput) as raised:
                await command()
            assert raised.value.path == path, name
    assert await ledger.position() == 2
    assert await version(database, "offer:oen") == 1


async def test_an_offer_is_no_part_of_itself(named: Commands, ledger: Ledger) -> None:
    part = await created(named, name="Afdeling", partOf="offer:oen")
    position = await ledger.position()
    with pytest.raises(Conflict) as raised:
        await named.update_offer(TESTS, id="offer:oen", offer={"partOf": part}, expected_version=1)
    assert raised.value.path == ("offer", "partOf")
    assert await ledger.position() == position
