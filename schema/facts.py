"""Dated facts of an offer: capacity, price and approval. They are added, never overwritten."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from graph.plan.binding import Arguments, Binding
from graph.plan.reads import Derived, Related, Until, ValidOn
from schema.declare import AsOf, RecordedAt, field, stored
from schema.nodes import Sourced

if TYPE_CHECKING:
    from schema.organisations import Authority

LATEST = ("coalesce({node}.validFrom, '') DESC", "{node}.id DESC")
"""Of several facts that hold on a day, the one that began last."""

CAPACITY = ValidOn(
    "CAPACITY_OF",
    best=("coalesce({node}.validFrom, '') DESC", "coalesce({node}.countedOn, '') DESC", "{node}.id DESC"),
)
# A supplement comes on top of a price and is none by itself; an average stands for the offer as a whole.
PRICE = ValidOn(
    "PRICE_OF",
    best=("CASE WHEN coalesce({node}.model, 'AVERAGE') = 'AVERAGE' THEN 0 ELSE 1 END", *LATEST),
    only="coalesce({node}.model, 'AVERAGE') <> 'SUPPLEMENT'",
)
APPROVAL = ValidOn("APPROVAL_OF", best=LATEST)
OLDEST_FIRST = "coalesce({node}.validFrom, '') + ' ' + {node}.id"


@strawberry.type(description="How many places an offer has, and how many are free, from a day on.")
class Capacity(Sourced):
    places: int | None = stored("places", "All places; null where not stated.")
    free: int | None = stored("free", "Free places when they were counted; null where not stated. Never guessed.")
    waiting_days: int | None = stored("waitingDays", "Expected waiting time in days; null where not stated.")
    counted_on: date | None = stored("countedOn", "The day on which the places were counted.")
    valid_from: date | None = stored("validFrom", "The first day on which it holds; null = open.")
    valid_to: date | None = field(
        Until(), "The first day on which it no longer holds, as known at `recordedAt` where that is given; null = open."
    )


@strawberry.enum(description="What a price is for.")
class PriceUnit(Enum):
    HOUR = strawberry.enum_value("HOUR", description="Per hour; a day has 24.")
    DAY = strawberry.enum_value("DAY", description="Per day (døgn).")
    MONTH = strawberry.enum_value("MONTH", description="Per month; a year has 12.")
    YEAR = strawberry.enum_value("YEAR", description="Per year of 365 days.")


@strawberry.enum(description="How a price is made up (betalingsmodel).")
class PriceModel(Enum):
    AVERAGE = strawberry.enum_value("AVERAGE", description="Gennemsnitstakst: the same for every citizen.")
    DIFFERENTIATED = strawberry.enum_value(
        "DIFFERENTIATED", description="Differentieret takst: by the citizen's needs."
    )
    SUPPLEMENT = strawberry.enum_value("SUPPLEMENT", description="Tillægsydelse: comes on top of a price.")
    OBJECTIVE = strawberry.enum_value("OBJECTIVE", description="Objektiv finansiering: shared by the municipalities.")


_HOURS_A_YEAR = {"HOUR": Decimal(24 * 365), "DAY": Decimal(365), "MONTH": Decimal(12), "YEAR": Decimal(1)}


def convert(amount: str, unit: str, wanted: str) -> str:
    """An amount per `unit` as an amount per `wanted`, rounded to øre: 365 days, 12 months, 24 hours."""
    a_year = Decimal(amount) * _HOURS_A_YEAR[unit]
    return str((a_year / _HOURS_A_YEAR[wanted]).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _wanted(above: Arguments, unit: str) -> str:
    asked = above.get("unit")
    return unit if asked is None else str(getattr(asked, "value", asked))


def _amount(name: str) -> Any:
    def derive(raw: Any, own: Arguments, above: Arguments, binding: Binding) -> str | None:
        amount, unit = raw[name], raw["unit"]
        if amount is None or _wanted(above, unit) == unit:
            return amount  # type: ignore[no-any-return]
        return convert(amount, unit, _wanted(above, unit))

    return derive


def _unit(raw: Any, own: Arguments, above: Arguments, binding: Binding) -> str:
    return _wanted(above, raw)


def _converted_from(raw: Any, own: Arguments, above: Arguments, binding: Binding) -> str | None:
    return None if _wanted(above, raw) == raw else raw


@strawberry.type(
    description="A price (takst). Asked for in another unit it is converted, with 365 days and 12 months: "
    "`convertedFrom` names the unit it was given in."
)
class Price(Sourced):
    amount: Decimal = field(Derived(("amount", "unit"), _amount("amount")), "In DKK, per `unit`.")
    unit: PriceUnit = field(Derived(("unit",), _unit), "What the amount is for.")
    converted_from: PriceUnit | None = field(
        Derived(("unit",), _converted_from), "The unit in which it was given; null where it was not converted."
    )
    model: PriceModel | None = stored("model", "How it is made up; null where not stated.")
    year: int | None = stored("year", "The year whose prices it belongs to.")
    assumed_occupancy_percent: float | None = stored(
        "assumedOccupancyPercent", "The occupancy that the price assumes (belægningsprocent), 0 to 100."
    )
    own_payment: Decimal | None = field(
        Derived(("ownPayment", "unit"), _amount("ownPayment")),
        "What the citizen pays of it (egenbetaling), per `unit`; null where not stated.",
    )
    text: str | None = stored("text", "The price as it was written.")
    valid_from: date | None = stored("validFrom", "The first day on which it holds; null = open.")
    valid_to: date | None = field(
        Until(), "The first day on which it no longer holds, as known at `recordedAt` where that is given; null = open."
    )


@strawberry.enum(description="What a socialtilsyn has decided about an offer.")
class ApprovalStatus(Enum):
    APPROVED = strawberry.enum_value("APPROVED", description="Godkendt.")
    APPROVED_WITH_CONDITIONS = strawberry.enum_value("APPROVED_WITH_CONDITIONS", description="Godkendt på vilkår.")
    INTENSIFIED_SUPERVISION = strawberry.enum_value("INTENSIFIED_SUPERVISION", description="Skærpet tilsyn.")
    NOT_APPROVED = strawberry.enum_value("NOT_APPROVED", description="Ikke godkendt.")
    ENDED = strawberry.enum_value("ENDED", description="Godkendelsen er ophørt.")


@strawberry.type(description="An offer's approval (godkendelse) and the latest report of its supervision (tilsyn).")
class Approval(Sourced):
    status: ApprovalStatus = stored("status", "What was decided.")
    authority: Annotated[Authority, strawberry.lazy("schema.organisations")] | None = field(
        Related("GRANTED_BY"), "Who decided it."
    )
    valid_from: date | None = stored("validFrom", "The first day on which it holds; null = open.")
    valid_to: date | None = field(
        Until(), "The first day on which it no longer holds, as known at `recordedAt` where that is given; null = open."
    )
    conditions: str | None = stored("conditions", "The conditions (vilkår), where there are any.")
    report_on: date | None = stored("reportOn", "The date of the latest report; null where none is known.")
    report_url: str | None = stored("reportUrl", "Where the report stands.")


def as_of_in_unit(
    as_of: AsOf = strawberry.UNSET,
    recorded_at: RecordedAt = strawberry.UNSET,
    unit: Annotated[
        PriceUnit | None, strawberry.argument(description="Convert to this unit; null = as it was given.")
    ] = strawberry.UNSET,
) -> None:
    """The arguments of a price."""
