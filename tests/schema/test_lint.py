"""The schema reads as one hand wrote it: everything described, named alike, paged after Relay, and readable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    is_introspection_type,
    is_specified_scalar_type,
)

from graph.model import KINDS
from schema import contract

SCHEMA = contract.core(contract.build())
TYPES: dict[str, Any] = {
    name: type
    for name, type in SCHEMA.type_map.items()
    if not is_introspection_type(type) and not is_specified_scalar_type(type)
}
CAMEL, PASCAL, SCREAMING = r"[a-z][a-zA-Z0-9]*", r"[A-Z][a-zA-Z0-9]*", r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*"
PAGING = ("first", "after", "last", "before")


def elements() -> Iterator[tuple[str, str, Any]]:
    """Everything that has a name and a description: `(where, the pattern of its name, it)`."""
    for name, type in TYPES.items():
        yield name, PASCAL, type
        if isinstance(type, GraphQLEnumType):
            yield from ((f"{name}.{value}", SCREAMING, defined) for value, defined in type.values.items())
        for field, declared in getattr(type, "fields", {}).items():
            yield f"{name}.{field}", CAMEL, declared
            for argument, given in getattr(declared, "args", {}).items():
                yield f"{name}.{field}.{argument}", CAMEL, given


def test_everything_is_described() -> None:
    assert [where for where, _, element in elements() if not (element.description or "").strip()] == []


def test_descriptions_are_sentences() -> None:
    """They end as sentences do; a name in backticks may begin one."""
    odd = [(where, e.description) for where, _, e in elements() if not re.search(r"[.?]$", e.description or "")]
    assert odd == []


def test_names_follow_their_kind() -> None:
    assert [where for where, pattern, _ in elements() if not re.fullmatch(pattern, where.rsplit(".", 1)[-1])] == []


def test_connections_follow_relay() -> None:
    connections = {name: type for name, type in TYPES.items() if name.endswith("Connection")}
    assert connections
    for name, connection in connections.items():
        of = name.removesuffix("Connection")
        shown = {field: str(declared.type) for field, declared in connection.fields.items()}
        if name == "SearchConnection":
            # Hits are ranked: they are read from the best on, and never counted.
            assert shown == {"edges": "[SearchEdge!]!", "pageInfo": "PageInfo!"}
            assert {"cursor", "node"} <= TYPES["SearchEdge"].fields.keys()
            continue
        assert shown == {
            "edges": f"[{of}Edge!]!",
            "nodes": f"[{of}!]!",
            "pageInfo": "PageInfo!",
            "totalCount": "Int!",
        }
        edge = {field: str(declared.type) for field, declared in TYPES[f"{of}Edge"].fields.items()}
        assert edge == {"cursor": "String!", "node": f"{of}!"}
    assert {field: str(declared.type) for field, declared in TYPES["PageInfo"].fields.items()} == {
        "hasNextPage": "Boolean!",
        "hasPreviousPage": "Boolean!",
        "startCursor": "String",
        "endCursor": "String",
    }


def test_what_gives_a_connection_can_be_paged() -> None:
    pages = [
        declared
        for type in TYPES.values()
        if isinstance(type, GraphQLObjectType | GraphQLInterfaceType)
        for declared in type.fields.values()
        if str(declared.type).endswith("Connection!") and str(declared.type) != "SearchConnection!"
    ]
    assert pages
    for declared in pages:
        given = {name: str(argument.type) for name, argument in declared.args.items() if name in PAGING}
        assert given == {"first": "Int", "after": "String", "last": "Int", "before": "String"}


def test_every_field_says_how_it_is_read() -> None:
    """`reads` refuses one that does not; here it is held to miss none."""
    objects = [type for type in TYPES.values() if isinstance(type, GraphQLObjectType)]
    assert set(contract.reads(SCHEMA)) == {(type.name, field) for type in objects for field in type.fields}


def test_what_has_an_id_is_a_node_of_the_model() -> None:
    """So that `node(id:)` finds the type of whatever a client holds the id of.

    An entry of the change log is reached through the log alone.
    """
    node = TYPES["Node"]
    nodes = {type.name for type in SCHEMA.get_possible_types(node)}
    with_id = {n for n, type in TYPES.items() if isinstance(type, GraphQLObjectType) and "id" in type.fields}
    assert with_id - nodes == {"Change"}
    assert nodes <= {kind.label for kind in KINDS.values()}
