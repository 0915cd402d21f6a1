"""The command line: `tilbudsvifte serve`, `load`, `schema`, `doctor`, `token`.

Each command imports what it needs when it is chosen: `serve` starts the engine before it imports the rest.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from graph.actor import Role
from graph.errors import GraphError
from service import logs
from service.settings import Settings, WrongSetting

COMMANDS = {
    "serve": "answer questions over HTTP until stopped",
    "load": "load a folder of content into the graph",
    "schema": "print the GraphQL schema",
    "trusted": "list the trusted documents of a folder with their ids",
    "doctor": "say what is there, what is wrong, and how to mend it",
    "token": "print a token for development, where DEVELOPMENT_KEY is set",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. The exit code is 0, 1 when something is wrong, 2 when the command cannot be meant."""
    chosen = _parser().parse_args(arguments)
    if chosen.command == "schema":
        from schema.contract import sdl

        print(sdl(), end="")
        return 0
    try:
        if chosen.command == "serve" and chosen.trusted_only:
            os.environ["TRUSTED_ONLY"] = "on"
        settings = Settings.read(os.environ)
        logs.configure(settings.log_level if chosen.command == "serve" else "error", settings.log_format)
        return _run(chosen, settings)
    except (WrongSetting, GraphError) as wrong:
        print(f"tilbudsvifte: {wrong}", file=sys.stderr)
        return 1


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    match chosen.command:
        case "serve":
            from service.server import serve

            serve(settings)
            return 0
        case "load":
            from service.loading import load_folder

            return asyncio.run(load_folder(settings, chosen.folder))
        case "trusted":
            from service.trusted import Trusted, documents

            folder = chosen.folder or settings.trusted_documents
            if not folder:
                raise WrongSetting("TRUSTED_DOCUMENTS: set it, or name a folder.")
            Trusted.read(Path(folder), introspection=settings.introspection)
            for id, path, _ in documents(Path(folder)):
                print(id, path)
            return 0
        case "token":
            from service import token

            print(token.made(settings, chosen))
            return 0
        case _:
            from service.doctor import examine

            return asyncio.run(examine(settings))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tilbudsvifte",
        description="Which offers fit a citizen's needs, and why. Settings are variables of the environment: "
        "see docs/operating.md.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    parsers = {name: commands.add_parser(name, help=help, description=help) for name, help in COMMANDS.items()}
    parsers["load"].add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="default: the first content")
    parsers["trusted"].add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="default: the one of TRUSTED_DOCUMENTS"
    )
    parsers["serve"].add_argument(
        "--trusted-only", action="store_true", help="answer trusted documents and no other; as TRUSTED_ONLY=on"
    )
    token = parsers["token"]
    token.add_argument("--role", action="append", default=[], choices=[*Role], help="may be given several times")
    token.add_argument("--organisation", action="append", default=[], metavar="ID", help="where an editor may write")
    token.add_argument("--name", default="developer", help="who the bearer is; default: developer")
    token.add_argument("--minutes", type=int, default=60, help="for how long; default: 60")
    return parser
