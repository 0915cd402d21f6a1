"""Seats, and who holds them: in time, so that any day can be looked at."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from graph.model import HOLDING
from graph.plan.binding import Arguments
from graph.plan.reads import AllValidOn, Pages, Related, SeatStanding, Until, ValidOn, WithItsEnd
from graph.plan.reads.pages import Parameter
from graph.plan.reads.relations import valid_on
from graph.recorded import is_recorded
from schema.boards import Board
from schema.connections import Connection
from schema.declare import (
    After,
    AsOf,
    Before,
    First,
    Last,
    RecordedAt,
    Weight,
    as_believed,
    asked_day,
    field,
    page,
    stored,
)
from schema.governance import Gender, SeatStatus, TenureRole, TermRule
from schema.nodes import Node, Sourced
from schema.organisations import Municipality, Organisation


def standing_on(
    as_of: AsOf = strawberry.UNSET,
    recorded_at: RecordedAt = strawberry.UNSET,
    ending_within_days: Annotated[
        int | None,
        strawberry.argument(description="How many days ahead a holder's end makes the seat ENDING; 0 to 3660."),
    ] = 90,
) -> None:
    """The arguments of a seat's status."""


_HELD = f"{{node}}.role IN {list(HOLDING)}"
_LATEST = ("{node}.validFrom DESC", "{node}.id")
_SAT = Pages("Tenure", edge="IN_SEAT", incoming=True, order="dateOrder", descending=True)


@strawberry.type(description="A seat of a board.")
class Seat(Node, Sourced):
    label: str = stored("label", "What the seat is called, in Danish.")
    order: int = stored("order", "Its place among the board's seats.")
    board: Board = field(Related("SEAT_OF"), "The board that it is a seat of.")
    appointed_by: Board | None = field(
        Related("APPOINTED_BY"), "The body that fills it; null where that is not known, or members choose themselves."
    )
    represents: Organisation | None = field(Related("REPRESENTS"), "The organisation that its holder speaks for.")
    requirement: str | None = stored("requirement", "What its holder must be, in Danish.")
    term_rule: TermRule | None = stored("termRule", "By what rule a holder's time runs out; null where not known.")
    status: SeatStatus = field(
        SeatStanding(lambda standing: standing.status), "How it stands on a day.", arguments=standing_on
    )
    holder: Annotated[Tenure, strawberry.lazy("schema.seats")] | None = field(
        ValidOn("IN_SEAT", best=_LATEST, only=_HELD, dated=True),
        "Who holds it on a day; null where nobody does. Never a substitute or an observer.",
        arguments=as_believed,
    )
    substitutes: list[Annotated[Tenure, strawberry.lazy("schema.seats")]] = field(
        AllValidOn("IN_SEAT", only="{node}.role = 'SUBSTITUTE'", order="{node}.dateOrder", dated=True),
        "Who stands in for the holder on a day, the longest first.",
        arguments=as_believed,
        weight=Weight(items=3),
    )
    observers: list[Annotated[Tenure, strawberry.lazy("schema.seats")]] = field(
        AllValidOn("IN_SEAT", only="{node}.role = 'OBSERVER'", order="{node}.dateOrder", dated=True),
        "Who sits in without a vote on a day, the longest first.",
        arguments=as_believed,
        weight=Weight(items=3),
    )
    tenures: Connection[Annotated[Tenure, strawberry.lazy("schema.seats")]] = field(
        _SAT, "Everyone who has sat in it, the latest first.", arguments=page, weight=Weight(items=15)
    )
    ends_on: date | None = field(
        SeatStanding(lambda standing: standing.ends_on and standing.ends_on.isoformat()),
        "The first day on which the holder's time is over, after the seat's term rule; "
        "null where nobody holds it, or nothing says when it ends.",
        arguments=as_believed,
    )
    valid_from: date | None = stored("validFrom", "The first day on which the seat exists; null = open.")
    valid_to: date | None = stored("validTo", "The first day on which it no longer exists; null = open.")


@strawberry.type(description="One person's time in one seat.")
class Tenure(Node, Sourced):
    representative: Annotated[Representative, strawberry.lazy("schema.seats")] = field(Related("HELD_BY"), "Who sits.")
    seat: Seat = field(Related("IN_SEAT"), "In which seat.")
    role: TenureRole = stored("role", "As what.")
    valid_from: date | None = stored("validFrom", "The first day.")
    valid_to: date | None = field(
        Until(), "The first day after it, as known at `recordedAt` where that is given; null = open."
    )
    end_reason: str | None = field(
        WithItsEnd("endReason"),
        "Why it ended, in Danish; null where not stated, and where another end was known at `recordedAt`.",
    )


def tenure_arguments(
    as_of: AsOf = strawberry.UNSET,
    recorded_at: RecordedAt = strawberry.UNSET,
    any_time: Annotated[
        bool | None, strawberry.argument(description="Lifts `asOf`: also those that are over or still to come.")
    ] = False,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> None:
    """The arguments of a person's tenures."""


def _valid(given: Arguments, parameter: Parameter, node: str) -> list[str]:
    believed = None
    if given.get("recordedAt") is not None:
        believed = parameter(lambda arguments, binding: binding.horizon(arguments))
    if given.get("anyTime"):
        return [] if believed is None else [is_recorded(node, believed)]
    day = parameter(lambda arguments, binding: asked_day(arguments, binding).isoformat())
    return [valid_on(node, day, believed)]


@strawberry.type(description="A person who holds or has held a seat.")
class Representative(Node, Sourced):
    name: str = stored("name", "The person's name. In the first content all persons are invented (fiktiv).")
    gender: Gender | None = stored(
        "gender",
        "Null where not stated, and for all but the secretariat: in public it is counted, in compositions.",
        personal=True,
    )
    party: str | None = stored("party", "The party or list; null where not stated, or there is none.")
    municipality: Municipality | None = field(
        Related("FROM_MUNICIPALITY"), "The municipality that the person comes from, as a councillor or a citizen."
    )
    tenures: Connection[Tenure] = field(
        Pages("Tenure", edge="HELD_BY", incoming=True, order="dateOrder", descending=True, where=_valid),
        "The seats that the person sits in on a day, the latest first.",
        arguments=tenure_arguments,
    )
