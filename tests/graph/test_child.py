"""The process of the embedded engine, with the test in the place of its service."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from graph.engines.embedded import NAME
from tests.waiting import eventually

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "long enough for it"


def blocks(pid: int, number: signal.Signals) -> bool:
    """Whether a process lets a signal wait."""
    status = Path(f"/proc/{pid}/status").read_text()
    return bool(int(status.partition("SigBlk:")[2].split()[0], 16) >> (number - 1) & 1)


def engine_process(folder: Path, *line: str) -> subprocess.Popen[str]:
    """The engine's own process, with this one in the place of its service. `line` is what Python is told to run."""
    process = subprocess.Popen(
        [sys.executable, *(line or ("-m", "graph.engines.child"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    settings = {"folder": str(folder), "database": NAME, "password": PASSWORD, "heap": "256m", "number": 1}
    assert process.stdin
    process.stdin.write(json.dumps(settings) + "\n")
    process.stdin.flush()
    return process


@pytest.mark.parametrize("early", [True, False], ids=["while it starts", "when it listens"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_engines_process_stops_cleanly_on_a_signal(
    tmp_path: Path, number: signal.Signals, early: bool
) -> None:
    process = engine_process(tmp_path)
    if early:
        await eventually(lambda: blocks(process.pid, number))
        await asyncio.sleep(0.3)
    else:
        assert process.stdout
        assert json.loads(process.stdout.readline())["bolt"]
    process.send_signal(number)
    assert process.wait(60) == 0


TOO_LATE = """
import socket
from graph.engines import child
other = socket.create_server((child.HOST, 0))
found, taken = child._free_ports, [other.getsockname()[1]]
child._free_ports = lambda count: [taken.pop(), *found(count - 1)] if taken else found(count)
child.main()
"""
"""Runs the engine's process where another takes the first port between its being found and being used."""


async def test_another_who_takes_the_port_before_it_is_used_does_no_harm(tmp_path: Path) -> None:
    process = engine_process(tmp_path, "-c", TOO_LATE)
    assert process.stdout
    uri = f"bolt://127.0.0.1:{json.loads(process.stdout.readline())['bolt']}"
    with GraphDatabase.driver(uri, auth=("root", PASSWORD)) as driver:
        assert driver.execute_query("RETURN 1 AS n", database_=NAME).records[0]["n"] == 1
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
