"""The values of variables are those that graphql-core finds, whichever way they are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    OperationDefinitionNode,
    get_named_type,
    is_list_type,
    is_non_null_type,
    parse,
    type_from_ast,
)
from graphql.execution.values import VariableValues, get_variable_values
from hypothesis import given
from hypothesis import strategies as st

from schema.contract import build, core
from schema.variables import _holds_itself, coerced

SCHEMA = core(build())
DECLARED = {
    "need": "NeedInput!",
    "filter": "OfferFilter",
    "near": "NearInput",
    "ids": "[ID!]",
    "first": "Int = 3",
    "day": "Date",
}


def declaring(names: Iterable[str]) -> OperationDefinitionNode:
    """An operation with these variables."""
    declared = ", ".join(f"${name}: {DECLARED[name]}" for name in names)
    [operation] = parse(f"query ({declared}) {{ __typename }}").definitions
    assert isinstance(operation, OperationDefinitionNode)
    return operation


TYPES: dict[str, Any] = {
    one.variable.name.value: type_from_ast(SCHEMA, one.type) for one in declaring(DECLARED).variable_definitions or ()
}

LEAVES: dict[str, st.SearchStrategy[Any]] = {
    "ID": st.text(max_size=3) | st.integers(),
    "String": st.text(max_size=3),
    "Int": st.integers(-(2**31), 2**31 - 1),
    "Float": st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 200),
    "Boolean": st.booleans(),
    "Date": st.dates().map(str),
    "DateTime": st.just("2026-11-22T12:00:00Z"),
    "Decimal": st.decimals(0, 10**6, places=2).map(str),
}


def right(type: Any, depth: int = 0) -> st.SearchStrategy[Any]:
    """Values of an input type. A filter within a filter within a filter holds none."""
    if is_non_null_type(type):
        return right(type.of_type, depth)
    if is_list_type(type):
        items = right(type.of_type, depth)
        return st.none() | st.lists(items, max_size=2) | items
    if isinstance(type, GraphQLEnumType):
        return st.none() | st.sampled_from(sorted(type.values))
    if not isinstance(type, GraphQLInputObjectType):
        return st.none() | LEAVES[type.name]
    fields = {
        name: (right(field.type, depth + 1), is_non_null_type(field.type))
        for name, field in type.fields.items()
        if depth < 2 or not isinstance(get_named_type(field.type), GraphQLInputObjectType)
    }
    return st.fixed_dictionaries(
        {name: of.filter(lambda value: value is not None) for name, (of, needed) in fields.items() if needed},
        optional={name: of for name, (of, needed) in fields.items() if not needed},
    )


wrong = st.sampled_from([None, "", "MILD", -1, 17.5, True, {}, {"unknown": 1}, [[1]], [None]])


@st.composite
def given_values(draw: st.DrawFn) -> dict[str, Any]:
    """What a request gives: mostly right, here and there something else."""
    names = draw(st.sets(st.sampled_from(sorted(TYPES)), min_size=1))
    values = {name: draw(right(TYPES[name])) for name in sorted(names)}
    if draw(st.integers(0, 2)) == 0:
        place: Any = draw(st.sampled_from([one for one in (values, *values.values()) if isinstance(one, dict)]))
        place[draw(st.sampled_from([*place, "unknown"]))] = draw(wrong)
    return values


@given(given_values(), st.sets(st.sampled_from(sorted(DECLARED)), max_size=2))
def test_they_are_those_of_graphql_core(values: dict[str, Any], left_out: set[str]) -> None:
    operation = declaring(sorted(left_out | values.keys() & DECLARED.keys()))
    expected = get_variable_values(SCHEMA, operation.variable_definitions or (), values)
    found = coerced(SCHEMA, operation, values)
    if isinstance(expected, VariableValues):
        assert isinstance(found, VariableValues)
        assert (found.coerced, list(found.sources)) == (expected.coerced, list(expected.sources))
        assert [one.value for one in found.sources.values()] == [one.value for one in expected.sources.values()]
    else:
        assert isinstance(found, list)
        assert found


def test_only_filters_can_be_nested_without_end() -> None:
    inputs = [type for type in SCHEMA.type_map.values() if isinstance(type, GraphQLInputObjectType)]
    assert {type.name for type in inputs if _holds_itself(type)} == {"OfferFilter"}
    assert not _holds_itself(SCHEMA.type_map["ID"])


def test_what_is_nested_without_end_is_a_fault_of_its_variable() -> None:
    deep: dict[str, Any] = {}
    for _ in range(20_000):
        deep = {"not": deep}
    found = coerced(SCHEMA, declaring(["need", "filter"]), {"need": {}, "filter": deep})
    assert isinstance(found, list)
    assert [error.extensions for error in found] == [{"code": "BAD_USER_INPUT", "input": ["filter"]}]
