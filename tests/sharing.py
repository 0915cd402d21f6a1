"""How several processes share the tests out: by file and engine, so that what a file needs is made once."""

from __future__ import annotations

import re

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

LONGEST = (
    "tests/contract/test_fuzz.py",
    "tests/schema/test_differential.py neo4j",
    "tests/pages/test_site.py",
    "tests/contract/test_canary.py",
    "tests/schema/test_relay.py neo4j",
    "tests/graph/test_engines.py",
    "tests/faults/test_writers.py neo4j",
    "tests/faults/test_writers.py embedded",
    "tests/benchmarks/test_benchmarks.py",
)
"""What takes longer than a minute is begun first, so that no process waits for another in the end."""

_ENGINE = re.compile(r"\[(neo4j-calendar|neo4j|embedded)\b")


def share(nodeid: str) -> str:
    """What is done by one process: a file's tests on one engine."""
    file, _, test = nodeid.partition("::")
    engine = _ENGINE.search(test)
    return f"{file} {engine[1]}" if engine else file


def longest_first(items: list[pytest.Item]) -> None:
    ranks = {long: rank for rank, long in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(share(item.nodeid), len(LONGEST)))


class Sharing(LoadScopeScheduling):
    """Shares in the order in which they were collected."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return share(nodeid)
