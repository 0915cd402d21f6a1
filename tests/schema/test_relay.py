"""Relay by behaviour: every id leads back to its node, and paging visits each edge once, in order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import orjson
import pytest
from graphql import GraphQLObjectType

from graph.model import KINDS
from graph.record import Record
from schema import contract
from tests.calls import TESTS
from tests.schema.world import World

SCHEMA = contract.core(contract.build())
OBJECTS = [type for type in SCHEMA.type_map.values() if isinstance(type, GraphQLObjectType)]
NODES = {type.name for type in SCHEMA.get_possible_types(SCHEMA.type_map["Node"])}  # type: ignore[arg-type]
NODE_KINDS = [kind for kind in KINDS.values() if kind.label in NODES]
SIZES = (1, 7)
VARIABLES = {"first": "Int", "last": "Int", "after": "String", "before": "String", "id": "ID!"}


async def answer(world: World, text: str, variables: dict[str, Any] | None = None) -> Any:
    result = await world.directory.execute(text, variables)
    assert not result.errors, (text, result.errors)
    return result.data


# ------------------------------------------------------------------------------------------------ ids


@pytest.mark.parametrize("kind", NODE_KINDS, ids=lambda kind: kind.name)
async def test_every_id_leads_to_its_node(world: World, kind: Any) -> None:
    ids = world.ids[kind.name]
    for id in ids:
        data = await answer(world, "query ($id: ID!) { node(id: $id) { __typename id } }", {"id": id})
        assert data == {"node": {"__typename": kind.label, "id": id}}
    backwards = ids[:200][::-1]
    data = await answer(world, "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": backwards})
    assert [node["id"] for node in data["nodes"]] == backwards


@pytest.mark.parametrize("kind", NODE_KINDS, ids=lambda kind: kind.name)
async def test_an_unknown_id_of_a_known_kind_is_null(world: World, kind: Any) -> None:
    for rest in ("er-her-ikke", "ÆØÅ", "' OR 1=1 //", "a:b:c", "\x00", "😀", "x" * 10_000):
        id = f"{kind.name}:{rest}"
        text = "query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id, $id]) { id } }"
        assert await answer(world, text, {"id": id}) == {"node": None, "nodes": [None, None]}


# ---------------------------------------------------------------------------------------------- pages


@dataclass(frozen=True)
class Listing:
    """One connection: an operation with places for the arguments and for what is asked, and the way to its answer."""

    text: str
    path: tuple[str, ...]
    node: str = "id"
    id: str | None = None
    """Of the node that the list is of, where the text asks for `$id`."""

    async def page(self, world: World, **arguments: Any) -> Any:
        given = ", ".join(f"{name}: ${name}" for name in arguments)
        variables = arguments if self.id is None else {**arguments, "id": self.id}
        declared = ", ".join(f"${name}: {VARIABLES[name]}" for name in variables)
        body = (
            f"{{ nodes {{ {self.node} }} edges {{ cursor node {{ {self.node} }} }} totalCount "
            "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"
        )
        text = self.text.replace("ARGUMENTS", given).replace("BODY", body)
        data = await answer(world, f"query ({declared}) {text}", variables)
        for key in self.path:
            data = data[key]
        return data


OFFERS = [
    Listing("{ offers(ARGUMENTS) BODY }", ("offers",)),
    *(
        Listing(
            f"{{ offers(ARGUMENTS, orderBy: {{field: {field}, direction: {direction}}}, filter: {filter}) BODY }}",
            ("offers",),
        )
        for field, filter in (
            ("NAME", "{includeClosed: true}"),
            ("PRICE", "{}"),
            ("FREE_PLACES", "{}"),
            ("VERIFIED_ON", "{}"),
            ("DISTANCE", '{near: {municipality: "municipality:aalborg"}}'),
            ("RELEVANCE", '{text: "støtte"}'),
        )
        for direction in ("ASC", "DESC")
    ),
]
ROOTS = [
    Listing("{ municipalities(ARGUMENTS) BODY }", ("municipalities",)),
    Listing("{ institutions(ARGUMENTS) BODY }", ("institutions",)),
    Listing("{ agreements(ARGUMENTS) BODY }", ("agreements",)),
    Listing("{ changes(ARGUMENTS) BODY }", ("changes",)),
    Listing('{ changes(ARGUMENTS, kinds: ["capacity", "offer", "institution"]) BODY }', ("changes",)),
    Listing("{ targetGroups(ARGUMENTS) BODY }", ("targetGroups",)),
    Listing('{ targetGroups(ARGUMENTS, root: "target-group:psykiske-vanskeligheder") BODY }', ("targetGroups",)),
    Listing('{ targetGroups(ARGUMENTS, text: "forstyrrelse") BODY }', ("targetGroups",)),
]
MATCHES = [
    Listing(
        '{ matchOffers(need: {age: 40, services: ["service:traening"], homeMunicipality: "municipality:rebild"}) '
        f"{{ {name}(ARGUMENTS) BODY }} }}",
        ("matchOffers", name),
        "rank offer { id }",
    )
    for name in ("fits", "nearMisses")
]
NESTED = [
    (type.name, name)
    for type in OBJECTS
    if type.name in NODES
    for name, field in type.fields.items()
    if str(field.type).endswith("Connection!")
]


async def walked(listing: Listing, world: World, size: int, *, backward: bool) -> list[Any]:
    """Every edge, read page by page from either end, in the list's own order."""
    amount, cursor, more = ("last", "before", "hasPreviousPage") if backward else ("first", "after", "hasNextPage")
    pages: list[Any] = []
    place: dict[str, Any] = {}
    while True:
        page = await listing.page(world, **{amount: size}, **place)
        info, edges = page["pageInfo"], page["edges"]
        assert page["nodes"] == [edge["node"] for edge in edges]
        assert len(edges) <= size
        assert info["startCursor"] == (edges[0]["cursor"] if edges else None)
        assert info["endCursor"] == (edges[-1]["cursor"] if edges else None)
        assert info["hasNextPage" if backward else "hasPreviousPage"] is bool(place)
        pages.append(edges)
        if not info[more]:
            return [edge for edges in (reversed(pages) if backward else pages) for edge in edges]
        assert len(edges) == size, "only the last page is short"
        place = {cursor: info["startCursor" if backward else "endCursor"]}


