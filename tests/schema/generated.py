"""Operations made by hypothesis from the schema itself: any field, any argument, any depth, aliases and fragments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_non_null_type,
)
from hypothesis import strategies as st

MAX_DEPTH = 5
MOMENTS = ("2019-12-31T23:00:00Z", "2025-06-01T12:00:00+02:00", "2026-11-01T08:00:00.000500Z", "2126-01-01T00:00:00Z")
"""Before, between, on and after what `marked` gives."""


class Operations:
    """Makes operations for one directory: `ids` are the ids that its arguments may name, by kind."""

    def __init__(self, schema: GraphQLSchema, ids: Mapping[str, list[str]]) -> None:
        self.schema, self.ids = schema, ids

    def operations(self) -> st.SearchStrategy[str]:
        @st.composite
        def operation(draw: Callable[..., Any]) -> str:
            roots = self.schema.query_type
            assert roots is not None
            names = draw(st.lists(st.sampled_from(sorted(roots.fields)), min_size=1, max_size=2, unique=True))
            body = " ".join(
                self._field(draw, roots, name, MAX_DEPTH, alias=f"r{index}") for index, name in enumerate(names)
            )
            return f"{{ {body} }}"

        return operation()

    def _field(self, draw: Callable[..., Any], type: Any, name: str, depth: int, alias: str | None = None) -> str:
        field = type.fields[name]
        text = f"{alias}: {name}" if alias else name
        given = []
        for argument, definition in field.args.items():
            if is_non_null_type(definition.type) or draw(st.integers(0, 3)) == 0:
                given.append(f"{argument}: {self._value(draw, definition.type, argument, name)}")
        # A page that is given both ways is refused; that is another test's matter.
        if any(g.startswith("first:") for g in given):
            given = [g for g in given if not g.startswith("last:")]
        given = [g for g in given if not g.startswith(("after:", "before:"))]
        if given:
            text += f"({', '.join(given)})"
        directive = draw(st.sampled_from(["", "", "", "", " @include(if: true)", " @skip(if: false)"]))
        named = get_named_type(field.type)
        if is_leaf_type(named):
            return text + directive
        return f"{text}{directive} {self._selection(draw, named, depth - 1)}"

    def _selection(self, draw: Callable[..., Any], type: Any, depth: int) -> str:
        parts = []
        if is_abstract_type(type):
            if hasattr(type, "fields"):
                parts += self._some(draw, type, min(depth, 1), "i")
            possible = sorted(self.schema.get_possible_types(type), key=lambda t: t.name)
            for object in draw(st.lists(st.sampled_from(possible), max_size=2, unique=True)):
                inner = " ".join(self._some(draw, object, depth, f"t{object.name}"))
                parts.append(f"... on {object.name} {{ {inner} }}")
        else:
            parts += self._some(draw, type, depth, "a")
        return f"{{ {' '.join(parts) or '__typename'} }}"

    def _some(self, draw: Callable[..., Any], type: Any, depth: int, prefix: str) -> list[str]:
        names = [
            name for name, field in sorted(type.fields.items()) if depth > 0 or is_leaf_type(get_named_type(field.type))
        ]
        chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True)) if names else []
        fields = [
            self._field(
                draw,
                type,
                name,
                depth,
                f"{prefix}{index}_{name}"
                if draw(st.booleans()) and prefix != "a" or draw(st.integers(0, 3)) == 0
                else self._safe(type, name, prefix),
            )
            for index, name in enumerate(chosen)
        ]
        if draw(st.integers(0, 4)) == 0 or not fields:
            fields.append("__typename")
        return fields

    def _safe(self, type: Any, name: str, prefix: str) -> str | None:
        # Fields of several types under one key must have one type: fragments get keys of their own.
        return None if prefix == "a" else f"{prefix}_{name}"

    def _value(self, draw: Callable[..., Any], type: Any, argument: str, field: str) -> str:
        if isinstance(type, GraphQLNonNull):
            type = type.of_type
        if isinstance(type, GraphQLList):
            values = [self._value(draw, type.of_type, argument, field) for _ in range(draw(st.integers(0, 2)))]
            return f"[{', '.join(values)}]"
        if isinstance(type, GraphQLEnumType):
            if type.name == "OfferOrderField":
                # The other orders need a place or a text, without which they are refused.
                return draw(st.sampled_from(["NAME", "PRICE", "FREE_PLACES", "VERIFIED_ON"]))  # type: ignore[no-any-return]
            return draw(st.sampled_from(sorted(type.values)))  # type: ignore[no-any-return]
        if isinstance(type, GraphQLInputObjectType):
            return self._input(draw, type)
        return self._scalar(draw, type.name, argument, field)

    def _input(self, draw: Callable[..., Any], type: GraphQLInputObjectType) -> str:
        given = []
        if type.name == "NearInput":
            return draw(  # type: ignore[no-any-return]
                st.sampled_from(
                    ['{municipality: "municipality:aalborg", withinKm: 60}', "{latitude: 57, longitude: 9.5}"]
                )
            )
        for name, field in type.fields.items():
            deep = name in ("and", "or", "not")
            if is_non_null_type(field.type) or draw(st.integers(0, 9 if deep else 6)) == 0:
                given.append(f"{name}: {self._value(draw, field.type, name, type.name)}")
        return f"{{{', '.join(given)}}}"

    def _scalar(self, draw: Callable[..., Any], scalar: str, argument: str, field: str) -> str:
        if scalar == "ID":
            kinds = _KINDS.get(argument) or _KINDS.get(field) or tuple(self.ids)
            kind = draw(st.sampled_from([kind for kind in kinds if self.ids.get(kind)] or list(self.ids)))
            return _text(draw(st.sampled_from(self.ids[kind])))
        if scalar == "Int" and argument in _NUMBERS:
            return str(draw(st.sampled_from(_NUMBERS[argument])))
        if scalar == "Int":
            return str(draw(st.sampled_from([0, 1, 2, 3, 20])))
        if scalar == "Float":
            return str(draw(st.sampled_from([0, 0.5, 2, 17.5, 40])))
        if scalar == "Boolean":
            return draw(st.sampled_from(["true", "false"]))  # type: ignore[no-any-return]
        if scalar == "Date":
            return _text(draw(st.sampled_from(["2020-01-01", "2026-11-20", "2026-11-21", "2027-06-01"])))
        if scalar == "DateTime":
            return _text(draw(st.sampled_from(MOMENTS)))
        if scalar == "Decimal":
            return _text(draw(st.sampled_from(["0", "1500", "2190.00", "100000"])))
        if argument == "code":
            return _text(draw(st.sampled_from(["851", "773", "999"])))
        return _text(draw(st.sampled_from(["adhd", "hjerneskade", "bostøtte", "Å", "ærø", "'\"\\ [x", "zzz", ""])))


# What is out of these bounds is refused, which is another test's matter.
_NUMBERS: Mapping[str, tuple[int, ...]] = {"from": (2023, 2024), "to": (2024, 2026), "maxLength": (1, 2, 4)}
_KINDS: Mapping[str, tuple[str, ...]] = {
    "offer": ("offer",),
    "id": ("offer", "agreement"),
    "ids": ("offer", "municipality", "target-group", "institution", "region"),
    "root": ("target-group",),
    "targetGroups": ("target-group",),
    "secondaryTargetGroups": ("target-group",),
    "primaryTargetGroup": ("target-group",),
    "circumstances": ("target-group",),
    "services": ("service",),
    "offerTypes": ("offer-type",),
    "legalBases": ("legal-basis",),
    "municipalities": ("municipality",),
    "municipality": ("municipality",),
    "homeMunicipality": ("municipality",),
    "operators": ("municipality", "region", "institution", "association"),
    "agreements": ("agreement",),
    "item": ("theme-item",),
    "subject": ("offer", "board"),
    "boards": ("board",),
    "appointers": ("board",),
    "organisations": ("municipality", "region", "institution"),
    "focusAreas": ("focus-area",),
    "from": ("offer", "board", "municipality"),
    "to": ("representative", "offer", "institution"),
    "board": ("board",),
    "agreement": ("agreement",),
}


def _text(value: str) -> str:
    return orjson.dumps(value).decode()
