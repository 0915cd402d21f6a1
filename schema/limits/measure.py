"""What a document asks for by its text alone, its fragments spread.

It is counted before the document is validated, since validation takes the square of some of what is counted here.
Only that every fragment is used, and none leads back to itself, must be known already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from schema.limits.exceeded import LimitExceeded
from schema.limits.limits import Limits


class Size(NamedTuple):
    """Of a selection."""

    fields: int = 0
    depth: int = 0
    aliases: int = 0
    directives: int = 0

    def beside(self, other: Size) -> Size:
        return Size(
            self.fields + other.fields,
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.directives + other.directives,
        )


@dataclass(frozen=True, slots=True)
class Measure:
    """Measures the operations of one document. Each fragment is measured once, however often it is spread: spread one
    by one, a dozen that each spread the next one twice are thousands of fields."""

    fragments: Mapping[str, FragmentDefinitionNode]
    known: dict[str, Size]

    def operation(self, node: OperationDefinitionNode) -> Size:
        definitions = node.variable_definitions or ()
        own = len(node.directives or ()) + sum(len(definition.directives or ()) for definition in definitions)
        return self._selections(node.selection_set).beside(Size(directives=own))

    def _selections(self, selections: SelectionSetNode) -> Size:
        total = Size()
        for node in selections.selections:
            inner = Size()
            if isinstance(node, FieldNode):
                if node.selection_set:
                    inner = self._selections(node.selection_set)
                inner = Size(
                    inner.fields + 1, inner.depth + 1, inner.aliases + (node.alias is not None), inner.directives
                )
            elif isinstance(node, InlineFragmentNode):
                inner = self._selections(node.selection_set)
            elif isinstance(node, FragmentSpreadNode):
                inner = self._fragment(node.name.value)
            total = total.beside(inner)._replace(
                directives=total.directives + inner.directives + len(node.directives or ())
            )
        return total

    def _fragment(self, name: str) -> Size:
        if name not in self.known:
            fragment = self.fragments.get(name)
            self.known[name] = (
                self._selections(fragment.selection_set).beside(Size(directives=len(fragment.directives or ())))
                if fragment is not None
                else Size()  # validation refuses it
            )
        return self.known[name]


def check(document: DocumentNode, limits: Limits) -> None:
    """Raises LimitExceeded where the document, by its text, asks for too much.

    Fields and repeats are counted over all of its operations, since all are validated; the rest in each.
    """
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    measure = Measure(fragments, {})
    sizes = [measure.operation(node) for node in operations]
    _within("MAX_FIELDS", "Fields, fragments spread", limits.max_fields, sum(size.fields for size in sizes))
    for size in sizes:
        _within("MAX_DEPTH", "Fields within fields", limits.max_depth, size.depth)
        _within("MAX_ALIASES", "Aliases, fragments spread", limits.max_aliases, size.aliases)
        _within("MAX_DIRECTIVES", "Directives, fragments spread", limits.max_directives, size.directives)
    # What is not too many fields can be walked through one by one.
    repeats = sum(_repeats([node.selection_set], fragments) for node in operations)
    _within("MAX_REPEATS", "Fields that repeat another", limits.max_repeats, repeats)


def _within(limit: str, what: str, allowed: int, asked: int) -> None:
    if asked > allowed:
        raise LimitExceeded(limit, what, allowed, asked)


def _repeats(sets: Iterable[SelectionSetNode], fragments: Mapping[str, FragmentDefinitionNode]) -> int:
    """How many fields stand under a name under which another stands already, here and below."""
    by_key: dict[str, list[FieldNode]] = {}
    for node in _spread(sets, fragments):
        by_key.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
    repeated = 0
    for nodes in by_key.values():
        inner = [node.selection_set for node in nodes if node.selection_set]
        repeated += len(nodes) - 1 + (_repeats(inner, fragments) if inner else 0)
    return repeated


def _spread(sets: Iterable[SelectionSetNode], fragments: Mapping[str, FragmentDefinitionNode]) -> Iterable[FieldNode]:
    for selections in sets:
        for node in selections.selections:
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                yield from _spread([node.selection_set], fragments)
            elif isinstance(node, FragmentSpreadNode) and (fragment := fragments.get(node.name.value)):
                yield from _spread([fragment.selection_set], fragments)
