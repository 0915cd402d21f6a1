"""What many types share: an identity, and where a fact comes from."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

import strawberry

from graph.plan.binding import Arguments, Binding
from graph.plan.reads import Derived, Related
from schema.declare import field, stored


@strawberry.interface(description="Anything with an id of its own.")
class Node:
    id: strawberry.ID = stored("id", "Opaque, unique across all types, and stable.")


@strawberry.enum(description="Whether a fact can be relied on.")
class DataStatus(Enum):
    SOURCED = strawberry.enum_value("SOURCED", description="A public source states it.")
    ILLUSTRATIVE = strawberry.enum_value(
        "ILLUSTRATIVE", description="Made up to show the system; never to be acted on."
    )


@strawberry.type(description="A public source: a page, a law, a report.")
class Source(Node):
    title: str = stored("title", "What the source is called.")
    publisher: str | None = stored("publisher", "Who published it; null where that is not known.")
    url: str | None = stored("url", "Where it stands, or stood; null where it has no address.")
    published_on: date | None = stored("publishedOn", "The day it was published; null where that is not known.")


def _age(verified_on: Any, own: Arguments, above: Arguments, binding: Binding) -> int:
    return (binding.today - date.fromisoformat(verified_on)).days


@strawberry.interface(description="Something that says where it comes from and when it was last checked.")
class Sourced:
    data_status: DataStatus = stored("dataStatus", "SOURCED or ILLUSTRATIVE.")
    source: Source | None = field(Related("STATED_IN"), "The source that states it; null where none does.")
    verified_on: date | None = stored("verifiedOn", "The day it was last checked; null when it never was.")
    age_in_days: int | None = field(
        Derived(("verifiedOn",), _age),
        "Whole days since `verifiedOn`, on the server's date in Denmark; null when never verified.",
    )
