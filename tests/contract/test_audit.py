"""What others wrote to test servers and to talk with them, from npm: audits and clients, at the versions of
npm/package.json.

npm takes from its cache what it has; where a package is neither there nor to be had, the tests are skipped, but
never in continuous integration.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.machine import lacking
from tests.service.served import Served

HERE = Path(__file__).parent / "npm"
AUDITS = 61


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages and the scripts that use them."""
    folder = tmp_path_factory.mktemp("npm") / "npm"
    shutil.copytree(HERE, folder)
    options = ["--prefer-offline", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        installed = subprocess.run(
            ["npm", "install", *options], cwd=folder, capture_output=True, text=True, timeout=300
        )
        problem = installed.stderr if installed.returncode else None
    except (FileNotFoundError, subprocess.TimeoutExpired) as error:
        problem = str(error)
    if problem is not None:
        lacking(f"npm does not install: {problem}")
    return folder


def node(folder: Path, *arguments: str) -> list[Any]:
    """The lines of JSON that a script prints."""
    run = subprocess.run(["node", *arguments], cwd=folder, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_graphql_over_http(packages: Path, served: Served) -> None:
    """The audits of the specification's reference implementation."""
    audits = node(packages, "audit.js", f"{served.url}/graphql")
    assert len(audits) == AUDITS
    assert [audit for audit in audits if audit["status"] != "ok"] == []


def test_clients_for_subscriptions(packages: Path, served: Served) -> None:
    """graphql-ws over graphql-transport-ws, graphql-sse in its distinct mode: both are told the same."""
    query = 'subscription { changes(after: "0") { position action subject } }'
    told = node(packages, "follow.js", f"{served.url}/graphql", query, "1")
    [change] = served.ask("{ changes(first: 1) { nodes { position action subject } } }").json()["data"]["changes"][
        "nodes"
    ]
    assert [client["name"] for client in told] == ["graphql-ws", "graphql-sse"]
    for client in told:
        assert [event["data"] for event in client["events"]] == [{"changes": change}]
