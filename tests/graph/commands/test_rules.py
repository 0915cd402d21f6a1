"""Who may write what: every role, every command, inside and outside of what an editor writes for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import pytest_asyncio

from graph.actor import ANYONE, SYSTEM, Actor, Role
from graph.commands import Call, Commands, NewRepresentative
from graph.database import Database
from graph.errors import Forbidden
from graph.ledger import Ledger
from graph.record import Edge
from tests.calls import TESTS
from tests.graph.commands.made import made

DAY = date(2026, 1, 1)
AALBORG, HJOERRING, HAVET = "municipality:aalborg", "municipality:hjoerring", "institution:havet"

WORLD = [
    made(AALBORG),
    made(HJOERRING, code="860"),
    made(HAVET, Edge("RUN_BY", HJOERRING)),
    made("authority:nord"),
    made("authority:syd"),
    made("agreement:a"),
    made("board:b"),
    made("seat:s", Edge("SEAT_OF", "board:b")),
    made("representative:r"),
    made("tenure:t", Edge("IN_SEAT", "seat:s"), Edge("HELD_BY", "representative:r"), role="OBSERVER"),
    made("offer:aalborg", Edge("OPERATED_BY", AALBORG)),
    made("offer:havet", Edge("OF_INSTITUTION", HAVET)),
    made("capacity:havet", Edge("CAPACITY_OF", "offer:havet")),
    made("offer:andres", Edge("OPERATED_BY", "authority:syd")),
    made("offer:ingens"),
]

NOBODY = ANYONE
CASEWORKER = Actor.of("c", [Role.CASEWORKER], [AALBORG, HAVET])
EDITOR_OF_OPERATOR = Actor.of("e1", [Role.EDITOR], [AALBORG])
EDITOR_OF_INSTITUTION = Actor.of("e2", [Role.EDITOR], [HAVET])
EDITOR_OF_RUNNER = Actor.of("e3", [Role.EDITOR], [HJOERRING, "authority:nord"])
EDITOR_OF_NOTHING = Actor.of("e4", [Role.EDITOR])
SECRETARIAT = Actor.of("s", [Role.SECRETARIAT], [AALBORG])
BOTH = Actor.of("b", [Role.EDITOR, Role.SECRETARIAT], [AALBORG])
ADMIN = Actor.of("a", [Role.ADMIN])
ACTORS = {
    "nobody": NOBODY,
    "caseworker": CASEWORKER,
    "editor of the operator": EDITOR_OF_OPERATOR,
    "editor of the institution": EDITOR_OF_INSTITUTION,
    "editor of who runs it": EDITOR_OF_RUNNER,
    "editor of nothing": EDITOR_OF_NOTHING,
    "secretariat": SECRETARIAT,
    "secretariat and editor": BOTH,
    "admin": ADMIN,
    "system": SYSTEM,
}
EVERYTHING = (ADMIN, SYSTEM)
WRITERS: dict[str, tuple[Actor, ...]] = {
    "offer:aalborg": (EDITOR_OF_OPERATOR, BOTH, *EVERYTHING),
    "offer:havet": (EDITOR_OF_INSTITUTION, EDITOR_OF_RUNNER, *EVERYTHING),
    "offer:andres": EVERYTHING,
    "offer:ingens": EVERYTHING,
}
"""Who writes each offer."""

Attempt = Callable[[Commands, Call], Awaitable[Any]]


def of_offers() -> Iterator[tuple[str, tuple[Actor, ...], Attempt]]:
    for offer, writers in WRITERS.items():

        async def update(commands: Commands, call: Call, offer: str = offer) -> Any:
            version = await version_of(commands, offer)
            return await commands.update_offer(call, id=offer, offer={"ageTo": 90.0}, expected_version=version)

        async def close(commands: Commands, call: Call, offer: str = offer) -> Any:
            version = await version_of(commands, offer)
            return await commands.close_offer(call, id=offer, closed_on=date(2030, 1, 1), expected_version=version)

        def capacity(commands: Commands, call: Call, offer: str = offer) -> Any:
            return commands.record_capacity(call, offer=offer, free=1, counted_on=DAY)

        def price(commands: Commands, call: Call, offer: str = offer) -> Any:
            return commands.record_price(call, offer=offer, amount=Decimal(100), unit="DAY", year=2026, valid_from=DAY)

        def approval(commands: Commands, call: Call, offer: str = offer) -> Any:
            return commands.record_approval(call, offer=offer, status="APPROVED", valid_from=DAY)

        def approval_of_authority(commands: Commands, call: Call, offer: str = offer) -> Any:
            return commands.record_approval(
                call, offer=offer, status="APPROVED", valid_from=DAY, authority="authority:nord"
            )

        def confirm(commands: Commands, call: Call, offer: str = offer) -> Any:
            return commands.confirm(call, ids=[offer])

        for attempt in (update, close, capacity, price, approval, confirm):
            yield f"{attempt.__name__} {offer}", writers, attempt
        # What an authority decides, its editors record wherever it is.
        yield f"approval of authority:nord {offer}", (*writers, EDITOR_OF_RUNNER), approval_of_authority


def others() -> Iterator[tuple[str, tuple[Actor, ...], Attempt]]:
    secretariat = (SECRETARIAT, BOTH, *EVERYTHING)

    def creating(**offer: str) -> Attempt:
        return lambda commands, call: commands.create_offer(call, offer={"name": "Ny", **offer})

    yield "create_offer of aalborg", WRITERS["offer:aalborg"], creating(operator=AALBORG)
    yield "create_offer of havet", WRITERS["offer:havet"], creating(institution=HAVET)
    yield (
        "create_offer of havet, run by another",
        (*WRITERS["offer:havet"], EDITOR_OF_OPERATOR, BOTH),
        creating(institution=HAVET, operator=AALBORG),
    )
    yield "create_offer of authority:syd", EVERYTHING, creating(operator="authority:syd")
    yield "create_offer of nobody", EVERYTHING, creating()
    yield (
        "appoint",
        secretariat,
        lambda commands, call: commands.appoint(
            call, seat="seat:s", new_representative=NewRepresentative("Ny"), role="OBSERVER", valid_from=DAY
        ),
    )
    yield "end_tenure", secretariat, lambda commands, call: commands.end_tenure(call, tenure="tenure:t", on=DAY)
    yield (
        "record_decision",
        secretariat,
        lambda commands, call: commands.record_decision(
            call, agreement="agreement:a", board="board:b", decision="APPROVED"
        ),
    )
    yield (
        "publish_knowledge",
        secretariat,
        lambda commands, call: commands.publish_knowledge(call, title="Ny", kind="METHOD"),
    )
    for id in (AALBORG, HAVET, "board:b", "seat:s", "tenure:t", "representative:r", "agreement:a"):
        yield f"confirm {id}", secretariat, lambda commands, call, id=id: commands.confirm(call, ids=[id])
    yield (
        "confirm capacity:havet",
        WRITERS["offer:havet"],
        lambda commands, call: commands.confirm(call, ids=["capacity:havet"]),
    )
    yield (
        "confirm an offer and its operator",
        (BOTH, *EVERYTHING),
        lambda commands, call: commands.confirm(call, ids=["offer:aalborg", AALBORG]),
    )
    yield "save", EVERYTHING, lambda commands, call: commands.save(call, [made("service:x")])
    yield "delete", EVERYTHING, lambda commands, call: _and_back(commands, call)
    yield (
        "import_records",
        EVERYTHING,
        lambda commands, call: commands.import_records(call, [made("service:y")], label="x"),
    )


async def _and_back(commands: Commands, call: Call) -> None:
    await commands.save(TESTS, [made("service:z")])
    try:
        await commands.delete(call, ["service:z"])
    finally:
        if await commands.records(["service:z"]):
            await commands.delete(TESTS, ["service:z"])


ATTEMPTS = {name: (allowed, attempt) for name, allowed, attempt in (*of_offers(), *others())}


async def version_of(commands: Commands, offer: str) -> int:
    rows = await commands._database.read("MATCH (o:Offer {id: $id}) RETURN o.version AS v", {"id": offer})
    return int(rows[0]["v"])


@pytest_asyncio.fixture(loop_scope="session")
async def world(commands: Commands) -> Commands:
    await commands.import_records(TESTS, WORLD, label="test")
    return commands


def test_no_command_is_left_out() -> None:
    tried = {name.split()[0] for name in ATTEMPTS}
    short = {"update_offer": "update", "close_offer": "close", "record_capacity": "capacity", "record_price": "price",
             "record_approval": "approval"}  # fmt: skip
    public = {name for name in dir(Commands) if not name.startswith("_")} - {"new_id", "records", "carry_out"}
    assert {short.get(name, name) for name in public} == tried


@pytest.mark.parametrize("who", ACTORS)
async def test_everyone_does_what_they_may_and_nothing_else(
    world: Commands, ledger: Ledger, database: Database, who: str
) -> None:
    actor = ACTORS[who]
    for name, (allowed, attempt) in ATTEMPTS.items():
        before = await state(database)
        try:
            await attempt(world, Call(actor))
        except Forbidden as error:
            assert actor not in allowed, name
            assert error.told("DA") != error.told("EN")
            if name != "delete":  # which makes something to delete
                assert await state(database) == before
        else:
            assert actor in allowed, name


async def state(database: Database) -> list[dict[str, Any]]:
    return await database.read("MATCH (n) WHERE NOT n:Ledger AND NOT n:Migration RETURN count(n) AS n")


async def test_an_offer_is_neither_given_away_nor_taken_over(world: Commands, ledger: Ledger) -> None:
    async def update(actor: Actor, id: str, **offer: Any) -> None:
        version = await version_of(world, id)
        await world.update_offer(Call(actor), id=id, offer=offer, expected_version=version)

    position = await ledger.position()
    for actor, id, offer in (
        (EDITOR_OF_OPERATOR, "offer:aalborg", {"operator": HJOERRING}),
        (EDITOR_OF_OPERATOR, "offer:aalborg", {"operator": None}),
        (EDITOR_OF_OPERATOR, "offer:andres", {"operator": AALBORG}),
        (EDITOR_OF_OPERATOR, "offer:ingens", {"operator": AALBORG}),
        (EDITOR_OF_RUNNER, "offer:havet", {"institution": None, "operator": AALBORG}),
    ):
        with pytest.raises(Forbidden) as raised:
            await update(actor, id, **offer)
        assert raised.value.path in (("id",), ("offer",))
    assert await ledger.position() == position
    # From one of their own to another of their own it may go.
    several = Actor.of("e", [Role.EDITOR], [AALBORG, HAVET])
    await update(several, "offer:aalborg", operator=HJOERRING, institution=HAVET)
    await update(EDITOR_OF_RUNNER, "offer:aalborg", summary="Nu hos Havet")
    with pytest.raises(Forbidden):
        await update(EDITOR_OF_OPERATOR, "offer:aalborg", summary="Ikke mere hos Aalborg")


async def test_an_editor_protects_an_address(world: Commands) -> None:
    location = {"address": "Hemmelig vej 1", "protected": True}
    version = await version_of(world, "offer:aalborg")
    await world.update_offer(
        Call(EDITOR_OF_OPERATOR), id="offer:aalborg", offer={"location": location}, expected_version=version
    )
    (edge,) = [e for e in (await world.records(["offer:aalborg"]))["offer:aalborg"].edges if e.type == "LOCATED_AT"]
    assert (await world.records([edge.target]))[edge.target].properties == location


async def test_who_may_do_nothing_learns_nothing(world: Commands) -> None:
    """The same answer whether it is there or not, and whatever the input says: nothing is looked up."""
    for actor in (NOBODY, CASEWORKER, SECRETARIAT):
        told = set()
        for offer, free in (("offer:aalborg", 1), ("offer:nowhere", 1), ("offer:aalborg", -1)):
            with pytest.raises(Forbidden) as raised:
                await world.record_capacity(Call(actor, "k"), offer=offer, free=free, counted_on=DAY)
            told.add((raised.value.told("DA"), raised.value.path))
        assert told == {("Det har du ikke rettigheder til. Det kræver rollen redaktør eller administrator.", ())}
