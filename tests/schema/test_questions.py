"""The questions that secretariats ask, as documented: each operation of `docs/questions/` with its answer.

The answers are those of the first content on one day. `pytest tests/schema --update-snapshots` writes them anew;
what must be in them whatever the content is checked below.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
import pytest_asyncio

from graph.clock import FixedClock
from graph.commands import Commands
from graph.database import Database
from graph.ledger import Ledger
from graph.memory import Memory
from schema.directory import Directory
from seeds.loader import CONTENT, load
from tests.schema.world import TODAY

FOLDER = Path(__file__).parents[2] / "docs" / "questions"
KKR = "board:kkr-nordjylland"
VARIABLES: dict[str, dict[str, str]] = {
    "01-kkr-seats": {"kkr": KKR},
    "02-who-sat-where": {"day": "2025-03-01"},
    "03-what-ends": {"day": "2025-11-21", "before": "2026-01-31"},
    "04-gender-balance": {"kkr": KKR},
    "05-municipalities-without-a-seat": {"kkr": KKR, "day": "2026-11-21"},
    "06-many-seats-and-impartiality": {"day": "2025-03-01"},
}
QUESTIONS = sorted(path.stem for path in FOLDER.glob("*.graphql"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A directory of the first content alone."""

    directory: Directory

    async def answer(self, question: str, **other: str) -> dict[str, Any]:
        text = (FOLDER / f"{question}.graphql").read_text(encoding="utf-8")
        result = await self.directory.execute(text, {**VARIABLES.get(question, {}), **other})
        assert not result.errors, result.errors
        assert result.data is not None
        return result.data


@pytest_asyncio.fixture(scope="module")
async def asked(shared_database: Database) -> AsyncIterator[Asked]:
    clock = FixedClock.on(TODAY)
    shared_database.deadline = 60
    ledger = Ledger(shared_database, clock)
    await load(Commands(shared_database, ledger, clock), CONTENT, TODAY)
    memory = await Memory.load(shared_database, clock, await ledger.position())
    yield Asked(Directory(shared_database, memory, clock))


@pytest.mark.parametrize("question", QUESTIONS)
async def test_the_answer_is_the_documented_one(asked: Asked, question: str, request: pytest.FixtureRequest) -> None:
    path, data = FOLDER / f"{question}.json", await asked.answer(question)
    now = {"variables": VARIABLES.get(question, {}), "data": data}
    if request.config.getoption("--update-snapshots", default=False):
        path.write_bytes(orjson.dumps(now, option=orjson.OPT_INDENT_2) + b"\n")
    assert orjson.loads(orjson.dumps(now)) == orjson.loads(path.read_bytes())


def test_every_question_has_an_answer() -> None:
    assert len(QUESTIONS) == 10
    assert {path.stem for path in FOLDER.glob("*.json")} == set(QUESTIONS)


async def test_kkr_fills_the_seats_that_the_sources_state(asked: Asked) -> None:
    data = await asked.answer("01-kkr-seats")
    sourced = [seat for seat in data["seats"]["nodes"] if seat["dataStatus"] == "SOURCED"]
    institutions = [(seat["board"]["organisation"] or {}).get("name") for seat in sourced]
    assert institutions.count("Center for Døvblindhed og Høretab") == 2
    assert institutions.count("Institut for Syn og Hørelse") == 1


async def test_the_counts_of_a_day_are_those_of_the_seats_shown(asked: Asked) -> None:
    for day in ("2018-01-01", "2021-12-31", "2022-01-01", "2025-03-01", "2026-01-01", "2029-12-31"):
        for board in (await asked.answer("02-who-sat-where", day=day))["boards"]["nodes"]:
            statuses = [seat["status"] for seat in board["seats"]["nodes"]]
            counts = board["composition"]
            assert counts["seats"] == len(statuses) == counts["filled"] + counts["carryOver"] + counts["vacant"]
            assert counts["vacant"] == statuses.count("VACANT")
            assert counts["carryOver"] == statuses.count("CARRY_OVER")
            for seat in board["seats"]["nodes"]:
                assert (seat["status"] == "VACANT") == (seat["holder"] is None)


async def test_what_ended_is_told_with_its_rule_and_who_must_act(asked: Asked) -> None:
    seats = (await asked.answer("03-what-ends"))["seats"]["nodes"]
    assert seats
    assert all(seat["endsOn"] < "2026-01-31" for seat in seats)
    assert {"MONTH_OF_ELECTION", "CALENDAR_TERM"} <= {seat["termRule"] for seat in seats}
    assert any(seat["appointedBy"] and "KKR" in seat["appointedBy"]["name"] for seat in seats)


async def test_some_municipality_holds_no_seat(asked: Asked) -> None:
    held = {
        m["name"]: m["seatsHeld"]
        for m in (await asked.answer("05-municipalities-without-a-seat"))["municipalities"]["nodes"]
    }
    assert len(held) == 11
    assert 0 in held.values()
    assert max(held.values()) > 0


async def test_impartiality_is_pointed_at_with_its_path(asked: Asked) -> None:
    data = await asked.answer("06-many-seats-and-impartiality")
    assert data["representatives"]["nodes"]
    assert data["impartialityFlags"]
    for flag in data["impartialityFlags"]:
        steps = flag["path"]["steps"]
        assert steps[0]["from"]["id"].startswith("representative:")
        assert steps[-1]["to"]["id"].startswith("municipality:")
        assert [step["to"] for step in steps[:-1]] == [step["from"] for step in steps[1:]]


async def test_the_process_has_its_eight_steps_and_nothing_is_called_late(asked: Asked) -> None:
    steps = (await asked.answer("07-process"))["agreement"]["process"]["steps"]
    assert [step["order"] for step in steps] == list(range(1, 9))
    assert {step["status"] for step in steps} == {"UNKNOWN"}
    assert [step["precision"] for step in steps].count("SEASON") == 1


async def test_twenty_four_bodies_have_a_say(asked: Asked) -> None:
    approvals = (await asked.answer("08-approvals"))["agreement"]["approvals"]
    assert len(approvals) == 1 + 11 + 11 + 1
    decisions = {approval["board"]["name"]: approval["decision"] for approval in approvals}
    assert decisions["KKR Nordjylland"] == "RECOMMENDED"
    assert [name for name, decision in decisions.items() if decision == "RECOMMENDED"] == ["KKR Nordjylland"]


async def test_the_laboratories_are_three_and_unnamed(asked: Asked) -> None:
    areas = (await asked.answer("10-focus-areas"))["agreement"]["focusAreas"]
    laboratories = [laboratory for area in areas for laboratory in area["laboratories"]]
    assert [laboratory["name"] for laboratory in laboratories] == [None, None, None]
