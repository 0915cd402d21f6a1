"""How several processes share the tests out: by file and engine, so that what a file needs is made once.

What runs on Neo4j goes to one of them, as long as there is other work for the rest: a Neo4j has to be started, and
plans each statement that it has not seen, which takes longer than most tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

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

_ENGINE = re.compile(r"[\[-](neo4j-calendar|neo4j|embedded)(?=[-\]])")


def share(nodeid: str) -> str:
    """What is done by one process: a file's tests on one engine."""
    file, _, test = nodeid.partition("::")
    engine = _ENGINE.search(test)
    return f"{file} {engine[1]}" if engine else file


def longest_first(items: list[pytest.Item]) -> None:
    ranks = {long: rank for rank, long in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(share(item.nodeid), len(LONGEST)))


def next_of(scopes: Iterable[str], *, first: bool) -> str:
    """The next of the scopes, of which there is one at least, for the `first` process or another."""
    scopes = list(scopes)
    return next((scope for scope in scopes if (" neo4j" in scope) is first), scopes[0])


class Sharing(LoadScopeScheduling):
    """Shares in the order in which they were collected, with all of Neo4j for one process."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _assign_work_unit(self, node: WorkerController) -> None:
        scope = next_of(self.workqueue, first=node is self.nodes[0])
        self.workqueue.move_to_end(scope, last=False)
        super()._assign_work_unit(node)

    def _split_scope(self, nodeid: str) -> str:
        return share(nodeid)
