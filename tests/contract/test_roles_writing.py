"""Who may write what: every role, at every mutation; and what it then shows of what was written.

Also what is followed: a subscription shows each role of a change what a query would.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import orjson
import pytest
import pytest_asyncio

from graph.database import Database
from schema.contract import build, core, reads
from tests.contract import ways
from tests.contract.planted import DIGITS, MARK, Planted, plant
from tests.contract.roles import SEES_PERSONAL, SEES_PROTECTED, TOKENS, who
from tests.contract.test_roles import arguments

SCHEMA = core(build())
READS = reads(SCHEMA)
PERSONAL = ways.personal(READS)
MUTATIONS = sorted(SCHEMA.mutation_type.fields) if SCHEMA.mutation_type else []
PAYLOADS = ways.Operations(SCHEMA, READS, arguments, "Mutation", beside="errors { code path }")
EVENTS = ways.Operations(SCHEMA, READS, arguments, "Subscription")

EDITS, GOVERNS = {"editor in scope", "admin"}, {"secretariat", "admin"}
OFFER = '"offer:planted"'
EXPECTED: tuple[tuple[str, set[str], str], ...] = (
    ("createOffer", EDITS, 'offer: {name: "Nyt %d", institution: "institution:planted"}'),
    ("updateOffer", EDITS, f'id: {OFFER}, offer: {{summary: "Nyt %d"}}, expectedVersion: $version'),
    ("closeOffer", EDITS, f'id: {OFFER}, closedOn: "2027-01-%02d", expectedVersion: $version'),
    ("recordCapacity", EDITS, f'offer: {OFFER}, places: %d, countedOn: "2026-11-21"'),
    ("recordPrice", EDITS, f'offer: {OFFER}, amount: "%d", unit: DAY, year: 2026, validFrom: "2026-11-21"'),
    ("recordApproval", EDITS, f'offer: {OFFER}, status: APPROVED, validFrom: "2026-11-%02d"'),
    (
        "appoint",
        GOVERNS,
        'seat: "seat:planted-1", newRepresentative: {name: "Ny %d (fiktiv)", gender: WOMAN}, role: OBSERVER, '
        'validFrom: "2026-11-21"',
    ),
    ("endTenure", GOVERNS, 'tenure: "tenure:planted-1", on: "2027-01-%02d"'),
    (
        "recordDecision",
        GOVERNS,
        'agreement: "agreement:nordjysk-socialaftale-2021-2022", board: "board:planted", decision: APPROVED, '
        'decidedOn: "2026-11-%02d"',
    ),
    ("publishKnowledge", GOVERNS, f'title: "Nyt %d", kind: REPORT, offers: [{OFFER}]'),
    ("confirm", EDITS, f"ids: [{OFFER}]"),
    ("confirm", GOVERNS, 'ids: ["representative:planted-1", "board:planted"]'),
)
"""Who may, and an input for that; `%d` is another number for each role. A new mutation is to be written here."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def planted(shared_database: Database) -> AsyncIterator[Planted]:
    planted = await plant(shared_database)
    await planted.follower.start()
    yield planted
    await planted.follower.stop()


def test_every_mutation_is_here() -> None:
    assert sorted({mutation for mutation, _, _ in EXPECTED}) == MUTATIONS


def unseen(role: str, sent: str, data: object) -> None:
    """Asserts that nothing is shown that the role may not see."""
    if role not in SEES_PROTECTED:
        assert MARK not in sent and DIGITS not in sent
    if role not in SEES_PERSONAL:
        assert {value for place, value in ways.shown(data) if place in PERSONAL} <= {None}


@pytest.mark.parametrize("role", TOKENS)
@pytest.mark.parametrize(
    ("mutation", "may", "given"), EXPECTED, ids=[f"{name}-{n}" for n, (name, _, _) in enumerate(EXPECTED)]
)
async def test_who_may_write_what(planted: Planted, role: str, mutation: str, may: set[str], given: str) -> None:
    actor = await who(role)
    if "%" in given:
        given %= 1 + list(TOKENS).index(role)
    version = await planted.directory.execute(f"{{ offer(id: {OFFER}) {{ version }} }}")
    assert version.data is not None
    given = given.replace("$version", str(version.data["offer"]["version"]))
    before = await planted.ledger.position()
    text, _ = PAYLOADS.of(mutation, f"input: {{{given}}}")
    result = await planted.directory.execute(text, actor=actor)
    assert result.errors is None, (text, result.errors)
    assert result.data is not None
    (payload,) = result.data.values()
    written = await planted.ledger.position() - before
    if role in may:
        assert (payload["errors"], written > 0 or mutation == "confirm") == ([], True)
    else:
        assert [error["code"] for error in payload["errors"]] == ["FORBIDDEN"]
        assert written == 0
    unseen(role, orjson.dumps(result.data).decode(), result.data)


@pytest.mark.engines("embedded")  # Neo4j plans such a statement for half a minute
@pytest.mark.parametrize("role", TOKENS)
async def test_what_is_followed(planted: Planted, role: str) -> None:
    text, found = EVENTS.of("changes", f'after: "{planted.before}"')
    assert ("Change", "fields", "FieldChange") in found and ("Change", "node", "Representative") in found
    last, seen = await planted.ledger.position(), ""
    async for event in planted.directory.following.stream(text, None, None, await who(role)):
        assert event.errors is None, event.errors
        sent = orjson.dumps(event.data).decode()
        unseen(role, sent, event.data)
        seen += sent
        assert event.extensions is not None
        if int(event.extensions["position"]) == last:
            break
    assert (MARK in seen) == (role in SEES_PROTECTED), "else there would be nothing to hide"
