"""What clients may count on: the built schema breaks nothing of contract.graphql."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema
from graphql.utilities import DangerousChangeType, find_breaking_changes, find_dangerous_changes

from schema import contract

HERE = Path(__file__).parent
COMMITTED = Path(contract.__file__).parent / "schema.graphql"


@pytest.fixture(scope="module")
def promised() -> GraphQLSchema:
    return build_schema((HERE / "contract.graphql").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def built() -> GraphQLSchema:
    return build_schema(contract.sdl())


def test_nothing_is_broken(promised: GraphQLSchema, built: GraphQLSchema) -> None:
    assert [change.description for change in find_breaking_changes(promised, built)] == []


def test_no_default_is_another(promised: GraphQLSchema, built: GraphQLSchema) -> None:
    """An argument that is left out means the same as before."""
    changes = find_dangerous_changes(promised, built)
    assert [c.description for c in changes if c.type is DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE] == []


def test_the_committed_schema_is_the_built_one() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == contract.sdl(), "run `make schema`"
