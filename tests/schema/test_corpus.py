"""The corpus asks for everything that can be asked. What can be written has tests of its own: test_mutations.py."""

from __future__ import annotations

from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_introspection_type,
    parse,
    visit,
)

from schema.contract import build, core
from tests.schema.corpus import CORPUS

SCHEMA = core(build())


def _reachable(root: Any) -> set[str]:
    """The names of the types that lead on from a type, its own among them."""
    found: set[str] = set()
    due = [root]
    while due:
        type = due.pop()
        if type.name in found:
            continue
        found.add(type.name)
        if isinstance(type, GraphQLInterfaceType):
            due += SCHEMA.get_possible_types(type)
        if isinstance(type, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            due += [get_named_type(field.type) for field in type.fields.values()]
        if isinstance(type, GraphQLObjectType | GraphQLInterfaceType):
            due += [get_named_type(a.type) for field in type.fields.values() for a in field.args.values()]
    return found


ASKABLE = _reachable(SCHEMA.query_type)
TYPES = [t for t in SCHEMA.type_map.values() if not is_introspection_type(t) and t.name in ASKABLE]
OBJECTS = [type for type in TYPES if isinstance(type, GraphQLObjectType | GraphQLInterfaceType)]

# A cursor is read off a page and no literal: test_relay reads every list on from its cursors.
CURSORS = {"after", "before"}


class Asked(Visitor):
    """Notes each field, argument, input field and enum value that is written."""

    def __init__(self) -> None:
        super().__init__()
        self.info = TypeInfo(SCHEMA)
        self.fields: set[str] = set()
        self.arguments: set[str] = set()
        self.inputs: set[str] = set()
        self.values: set[str] = set()

    def read(self, text: str) -> None:
        visit(parse(text), TypeInfoVisitor(self.info, self))

    def enter_field(self, node: Any, *_: Any) -> None:
        parent: Any = self.info.get_parent_type()
        self.fields.add(f"{parent.name}.{node.name.value}")
        self.arguments.update(f"{node.name.value}({argument.name.value}:)" for argument in node.arguments or ())

    def enter_object_field(self, node: Any, *_: Any) -> None:
        parent: Any = get_named_type(self.info.get_parent_input_type())
        self.inputs.add(f"{parent.name}.{node.name.value}")

    def enter_enum_value(self, node: Any, *_: Any) -> None:
        type: Any = get_named_type(self.info.get_input_type())
        self.values.add(f"{type.name}.{node.value}")


ASKED = Asked()
for text in {written.text for written in CORPUS}:
    ASKED.read(text)


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 150


def test_its_names_are_unique() -> None:
    names = [written.name for written in CORPUS]
    assert sorted(names) == sorted({*names})


def test_every_field_is_asked_for() -> None:
    assert {f"{type.name}.{name}" for type in OBJECTS for name in type.fields} <= ASKED.fields


def test_every_argument_is_given() -> None:
    arguments = {
        f"{name}({argument}:)" for type in OBJECTS for name, field in type.fields.items() for argument in field.args
    }
    assert {a for a in arguments if not a.endswith(tuple(f"({name}:)" for name in CURSORS))} <= ASKED.arguments


def test_every_input_field_is_given() -> None:
    inputs = [type for type in TYPES if isinstance(type, GraphQLInputObjectType)]
    assert {f"{type.name}.{name}" for type in inputs for name in type.fields} <= ASKED.inputs


def test_every_value_of_an_input_is_given() -> None:
    given = {
        get_named_type(field.type)
        for type in TYPES
        if isinstance(type, GraphQLInputObjectType)
        for field in type.fields.values()
    }
    given |= {get_named_type(a.type) for type in OBJECTS for field in type.fields.values() for a in field.args.values()}
    enums = [type for type in given if isinstance(type, GraphQLEnumType)]
    assert {f"{type.name}.{name}" for type in enums for name in type.values} <= ASKED.values
