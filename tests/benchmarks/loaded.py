"""A data folder with the first content and made-up offers, as a service would find it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from graph.clock import SystemClock
from graph.migrations import migrate
from graph.record import Record
from seeds.generator import generate
from seeds.loader import CONTENT, read
from service.runtime import Runtime
from service.settings import Settings

SEED = 20_000


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


async def load(folder: Path, offers: int) -> Loaded:
    """Loads `folder` with so many made-up offers, unless it holds them."""
    records = records_of(offers)
    runtime = Runtime(Settings(data_dir=folder))
    await runtime.engine.start()
    try:
        await migrate(runtime.engine)
        started = time.perf_counter()
        result = await runtime.commands.import_records(records, label="benchmark", actor="benchmark")
        seconds = time.perf_counter() - started
    finally:
        await runtime.engine.stop()
    return Loaded(folder, offers, len(records), seconds if result.created else None)
