"""Lowering: from a validated GraphQL operation to a selection that the plan can read.

Fragments are spread, `@skip` and `@include` decided, fields under one response key merged, and interfaces
and unions taken apart into the types that an object may have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from graphql import (
    BooleanValueNode,
    EnumValueNode,
    FieldNode,
    FloatValueNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLSkipDirective,
    GraphQLUnionType,
    InlineFragmentNode,
    IntValueNode,
    NullValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    get_named_type,
    is_abstract_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.values import VariableValues, coerce_argument, get_directive_values

from graph.plan.binding import Arguments, Binding
from graph.plan.reads import Read, TypeName
from graph.plan.selection import Field, Nulls, Selection
from schema import introspection
from schema.limits.exceeded import LimitExceeded
from schema.limits.limits import DEFAULT

_TYPENAME = TypeName()
Collected = dict[str, list[FieldNode]]


class Lowering:
    """Lowers one operation for the variables at hand, whose values decide its directives.

    Raises LimitExceeded for more than `max_fields`: an interface within an interface multiplies them.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        reads: Mapping[tuple[str, str], Read],
        fragments: Mapping[str, FragmentDefinitionNode],
        operation: OperationDefinitionNode,
        variables: VariableValues,
        max_fields: int = DEFAULT.max_fields,
    ) -> None:
        self._schema, self._reads, self._fragments, self._variables = schema, reads, fragments, variables
        self._operation = operation
        self._max_fields, self._count = max_fields, 0

    def root(self) -> Selection:
        type = self._schema.get_root_type(self._operation.operation)
        assert type is not None
        return self._selection(type, [self._operation.selection_set])

    def _selection(self, type: Any, sets: Sequence[SelectionSetNode]) -> Selection:
        possible = self._schema.get_possible_types(type) if is_abstract_type(type) else (type,)
        return Selection({object.name: self._fields(object, sets) for object in sorted(possible, key=lambda t: t.name)})

    def _fields(self, type: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> tuple[Field, ...]:
        collected: Collected = {}
        spread: set[str] = set()
        for selections in sets:
            self._collect(type, selections, collected, spread)
        return tuple(self._field(type, key, nodes) for key, nodes in collected.items())

    def _collect(
        self, type: GraphQLObjectType, selections: SelectionSetNode, collected: Collected, spread: set[str]
    ) -> None:
        for node in selections.selections:
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                key = node.alias.value if node.alias else node.name.value
                collected.setdefault(key, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or self._applies(node.type_condition.name.value, type):
                    self._collect(type, node.selection_set, collected, spread)
            elif isinstance(node, FragmentSpreadNode):
                name = node.name.value
                if name not in spread:
                    spread.add(name)
                    fragment = self._fragments[name]
                    if self._applies(fragment.type_condition.name.value, type):
                        self._collect(type, fragment.selection_set, collected, spread)

    def _included(self, node: Any) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self._variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self._variables)
        return not include or bool(include["if"])

    def _applies(self, condition: str, type: GraphQLObjectType) -> bool:
        named = self._schema.type_map[condition]
        if named is type:
            return True
        return isinstance(named, GraphQLInterfaceType | GraphQLUnionType) and self._schema.is_sub_type(named, type)

    def _field(self, type: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Field:
        self._count += 1
        if self._count > self._max_fields:
            raise LimitExceeded("MAX_FIELDS", "Fields, each for every type", self._max_fields, None)
        name = nodes[0].name.value
        source = tuple(id(node) for node in nodes)
        if name == "__typename":
            return Field(key, _TYPENAME, Nulls(True), _no_arguments, None, f"{type.name}.__typename", source)
        if name in introspection.FIELDS:
            asked = introspection.Introspection(self._schema, self._operation, tuple(nodes), self._fragments)
            return Field(key, asked, Nulls(False), _no_arguments, None, f"{type.name}.{name}", source)
        declared = type.fields[name]
        sets = [node.selection_set for node in nodes if node.selection_set]
        named = get_named_type(declared.type)
        return Field(
            key,
            self._reads[type.name, name],
            _nulls(declared.type),
            arguments_of(declared, nodes[0]) if declared.args else _no_arguments,
            self._selection(named, sets) if sets else None,
            f"{type.name}.{name}",
            source,
            nodes[0],
        )


def _no_arguments(binding: Binding) -> Arguments:
    return {}


def arguments_of(declared: GraphQLField, node: FieldNode) -> Callable[[Binding], Arguments]:
    """Reads a field's arguments from a request's variables: once a request, however often they are asked for.

    What stands in the text, or is left out, is the same for all requests, and is read once.
    """
    given = {argument.name.value: argument for argument in node.arguments or ()}
    varying = [name for name, argument in given.items() if not isinstance(argument.value, _CONSTANTS)]

    @cache
    def fixed() -> Arguments:
        read: dict[str, Any] = {}
        for name in declared.args.keys() - varying:
            coerce_argument(read, node, name, declared.args[name], given.get(name), None, None)
        return read

    def arguments(binding: Binding) -> Arguments:
        # The node, not the closure, is the key: the types of an interface are asked in one place.
        key = (id(declared), id(node))
        kept = binding.memo.get(key)
        if kept is None:
            kept = binding.memo[key] = {**fixed()}
            for name in varying:
                coerce_argument(kept, node, name, declared.args[name], given[name], binding.variables, None)
        return kept

    return arguments


_CONSTANTS = (BooleanValueNode, EnumValueNode, FloatValueNode, IntValueNode, NullValueNode, StringValueNode)
"""What holds no variable, and no value that anyone could change."""


def _nulls(type: GraphQLOutputType) -> Nulls:
    required = is_non_null_type(type)
    inner: Any = type.of_type if is_non_null_type(type) else type
    return Nulls(required, _nulls(inner.of_type) if is_list_type(inner) else None)
