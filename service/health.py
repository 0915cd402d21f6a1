"""Health: `/health/live` says that the process answers, `/health/ready` that it can answer questions."""

from __future__ import annotations

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.runtime import Runtime


def routes(runtime: Runtime) -> list[Route]:
    async def live(request: Request) -> Response:
        return _json({"status": "live"}, 200)

    async def ready(request: Request) -> Response:
        """200 when engine, migrations, content and memory stand; else 503 with what is missing and why."""
        report = {
            "status": "ready" if runtime.ready else "not ready",
            "stages": {
                stage.name: {"ready": stage.ready, **({"detail": stage.detail} if stage.detail else {})}
                for stage in runtime.stages
            },
            "position": str(runtime.position),
            "versions": runtime.versions,
        }
        return _json(report, 200 if runtime.ready else 503)

    return [Route("/health/live", live), Route("/health/ready", ready)]


def _json(content: object, status: int) -> Response:
    return Response(orjson.dumps(content), status, {"Cache-Control": "no-store"}, "application/json")
