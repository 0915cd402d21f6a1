"""Connections of boards, and of the persons who sit in them: the register finds them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated, Any

import strawberry

from graph.plan.binding import Arguments, Binding
from graph.plan.connection import Page
from graph.plan.reads import CataloguePage, CataloguePagesBy
from graph.plan.reads.pages import page_request
from graph.register import filters
from schema.declare import After, AsOf, Before, First, Last, RecordedAt, Weight, field
from schema.filters import optional
from schema.governance import BoardKind
from schema.seat_pages import plain_list


@strawberry.input(description="Which boards. Fields combine with and, the values of one list with or.")
class BoardFilter:
    text: str | None = optional("Words that all occur in its name or aliases; each may be a beginning.")
    kinds: list[BoardKind] | None = optional("Is of one of these sorts.")
    organisations: list[strawberry.ID] | None = optional("Governs or belongs to one of these organisations.")
    appointers: list[strawberry.ID] | None = optional("Has a seat that one of these bodies fills.")
    with_vacancy_on: date | None = optional("Has a vacant seat on this day.")


Filter = Annotated[BoardFilter | None, strawberry.argument(description="Which boards; without it, all.")]


def board_arguments(
    filter: Filter = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> None:
    """The arguments of a connection of boards."""


def _filter(arguments: Arguments) -> filters.BoardFilter | None:
    given = arguments.get("filter")
    if given is None:
        return None
    return filters.BoardFilter(
        text=given.get("text"),
        kinds=plain_list(given.get("kinds")),
        organisations=plain_list(given.get("organisations")),
        appointers=plain_list(given.get("appointers")),
        with_vacancy_on=given.get("withVacancyOn"),
    )


def _all(arguments: Arguments, total: bool, binding: Binding) -> Page:
    found: Page = binding.services.register.boards(_filter(arguments), page_request(arguments), total=total)
    return found


def _of_organisations(
    arguments: Arguments, total: bool, parents: Collection[str] | None, binding: Binding
) -> Mapping[str, Page]:
    found: Mapping[str, Page] = binding.services.register.boards_by(
        "organisation", _filter(arguments), page_request(arguments), total=total, only=parents
    )
    return found


def all_boards() -> Any:
    """Boards of all organisations, and between them."""
    return field(CataloguePage("Board", _all), "Boards, by name.", arguments=board_arguments)


def organisation_boards(description: str, *, via: str | None = None) -> Any:
    """Boards of the organisation at hand, or of the one at the other end of the edge `via`."""
    read = CataloguePagesBy("Board", _of_organisations, via)
    return field(read, description, arguments=board_arguments, weight=Weight(items=5 if via else 10))


def representative_arguments(
    text: Annotated[
        str | None, strawberry.argument(description="Words that all occur in the name; each may be a beginning.")
    ] = strawberry.UNSET,
    holding_at_least: Annotated[
        int | None, strawberry.argument(description="Only who holds at least so many seats on the day; 0 or more.")
    ] = strawberry.UNSET,
    as_of: AsOf = strawberry.UNSET,
    recorded_at: RecordedAt = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> None:
    """The arguments of the list of persons."""


def _representatives(arguments: Arguments, total: bool, binding: Binding) -> Page:
    found: Page = binding.services.register.representatives(
        arguments.get("text"),
        arguments.get("holdingAtLeast"),
        arguments.get("asOf"),
        page_request(arguments),
        total=total,
        recorded_at=arguments.get("recordedAt"),
    )
    return found


def all_representatives() -> Any:
    """Everyone who holds or has held a seat."""
    return field(
        CataloguePage("Representative", _representatives),
        "Persons who hold or have held seats, by name.",
        arguments=representative_arguments,
    )
