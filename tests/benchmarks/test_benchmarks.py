"""The benchmarks run, on few offers and for an instant: what they find then says nothing."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.__main__ import BENCHMARKS, measure
from tests.benchmarks.result import Result, table

SMOKE = ["page", "match", "composition", "search", "pages", "inside"]


async def test_every_benchmark_finds_something(tmp_path: Path) -> None:
    results = await measure(SMOKE, tmp_path, offers=200, boards=40, rounds=1, slice=0.2)
    assert all(result.value > 0 for result in results)
    assert {"x", "records/s", "µs"} <= {result.unit for result in results}
    assert set(BENCHMARKS) == {"page", "match", "ranking", "composition", "search", "start", "pages", "inside"}


def test_a_missed_target_is_named_in_the_table() -> None:
    shown = table([Result("slow", 3.0, "x", at_most=2), Result("fast", 0.95, "x", at_least=0.9)])
    assert "| slow | 3 x      | ≤ 2    | MISSED |" in shown
    assert "| fast | 0.95 x   | ≥ 0.9  | met    |" in shown
