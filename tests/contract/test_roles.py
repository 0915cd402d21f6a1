"""Who may see what: every role, at every root field, over every way in to everything that is withheld.

What is asked is read off the schema (`ways`), so that a new type or field with something withheld is asked for by
itself; who has which role, off tokens. What must not be shown is found by marks in it (`planted`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import orjson
import pytest
import pytest_asyncio
from graphql import GraphQLField

from graph.actor import Actor, Role
from graph.clock import FixedClock
from graph.database import Database
from graph.plan.reads import Computed
from schema.contract import build, core, reads
from service.identity import Identity, Unauthenticated
from service.identity.development import Development, make
from tests.contract import ways
from tests.contract.planted import DIGITS, MARK, OFFERS, TODAY, Planted, plant
from tests.contract.roles import CLOCK, KEY, OWN, SEES_PERSONAL, SEES_PROTECTED, TOKENS, who

SCHEMA = core(build())
READS = reads(SCHEMA)
WITHHELD = ways.withheld(SCHEMA, READS)
PERSONAL = ways.personal(READS)
ROOTS = sorted(SCHEMA.query_type.fields) if SCHEMA.query_type else []

PEOPLE = ("representative:planted-1", "representative:planted-2")
PLANTED = [*(f"offer:{name}" for name in OFFERS), OWN, "board:planted", "seat:planted-1", "tenure:planted-1", *PEOPLE]
ALL = ", ".join(f'"{id}"' for id in PLANTED)
PLACE = 'near: {municipality: "municipality:vesthimmerland"}'
NEED = f'need: {{primaryTargetGroup: "target-group:planted", {PLACE}, words: ["angst", "bostøtte"]}}'
NEAR = "near: {latitude: 56.9, longitude: 9.8, withinKm: 20}"
ASKED: dict[str, tuple[str, ...]] = {
    "node": tuple(f'id: "{id}"' for id in PLANTED),
    "nodes": (f"ids: [{ALL}]",),
    "matchOffers": (NEED,),
    "offer": tuple(f'id: "offer:{name}"' for name in OFFERS),
    "offers": (
        "first: 5",
        f'filter: {{text: "{MARK}"}}',
        f"filter: {{{NEAR}}}, orderBy: {{field: DISTANCE}}, first: 20",
    ),
    "municipality": ('code: "851"', 'code: "820"'),
    "board": ('id: "board:planted"',),
    "agreement": ('id: "agreement:nordjysk-socialaftale-2021-2022"',),
    "search": (f'text: "{MARK}"', 'text: "plantet", first: 50', 'text: "Aars"'),
    "paths": ('from: "offer:planted", to: "representative:planted-1"',),
    "changes": ("",),
}
"""What root fields are asked for; the others take no arguments that must be given."""


NEEDED = {"MatchResult.judged": "offers: [{}]".format(", ".join(f'"offer:{name}"' for name in OFFERS))}
"""What fields below the root are asked for that must be given something."""


def arguments(type: str, name: str, declared: GraphQLField) -> str:
    """Short pages, so that what is planted, which comes first, is among what is shown; and whole histories."""
    if f"{type}.{name}" in NEEDED:
        return NEEDED[f"{type}.{name}"]
    assert not ways.required(declared), f"say in NEEDED what {type}.{name} is asked for"
    return "first: 5" if "first" in declared.args and name != "history" else ""


class Cell(NamedTuple):
    """What is asked of a root field, or of one part of what it gives."""

    root: str
    asked: str
    part: str | None = None

    def __str__(self) -> str:
        return f"{self.root}.{self.part}" if self.part else self.root


NEVER = {"Board_meetsWith_Representative"}
"""Ways that the model does not allow: a board meets with organisations and other boards."""
LEADS_TO_A_PLACE = {
    *("node", "nodes", "offer", "offers", "municipality", "institutions", "board", "agreement", "changes"),
    *("matchOffers.fits", "matchOffers.judged", "search.edges", "paths.steps", "impartialityFlags.path"),
}


OPERATIONS = ways.Operations(SCHEMA, READS, arguments)


def _cells() -> Iterator[Cell]:
    for root in ROOTS:
        declared = SCHEMA.query_type.fields[root]  # type: ignore[union-attr]
        assert root in ASKED or not ways.required(declared), f"say in ASKED what {root} is asked for"
        for asked in ASKED.get(root, ("first: 5" if "first" in declared.args else "",)):
            yield Cell(root, asked)
            if isinstance(READS["Query", root], Computed):  # whose parts are each computed in their own way
                for part in ways.parts(SCHEMA, root):
                    yield Cell(root, asked, part)


CELLS = list(_cells())


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def planted(shared_database: Database) -> Planted:
    return await plant(shared_database)


async def answer(planted: Planted, actor: Actor, cell: Cell) -> tuple[str, dict[str, object]]:
    """What is answered, as it is sent and as it is."""
    if cell.root == "changes":
        cell = cell._replace(asked=f'after: "{planted.before}", first: 100')
    text, _ = OPERATIONS.of(*cell)
    result = await planted.directory.execute(text, actor=actor)
    errors = [error.formatted for error in result.errors or ()]
    assert not errors, (text, errors)
    return orjson.dumps([result.data, result.extensions]).decode(), result.data or {}


# Neo4j takes seconds to plan such a statement, and there are hundreds: it is asked some, by the public. That engines
# answer alike, other tests see to.
WHOLE = pytest.mark.engines("embedded")


@pytest.mark.engines("neo4j")
@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell.root in ("node", "changes")], ids=str)
async def test_nothing_is_shown_to_anyone_by_neo4j_either(planted: Planted, cell: Cell) -> None:
    await test_nothing_is_shown_to_who_may_not_see_it(planted, "anyone", cell)


@WHOLE
@pytest.mark.parametrize("role", TOKENS)
@pytest.mark.parametrize("cell", CELLS, ids=str)
async def test_nothing_is_shown_to_who_may_not_see_it(planted: Planted, role: str, cell: Cell) -> None:
    sent, data = await answer(planted, await who(role), cell)
    if role not in SEES_PROTECTED:
        assert MARK not in sent and MARK.lower() not in sent.lower()
        assert DIGITS not in sent
    if role not in SEES_PERSONAL:
        assert {value for place, value in ways.shown(data) if place in PERSONAL} <= {None}
        assert "WOMAN" not in sent


@WHOLE
async def test_everything_is_shown_to_who_may_see_it_over_every_way(planted: Planted) -> None:
    """Else the above would hold of a directory in which there is nothing to hide."""
    taken: dict[str, set[str]] = {}
    seen: dict[str, set[ways.Field]] = {}
    marked: set[str] = set()
    for role in ("caseworker", "secretariat", "admin"):
        actor = await who(role)
        taken[role], seen[role] = set(), set()
        for cell in CELLS:
            sent, data = await answer(planted, actor, cell)
            taken[role] |= set(ways.taken(data))
            seen[role] |= {place for place, value in ways.shown(data) if value is not None}
            if role == "caseworker" and MARK in sent and DIGITS in sent:
                marked.add(str(cell))
    assert seen == {"caseworker": WITHHELD - PERSONAL, "secretariat": WITHHELD, "admin": WITHHELD}
    lead_there = {"_".join(way) for cell in CELLS for way in OPERATIONS.of(*cell)[1]}
    assert taken["admin"] == lead_there - NEVER
    assert marked >= LEADS_TO_A_PLACE


async def test_an_expired_token_sees_nothing() -> None:
    before = FixedClock.on(TODAY.replace(day=20))
    expired = make(KEY, before, name="late", roles=[Role.ADMIN], organisations=[], minutes=5)
    with pytest.raises(Unauthenticated, match="expired"):
        await Identity(Development(KEY, CLOCK), CLOCK).actor(f"Bearer {expired}")


@pytest.mark.parametrize("role", TOKENS)
async def test_a_protected_address_finds_nothing_for_anyone(planted: Planted, role: str) -> None:
    """The index is one for all, so it never holds one: not even of a place that was open when it was read."""
    text = f'{{ search(text: "{MARK}") {{ edges {{ snippet }} }} offers(filter: {{text: "{MARK}"}}) {{ totalCount }} }}'
    result = await planted.directory.execute(text, actor=await who(role))
    assert result.data == {"search": {"edges": []}, "offers": {"totalCount": 0}}
