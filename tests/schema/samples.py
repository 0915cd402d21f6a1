"""What an input needs at least, made from its type."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLInputObjectType, GraphQLNonNull, get_named_type, is_required_input_field

OFFER = "offer:neurocenter-oesterskoven"
KNOWN = {
    "offer": OFFER,
    "id": OFFER,
    "ids": [OFFER],
    "seat": "seat:foelgegruppen-morsoe-kommune",
    "tenure": "tenure:kkr-aalborg-1",
    "agreement": "agreement:det-forstaerkede-samarbejde",
    "board": "board:kkr-nordjylland",
}


def sample(type: Any) -> dict[str, Any]:
    """What such an input needs."""
    named = get_named_type(type)
    assert isinstance(named, GraphQLInputObjectType)
    found: dict[str, Any] = {}
    for name, field in named.fields.items():
        if not is_required_input_field(field):
            continue
        inner = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
        if isinstance(inner, GraphQLInputObjectType):
            found[name] = sample(inner)
        elif name in KNOWN:
            found[name] = KNOWN[name]
        elif hasattr(inner, "values"):
            found[name] = next(iter(inner.values))
        else:
            found[name] = {"Date": "2026-01-01", "Int": 1, "Decimal": "1.00"}.get(str(inner), "x")
    return found
