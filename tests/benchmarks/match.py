"""A match with its first 20, every criterion and explanation, beside a plain list of 20 offers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import orjson

from tests.benchmarks.client import post
from tests.benchmarks.questions import CRITERIA, MATCH, NEED, OFFERS
from tests.benchmarks.result import Result
from tests.benchmarks.running import connected, directory_of, engine_of, service
from tests.benchmarks.setting import Setting, in_turn


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
        took = await in_turn(
            10 * setting.rounds,
            {
                "list": lambda: directory.execute(OFFERS, listing["variables"]),
                "match": lambda: directory.execute(MATCH, matching["variables"]),
                "list by HTTP": lambda: client.ask(listed),
                "match by HTTP": lambda: client.ask(matched),
            },
        )
        client.close()
        await database.close()
    for name, by in (("in the process", ""), ("over HTTP", " by HTTP")):
        match, plain = took[f"match{by}"], took[f"list{by}"]
        yield Result(
            f"matchOffers, top 20, {name}: time beside offers(first: 20)",
            match / plain,
            "x",
            at_most=2,
            note=f"{match:.1f} and {plain:.1f} ms",
        )
