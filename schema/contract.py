"""The schema, built once from the declared types, with what the plan must know of each field."""

from __future__ import annotations

from functools import cache

import strawberry
from graphql import GraphQLObjectType, GraphQLSchema, is_introspection_type, print_schema
from strawberry.schema.config import StrawberryConfig

from graph.plan.reads import Read
from schema import (
    agreements,
    boards,
    changes,
    classification,
    knowledge,
    nodes,
    offers,
    organisations,
    processes,
    seats,
)
from schema.declare import read_of
from schema.mutations.mutation import Mutation
from schema.queries import Query
from schema.scalars import SCALARS
from schema.subscription import Subscription

# Types that are reached through an interface only.
_TYPES = (
    organisations.Association,
    organisations.Authority,
    nodes.Source,
    agreements.FocusArea,
    changes.Change,
    classification.ThemeItem,
    offers.Offer,
    boards.Board,
    seats.Seat,
    seats.Tenure,
    seats.Representative,
    agreements.Laboratory,
    agreements.Document,
    knowledge.Knowledge,
    processes.Process,
)


def make() -> strawberry.Schema:
    """A schema of its own, for who wants to change what it does."""
    return strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=_TYPES,
        config=StrawberryConfig(scalar_map=SCALARS),
    )


@cache
def build() -> strawberry.Schema:
    """The schema that everyone shares."""
    return make()


def core(schema: strawberry.Schema) -> GraphQLSchema:
    return schema._schema


def reads(schema: GraphQLSchema) -> dict[tuple[str, str], Read]:
    """How each field of each object type is read. A field that says nothing is a fault in its declaration."""
    found: dict[tuple[str, str], Read] = {}
    for name, type in schema.type_map.items():
        if not isinstance(type, GraphQLObjectType) or is_introspection_type(type):
            continue
        for field_name, declared in type.fields.items():
            read = read_of(declared)
            if read is None:
                raise TypeError(f"{name}.{field_name} does not say how it is read")
            found[name, field_name] = read
    return found


def sdl() -> str:
    """The schema in the schema definition language, as it is committed."""
    return print_schema(core(build())) + "\n"
