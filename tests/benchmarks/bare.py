"""The least that can answer a page: one Starlette route that sends one statement by the driver and encodes its row.

`python -m tests.benchmarks.bare` reads what to do from standard input: see `Bare`.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
import uvicorn
from neo4j import AsyncGraphDatabase
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def application(uri: str, auth: list[str], database: str, statement: str, parameters: dict[str, Any]) -> Starlette:
    driver = AsyncGraphDatabase.driver(uri, auth=tuple(auth), telemetry_disabled=True)

    async def page(request: Request) -> Response:
        async with driver.session(database=database) as session:
            result = await session.run(statement, parameters)
            record = await result.single(strict=True)
            await result.consume()
        return Response(orjson.dumps({"data": record.value()}), media_type="application/json")

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await driver.close()

    return Starlette(routes=[Route("/page", page, methods=["POST"])], lifespan=lifespan)


def main() -> None:
    told = json.loads(sys.stdin.readline())
    port = told.pop("port")
    config = uvicorn.Config(
        application(**told), port=port, access_log=False, log_config=None, server_header=False, lifespan="on"
    )
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(uvicorn.Server(config).serve())


if __name__ == "__main__":
    main()