async def check_pages(listing: Listing, world: World) -> int:
    """Holds a list to everything that Relay says of pages; returns how long it is."""
    whole = await listing.page(world, first=200)
    edges, total = whole["edges"], whole["totalCount"]
    assert total == len(edges)
    keys = [orjson.dumps(edge["node"]) for edge in edges]
    assert len({*keys}) == len(keys)
    assert len({edge["cursor"] for edge in edges}) == len(edges)
    for size in SIZES:
        for backward in (False, True):
            assert await walked(listing, world, size, backward=backward) == edges
    if total:
        assert not (await listing.page(world, first=total))["pageInfo"]["hasNextPage"]
        assert not (await listing.page(world, last=total))["pageInfo"]["hasPreviousPage"]
        short = await listing.page(world, first=total - 1)
        assert short["pageInfo"]["hasNextPage"] and short["edges"] == edges[:-1]
        short = await listing.page(world, last=total - 1)
        assert short["pageInfo"]["hasPreviousPage"] and short["edges"] == edges[1:]
        between = await listing.page(world, after=edges[0]["cursor"], before=edges[-1]["cursor"], first=200)
        assert between["edges"] == edges[1:-1]
    return total


@pytest.mark.parametrize("listing", [*OFFERS, *ROOTS, *MATCHES], ids=lambda listing: listing.text)
async def test_pages_at_the_root(world: World, listing: Listing) -> None:
    assert await check_pages(listing, world) >= 2


@pytest.mark.parametrize(("type", "field"), NESTED, ids=lambda name: name)
async def test_pages_of_a_node(world: World, type: str, field: str) -> None:
    """Of the node that has the most, and of one that has the fewest."""
    (kind,) = (kind for kind in NODE_KINDS if kind.label == type)
    text = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ id ... on {type} {{ page: {field} {{ totalCount }} }} }} }}"
    nodes = (await answer(world, text, {"ids": world.ids[kind.name]}))["nodes"]
    nodes.sort(key=lambda node: node["page"]["totalCount"])
    longest = 0
    for node in (nodes[0], nodes[-1]):
        text = f"{{ node(id: $id) {{ ... on {type} {{ page: {field}(ARGUMENTS) BODY }} }} }}"
        longest = await check_pages(Listing(text, ("node", "page"), id=node["id"]), world)
        assert longest == node["page"]["totalCount"]
    # No approving authority runs offers.
    assert longest > 0 or type == "Authority"


# --------------------------------------------------------------------------- pages while others write

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ"


def record(kind: str, name: str) -> Record:
    return Record(f"{kind}:sider-{name.lower()}", {"name": f"{name} sider", "dataStatus": "ILLUSTRATIVE"})


