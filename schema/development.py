"""How capacity and prices develop over the offers that an agreement covers."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

import strawberry

from graph.catalogue.development import LONGEST
from graph.plan.binding import Arguments, Binding
from graph.plan.reads import ComputedAt
from schema.declare import Weight, attribute, field
from schema.filters import plain
from schema.nodes import DataStatus


@strawberry.enum(description="By what a development is broken down.")
class DevelopmentGrouping(Enum):
    NONE = strawberry.enum_value("NONE", description="All covered offers together.")
    TARGET_GROUP = strawberry.enum_value(
        "TARGET_GROUP", description="By coarse target group; an offer for several counts in each."
    )
    MUNICIPALITY = strawberry.enum_value("MUNICIPALITY", description="By the municipality in which the offers lie.")
    OFFER_TYPE = strawberry.enum_value("OFFER_TYPE", description="By offer type.")


@strawberry.type(description="Capacity and price of one group of offers in one year, on its last day.")
class DevelopmentPoint:
    year: int = attribute("year", "The year.")
    group: str | None = attribute("group", "The group's Danish name; null for all, and for offers that state none.")
    group_id: strawberry.ID | None = attribute("group_id", "The group's id; null as above.")
    places: int | None = attribute("places", "Places of the offers that state any; null where none does.")
    free: int | None = attribute("free", "Free places of the offers that state any; null where none does.")
    offers: int = attribute("offers", "How many offers the group has that year.")
    average_price_per_day: Decimal | None = attribute(
        lambda value, arguments, binding: (
            None if value.average_price_per_day is None else str(value.average_price_per_day)
        ),
        "Mean in DKK over the offers priced that day; null where none is.",
    )
    price_change_percent: float | None = attribute(
        "price_change_percent",
        "Change of the mean since the year before, over the offers priced in both; null where none is.",
    )
    priced: int = attribute("priced", "How many of the offers have a price that year.")
    data_status: DataStatus = attribute("data_status", "ILLUSTRATIVE where any of the values is.")


def development_arguments(
    first: Annotated[int, strawberry.argument(name="from", description="The first year, such as 2021.")],
    last: Annotated[int, strawberry.argument(name="to", description="The last year, at most 50 later.")],
    by: Annotated[
        DevelopmentGrouping, strawberry.argument(description="How to break it down.")
    ] = DevelopmentGrouping.NONE,
) -> None:
    """The arguments of a development."""


def _development(agreement: str, arguments: Arguments, binding: Binding) -> Any:
    return binding.services.catalogue.development(agreement, arguments["from"], arguments["to"], plain(arguments["by"]))


def _points(arguments: Arguments) -> int:
    """How many points there may be: some twenty groups a year."""
    years: int = min(max(arguments["to"] - arguments["from"] + 1, 0), LONGEST)
    return years if plain(arguments["by"]) == "NONE" else years * 20


def development_of_offers() -> Any:
    """The development of the agreement at hand."""
    return field(
        ComputedAt(_development, lambda binding: ()),
        "Capacity and price of the covered offers, year by year and group by group.",
        arguments=development_arguments,
        weight=Weight(items=_points, work=50),
    )
