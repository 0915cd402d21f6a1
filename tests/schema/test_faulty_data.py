"""Null where none may be: the error has its path, and null goes up to the nearest place that may be null.

The data are broken by hand, behind the back of the commands, which would refuse them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
import pytest_asyncio

from graph.database import Database
from graph.snapshot import snapshot
from schema.plain import PlainDirectory
from tests.schema.world import World, make_world

BREAK = (
    "MATCH (n:Theme {id: 'theme:mobilitet'}) REMOVE n.hasLevels",
    "MATCH (n:OfferType {id: 'offer-type:krisecenter'}) REMOVE n.residential",
    "MATCH (:ThemeItem {id: 'theme-item:spise'})-[e:OF_THEME]->() DELETE e",
    "MATCH (:FocusArea {id: 'focus-area:den-gode-alderdom'})-[e:FOCUS_OF]->() DELETE e",
    "MATCH (n:Offer {id: 'offer:hedebo'}) REMOVE n.version",
    "MATCH (n:Price {id: 'price:h1'}) REMOVE n.amount",
    "MATCH (n:Source {id: 'source:s29'}) REMOVE n.title",
    "MATCH (n:Municipality {id: 'municipality:laesoe'}) REMOVE n.code",
    "MATCH (:Offer {id: 'offer:skjult-oe'})-[e:SERVES]->({id: 'target-group:angst'}) REMOVE e.approved",
    "MATCH (n:Location {id: 'location:hedebo'}) REMOVE n.protected",
    "MATCH (n:Service {id: 'service:akut-ophold'}) REMOVE n.name",
)

CASES: list[tuple[str, Any, list[list[str | int]]]] = [
    # At the field itself, its object may be null.
    ('{ offer(id: "offer:hedebo") { name version } }', {"offer": None}, [["offer", "version"]]),
    ('{ here: offer(id: "offer:hedebo") { v: version } }', {"here": None}, [["here", "v"]]),
    ('{ node(id: "theme:mobilitet") { ... on Theme { hasLevels } } }', {"node": None}, [["node", "hasLevels"]]),
    # What is not asked for does no harm.
    ('{ offer(id: "offer:hedebo") { name } }', {"offer": {"name": "Hedebo"}}, []),
    # An item of a list that may hold nulls.
    (
        '{ nodes(ids: ["theme:kommunikation", "theme:mobilitet"]) { ... on Theme { hasLevels } } }',
        {"nodes": [{"hasLevels": True}, None]},
        [["nodes", 1, "hasLevels"]],
    ),
    # Up through an edge that must lead somewhere.
    (
        '{ node(id: "theme-item:spise") { ... on ThemeItem { name theme { name } } } }',
        {"node": None},
        [["node", "theme"]],
    ),
    (
        '{ node(id: "focus-area:den-gode-alderdom") { ... on FocusArea { agreement { id } } } }',
        {"node": None},
        [["node", "agreement"]],
    ),
    # One step up only, where the object between may be null.
    (
        '{ offer(id: "offer:neurocenter-oesterskoven") { id source { id title } } }',
        {"offer": {"id": "offer:neurocenter-oesterskoven", "source": None}},
        [["offer", "source", "title"]],
    ),
    (
        '{ offer(id: "offer:skjult-oe") { id price(asOf: "2026-03-01", unit: DAY) { unit amount } } }',
        {"offer": {"id": "offer:skjult-oe", "price": None}},
        [["offer", "price", "amount"]],
    ),
    (
        '{ offer(id: "offer:hedebo") { id location { protected } } }',
        {"offer": {"id": "offer:hedebo", "location": None}},
        [["offer", "location", "protected"]],
    ),
    (
        '{ offer(id: "offer:skjult-oe") { targetGroups { approved targetGroup { id } } } }',
        {"offer": None},
        [["offer", "targetGroups", 0, "approved"]],
    ),
    # Beside what is sound, under another alias of the same.
    (
        '{ sound: offer(id: "offer:hedebo") { name } faulty: offer(id: "offer:hedebo") { version } }',
        {"sound": {"name": "Hedebo"}, "faulty": None},
        [["faulty", "version"]],
    ),
]

TO_THE_TOP = [
    # Every step up is one that may not be null, so that nothing is left to answer.
    "{ themes { hasLevels } }",
    "{ services { name } region { name } }",
    "{ offerTypes { residential } }",
    "{ municipalities { nodes { code } } }",
    "{ municipalities { edges { node { code } } } }",
    "{ municipalities(first: 200) { nodes { name } edges { other: node { code } cursor } } }",
    "{ offers(first: 200) { nodes { version } } }",
    "{ offers(first: 200) { totalCount edges { cursor node { name } last: node { version } } } }",
    "{ region { municipalities { nodes { code } } } }",
    "{ matchOffers(need: {requireApproval: false}) { fits(first: 200) { nodes { offer { version } } } } }",
    "{ matchOffers(need: {requireApproval: false}) { fits(first: 200) { edges { node { offer { version } } } } } }",
    '{ matchOffers(need: {services: ["service:traening", "service:beskyttet-beskaeftigelse", "service:akut-ophold"]}) '
    "{ combinations { covers { name } } } }",
]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def broken(shared_database: Database) -> AsyncIterator[World]:
    world = await make_world(shared_database)
    for statement in BREAK:

        async def work(writer: Any, statement: str = statement) -> None:
            await writer.run(statement)

        await shared_database.write(work)
    world.plain = PlainDirectory(await snapshot(shared_database))
    yield world


async def both(world: World, text: str) -> tuple[Any, list[list[str | int]]]:
    """The data and the paths of the errors, as both ways of answering give them."""
    planned, plainly = await world.directory.execute(text), world.asked_plainly(text)
    assert orjson.dumps(planned.data) == orjson.dumps(plainly.data)
    paths = [error.path or [] for error in planned.errors or ()]
    assert [error.path or [] for error in plainly.errors or ()] == paths
    messages = [error.message for error in planned.errors or ()]
    assert messages == [error.message for error in plainly.errors or ()]
    return planned.data, paths


@pytest.mark.parametrize(("text", "data", "paths"), CASES, ids=[case[0] for case in CASES])
async def test_null_goes_up_to_the_nearest_place(
    broken: World, text: str, data: Any, paths: list[list[str | int]]
) -> None:
    assert await both(broken, text) == (data, paths)


@pytest.mark.parametrize("text", TO_THE_TOP)
async def test_null_goes_up_to_the_top(broken: World, text: str) -> None:
    data, paths = await both(broken, text)
    assert data is None
    (path,) = paths
    assert len(path) >= 2


async def test_the_error_says_nothing_of_the_inside(broken: World) -> None:
    answer = await broken.directory.execute('{ offer(id: "offer:hedebo") { version } }')
    (error,) = answer.errors or ()
    assert error.formatted == {
        "message": "Cannot return null for non-nullable field Offer.version.",
        "path": ["offer", "version"],
        "extensions": {"code": "INTERNAL_SERVER_ERROR"},
    }


async def test_an_offer_that_went_while_it_was_asked_for_is_left_out(broken: World, shared_database: Database) -> None:
    """The catalogue found it, and it was gone when the graph was asked: the page holds the others."""
    text = "{ offers(first: 200) { nodes { id } edges { cursor node { id } } } }"
    before = (await broken.directory.execute(text)).data
    assert before is not None

    async def work(writer: Any) -> None:
        await writer.run("MATCH (n:Offer {id: 'offer:herberg-nord'}) DETACH DELETE n")

    await shared_database.write(work)
    after = await broken.directory.execute(text)
    assert not after.errors
    edges = [edge for edge in before["offers"]["edges"] if edge["node"]["id"] != "offer:herberg-nord"]
    assert len(edges) == len(before["offers"]["edges"]) - 1
    assert after.data == {"offers": {"nodes": [edge["node"] for edge in edges], "edges": edges}}
