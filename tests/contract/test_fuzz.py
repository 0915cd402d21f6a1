"""Whatever is asked by the schema, and a little beside it, the service answers or says what the caller did wrong."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor

import pytest
from graphql import GraphQLObjectType, build_client_schema, build_schema, get_introspection_query

from schema import contract
from tests.contract.conftest import KEY
from tests.contract.fuzzing import ANONYMOUS, EXAMPLES, Report, follow, fuzz
from tests.service.loaded import Folders
from tests.service.served import Served, command, serving

BUILT = build_schema(contract.sdl())


def operations(root: GraphQLObjectType | None) -> list[str]:
    return [] if root is None else [f"{root.name}.{name}" for name in root.fields]


QUERIES, MUTATIONS = operations(BUILT.query_type), operations(BUILT.mutation_type)
SUBSCRIPTIONS = operations(BUILT.subscription_type)
Reports = Callable[[str], Report]


@pytest.fixture(scope="module")
def workers() -> Iterator[ProcessPoolExecutor]:
    """To make a request takes longer than to answer it."""
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        yield pool
        pool.shutdown(cancel_futures=True)


def tokens() -> dict[str, str | None]:
    made = command("token", "--role", "admin", "--minutes", "600", DEVELOPMENT_KEY=KEY)
    assert made.returncode == 0, made.stderr
    return {ANONYMOUS: None, "admin": made.stdout.strip()}


def reports(service: Served, workers: ProcessPoolExecutor, labels: list[str]) -> Reports:
    """Begins with all of `labels`, and gives what waits for the report on one."""
    who = tokens()
    url = f"{service.url}/graphql"
    begun: dict[str, Future[Report]] = {
        label: workers.submit(follow if label in SUBSCRIPTIONS else fuzz, url, label, who, EXAMPLES) for label in labels
    }
    return lambda label: begun[label].result()


@pytest.fixture(scope="module")
def written(loaded: Folders) -> Iterator[Served]:
    """A service of its own: what is asked of it writes."""
    with serving(loaded("written"), DEVELOPMENT_KEY=KEY) as service:
        yield service


@pytest.fixture(scope="module")
def of_queries(served: Served, workers: ProcessPoolExecutor) -> Reports:
    return reports(served, workers, [*QUERIES, *SUBSCRIPTIONS])


@pytest.fixture(scope="module")
def of_mutations(written: Served, workers: ProcessPoolExecutor) -> Reports:
    return reports(written, workers, MUTATIONS)


def test_what_is_served_is_what_is_fuzzed(served: Served) -> None:
    shown = build_client_schema(served.ask(get_introspection_query()).json()["data"])
    assert operations(shown.query_type) == QUERIES
    assert operations(shown.mutation_type) == MUTATIONS
    assert operations(shown.subscription_type) == SUBSCRIPTIONS


@pytest.mark.parametrize("label", [*QUERIES, *SUBSCRIPTIONS])
def test_a_query_or_subscription(of_queries: Reports, label: str) -> None:
    report = of_queries(label)
    assert report.failure is None, report.failure
    for who in (ANONYMOUS, "admin"):
        assert report.answered(who) > 0.05, f"hardly anything was asked: {report.outcomes}"


@pytest.mark.parametrize("label", MUTATIONS)
def test_a_mutation(of_mutations: Reports, label: str) -> None:
    report = of_mutations(label)
    assert report.failure is None, report.failure
    assert report.answered("admin") > 0.05, f"hardly anything was asked: {report.outcomes}"


def test_nobody_wrote_but_the_admin(of_mutations: Reports, written: Served) -> None:
    for label in MUTATIONS:
        of_mutations(label)
    latest = written.ask("{ changes(last: 100) { nodes { actor } totalCount } }").json()["data"]["changes"]
    assert latest["totalCount"] > 1, "nothing was written"
    assert {change["actor"] for change in latest["nodes"]} <= {"system", "developer"}
