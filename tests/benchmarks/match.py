"""A match with its first 20, every criterion and explanation, beside a plain list of 20 offers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import orjson

from tests.benchmarks.client import post
from tests.benchmarks.cores import apart, several
from tests.benchmarks.questions import CRITERIA, MATCH, NEED, OFFERS
from tests.benchmarks.result import Result
from tests.benchmarks.running import connected, directory_of, engine_of, service
from tests.benchmarks.setting import Setting, in_turn

BY = {"in the process": "", "over HTTP": " by HTTP"}


async def run(setting: Setting) -> AsyncIterator[Result]:
    listing: dict[str, Any] = {"query": OFFERS, "variables": {"first": 20}}
    matching: dict[str, Any] = {"query": MATCH, "variables": {"first": 20, "need": NEED}}
    with service(setting.loaded.folder) as served:
        database = engine_of(served)
        directory = await directory_of(database)
        [client] = await connected(served.port, 1)
        listed, matched = post("/graphql", listing), post("/graphql", matching)
        judged = orjson.loads(await client.ask(matched))["data"]["matchOffers"]["fits"]["nodes"]
        assert len(judged) == 20 or setting.loaded.offers < 2000, f"the need fits {len(judged)} offers"
        assert all(len(fit["criteria"]) == CRITERIA for fit in judged)
        asks = {
            "list": lambda: directory.execute(OFFERS, listing["variables"]),
            "match": lambda: directory.execute(MATCH, matching["variables"]),
            "list by HTTP": lambda: client.ask(listed),
            "match by HTTP": lambda: client.ask(matched),
        }
        took = await in_turn(10 * setting.rounds, asks)
        for name, by in BY.items():
            yield _beside(took, name, by, target=2)
        if several():
            with apart(served.engine_pid, served.process.pid):
                took = await in_turn(10 * setting.rounds, asks)
            for name, by in BY.items():
                yield _beside(took, f"{name}, the engine on a core of its own", by)
        client.close()
        await database.close()


def _beside(took: Mapping[str, float], name: str, by: str, target: float | None = None) -> Result:
    match, plain = took[f"match{by}"], took[f"list{by}"]
    return Result(
        f"matchOffers, top 20, {name}: time beside offers(first: 20)",
        match / plain,
        "x",
        at_most=target,
        note=f"{match:.1f} and {plain:.1f} ms",
    )
