"""Variables: a request's values as the operation declares them, or what is wrong with them, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    VariableDefinitionNode,
    is_input_type,
    type_from_ast,
)
from graphql.execution.values import VariableValues, get_variable_values
from graphql.utilities import validate_input_value

MOST_FAULTS = 20


def coerced(
    schema: GraphQLSchema, operation: OperationDefinitionNode, given: Mapping[str, Any]
) -> VariableValues | list[GraphQLError]:
    """The values of an operation's variables, or their faults: BAD_USER_INPUT, each with the path of its input.

    The path begins at the variable's name: `["need", "age"]` for `$need`.
    """
    definitions = operation.variable_definitions or ()
    values = get_variable_values(schema, definitions, dict(given), max_errors=MOST_FAULTS)
    if isinstance(values, VariableValues):
        return values
    faults = (fault for definition in definitions for fault in _faults(schema, definition, dict(given)))
    return list(islice(faults, MOST_FAULTS))


def _faults(schema: GraphQLSchema, definition: VariableDefinitionNode, given: dict[str, Any]) -> Iterator[GraphQLError]:
    """What is wrong with one variable. The first look says where in words only, so graphql-core is asked once more."""
    found = get_variable_values(schema, (definition,), given)
    if isinstance(found, VariableValues):
        return
    name, type = definition.variable.name.value, type_from_ast(schema, definition.type)
    located: list[tuple[str, list[str | int]]] = []
    if is_input_type(type):
        # What is nested too deeply to be looked through is not located: the variable as a whole is at fault.
        with suppress(RecursionError):
            value = given.get(name, Undefined)
            validate_input_value(value, type, lambda error, path: located.append((error.message, path)))
    for message, path in located or [(error.message, []) for error in found]:
        where = [name, *path]
        extensions = {"code": "BAD_USER_INPUT", "input": where}
        yield GraphQLError(f"{'.'.join(map(str, where))}: {message}", definition, extensions=extensions)
