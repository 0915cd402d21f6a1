"""Connections of seats: the register finds them, so that a status means the same in a filter as in an answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from graph.plan.binding import Arguments, Binding
from graph.plan.connection import Page
from graph.plan.reads import CataloguePage, CataloguePagesBy
from graph.plan.reads.pages import page_request
from graph.register import filters
from schema.declare import After, Before, First, Last, Weight, field
from schema.filters import optional, plain
from schema.governance import BoardKind, SeatStatus


@strawberry.input(description="Which seats. Fields combine with and, the values of one list with or.")
class SeatFilter:
    as_of: date | None = optional("The day on which the other fields look; null = today.")
    recorded_at: datetime | None = optional(
        "They look at what was on record at this moment; null = at what is on record now."
    )
    statuses: list[SeatStatus] | None = optional(
        "Stands so on that day. ENDING looks 90 days ahead. Left out, seats that exist that day."
    )
    boards: list[strawberry.ID] | None = optional("Belongs to one of these boards.")
    kinds: list[BoardKind] | None = optional("Belongs to a board of one of these kinds.")
    appointers: list[strawberry.ID] | None = optional("Is filled by one of these bodies.")
    municipalities: list[strawberry.ID] | None = optional(
        "Represents one of these municipalities, or its holder comes from one of them."
    )
    ending_before: date | None = optional("Someone holds it whose time runs out before this day (`endsOn`).")


Filter = Annotated[
    SeatFilter | None, strawberry.argument(description="Which seats; without it, those that exist today.")
]


def seat_arguments(
    filter: Filter = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> None:
    """The arguments of a connection of seats."""


def seat_filter(arguments: Arguments) -> filters.SeatFilter | None:
    """The filter as the register takes it."""
    given = arguments.get("filter")
    if given is None:
        return None
    return filters.SeatFilter(
        as_of=given.get("asOf"),
        recorded_at=given.get("recordedAt"),
        statuses=plain_list(given.get("statuses")),
        boards=plain_list(given.get("boards")),
        kinds=plain_list(given.get("kinds")),
        appointers=plain_list(given.get("appointers")),
        municipalities=plain_list(given.get("municipalities")),
        ending_before=given.get("endingBefore"),
    )


def plain_list(values: Any) -> tuple[str, ...]:
    """Enum values or ids as plain strings; none where nothing is asked."""
    return tuple(plain(value) for value in values or ())


def _all(arguments: Arguments, total: bool, binding: Binding) -> Page:
    found: Page = binding.services.register.seats(seat_filter(arguments), page_request(arguments), total=total)
    return found


def _of_boards(
    arguments: Arguments, total: bool, parents: Collection[str] | None, binding: Binding
) -> Mapping[str, Page]:
    found: Mapping[str, Page] = binding.services.register.seats_by(
        "board", seat_filter(arguments), page_request(arguments), total=total, only=parents
    )
    return found


def all_seats() -> Any:
    """Seats of all boards."""
    return field(
        CataloguePage("Seat", _all),
        "Seats, by default those that exist today, by board and place.",
        arguments=seat_arguments,
    )


def board_seats() -> Any:
    """Seats of the board at hand."""
    return field(
        CataloguePagesBy("Seat", _of_boards),
        "Its seats, by default those that exist today, in their order.",
        arguments=seat_arguments,
        weight=Weight(items=40),
    )
