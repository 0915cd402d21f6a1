"""Shapes: what of a request's variables can change its plan.

Two requests with the same text and the same shape are served by the same plan. Given or null, true or false,
an enum's value, the kind that an id names and the structure of an input object count; numbers, dates and words do not.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
)

from graph.model import kind_of


def shape(value: Any, type: Any) -> Hashable:
    if isinstance(type, GraphQLNonNull):
        type = type.of_type
    if value is None:
        return None
    if isinstance(type, GraphQLList):
        inner: Any = type.of_type
        items = value if isinstance(value, list | tuple) else [value]
        return (len(items) > 0, frozenset(shape(item, inner) for item in items))
    if isinstance(type, GraphQLInputObjectType):
        fields: Mapping[str, Any] = type.fields
        return tuple((name, shape(value[name], fields[name].type)) for name in fields if name in value)
    if isinstance(type, GraphQLEnumType):
        return str(value)
    if isinstance(type, GraphQLScalarType) and type.name == "Boolean":
        return bool(value)
    if isinstance(type, GraphQLScalarType) and type.name == "ID":
        kind = kind_of(value)
        return kind.name if kind else ""
    return ...
