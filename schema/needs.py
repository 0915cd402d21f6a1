"""Where in a document a citizen's need stands, so that nothing of it outlives its request.

Documents and plans are kept, by their text and by the shape of their variables. A need that is given in
variables is in neither. One that is written into the text itself makes the text a need, which is not kept.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    ListValueNode,
    Node,
    ObjectValueNode,
    TokenKind,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    visit,
)

FIELD = "matchOffers"


class _Needs(Visitor):
    """Collects the variables that stand outside of needs, and whether a need, or any text, is written out."""

    def __init__(self) -> None:
        super().__init__()
        self.outside: set[str] = set()
        self.asks = self.defaults = self.written = self.texts = False

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        self.asks = self.asks or node.name.value == FIELD

    def enter_argument(self, node: ArgumentNode, key: Any, parent: Any, path: Any, ancestors: list[Any]) -> Any:
        field = next((one for one in reversed(ancestors) if isinstance(one, Node)), None)
        if isinstance(field, FieldNode) and field.name.value == FIELD:
            self.written = self.written or _writes(node.value)
            return self.SKIP
        return None

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> Any:
        self.defaults = self.defaults or node.default_value is not None
        return self.SKIP

    def enter_string_value(self, *_: Any) -> None:
        self.texts = True

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.outside.add(node.name.value)


def _writes(value: Node) -> bool:
    """Whether anything stands there but variables."""
    if isinstance(value, ListValueNode):
        return any(_writes(item) for item in value.values)
    if isinstance(value, ObjectValueNode):
        return any(_writes(field.value) for field in value.fields)
    return not isinstance(value, VariableNode)


class Needs(NamedTuple):
    """What a document has to do with needs."""

    written: bool
    """Whether its own text holds one, or says something beside asking for one: in a comment, or any other text."""
    outside: frozenset[str]
    """The variables that stand outside of needs."""
    asked: bool
    """Whether one must be given."""


def needs_in(document: DocumentNode) -> Needs:
    found = _Needs()
    visit(document, found)
    written = found.written or found.defaults or found.texts or (found.asks and _has_comments(document))
    return Needs(found.asks and written, frozenset(found.outside), found.asks)


def _has_comments(document: DocumentNode) -> bool:
    token = document.loc.start_token if document.loc else None
    while token is not None and token.kind is not TokenKind.COMMENT:
        token = token.next
    return token is not None
