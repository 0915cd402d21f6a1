"""Scalars: dates, moments and decimals, which the graph holds as the very text that clients get."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition


def _parser(name: str, parse: Callable[[str], Any], example: str) -> Callable[[Any], Any]:
    def parse_value(value: Any) -> Any:
        # A date without its dashes is ISO 8601 too, but no client means it.
        if not isinstance(value, str):
            raise GraphQLError(f"{name} must be a string such as {example!r}, not {value!r}.")
        try:
            return parse(value)
        except (ValueError, InvalidOperation):
            raise GraphQLError(f"{value[:40]!r} is no {name}; give one such as {example!r}.") from None

    return parse_value


def _date(text: str) -> date:
    found = date.fromisoformat(text)
    if found.isoformat() != text:
        raise ValueError(text)
    return found


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    try:
        return found.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error


def _decimal(text: str) -> Decimal:
    found = Decimal(text)
    if not found.is_finite():
        raise ValueError(text)
    return found


def _decimal_or_number(value: Any) -> Any:
    # Numbers are taken too, as JSON writes prices; a boolean is none.
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return _parser("Decimal", _decimal, "2190.00")(value)


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else value.isoformat() if isinstance(value, date) else str(value)


SCALARS: Mapping[object, ScalarDefinition] = {
    date: strawberry.scalar(
        name="Date",
        description='A day, ISO 8601, such as "2026-11-21".',
        specified_by_url="https://scalars.graphql.org/andimarek/local-date.html",
        serialize=_as_text,
        parse_value=_parser("Date", _date, "2026-11-21"),
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description='A moment with its offset, ISO 8601, such as "2026-11-21T09:30:00Z".',
        specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
        serialize=_as_text,
        parse_value=_parser("DateTime", _moment, "2026-11-21T09:30:00Z"),
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description='Decimal number as a string, such as "2190.00".',
        serialize=_as_text,
        parse_value=_decimal_or_number,
    ),
}
