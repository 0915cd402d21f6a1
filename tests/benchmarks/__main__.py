"""`python -m tests.benchmarks [NAME …]`: see docs/benchmarks.md."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import uvicorn

from service import logs
from tests.benchmarks import composition, inside, match, page, pages, ranking, search, start
from tests.benchmarks.loaded import load
from tests.benchmarks.result import Result, table
from tests.benchmarks.setting import Setting

BENCHMARKS: dict[str, Callable[[Setting], AsyncIterator[Result]]] = {
    "page": page.run,
    "match": match.run,
    "ranking": ranking.run,
    "composition": composition.run,
    "search": search.run,
    "start": start.run,
    "pages": pages.run,
    "inside": inside.run,
}


async def measure(
    names: Sequence[str], folder: Path, offers: int, boards: int, rounds: int, slice: float
) -> list[Result]:
    """Runs benchmarks on `folder`, which is loaded first unless it is already, and prints each result."""
    print(f"loading {offers} offers …", flush=True)
    setting = Setting(await load(folder, offers), boards, rounds, slice)
    results: list[Result] = []
    for name in names:
        async for result in BENCHMARKS[name](setting):
            print(result, flush=True)
            results.append(result)
    return results


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all where none is named")
    parser.add_argument("--offers", type=int, default=10_000, help="made-up offers to load; default: 10000")
    parser.add_argument("--boards", type=int, default=600, help="boards to compose, all of them; default: 600")
    parser.add_argument("--folder", type=Path, help="data folder to load and to keep; default: a new one, not kept")
    parser.add_argument("--rounds", type=int, default=20, help="turns for each of what is compared; default: 20")
    parser.add_argument("--slice", type=float, default=1.0, help="seconds of a turn of a throughput; default: 1")
    chosen = parser.parse_args()
    names = chosen.names or list(BENCHMARKS)
    if unknown := set(names) - set(BENCHMARKS):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    logs.configure("error", "text")
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.folder or Path(made)
        # What is measured in this process runs on the loop that the service runs on.
        with asyncio.Runner(loop_factory=uvicorn.Config("service").get_loop_factory()) as runner:
            measuring = measure(names, folder, chosen.offers, chosen.boards, chosen.rounds, chosen.slice)
            results = runner.run(measuring)
    print(f"\n{table(results)}")


if __name__ == "__main__":
    main()
