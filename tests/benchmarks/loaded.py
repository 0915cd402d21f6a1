"""Data folders with the first content and what is made up beside it, as a service would find them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.clock import SystemClock
from graph.migrations import migrate
from graph.record import Record
from seeds.board_generator import generate_boards
from seeds.generator import generate
from seeds.loader import CONTENT, read
from service.runtime import Runtime
from service.settings import Settings
from tests.calls import TESTS

SEED = 20_000
SEATS, TENURES = 10, 50
"""For each board, on average."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is compared on: a data folder that no service runs on yet. `seconds` is None where it was loaded before."""

    folder: Path
    offers: int
    records: int
    seconds: float | None


def records_of(offers: int) -> list[Record]:
    """The first content, and `offers` made-up ones that refer to it: the same on the same day."""
    today = SystemClock().today()
    content = read(CONTENT, today)
    return [*content, *generate(offers, SEED, content, today)]


def boards_of(boards: int) -> list[Record]:
    """The first content, and made-up boards, seats and tenures that make it `boards`, and so many for each in all.

    Raises ValueError for fewer boards than the first content has.
    """
    content = read(CONTENT, SystemClock().today())
    there = Counter(record.kind.name for record in content)
    sizes = boards - there["board"], SEATS * boards - there["seat"], TENURES * boards - there["tenure"]
    return [*content, *generate_boards(*sizes, SEED, content)]


async def load(folder: Path, offers: int) -> Loaded:
    """Loads `folder` with so many made-up offers, unless it holds them."""
    records = records_of(offers)
    return Loaded(folder, offers, len(records), await fill(folder, records))


async def fill(folder: Path, records: Sequence[Record]) -> float | None:
    """Brings `records` into `folder`: the seconds that it took, None where it held them all."""
    runtime = Runtime(Settings(data_dir=folder))
    await runtime.engine.start()
    try:
        await migrate(runtime.engine)
        started = time.perf_counter()
        result = await runtime.commands.import_records(TESTS, records, label="benchmark")
        seconds = time.perf_counter() - started
    finally:
        await runtime.engine.stop()
    return seconds if result.created else None
