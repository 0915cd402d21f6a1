"""Cost: about how many objects an operation asks for, counted from its fields and variables alone.

- Every object counts 1; plain values are free.
- What is asked of the items of a list counts once for each item that there may be.
- A page has as many items as `first` or `last` say, else 50, but no more than its field declares; `nodes` as many as
  `ids`; a list without a page as many as its field declares, else 10.
- A field that takes more work than to look something up declares it, and that counts on top.
- Of the types that an object may have, the dearest counts.

The count is a formula that is made once for a plan; what a request brings to it is the sizes of its pages.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    VariableNode,
)

from graph.keyset import DEFAULT_SIZE, LARGEST_SIZE
from graph.plan.binding import Arguments, Binding
from graph.plan.selection import Field, Selection
from schema.declare import Weight, weight_of
from schema.introspection import Introspection

Formula = Callable[[Binding], int]
Term = int | Formula
"""A number, where no variable has a part in it."""

_PAGE = ("first", "last")
_UNKNOWN = 10
"""Items of a list of which nothing is known."""

# All types there are, and of one type or field about how many; the one that is asked for by its name may be the
# largest. `ofType` is free: it leads on, but never far.
_OF_THE_SCHEMA: Mapping[str, int] = {
    "__type": 8,
    "types": 250,
    "fields": 8,
    "inputFields": 8,
    "args": 2,
    "enumValues": 6,
    "interfaces": 1,
    "possibleTypes": 1,
    "directives": 6,
}


def cost_of(selection: Selection, schema: GraphQLSchema, binding: Binding) -> Formula:
    """The cost of a root's selection. `binding` is one of those for which the selection was lowered."""
    total = _plus(1, _selection(selection, schema, binding, None))
    return total if callable(total) else lambda binding: total


def _selection(selection: Selection, schema: GraphQLSchema, binding: Binding, page: Term | None) -> Term:
    return _dearest(
        [_plus(*(_field(field, schema, binding, page) for field in fields)) for fields in selection.by_type.values()]
    )


def _field(field: Field, schema: GraphQLSchema, binding: Binding, page: Term | None) -> Term:
    """`page` is the size of the page around, for what stands in a connection."""
    if isinstance(field.read, Introspection):
        return sum(_introspected(node, field.read.fragments) for node in field.read.nodes)
    type, _, name = field.label.partition(".")
    declared = getattr(schema.type_map[type], "fields", {}).get(name)
    if declared is None:  # __typename
        return 0
    weight = weight_of(declared)
    if field.selection is None:
        return weight.work
    asked = _size(field, declared, weight, binding)
    if field.nulls.items is None:
        return _plus(weight.work, 1, _selection(field.selection, schema, binding, asked))
    size = next(size for size in (asked, page, _UNKNOWN) if size is not None)
    return _plus(weight.work, _times(size, _plus(1, _selection(field.selection, schema, binding, None))))


def _size(field: Field, declared: GraphQLField, weight: Weight, binding: Binding) -> Term | None:
    """How many items the field asks for or has; None where nothing of its own says so."""
    items = weight.items
    if "first" not in declared.args:
        if "ids" in declared.args:
            return _from(field, _number_of_ids, ("ids",), binding)
        return _from(field, items, declared.args, binding) if callable(items) else items
    if items is None:
        return _from(field, _page_size, _PAGE, binding)
    if callable(items):
        return _from(field, lambda arguments: min(_page_size(arguments), items(arguments)), declared.args, binding)
    return _from(field, lambda arguments: min(_page_size(arguments), items), _PAGE, binding)


def _from(field: Field, size: Callable[[Arguments], int], names: Container[str], binding: Binding) -> Term:
    """What `size` makes of the arguments `names` of a field."""
    arguments, node = field.arguments, field.origin
    if any(isinstance(given.value, VariableNode) for given in node.arguments or () if given.name.value in names):
        return lambda binding: size(arguments(binding))
    return size(arguments(binding))


def _page_size(arguments: Arguments) -> int:
    """What cannot be meant is refused where the page is read."""
    for name in _PAGE:
        asked = arguments.get(name)
        if asked is not None:
            return min(max(int(asked), 0), LARGEST_SIZE)
    return DEFAULT_SIZE


def _number_of_ids(arguments: Arguments) -> int:
    return min(len(arguments["ids"]), LARGEST_SIZE)


def _introspected(node: FieldNode, fragments: Mapping[str, FragmentDefinitionNode]) -> int:
    if node.selection_set is None:
        return 0
    inner = _introspected_all(node.selection_set, fragments)
    name = node.name.value
    return inner if name == "ofType" else _OF_THE_SCHEMA.get(name, 1) * (1 + inner)


def _introspected_all(selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> int:
    total = 0
    for node in selections.selections:
        if isinstance(node, FieldNode):
            total += _introspected(node, fragments)
        elif isinstance(node, InlineFragmentNode):
            total += _introspected_all(node.selection_set, fragments)
        elif isinstance(node, FragmentSpreadNode):
            total += _introspected_all(fragments[node.name.value].selection_set, fragments)
    return total


# -- formulas


def _plus(*terms: Term) -> Term:
    known = sum(term for term in terms if isinstance(term, int))
    open = tuple(term for term in terms if not isinstance(term, int))
    if not open:
        return known
    return lambda binding: known + sum([term(binding) for term in open])


def _times(size: Term, each: Term) -> Term:
    if isinstance(size, int):
        if isinstance(each, int):
            return size * each
        if size == 1:
            return each
    return lambda binding: _value(size, binding) * _value(each, binding)


def _dearest(terms: list[Term]) -> Term:
    if all(isinstance(term, int) for term in terms):
        return max(term for term in terms if isinstance(term, int))
    if len(terms) == 1:
        return terms[0]
    return lambda binding: max([_value(term, binding) for term in terms])


def _value(term: Term, binding: Binding) -> int:
    return term if isinstance(term, int) else term(binding)
