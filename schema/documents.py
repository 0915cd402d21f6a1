"""Documents: the text of an operation, parsed and validated once and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)

from graph.plan.plan import Plan
from graph.plan.selection import Selection
from schema.needs import needs_in

MAX_PLANS = 64
"""Plans kept for one document: one for each operation, role and shape of variables."""


class PlannedPart(NamedTuple):
    """A part of an operation, and its plan. A query is one part, a mutation one for each of its root fields."""

    selection: Selection
    plan: Plan


@dataclass(slots=True)
class Document:
    """A document that is valid against the schema, or the errors that it has."""

    errors: Sequence[GraphQLError]
    operations: dict[str, OperationDefinitionNode]
    fragments: dict[str, FragmentDefinitionNode]
    parsed: bool
    shaping: frozenset[str] = frozenset()
    """The variables that can change a plan: all but those of a need."""
    plans: OrderedDict[Hashable, Sequence[PlannedPart]] = field(default_factory=OrderedDict)

    def operation(self, name: str | None) -> OperationDefinitionNode | GraphQLError:
        """The operation asked for: the named one, or the only one."""
        if name:
            found = self.operations.get(name)
            return found if found is not None else GraphQLError(f'Unknown operation named "{name}".')
        if len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if not self.operations:
            return GraphQLError("Must provide an operation.")
        return GraphQLError("Must provide operation name if query contains multiple operations.")

    def keep(self, key: Hashable, plan: Sequence[PlannedPart]) -> None:
        self.plans[key] = plan
        if len(self.plans) > MAX_PLANS:
            self.plans.popitem(last=False)


class Documents:
    """A bounded cache of documents; the longest unused goes first. One that holds a need is never kept."""

    def __init__(
        self, schema: GraphQLSchema, *, introspection: bool = True, size: int = 1000, max_tokens: int = 5000
    ) -> None:
        self._rules = specified_rules if introspection else (*specified_rules, NoSchemaIntrospectionCustomRule)
        self._schema, self._size, self._max_tokens = schema, size, max_tokens
        self._kept: OrderedDict[str, Document] = OrderedDict()

    def get(self, text: str) -> Document:
        document = self._kept.get(text)
        if document is not None:
            self._kept.move_to_end(text)
            return document
        document, private = self._read(text)
        if private:
            return document
        self._kept[text] = document
        if len(self._kept) > self._size:
            self._kept.popitem(last=False)
        return document

    def _read(self, text: str) -> tuple[Document, bool]:
        """The document, and whether it holds what must not be kept: a need, or a text that could not be read."""
        try:
            # Validation grows with the square of some repetitions; a bound on tokens bounds them all.
            node = parse(text, max_tokens=self._max_tokens, no_location=False)
        except GraphQLError as error:
            return Document([error], {}, {}, parsed=False), True
        operations, fragments = {}, {}
        for definition in node.definitions:
            if isinstance(definition, OperationDefinitionNode):
                operations[definition.name.value if definition.name else ""] = definition
            elif isinstance(definition, FragmentDefinitionNode):
                fragments[definition.name.value] = definition
        private, shaping = needs_in(node)
        errors = validate(self._schema, node, self._rules, max_errors=20)
        return Document(errors, operations, fragments, True, shaping), private
