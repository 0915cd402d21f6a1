"""Search as someone types, beside one offer that is read by its id: in the process, and over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from itertools import cycle
from statistics import median
from typing import Any

import orjson

from tests.benchmarks.client import post
from tests.benchmarks.questions import OFFER, OFFERS, SEARCH, TYPED
from tests.benchmarks.result import Result
from tests.benchmarks.running import connected, directory_of, engine_of, service
from tests.benchmarks.setting import Setting, in_turn

Ask = Callable[[str, dict[str, Any]], Awaitable[Any]]


async def run(setting: Setting) -> AsyncIterator[Result]:
    with service(setting.loaded.folder) as served:
        database = engine_of(served)
        directory = await directory_of(database)
        [client] = await connected(served.port, 1)

        async def inside(text: str, variables: dict[str, Any]) -> Any:
            answer = await directory.execute(text, variables)
            assert answer.data is not None and not answer.errors, answer.errors
            return answer.data

        async def outside(text: str, variables: dict[str, Any]) -> Any:
            return orjson.loads(await client.ask(post("/graphql", {"query": text, "variables": variables})))["data"]

        async def read(ask: Ask) -> Any:
            return await ask(OFFER, {"id": next(ids)})

        nodes = (await inside(OFFERS, {"first": 200}))["offers"]["nodes"]
        ids = cycle([node["id"] for node in nodes])
        for typed in TYPED:
            assert (await inside(SEARCH, {"text": typed}))["search"]["edges"], f"{typed} finds nothing"
        for name, ask in (("in the process", inside), ("over HTTP", outside)):
            took = await in_turn(
                5 * setting.rounds,
                {
                    **{f"search {typed}": partial(ask, SEARCH, {"text": typed}) for typed in TYPED},
                    **{f"offer {typed}": partial(read, ask) for typed in TYPED},
                },
            )
            offer = median(took[f"offer {typed}"] for typed in TYPED)
            search = median(took[f"search {typed}"] for typed in TYPED)
            worst = max(TYPED, key=lambda typed: took[f"search {typed}"])
            yield Result(
                f"search as one types, {name}: time beside an offer by id",
                search / offer,
                "x",
                at_most=3,
                note=f"{search:.2f} and {offer:.2f} ms",
            )
            slowest = took[f"search {worst}"]
            yield Result(f"  what takes longest, “{worst}”", slowest / offer, "x", note=f"{slowest:.2f} ms")
        client.close()
        await database.close()
