"""graphql-core executes an operation, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    execute_sync,
    get_named_type,
    is_abstract_type,
    is_introspection_type,
    parse,
)

from graph.errors import BadInput
from graph.plan.binding import Binding
from graph.snapshot import Snapshot
from schema.contract import core, make
from schema.contract import reads as declared_reads
from schema.plain.resolvers import resolve
from schema.plain.values import Ask, Here


class PlainDirectory:
    """Answers operations from a snapshot, as slowly and as simply as the specification says it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.core: GraphQLSchema = core(make())
        known = declared_reads(self.core)
        for name, type in self.core.type_map.items():
            if isinstance(type, GraphQLObjectType) and not is_introspection_type(type):
                type.is_type_of = None
                for field_name, field in type.fields.items():
                    field.resolve = self._resolver(known[name, field_name])
            elif is_abstract_type(type):
                type.resolve_type = _type_of

    def execute(
        self, text: str, variables: Mapping[str, Any] | None, operation_name: str | None, binding: Binding
    ) -> ExecutionResult:
        """The answer to a valid operation. `binding` brings the day, the caller's rights and the services."""
        return execute_sync(
            self.core,
            parse(text),
            variable_values=dict(variables or {}),
            operation_name=operation_name,
            context_value=binding,
        )

    def _resolver(self, read: Any) -> Callable[..., Any]:
        def resolver(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
            named = get_named_type(info.return_type)
            possible = info.schema.get_possible_types(named) if is_abstract_type(named) else (named,)
            names = frozenset(type.name for type in possible)
            try:
                return resolve(read, Ask(source, arguments, info.context, self.snapshot, names))
            except BadInput as fault:
                raise GraphQLError(fault.message, extensions={"code": fault.code}) from fault

        return resolver


def _type_of(value: Here, info: GraphQLResolveInfo[Any], type: Any) -> str:
    return value.node.label
