"""The composition of every board on a day, all in one operation, beside the bare driver reading what is counted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import date, timedelta
from itertools import cycle
from typing import Any

import orjson

from schema.directory import Directory
from tests.benchmarks.loaded import SEATS, TENURES, boards_of, fill
from tests.benchmarks.questions import COUNTED, compositions
from tests.benchmarks.result import Result
from tests.benchmarks.running import directory_of, driver_of, engine_of, one_row, sent_for, service
from tests.benchmarks.setting import Setting, in_turn

DAYS = [(date(2011, 1, 10) + timedelta(days=37 * n)).isoformat() for n in range(180)]
"""So many that the register has forgotten a day when its turn comes again."""


async def run(setting: Setting) -> AsyncIterator[Result]:
    boards = setting.boards
    folder = setting.loaded.folder / "boards"
    print(f"loading {boards} boards …", flush=True)
    await fill(folder, boards_of(boards))
    with service(folder) as served:
        database = engine_of(served)
        directory, driver = await directory_of(database), driver_of(database)
        days = cycle(DAYS)
        day = next(days)
        pages = await _pages(directory, day)
        text = compositions(pages)
        sent = await sent_for(directory, text, {**pages, "day": day})

        async def compose_next() -> Mapping[str, Any]:
            nonlocal day
            day = next(days)
            return await compose()

        async def compose() -> Mapping[str, Any]:
            answer = await directory.execute(text, {**pages, "day": day})
            assert answer.data is not None and not answer.errors, answer.errors
            orjson.dumps(answer.data)
            return answer.data

        async def count() -> Mapping[str, Any]:
            row = await one_row(driver, database.name, COUNTED, {"day": day})
            orjson.dumps(row)
            return row

        async def show() -> None:
            orjson.dumps(await one_row(driver, database.name, sent.statement, sent.parameters))

        _agree(await compose(), await count(), boards)
        took = await in_turn(
            setting.rounds,
            {
                "composed": compose_next,
                "counted": count,
                "again": compose,
                "shown": show,
            },
        )
        await driver.close()
        await database.close()
    sizes = f"{boards} boards, {SEATS * boards} seats and {TENURES * boards} tenures"
    composed, counted, again, shown = (took[name] for name in ("composed", "counted", "again", "shown"))
    yield Result(
        f"composition of {sizes}: time beside the bare driver",
        composed / counted,
        "x",
        at_most=3,
        note=f"{composed:.0f} and {counted:.0f} ms",
    )
    yield Result("  the same day again", again / counted, "x", note=f"{again:.0f} ms")
    yield Result("  beside its own statement by the bare driver", composed / shown, "x", note=f"{shown:.0f} ms")


async def _pages(directory: Directory, day: str) -> dict[str, str | None]:
    """The pages that hold every board: each one's `after`, by the name of its variable."""
    pages: dict[str, str | None] = {"page1": None}
    while True:
        name = f"page{len(pages)}"
        answer = await directory.execute(compositions([name]), {name: pages[name], "day": day})
        assert answer.data is not None and not answer.errors, answer.errors
        place = answer.data[name]["pageInfo"]
        if not place["hasNextPage"]:
            return pages
        pages[f"page{len(pages) + 1}"] = place["endCursor"]


def _agree(composed: Mapping[str, Any], counted: Mapping[str, Any], boards: int) -> None:
    """Raises AssertionError where both do not speak of the same seats."""
    nodes = [node for page in composed.values() for node in page["nodes"]]
    assert len(nodes) == boards, len(nodes)
    seats = {row[2] for row in counted["rows"]}
    assert sum(node["composition"]["seats"] for node in nodes) == len(seats), len(seats)