@pytest.fixture(params=["offer", "institution"])
async def kind(world: World, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """A kind of node of which the directory holds one for each letter, apart from its content."""
    await world.commands.save(TESTS, [record(request.param, letter) for letter in LETTERS])
    await world.follow()
    yield request.param
    own = [id for id in await ids_of(world, request.param) if ":sider-" in id]
    await world.commands.delete(TESTS, own)
    await world.follow()


async def ids_of(world: World, kind: str) -> list[str]:
    page = await listing_of(kind).page(world, first=200)
    return [edge["node"]["id"] for edge in page["edges"]]


def listing_of(kind: str) -> Listing:
    return Listing(f"{{ {kind}s(ARGUMENTS) BODY }}", (f"{kind}s",))


@pytest.mark.parametrize("backward", [False, True], ids=["forward", "backward"])
async def test_writes_between_pages_neither_repeat_nor_skip(world: World, kind: str, backward: bool) -> None:
    listing, whole = listing_of(kind), await ids_of(world, kind)
    if backward:
        whole.reverse()
    amount, cursor, end = ("last", "before", "startCursor") if backward else ("first", "after", "endCursor")
    first = await listing.page(world, **{amount: whole.index(f"{kind}:sider-m") + 1})
    seen = [edge["node"]["id"] for edge in first["edges"]]
    seen = seen[::-1] if backward else seen
    assert seen == whole[: len(seen)] and seen[-1] == f"{kind}:sider-m"
    # One that was seen, the one at which the cursor stands, and one that is still to come go; one comes on either side.
    gone = [f"{kind}:sider-{letter}" for letter in "gmt"]
    await world.commands.delete(TESTS, gone)
    await world.commands.save(TESTS, [record(kind, "Ga"), record(kind, "Ta")])
    await world.follow()
    place = {cursor: first["pageInfo"][end]}
    rest: list[str] = []
    while True:
        page = await listing.page(world, **{amount: 3}, **place)
        ids = [edge["node"]["id"] for edge in page["edges"]]
        rest += ids[::-1] if backward else ids
        if not page["pageInfo"]["hasPreviousPage" if backward else "hasNextPage"]:
            break
        place = {cursor: page["pageInfo"][end]}
    now = await ids_of(world, kind)
    now = now[::-1] if backward else now
    passed, coming = ("ta", "ga") if backward else ("ga", "ta")
    assert f"{kind}:sider-{coming}" in rest
    assert rest == [id for id in now if id not in seen and id != f"{kind}:sider-{passed}"]


async def test_the_change_log_goes_on_where_it_was_left(world: World) -> None:
    """What is written while it is read comes at its end."""
    listing = Listing('{ changes(ARGUMENTS, kinds: ["association"]) BODY }', ("changes",), "position subject")
    names = ("Log", "Logbog", "Logning")
    await world.commands.save(TESTS, [Record(f"association:{name}", {"name": name}) for name in names])
    read: list[str] = []
    for name in names:
        page = await listing.page(world, first=1, **({"after": read[-1]} if read else {}))
        (edge,) = page["edges"]
        assert edge["cursor"] == edge["node"]["position"]
        read.append(edge["cursor"])
        await world.commands.delete(TESTS, [f"association:{name}"])
    rest = await listing.page(world, first=200, after=read[-1])
    await world.follow()
    written = [change for change in await world.ledger.since(0) if change.kind == "association"]
    assert [*read, *(edge["cursor"] for edge in rest["edges"])] == [str(change.position) for change in written]
    assert len(written) == 6


async def test_a_history_neither_repeats_nor_skips_while_it_grows(world: World) -> None:
    written = record("offer", "Historie")
    await world.commands.save(TESTS, [written])
    for age in (1.0, 2.0, 3.0):
        await world.commands.save(TESTS, [replace(written, properties={**written.properties, "ageFrom": age})])
    await world.follow()
    text = '{ offer(id: "offer:sider-historie") { history(ARGUMENTS) BODY } }'
    listing = Listing(text, ("offer", "history"), "position fields { name after }")
    first = await listing.page(world, first=2)
    await world.commands.save(TESTS, [replace(written, properties={**written.properties, "ageFrom": 4.0})])
    rest = await listing.page(world, first=10, after=first["pageInfo"]["endCursor"])
    positions = [edge["node"]["position"] for edge in (*first["edges"], *rest["edges"])]
    whole = await listing.page(world, first=10)
    assert positions == [edge["node"]["position"] for edge in whole["edges"]][1:]
    assert len(positions) == 4
    await world.commands.delete(TESTS, ["offer:sider-historie"])
    await world.follow()
