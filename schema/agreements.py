"""Agreements and their focus areas, as far as offers and target groups point at them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.plan.reads import Pages, Related, RelatedList
from schema.classification import TargetGroup
from schema.connections import Connection
from schema.declare import field, listed, page, stored
from schema.nodes import Node, Sourced
from schema.offer_pages import offer_pages
from schema.organisations import Organisation

if TYPE_CHECKING:
    from schema.offers import Offer


@strawberry.type(description="A political agreement, such as Nordjysk Socialaftale 2021-2022.")
class Agreement(Node, Sourced):
    name: str = stored("name", "The agreement's name.")
    purpose: str | None = stored("purpose", "What it is for, in Danish.")
    visions: list[str] = listed("visions", "The vision, in each wording that a source gives.")
    valid_from: date | None = stored("validFrom", "The first day on which it holds; null = open.")
    valid_to: date | None = stored("validTo", "The first day on which it no longer holds; null = open.")
    parties: Connection[Organisation] = field(Pages(edge="HAS_PARTY"), "The parties, by name.", arguments=page)
    succeeds: Annotated[Agreement, strawberry.lazy("schema.agreements")] | None = field(
        Related("SUCCEEDS"), "The agreement before it."
    )
    succeeded_by: Annotated[Agreement, strawberry.lazy("schema.agreements")] | None = field(
        Related("SUCCEEDS", incoming=True), "The agreement after it; null for the newest that is known."
    )
    focus_areas: list[Annotated[FocusArea, strawberry.lazy("schema.agreements")]] = field(
        RelatedList("FOCUS_OF", incoming=True, order="toString({node}.order) + ' ' + {node}.id"),
        "Its focus areas (fokusområder), in the agreement's order.",
    )
    offers: Connection[Annotated[Offer, strawberry.lazy("schema.offers")]] = offer_pages(
        "agreement", "Offers that it covers: their capacity and prices fall under its Styringsaftale."
    )


@strawberry.type(description="A focus area (fokusområde) of an agreement.")
class FocusArea(Node, Sourced):
    name: str = stored("name", "The focus area's name.")
    rationale: str | None = stored("rationale", "Why it was chosen, in Danish.")
    order: int = stored("order", "Its number in the agreement.")
    agreement: Agreement = field(Related("FOCUS_OF"), "The agreement that it belongs to.")
    target_groups: list[TargetGroup] = field(RelatedList("CONCERNS"), "The target groups that it concerns, by name.")
    offers: Connection[Annotated[Offer, strawberry.lazy("schema.offers")]] = offer_pages(
        "focus_area", "Offers for the focus area's target groups."
    )
