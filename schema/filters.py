"""What narrows and orders a list of offers, and how it is put to the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

import strawberry

from graph.catalogue import need
from graph.plan.binding import Arguments
from graph.plan.reads.pages import page_request
from schema.facts import ApprovalStatus, PriceUnit
from schema.nodes import DataStatus
from schema.ownership import Ownership


def optional(description: str, **kwargs: Any) -> Any:
    """A field of an input that may be left out; a null means the same."""
    return strawberry.field(description=description, default=strawberry.UNSET, **kwargs)


@strawberry.input(description="Near a place: a municipality's main town, or a point. Give the one or the other.")
class NearInput:
    municipality: strawberry.ID | None = optional("A municipality's id: near its main town.")
    latitude: float | None = optional("Degrees north, WGS84; together with `longitude`.")
    longitude: float | None = optional("Degrees east, WGS84; together with `latitude`.")
    within_km: float | None = optional("At most so many kilometres away, as the crow flies (luftlinje); 0 or more.")


@strawberry.input(description="The highest price.")
class MaxPriceInput:
    amount: Decimal = strawberry.field(description="In DKK; 0 or more.")
    unit: PriceUnit = strawberry.field(description="What the amount is for. Prices are compared per day.")


@strawberry.enum(description="What offers are ordered by. What is not known comes last, whichever the direction.")
class OfferOrderField(Enum):
    NAME = strawberry.enum_value("NAME", description="By name, in the order of the Danish alphabet.")
    PRICE = strawberry.enum_value("PRICE", description="By today's price per day.")
    FREE_PLACES = strawberry.enum_value("FREE_PLACES", description="By the free places that are recorded today.")
    DISTANCE = strawberry.enum_value("DISTANCE", description="By distance; needs `filter.near`.")
    VERIFIED_ON = strawberry.enum_value("VERIFIED_ON", description="By the day they were last verified.")
    RELEVANCE = strawberry.enum_value(
        "RELEVANCE", description="By how well the text fits; needs `filter.text`. ASC puts the best first."
    )


@strawberry.enum(description="Which way a list runs.")
class OrderDirection(Enum):
    ASC = strawberry.enum_value("ASC", description="Smallest, earliest, nearest first.")
    DESC = strawberry.enum_value("DESC", description="Greatest, latest, farthest first.")


@strawberry.input(description="The order of a list of offers; ties go by id.")
class OfferOrder:
    field: OfferOrderField = strawberry.field(description="What to order by.")
    direction: OrderDirection = strawberry.field(description="Which way.", default=OrderDirection.ASC)


@strawberry.input(
    description="Which offers. Fields combine with and, the values of one list with or. "
    "What is not known never fulfils a condition."
)
class OfferFilter:
    text: str | None = optional(
        "Words that all occur in the offer: name, place, groups, services. The last may be a beginning."
    )
    target_groups: list[strawberry.ID] | None = optional("Takes one of these target groups.")
    services: list[strawberry.ID] | None = optional("Gives one of these services, or a kind of one.")
    offer_types: list[strawberry.ID] | None = optional("Is of one of these types.")
    legal_bases: list[strawberry.ID] | None = optional("Is given under one of these sections.")
    municipalities: list[strawberry.ID] | None = optional("Lies in one of these municipalities.")
    operators: list[strawberry.ID] | None = optional("Is run by one of these organisations.")
    ownership: list[Ownership] | None = optional("Its institution is owned so.")
    age: float | None = optional("Takes a person of this age, in years.")
    near: NearInput | None = optional("Lies near a place; gives DISTANCE its meaning.")
    free_places_at_least: int | None = optional("Has at least so many free places on record.")
    max_price: MaxPriceInput | None = optional("Costs at most this, compared per day.")
    approval_status: list[ApprovalStatus] | None = optional("Its approval has one of these statuses.")
    agreements: list[strawberry.ID] | None = optional("Is covered by one of these agreements.")
    data_status: list[DataStatus] | None = optional("Its data are so.")
    verified_since: date | None = optional("Was verified on this day or later.")
    report_since: date | None = optional("The latest supervision report on its approval is from this day or later.")
    open_on: date | None = optional(
        "Is open on this day; null = today. Places, prices and approvals are those of that day."
    )
    include_closed: bool | None = strawberry.field(description="Lifts `openOn`.", default=False)
    and_: list[Annotated[OfferFilter, strawberry.lazy("schema.filters")]] | None = optional(
        "All of these hold.", name="and"
    )
    or_: list[Annotated[OfferFilter, strawberry.lazy("schema.filters")]] | None = optional(
        "One of these holds.", name="or"
    )
    not_: Annotated[OfferFilter, strawberry.lazy("schema.filters")] | None = optional("This does not hold.", name="not")


def near(given: Mapping[str, Any] | None) -> need.Near | None:
    if given is None:
        return None
    return need.Near(
        municipality=given.get("municipality"),
        latitude=given.get("latitude"),
        longitude=given.get("longitude"),
        within_km=given.get("withinKm"),
    )


def max_price(given: Mapping[str, Any] | None) -> need.MaxPrice | None:
    return None if given is None else need.MaxPrice(given["amount"], plain(given["unit"]))


def offer_filter(given: Mapping[str, Any] | None) -> need.OfferFilter | None:
    """The filter as the catalogue takes it. A null and a field left out mean the same: no condition."""
    if given is None:
        return None

    def ids(name: str) -> tuple[str, ...]:
        return tuple(plain(value) for value in given.get(name) or ())

    def filters(name: str) -> tuple[need.OfferFilter, ...]:
        return tuple(inner for value in given.get(name) or () if (inner := offer_filter(value)) is not None)

    return need.OfferFilter(
        text=given.get("text"),
        target_groups=ids("targetGroups"),
        services=ids("services"),
        offer_types=ids("offerTypes"),
        legal_bases=ids("legalBases"),
        municipalities=ids("municipalities"),
        operators=ids("operators"),
        ownership=ids("ownership"),
        age=given.get("age"),
        near=near(given.get("near")),
        free_places_at_least=given.get("freePlacesAtLeast"),
        max_price=max_price(given.get("maxPrice")),
        approval_status=ids("approvalStatus"),
        agreements=ids("agreements"),
        data_status=ids("dataStatus"),
        verified_since=given.get("verifiedSince"),
        report_since=given.get("reportSince"),
        open_on=given.get("openOn"),
        include_closed=bool(given.get("includeClosed")),
        and_=filters("and"),
        or_=filters("or"),
        not_=offer_filter(given.get("not")),
    )


def offer_query(arguments: Arguments, total: bool) -> need.OfferQuery:
    """The arguments of a connection of offers as the catalogue takes them."""
    order = arguments.get("orderBy")
    return need.OfferQuery(
        filter=offer_filter(arguments.get("filter")),
        order=None if order is None else need.OfferOrder(plain(order["field"]), plain(order["direction"]) == "DESC"),
        page=page_request(arguments),
        total=total,
    )


def plain(value: Any) -> Any:
    """An enum's value, or the value itself."""
    return value.value if isinstance(value, Enum) else value
