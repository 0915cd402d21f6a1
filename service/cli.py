"""The command line: `tilbudsvifte serve`, `load`, `schema`, `doctor`."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from graph.clock import SystemClock
from graph.errors import GraphError
from graph.migrations import migrate
from schema.contract import sdl
from seeds.loader import CONTENT, SeedFaults, load, read
from service import doctor, logs
from service.runtime import Runtime
from service.server import PortTaken, serve
from service.settings import Settings, WrongSetting

COMMANDS = {
    "serve": "answer questions over HTTP until stopped",
    "load": "load a folder of content into the graph",
    "schema": "print the GraphQL schema",
    "doctor": "say what is there, what is wrong, and how to mend it",
}


class WrongFolder(Exception):
    """What is to be loaded is not there."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. The exit code is 0, 1 when something is wrong, 2 when the command cannot be meant."""
    chosen = _parser().parse_args(arguments)
    if chosen.command == "schema":
        print(sdl(), end="")
        return 0
    try:
        settings = Settings.read(os.environ)
        logs.configure(settings.log_level if chosen.command == "serve" else "error", settings.log_format)
        match chosen.command:
            case "serve":
                serve(settings)
                return 0
            case "load" if not chosen.folder.is_dir():
                raise WrongFolder(f"{chosen.folder} is no folder.")
            case "load":
                return asyncio.run(_load(settings, chosen.folder))
            case _:
                return asyncio.run(doctor.examine(settings))
    except (WrongSetting, WrongFolder, PortTaken, SeedFaults, GraphError) as wrong:
        print(f"tilbudsvifte: {wrong}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tilbudsvifte",
        description="Which offers fit a citizen's needs, and why. Settings are variables of the environment: "
        "see docs/operating.md.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    parsers = {name: commands.add_parser(name, help=help, description=help) for name, help in COMMANDS.items()}
    parsers["load"].add_argument(
        "folder", nargs="?", type=Path, default=CONTENT, metavar="FOLDER", help="default: the first content"
    )
    return parser


async def _load(settings: Settings, folder: Path) -> int:
    read(folder, SystemClock().today())  # what is wrong is told before an engine is started
    async with opened(settings) as runtime:
        await migrate(runtime.engine)
        result = await load(runtime.commands, folder, runtime.clock.today())
    print(f"{result.created} created, {result.updated} updated, {result.unchanged} unchanged")
    print(f"position {result.position}")
    return 0


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Runtime]:
    """A runtime whose engine runs, and nothing else."""
    runtime = Runtime(settings)
    await runtime.engine.start()
    try:
        yield runtime
    finally:
        await runtime.engine.stop()
