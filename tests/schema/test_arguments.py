"""A field's arguments are read as graphql-core reads them, though what is the same in all requests is read once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from graphql import FieldNode, GraphQLError, OperationDefinitionNode, build_schema, parse
from graphql.execution.values import VariableValues, get_argument_values, get_variable_values
from hypothesis import given
from hypothesis import strategies as st

from graph.plan.binding import Binding
from schema.lowering import arguments_of

SCHEMA = build_schema(
    """
    type Query { field(a: Int = 1, b: [Int], c: In = {x: 5}, d: Kind = ONE, e: String, f: Int! = 7): Int }
    input In { x: Int = 3, y: [Int!] }
    enum Kind { ONE TWO }
    """
)
TYPES = {"a": "Int", "b": "[Int]", "c": "In", "d": "Kind", "e": "String", "f": "Int"}
LITERALS = {
    "a": ("4", "null", "$a"),
    "b": ("[1, 2]", "3", "null", "[1, $a]", "$b"),
    "c": ("{}", "{x: 1}", "{x: $a}", "{y: $b}", "$c"),
    "d": ("TWO", "null", "$d"),
    "e": ('"text"', "null", "$e"),
    "f": ("8", "$f"),
}
VALUES: dict[str, tuple[Any, ...]] = {
    "a": (9, None),
    "b": ([5], [], None),
    "c": ({"x": 2}, {"y": [1]}, None),
    "d": ("TWO", None),
    "e": ("æ", None),
    "f": (10, None),
}

ASKED = st.fixed_dictionaries({}, optional={name: st.sampled_from(texts) for name, texts in LITERALS.items()})
GIVEN = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})


def read(texts: dict[str, str]) -> tuple[OperationDefinitionNode, FieldNode]:
    arguments = ", ".join(f"{name}: {text}" for name, text in texts.items())
    declared = ", ".join(f"${name}: {type}" for name, type in TYPES.items())
    document = parse(f"query ({declared}) {{ field{f'({arguments})' if arguments else ''} }}")
    [operation] = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    [node] = operation.selection_set.selections
    assert isinstance(node, FieldNode)
    return operation, node


@given(ASKED, st.lists(GIVEN, min_size=1, max_size=3))
def test_each_request_has_its_own(texts: dict[str, str], requests: list[dict[str, Any]]) -> None:
    operation, node = read(texts)
    assert SCHEMA.query_type is not None
    declared = SCHEMA.query_type.fields["field"]
    ours = arguments_of(declared, node)
    for request in requests:
        variables = get_variable_values(SCHEMA, operation.variable_definitions or (), request)
        assert isinstance(variables, VariableValues)
        binding = Binding(variables, None, date(2026, 11, 21))
        try:
            expected = get_argument_values(declared, node, variables)
        except GraphQLError as fault:
            with pytest.raises(GraphQLError) as refused:
                ours(binding)
            assert refused.value.message == fault.message
        else:
            assert ours(binding) == expected
            assert ours(binding) is ours(binding)
