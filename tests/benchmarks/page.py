"""A page of 50 offers over HTTP, beside the same statement sent by the bare driver and encoded by orjson."""

from __future__ import annotations

from collections.abc import AsyncIterator
from statistics import median

from tests.benchmarks.client import post, throughput
from tests.benchmarks.questions import OFFERS
from tests.benchmarks.result import Result
from tests.benchmarks.running import bare, connected, directory_of, engine_of, sent_for, service
from tests.benchmarks.setting import Setting

CLIENTS = 8


async def run(setting: Setting) -> AsyncIterator[Result]:
    variables = {"first": 50}
    request = {"query": OFFERS, "variables": variables}
    ours, theirs = post("/graphql", request), post("/page", request)
    with service(setting.loaded.folder) as served:
        database = engine_of(served)
        sent = await sent_for(await directory_of(database), OFFERS, variables)
        await database.close()
        with bare(database, sent) as port:
            mine, others = await connected(served.port, CLIENTS), await connected(port, CLIENTS)
            await throughput(mine, ours, 2 * setting.slice), await throughput(others, theirs, 2 * setting.slice)
            pairs = [
                (await throughput(mine, ours, setting.slice), await throughput(others, theirs, setting.slice))
                for _ in range(setting.rounds)
            ]
            for client in (*mine, *others):
                client.close()
    yield Result(
        "page of 50 offers: throughput beside the bare driver",
        median(one / other for one, other in pairs),
        "x",
        at_least=0.9,
        note=f"{median(a for a, _ in pairs):.0f} and {median(b for _, b in pairs):.0f} pages a second",
    )
