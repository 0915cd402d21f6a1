"""How the tests are shared out among processes."""

from __future__ import annotations

import pytest

from tests.sharing import LONGEST, next_of, share


@pytest.mark.parametrize(
    ("nodeid", "shared"),
    [
        ("tests/a.py::test_a", "tests/a.py"),
        ("tests/a.py::test_a[json]", "tests/a.py"),
        ("tests/a.py::test_a[embedded]", "tests/a.py embedded"),
        ("tests/a.py::test_a[neo4j-1]", "tests/a.py neo4j"),
        ("tests/a.py::test_a[neo4j-calendar-1]", "tests/a.py neo4j-calendar"),
        ("tests/a.py::test_a[offer-neo4j-forward]", "tests/a.py neo4j"),
        ("tests/a.py::test_a[as neo4j has it]", "tests/a.py"),
    ],
)
def test_a_file_on_an_engine_is_done_by_one_process(nodeid: str, shared: str) -> None:
    assert share(nodeid) == shared


def test_what_runs_on_an_engine_is_shared_with_its_engine(request: pytest.FixtureRequest) -> None:
    """Else a second process starts a Neo4j for it."""
    for item in request.session.items:
        chosen = getattr(getattr(item, "callspec", None), "params", {})
        if "engine" in chosen:
            assert share(item.nodeid).endswith(f" {chosen['engine']}"), item.nodeid


@pytest.mark.parametrize(
    ("scopes", "first", "others"),
    [
        (["a", "b neo4j", "c"], "b neo4j", "a"),
        (["b neo4j-calendar", "a embedded"], "b neo4j-calendar", "a embedded"),
        (["a", "c"], "a", "a"),
        (["b neo4j", "c neo4j"], "b neo4j", "b neo4j"),
    ],
)
def test_one_process_does_what_is_on_neo4j(scopes: list[str], first: str, others: str) -> None:
    assert next_of(scopes, first=True) == first
    assert next_of(scopes, first=False) == others


def test_what_is_begun_first_is_there(request: pytest.FixtureRequest) -> None:
    """As far as it was collected: some of the files may be run, and some of the tests of a file."""
    shared = {share(item.nodeid) for item in request.session.items}
    files = {one.partition(" ")[0] for one in shared}
    assert [long for long in LONGEST if not (request.config.rootpath / long.partition(" ")[0]).exists()] == []
    option, chosen = request.config.option, request.config.args
    if not (option.keyword or option.markexpr or any("::" in name for name in chosen)):
        assert {long for long in LONGEST if long.partition(" ")[0] in files} <= shared
