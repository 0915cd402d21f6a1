"""Every way that leads to what is withheld, read off the schema: nothing here knows the name of a type.

A field is withheld where its read says so (`guarded`, `personal`), and so is whatever is unpacked of a property as a
whole, such as the fields of a change. A way in is a field that gives such a type. From every root field the shortest
path to each way in is asked, all in one operation.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_object_type,
    is_required_argument,
)

from graph.plan.reads import Embedded, Property, Read, Unpacked

Reads = Mapping[tuple[str, str], Read]
Field = tuple[str, str]
"""A type and a field of it."""
Step = tuple[str, str, str]
"""A type, a field of it, and the type that is gone on with: the field's own, or one of those it may have."""
Arguments = Callable[[str, str, GraphQLField], str]
"""What stands in parentheses after a field of a type; empty for none."""


def withheld(schema: GraphQLSchema, reads: Reads) -> set[Field]:
    """Every field that is not for everyone."""
    found: set[Field] = set()
    for (type, name), read in reads.items():
        match read:
            case Property(guarded=True) | Property(personal=True) | Embedded(guarded=True):
                found.add((type, name))
            case Unpacked():
                unpacked = get_named_type(_object(schema, type).fields[name].type)
                found |= {(unpacked.name, inner) for inner in _object(schema, unpacked.name).fields}
    return found


def personal(reads: Reads) -> set[Field]:
    """Those of them that are about a person."""
    return {place for place, read in reads.items() if isinstance(read, Property) and read.personal}


def ways_in(schema: GraphQLSchema, types: set[str]) -> set[Step]:
    """Every field of any object that may give one of `types`."""
    return {
        step
        for type in schema.type_map.values()
        if is_object_type(type)
        for step in _steps(schema, type)
        if step[2] in types
        and not step[0].startswith("__")
        and type not in (schema.mutation_type, schema.subscription_type)
    }


def parts(schema: GraphQLSchema, root: str, operation: str = "Query") -> list[str]:
    """The fields of what a root field gives that lead on."""
    named = get_named_type(_object(schema, operation).fields[root].type)
    return list(dict.fromkeys(name for _, name, _ in _steps(schema, named))) if is_object_type(named) else []


def paths(
    schema: GraphQLSchema, operation: str, root: str, ways: set[Step], part: str | None
) -> dict[Step, tuple[Step, ...]]:
    """The shortest path from a root field, or from one part of it, over each of `ways`, of those that it leads to."""
    begin = [(step,) for step in _steps(schema, _object(schema, operation)) if step[1] == root]
    if part is not None:
        begin = [(*p, step) for p in begin for step in _steps(schema, _object(schema, p[-1][2])) if step[1] == part]
    found = {path[-1]: path for path in begin if path[-1] in ways}
    reached: dict[str, tuple[Step, ...]] = {}
    queue = deque((path[-1][2], path) for path in begin)
    while queue:
        type, path = queue.popleft()
        if type in reached:
            continue
        reached[type] = path
        for step in _steps(schema, _object(schema, type)):
            if step in ways:
                found.setdefault(step, (*path, step))
            queue.append((step[2], (*path, step)))
    return found


@dataclass
class Tree:
    """Steps that begin alike, together."""

    steps: dict[Step, Tree] = field(default_factory=dict)

    def add(self, path: tuple[Step, ...]) -> None:
        if path:
            self.steps.setdefault(path[0], Tree()).add(path[1:])


class Operations:
    """Writes operations of one sort: `Query`, `Mutation`, `Subscription`. `arguments` says what stands after a field,
    `beside` what else is asked of a root field."""

    def __init__(
        self, schema: GraphQLSchema, reads: Reads, arguments: Arguments, operation: str = "Query", beside: str = ""
    ) -> None:
        self._schema, self._arguments, self._operation, self._beside = schema, arguments, operation, beside
        self._withheld = withheld(schema, reads)
        self.ways = ways_in(schema, {type for type, _ in self._withheld})

    def of(self, root: str, asked: str, part: str | None = None) -> tuple[str, set[Step]]:
        """The operation that asks a root field, or a part of it, with the arguments `asked` for all that it leads to;
        and the ways in."""
        found = paths(self._schema, self._operation, root, self.ways, part)
        tree = Tree()
        for path in found.values():
            tree.add(path)
        body = " ".join(self._asked(step, inner, asked) for step, inner in tree.steps.items())
        return f"{self._operation.lower()} {{ {body or '__typename'} }}", set(found)

    def _asked(self, step: Step, inner: Tree, asked: str | None = None) -> str:
        type, name, onward = step
        declared = _object(self._schema, type).fields[name]
        arguments = self._arguments(type, name, declared) if asked is None else asked
        parts = [
            f"{owner}__{leaf}: {leaf}{self._leaves(owner, leaf)}"
            for owner, leaf in sorted(self._withheld)
            if owner == onward
        ]
        parts += [self._beside] if asked is not None and self._beside else []
        parts += [self._asked(next, deeper) for next, deeper in inner.steps.items()]
        selection = " ".join(parts) or "__typename"
        if get_named_type(declared.type).name != onward:
            selection = f"... on {onward} {{ {selection} }}"
        return f"{type}_{name}_{onward}: {name}{f'({arguments})' if arguments else ''} {{ {selection} }}"

    def _leaves(self, type: str, name: str) -> str:
        named = get_named_type(_object(self._schema, type).fields[name].type)
        if is_leaf_type(named):
            return ""
        leaves = [inner for inner, declared in named.fields.items() if is_leaf_type(get_named_type(declared.type))]
        return f" {{ {' '.join(leaves)} }}"


def required(declared: GraphQLField) -> list[str]:
    """The arguments that must be given."""
    return [name for name, argument in declared.args.items() if is_required_argument(argument)]


def shown(data: Any) -> Iterator[tuple[Field, Any]]:
    """Every withheld field in an answer to such an operation, with what it shows."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            type, separator, name = key.partition("__")
            if separator and type:
                yield (type, name), value
            else:
                yield from shown(value)
    elif isinstance(data, list):
        for item in data:
            yield from shown(item)


def taken(data: Any) -> Iterator[str]:
    """The ways in that such an answer has taken: those behind which something withheld is shown."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if any(True for _ in shown(value)) and any(found is not None for _, found in _at(value)):
                yield key
            yield from taken(value)
    elif isinstance(data, list):
        for item in data:
            yield from taken(item)


def _at(value: Any) -> Iterator[tuple[Field, Any]]:
    """What is shown right here, not further on."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            own = {key: found for key, found in item.items() if "__" in key and not key.startswith("__")}
            yield from shown(own)


def _steps(schema: GraphQLSchema, type: GraphQLObjectType) -> Iterator[Step]:
    for name, declared in type.fields.items():
        named = get_named_type(declared.type)
        if is_abstract_type(named):
            for possible in sorted(schema.get_possible_types(named), key=lambda possible: possible.name):
                yield type.name, name, possible.name
        elif is_object_type(named):
            yield type.name, name, named.name


def _object(schema: GraphQLSchema, name: str) -> GraphQLObjectType:
    type = schema.type_map[name]
    assert isinstance(type, GraphQLObjectType)
    return type
