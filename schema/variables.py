"""Variables: a request's values as the operation declares them, or what is wrong with them, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from itertools import islice
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    VariableDefinitionNode,
    get_named_type,
    is_input_type,
    type_from_ast,
)
from graphql.execution.get_variable_signature import get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource, get_variable_values
from graphql.utilities import coerce_input_value, validate_input_value

MOST_FAULTS = 20


def coerced(
    schema: GraphQLSchema, operation: OperationDefinitionNode, given: Mapping[str, Any]
) -> VariableValues | list[GraphQLError]:
    """The values of an operation's variables, or their faults: BAD_USER_INPUT, each with the path of its input.

    The path begins at the variable's name: `["need", "age"]` for `$need`.
    """
    definitions = operation.variable_definitions or ()
    plain = _plainly(schema, definitions, given)
    if plain is not None:
        return plain
    values = get_variable_values(schema, definitions, dict(given), max_errors=MOST_FAULTS)
    if isinstance(values, VariableValues):
        return values
    faults = (fault for definition in definitions for fault in _faults(schema, definition, dict(given)))
    return list(islice(faults, MOST_FAULTS))


def _plainly(
    schema: GraphQLSchema, definitions: Iterable[VariableDefinitionNode], given: Mapping[str, Any]
) -> VariableValues | None:
    """The values, where all are given and right; None where graphql-core has to look closer.

    It looks first how deep each is nested, which for a need takes as long as to read it. How deep a value can be is
    bounded by its type, unless that holds itself.
    """
    sources: dict[str, VariableValueSource] = {}
    values: dict[str, Any] = {}
    for definition in definitions:
        signature = get_variable_signature(schema, definition)
        if isinstance(signature, GraphQLError) or signature.name not in given:
            return None
        if _holds_itself(get_named_type(signature.type)):
            return None
        value = given[signature.name]
        read = coerce_input_value(value, signature.type)
        if read is Undefined:
            return None
        sources[signature.name], values[signature.name] = VariableValueSource(signature, value), read
    return VariableValues(sources, values)


@cache
def _holds_itself(type: GraphQLNamedType) -> bool:
    """Whether a value of the type can be nested without end."""
    return any(inner in _held(inner) for inner in (type, *_held(type)))


def _held(type: GraphQLNamedType) -> set[GraphQLNamedType]:
    """The types of the fields of an input type, and of their fields in turn."""
    found: set[GraphQLNamedType] = set()
    todo = [type]
    while todo:
        one = todo.pop()
        if isinstance(one, GraphQLInputObjectType):
            fields = {get_named_type(field.type) for field in one.fields.values()} - found
            found |= fields
            todo += fields
    return found


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
