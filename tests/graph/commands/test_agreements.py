"""What boards decide, and what is shared."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import pytest_asyncio

from graph.commands import Commands
from graph.commands.fields import texts
from graph.database import Database
from graph.errors import BadInput, NotFound
from graph.ledger import Action, FieldChange, Ledger
from graph.record import Edge
from tests.calls import TESTS, by
from tests.graph.commands.made import DIRECTORY, made

NAMED = [
    *DIRECTORY,
    made("agreement:a"),
    made("board:kkr", kind="FORUM"),
    made("board:raad", kind="COUNCIL"),
    made("focus-area:f", Edge("FOCUS_OF", "agreement:a")),
    made("laboratory:l", Edge("LABORATORY_OF", "focus-area:f")),
]
DAYS = [date(2025, 6, 1), date(2025, 9, 1)]


@pytest_asyncio.fixture(loop_scope="session")
async def agreed(commands: Commands) -> Commands:
    """Commands over a graph that holds NAMED, at position 1."""
    await commands.import_records(TESTS, NAMED, label="test")
    return commands


async def decide(commands: Commands, decision: str, on: date | None, board: str = "board:kkr") -> int:
    about = {"agreement": "agreement:a", "board": board}
    receipt = await commands.record_decision(TESTS, **about, decision=decision, decided_on=on)
    assert receipt.ids == {"agreement": "agreement:a"}
    return receipt.position


async def decisions(database: Database, edge: str) -> list[tuple[Any, ...]]:
    rows = await database.read(
        f"MATCH (b)<-[:DECIDED_BY]-(d:Decision)-[:{edge}]->(:Agreement {{id: 'agreement:a'}}) "
        "RETURN b.id AS board, d.decision AS decision, d.decidedOn AS day, d.order AS n ORDER BY n, d.id"
    )
    return [tuple(row.values()) for row in rows]


async def test_of_each_board_the_newest_decision_counts_and_all_stay(
    agreed: Commands, database: Database, ledger: Ledger
) -> None:
    await decide(agreed, "RECOMMENDED", DAYS[0])
    await decide(agreed, "PENDING", None, "board:raad")
    position = await decide(agreed, "APPROVED", DAYS[1])
    await decide(agreed, "REJECTED", DAYS[0])  # told of afterwards: it was decided before the one that counts
    assert await decide(agreed, "APPROVED", DAYS[1]) == position + 1  # as it is: nothing to write
    assert await decisions(database, "DECISION_ON") == [
        ("board:kkr", "APPROVED", "2025-09-01", 1),
        ("board:raad", "PENDING", None, 2),
    ]
    assert await decisions(database, "WAS_DECISION_ON") == [
        ("board:kkr", "RECOMMENDED", "2025-06-01", 1),
        ("board:kkr", "REJECTED", "2025-06-01", 1),
    ]
    first, _, over, new, late = await ledger.since(1)
    assert (over.subject, over.action) == (first.subject, Action.UPDATED)
    assert set(over.fields) == {
        FieldChange("DECISION_ON", "agreement:a", None),
        FieldChange("WAS_DECISION_ON", None, "agreement:a"),
    }
    assert FieldChange("REPLACES", None, first.subject) in new.fields
    assert FieldChange("WAS_DECISION_ON", None, "agreement:a") in late.fields
    await decide(agreed, "UNKNOWN", None)  # without a day it is the newest by being told last
    assert (await decisions(database, "DECISION_ON"))[0] == ("board:kkr", "UNKNOWN", None, 1)


@pytest.mark.parametrize(
    ("given", "kind", "path"),
    [
        ({"agreement": "agreement:no"}, NotFound, "agreement"),
        ({"board": "board:no"}, NotFound, "board"),
        ({"board": "agreement:a"}, NotFound, "board"),
        ({"decision": "MAYBE"}, BadInput, "decision"),
        ({"decided_on": date(2026, 3, 2)}, BadInput, "decidedOn"),
    ],
)
async def test_a_decision_that_cannot_be(
    agreed: Commands, ledger: Ledger, given: dict[str, Any], kind: type[Exception], path: str
) -> None:
    with pytest.raises(kind) as raised:
        await agreed.record_decision(
            TESTS, **{"agreement": "agreement:a", "board": "board:kkr", "decision": "APPROVED", **given}
        )
    assert raised.value.path == (path,)  # type: ignore[attr-defined]
    assert await ledger.position() == 1


KNOWLEDGE: dict[str, Any] = {
    "title": "Åben dialog",
    "kind": "METHOD",
    "summary": "Kort",
    "body": "Langt",
    "focus_areas": ["focus-area:f"],
    "laboratory": "laboratory:l",
    "target_groups": ["target-group:autisme"],
    "offers": ["offer:oen"],
    "published_on": DAYS[0],
    "source": "source:s",
}


async def test_knowledge_is_published_with_all_that_is_said(agreed: Commands, ledger: Ledger) -> None:
    receipt = await agreed.publish_knowledge(by("user:anna"), **KNOWLEDGE)
    id = receipt.ids["knowledge"]
    said = texts((await agreed.records([id]))[id])
    assert said == {
        "title": "Åben dialog",
        "kind": "METHOD",
        "summary": "Kort",
        "body": "Langt",
        "publishedOn": "2025-06-01",
        "dataStatus": "SOURCED",
        "verifiedOn": "2026-03-01",
        "SHARED_THROUGH": '["focus-area:f"]',
        "MADE_IN": "laboratory:l",
        "ABOUT_GROUP": '["target-group:autisme"]',
        "USED_BY": '["offer:oen"]',
        "STATED_IN": "source:s",
    }
    (change,) = await ledger.since(1)
    assert (change.position, change.subject, change.action) == (receipt.position, id, Action.CREATED)
    assert {field.name: field.after for field in change.fields} == said


@pytest.mark.parametrize(
    ("given", "kind", "path"),
    [
        ({"title": ""}, BadInput, ("title",)),
        ({"kind": "RUMOUR"}, BadInput, ("kind",)),
        ({"focus_areas": ["focus-area:f", "focus-area:no"]}, NotFound, ("focusAreas", 1)),
        ({"laboratory": "focus-area:f"}, NotFound, ("laboratory",)),
        ({"offers": ["offer:oen", "offer:oen"]}, BadInput, ("offers", 1)),
        ({"source": "source:no"}, NotFound, ("source",)),
    ],
)
async def test_knowledge_that_cannot_be(
    agreed: Commands, ledger: Ledger, given: dict[str, Any], kind: type[Exception], path: tuple[str | int, ...]
) -> None:
    with pytest.raises(kind) as raised:
        await agreed.publish_knowledge(TESTS, **{**KNOWLEDGE, **given})
    assert raised.value.path == path  # type: ignore[attr-defined]
    assert await ledger.position() == 1
