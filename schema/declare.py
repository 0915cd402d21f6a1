"""How a field is declared: its type and description for clients, and how the plan reads it, in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

import strawberry
from graphql import GraphQLField

from graph.plan.binding import Arguments, Binding
from graph.plan.reads import Attribute, Listed, Localized, Property, Read
from schema.languages import Language

READ, WEIGHT = "read", "weight"
"""The keys of a field's metadata under which its read and its weight stand."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a field counts in the cost of an operation; see `schema.limits.cost`."""

    items: int | Callable[[Arguments], int] | None = None
    """How many a list has, hardly ever more, or what its arguments make of that. A page is not larger, whatever is
    asked for."""
    work: int = 0
    """What it takes to find out, in objects that could be looked up meanwhile."""


LIGHT = Weight()


def field(
    read: Read,
    description: str,
    *,
    arguments: Callable[..., Any] | None = None,
    name: str | None = None,
    weight: Weight = LIGHT,
) -> Any:
    """A field that is read as `read` says; `arguments` is a function whose parameters are the field's arguments."""
    metadata = {READ: read, WEIGHT: weight}
    if arguments is None:
        return strawberry.field(description=description, name=name, metadata=metadata)
    return strawberry.field(resolver=arguments, description=description, name=name, metadata=metadata)


def stored(name: str, description: str, *, guarded: bool = False, personal: bool = False) -> Any:
    """A property of the node, as it is stored; see `Property` for who may see it."""
    return field(Property(name, guarded=guarded, personal=personal), description)


def listed(name: str, description: str) -> Any:
    """A property that is a list; empty where nothing was given."""
    return field(Listed(name), description)


def localized(name: str, description: str) -> Any:
    """A property in the language of the argument."""
    return field(Localized(name), description, arguments=in_language)


def attribute(
    get: str | Callable[..., Any],
    description: str,
    *,
    arguments: Callable[..., Any] | None = None,
    weight: Weight = LIGHT,
) -> Any:
    """A field of a computed value: the name of its attribute, or `get(value, arguments, binding)`."""
    return field(Attribute(get), description, arguments=arguments, weight=weight)


def told(method: str, description: str) -> Any:
    """A text of a computed value in the language of the argument: the name of the method that gives it."""
    return field(Attribute(method, language_of), description, arguments=in_language)


def read_of(declared: GraphQLField) -> Read | None:
    """How a field of the built schema is read; None for one that says nothing, such as of an interface."""
    definition = declared.extensions.get("strawberry-definition")
    read = definition.metadata.get(READ) if definition is not None else None
    return read if isinstance(read, Read) else None


def weight_of(declared: GraphQLField) -> Weight:
    """What a field of the built schema counts."""
    definition = declared.extensions.get("strawberry-definition")
    weight = definition.metadata.get(WEIGHT) if definition is not None else None
    return weight if isinstance(weight, Weight) else LIGHT


First = Annotated[
    int | None,
    strawberry.argument(
        description="How many to return from the start: 0 to 200; 50 if neither `first` nor `last` is given."
    ),
]
After = Annotated[str | None, strawberry.argument(description="Return what follows this cursor.")]
Last = Annotated[
    int | None, strawberry.argument(description="How many to return from the end: 0 to 200. Not together with `first`.")
]
Before = Annotated[str | None, strawberry.argument(description="Return what comes before this cursor.")]
AsOf = Annotated[date | None, strawberry.argument(description="The day to look at; null = today in Denmark.")]
RecordedAt = Annotated[
    datetime | None,
    strawberry.argument(
        description="Answer with what was on record at this moment, and with the ends as they were known then; "
        "null = with what is on record now, as for a moment to come."
    ),
]
In = Annotated[
    Language | None,
    strawberry.argument(description="DA, or EN where a text is held in English; the Danish text otherwise."),
]


def in_language(language: In = Language.DA) -> None:
    """The argument of a field that is held in two languages."""


def language_of(arguments: Arguments) -> str:
    """DA or EN, as a field's arguments ask for it; an explicit null is the default."""
    asked = arguments.get("language")
    return "EN" if asked is Language.EN or asked == "EN" else "DA"


def as_of(as_of: AsOf = strawberry.UNSET) -> None:
    """The argument of a field that holds on a day."""


def as_believed(as_of: AsOf = strawberry.UNSET, recorded_at: RecordedAt = strawberry.UNSET) -> None:
    """The arguments of a field that holds on a day, as it was believed at a moment."""


def asked_day(arguments: Arguments, binding: Binding) -> date:
    """The day that `asOf` names; null = today."""
    day: date | None = arguments.get("asOf")
    return day or binding.today


def page(
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> None:
    """The arguments of a connection."""
