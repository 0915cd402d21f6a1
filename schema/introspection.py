"""Introspection: what graphql-core answers about the schema itself, as a read among the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    execute_sync,
)

from graph.plan.compiler import Compiler, Part, Scope
from graph.plan.finisher import Finishing, FinishWith, Path
from graph.plan.reads import Read
from graph.plan.selection import Field

FIELDS = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True, eq=False)
class Introspection(Read):
    """`__schema` or `__type` as the operation asks for it; the graph is not asked."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    nodes: tuple[FieldNode, ...]
    fragments: Mapping[str, FragmentDefinitionNode]

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        alone = replace(self.operation, selection_set=SelectionSetNode(selections=self.nodes))
        document = DocumentNode(definitions=(alone, *self.fragments.values()))

        def step(raw: Any, path: Path, finishing: Finishing) -> Any:
            sources = finishing.binding.variables.sources
            given = {
                name: source.value for name, source in sources.items() if name in finishing.binding.variables.coerced
            }
            result = execute_sync(self.schema, document, variable_values=given)
            assert result.data is not None, result.errors
            return result.data[item.key]

        return Part(None, finish=FinishWith(step))
