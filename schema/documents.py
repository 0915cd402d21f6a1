"""Documents: the text of an operation, parsed and validated once and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    NoFragmentCyclesRule,
    NoSchemaIntrospectionCustomRule,
    NoUnusedFragmentsRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)

from graph.plan.plan import Plan
from graph.plan.selection import Selection
from schema.limits.exceeded import LimitExceeded
from schema.limits.limits import DEFAULT, UNLIMITED, Limits
from schema.limits.measure import check
from schema.needs import needs_in

MAX_ERRORS = 5
"""Errors of one document that are told."""
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
    takes_need: bool = False
    trusted: bool = False
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
    """A bounded cache of documents; the longest unused goes first. One that may hold a need is never kept.

    `trusted` are texts that were agreed on beforehand. They are kept as long as this is, and the limits on a
    document's text do not hold for them. With `trusted_only`, no other is answered.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        *,
        introspection: bool = True,
        size: int = 1000,
        limits: Limits = DEFAULT,
        trusted: Collection[str] = (),
        trusted_only: bool = False,
    ) -> None:
        self._rules = specified_rules if introspection else (*specified_rules, NoSchemaIntrospectionCustomRule)
        self._schema, self._size, self._limits, self._trusted_only = schema, size, limits, trusted_only
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self._trusted = {text: self._read(text, UNLIMITED)[0] for text in trusted}
        for document in self._trusted.values():
            document.trusted = True

    def get(self, text: str) -> Document:
        document = self._kept.get(text)
        if document is not None:
            self._kept.move_to_end(text)
            return document
        document = self._trusted.get(text)
        if document is not None:
            return document
        if self._trusted_only:
            reason = GraphQLError("Only trusted documents are answered.", extensions={"code": "BAD_REQUEST"})
            return Document([reason], {}, {}, parsed=False)
        document, private = self._read(text, self._limits)
        if private:
            return document
        self._kept[text] = document
        if len(self._kept) > self._size:
            self._kept.popitem(last=False)
        return document

    def told(self, text: str, name: str | None) -> str | None:
        """The name of an operation, where it may be told to others: where a need is taken, it may say whose."""
        document = self._trusted.get(text) or self._kept.get(text)
        if document is None or (document.takes_need and not document.trusted):
            return None
        return name if name in document.operations else None

    def _read(self, text: str, limits: Limits) -> tuple[Document, bool]:
        """The document, and whether it may hold what must not be kept.

        A need, that is, which may stand anywhere in a text that is not valid: in a field that is misspelt.
        """
        most = limits.max_tokens
        try:
            node = parse(text, max_lexical_tokens=most, max_comments=most)
        except GraphQLError as error:
            if any(f"more than {most} {what}" in error.message for what in ("tokens", "comments")):
                error = LimitExceeded("MAX_TOKENS", "Tokens", most, None)
            return Document([error], {}, {}, parsed=False), True
        needs = needs_in(node)
        errors = self._faults(node, limits)
        operations, fragments = {}, {}
        for definition in node.definitions:
            if isinstance(definition, OperationDefinitionNode):
                operations[definition.name.value if definition.name else ""] = definition
            elif isinstance(definition, FragmentDefinitionNode):
                fragments[definition.name.value] = definition
        return Document(errors, operations, fragments, True, needs.outside, needs.asked), needs.written or bool(errors)

    def _faults(self, node: DocumentNode, limits: Limits) -> Sequence[GraphQLError]:
        """What is wrong with a document: what makes it impossible to count first, then whether it asks for too much."""
        uncountable = validate(self._schema, node, _COUNTABLE)
        if uncountable:
            return uncountable
        try:
            check(node, limits)
        except LimitExceeded as error:
            return [error]
        return validate(self._schema, node, self._rules, max_errors=MAX_ERRORS)


_COUNTABLE = (NoFragmentCyclesRule, NoUnusedFragmentsRule)
