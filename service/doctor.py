"""The doctor: which engine, what is loaded, what is wrong and how to mend it. It changes nothing."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from graph.engines.embedded import FolderInUse
from graph.errors import GraphError
from graph.migrations import pending
from graph.model import KINDS
from service.runtime import Runtime
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. What is wrong has a `mend`: what to do about it."""

    name: str
    text: str
    mend: str = ""

    def __str__(self) -> str:
        line = f"{'wrong' if self.mend else 'ok':<6} {self.name:<11} {self.text}"
        return f"{line}\n{'':<19}→ {self.mend}" if self.mend else line


async def examine(settings: Settings) -> int:
    """Prints what is found, one thing after the other. The exit code is 1 when something is wrong."""
    wrong = False
    async for finding in _findings(settings):
        print(finding, flush=True)
        wrong = wrong or bool(finding.mend)
    return int(wrong)


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    if not settings.neo4j_uri and not settings.data_dir.is_dir():
        yield Finding("engine", f"embedded; there is no folder {settings.data_dir} yet", "tilbudsvifte serve makes it.")
        return
    runtime = Runtime(settings)
    try:
        await runtime.engine.start()
        yield Finding("engine", f"{runtime.engine.name}, {await runtime.engine.version()}")
        for name, look in _LOOKS.items():
            try:
                yield await look(runtime)
            except GraphError as error:
                yield Finding(name, str(error), "See what is wrong above; if nothing is, look at the engine's log.")
    except FolderInUse as error:
        yield _running(settings, error)
    except Exception as error:  # the driver's too, such as a wrong password
        yield Finding("engine", f"{runtime.engine.name}: {type(error).__name__}: {error}", _how_to_reach(settings))
    finally:
        await runtime.engine.stop()


def _how_to_reach(settings: Settings) -> str:
    if settings.neo4j_uri:
        return (
            f"See that Neo4j runs at {settings.neo4j_uri} and holds the database {settings.neo4j_database}, "
            "and that NEO4J_USER and NEO4J_PASSWORD are right."
        )
    return f"Look at the engine's log in {settings.data_dir / 'engine' / 'log'}."


def _running(settings: Settings, in_use: FolderInUse) -> Finding:
    """A service owns the data folder: what it says about itself."""
    url = f"{settings.url}/health/ready"
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            report = json.load(answer)
    except urllib.error.HTTPError as unready:
        stages: dict[str, Any] = json.load(unready).get("stages", {})
        missing = "; ".join(f"{name}: {stage.get('detail')}" for name, stage in stages.items() if not stage["ready"])
        return Finding("service", f"runs and is not ready. {missing}", "Look at its log.")
    except (OSError, ValueError):
        return Finding(
            "service", f"{in_use} It does not answer at {url}.", "Give the doctor that service's HOST and PORT."
        )
    versions = ", ".join(f"{name} {version}" for name, version in report["versions"].items())
    return Finding("service", f"runs and is ready at position {report['position']}: {versions}. Stop it to see more.")


async def _migrations(runtime: Runtime) -> Finding:
    lacking = await pending(runtime.engine)
    if lacking:
        names = ", ".join(migration.name for migration in lacking)
        return Finding("migrations", f"not applied: {names}", "tilbudsvifte serve applies them at start.")
    return Finding("migrations", "up to date")


async def _content(runtime: Runtime) -> Finding:
    counts = {kind.name: await _count(runtime, kind.label) for kind in KINDS.values()}
    if not any(counts.values()):
        return Finding("content", "nothing is loaded", "tilbudsvifte load")
    return Finding("content", ", ".join(f"{count} {name}" for name, count in counts.items() if count))


async def _ledger(runtime: Runtime) -> Finding:
    position, changes = await runtime.ledger.position(), await _count(runtime, "Change")
    if position != changes:
        text = f"stands at position {position}, but holds {changes} changes"
        return Finding("ledger", text, "Something wrote around the service. Restore a backup.")
    return Finding("ledger", f"position {position}")


async def _memory(runtime: Runtime) -> Finding:
    memory = runtime.memory
    await memory.catalogue.rebuild()
    await memory.register.rebuild()
    wrong: list[str] = []
    right: list[str] = []
    for listed, label, what in ((memory.catalogue, "Offer", "offers"), (memory.register, "Board", "boards")):
        stored = await _count(runtime, label)
        (right if len(listed) == stored else wrong).append(f"{len(listed)} of {stored} {what}")
    if wrong:
        return Finding("memory", ", ".join(wrong), "Load the content again: tilbudsvifte load")
    return Finding("memory", ", ".join(right))


async def _count(runtime: Runtime, label: str) -> int:
    rows = await runtime.database.read(f"MATCH (n:{label}) RETURN count(n) AS count")  # a label of the model
    return int(rows[0]["count"])


_LOOKS: dict[str, Callable[[Runtime], Awaitable[Finding]]] = {
    "migrations": _migrations,
    "content": _content,
    "ledger": _ledger,
    "memory": _memory,
}
