"""How an agreement comes about: the process with its steps, and each body's say."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from graph.plan.binding import Arguments, Binding
from graph.plan.reads import Derived, Related, RelatedList
from schema.boards import Board
from schema.classification import BY_ORDER
from schema.declare import as_of, asked_day, field, stored
from schema.nodes import Node, Source, Sourced
from schema.organisations import Authority

if TYPE_CHECKING:
    from schema.agreements import Agreement


@strawberry.enum(description="How exactly a time is known.")
class TimePrecision(Enum):
    DAY = strawberry.enum_value("DAY", description="To the day.")
    MONTH = strawberry.enum_value("MONTH", description="To the month.")
    SEASON = strawberry.enum_value("SEASON", description="To the season, such as »Forår«.")
    YEAR = strawberry.enum_value("YEAR", description="To the year.")


@strawberry.enum(description="How a step stands on a day.")
class StepStatus(Enum):
    PLANNED = strawberry.enum_value("PLANNED", description="Its time is still to come, or not over.")
    DONE = strawberry.enum_value("DONE", description="It was done in its time.")
    LATE = strawberry.enum_value("LATE", description="It was done after its time.")
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="Its time is over, and no source says when it was done.")


def step_status(raw: Any, own: Arguments, above: Arguments, binding: Binding) -> str:
    """How a step stands on `asOf`. What is not on record is not taken for late."""
    day = asked_day(own, binding).isoformat()
    done, until = raw["doneOn"], raw["validTo"]
    if done is not None and done <= day:
        return "DONE" if done < until else "LATE"
    return "PLANNED" if day < until else "UNKNOWN"


@strawberry.type(description="One step of a process.")
class ProcessStep:
    order: int = stored("order", "Its number.")
    action: str = stored("action", "What is done, in Danish.")
    board: Board | None = field(
        Related("TAKEN_BY"), "The body that takes it; null where it is no single body, or none is named."
    )
    forum: str | None = stored("forum", "Where it is taken, in the source's words.")
    sent_to: Authority | None = field(Related("SENT_TO"), "The authority that its outcome is sent to.")
    valid_from: date = stored("validFrom", "The first day of its time, as exactly as `precision` says.")
    valid_to: date = stored("validTo", "The first day after its time.")
    precision: TimePrecision = stored("precision", "How exactly the source gives the time.")
    time_text: str = stored("timeText", "The time in the source's words.")
    done_on: date | None = stored("doneOn", "The day on which it was done; null where no source says.")
    status: StepStatus = field(Derived(("validTo", "doneOn"), step_status), "How it stands on a day.", arguments=as_of)


@strawberry.type(description="A process, such as that of Nordjysk Socialaftale 2023-24.")
class Process(Node, Sourced):
    name: str = stored("name", "The process's name.")
    agreement: Annotated[Agreement, strawberry.lazy("schema.agreements")] | None = field(
        Related("PROCESS_OF"), "The agreement that it leads to."
    )
    steps: list[ProcessStep] = field(
        RelatedList("STEP_OF", incoming=True, order=BY_ORDER), "Its steps, in the source's order."
    )


@strawberry.enum(description="What a body has decided about an agreement.")
class Decision(Enum):
    RECOMMENDED = strawberry.enum_value("RECOMMENDED", description="It recommends it to others (anbefalet).")
    APPROVED = strawberry.enum_value("APPROVED", description="It approved it (godkendt).")
    REJECTED = strawberry.enum_value("REJECTED", description="It rejected it (forkastet).")
    PENDING = strawberry.enum_value("PENDING", description="It has not decided yet.")
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="No source says.")


@strawberry.type(description="One body's say on an agreement.")
class ApprovalStep:
    board: Board = field(Related("DECIDED_BY"), "The body.")
    decision: Decision = stored("decision", "What it decided.")
    decided_on: date | None = stored("decidedOn", "When; null where no source says.")
    wording: str | None = stored(
        "wording", "What the source says of it, word for word, where it does not speak with one voice."
    )
    source: Source | None = field(Related("STATED_IN"), "The source that states it; null where none does.")
