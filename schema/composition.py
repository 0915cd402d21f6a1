"""A board's composition on a day: counts, and what rules have to say about them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.plan.reads import Referred
from schema.declare import Weight, attribute, field, told
from schema.governance import Gender
from schema.organisations import Municipality
from schema.outcomes import Outcome

if TYPE_CHECKING:
    from schema.boards import Board


@strawberry.type(description="How many holders are of one gender.")
class GenderCount:
    gender: Gender | None = attribute("gender", "Null: not stated.")
    count: int = attribute("count", "How many.")


@strawberry.type(description="How many holders come from one municipality.")
class MunicipalityCount:
    municipality: Municipality | None = field(
        Referred("Municipality", lambda value: value.municipality), "Null: not stated, or from none."
    )
    count: int = attribute("count", "How many.")


@strawberry.type(description="How the seats stand that one body fills.")
class AppointerCount:
    appointed_by: Annotated[Board, strawberry.lazy("schema.boards")] | None = field(
        Referred("Board", lambda value: value.appointed_by), "Null: nobody is known to fill them."
    )
    filled: int = attribute("filled", "Seats that someone holds, those in carry-over included.")
    vacant: int = attribute("vacant", "Seats that nobody holds.")


@strawberry.type(description="What one rule says about the composition.")
class CompositionCheck:
    rule: str = attribute("rule", "Which rule, for programs: STATUTORY_SIZE, GENDER_BALANCE, EVERY_PARTY_REPRESENTED.")
    outcome: Outcome = attribute("outcome", "Whether it is met.")
    explanation: str = told("explain", "Why, in a sentence that can go into a memo.")


@strawberry.type(description="Counts on one day. `seats` = `filled` + `carryOver` + `vacant`.")
class Composition:
    as_of: date = attribute("as_of", "The day.")
    statutory_size: int | None = attribute("statutory_size", "As the board's own; null where no source states it.")
    seats: int = attribute("seats", "Seats that exist that day.")
    filled: int = attribute("filled", "Seats whose holder's time has not run out.")
    vacant: int = attribute("vacant", "Seats without a holder.")
    carry_over: int = attribute("carry_over", "Seats whose holder's time has run out.")
    overfilled: int = attribute(
        "overfilled", "Holders beyond the statutory size, such as 180 of 179; never a negative vacancy."
    )
    by_gender: list[GenderCount] = attribute("by_gender", "Holders by gender.")
    by_municipality: list[MunicipalityCount] = attribute(
        "by_municipality", "Holders by municipality.", weight=Weight(items=12)
    )
    by_appointer: list[AppointerCount] = attribute("by_appointer", "Seats by who fills them.")
    checks: list[CompositionCheck] = attribute("checks", "What rules say about it.", weight=Weight(items=15))
