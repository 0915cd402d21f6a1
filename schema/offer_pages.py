"""Connections of offers: the catalogue finds and orders them, wherever they are asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Any

import strawberry

from graph.plan.binding import Arguments, Binding
from graph.plan.connection import Page
from graph.plan.reads import CataloguePage, CataloguePagesBy
from schema.declare import After, Before, First, Last, field
from schema.filters import OfferFilter, OfferOrder, offer_query

Filter = Annotated[
    OfferFilter | None,
    strawberry.argument(description="Which offers; without it, those that are open today."),
]
Order = Annotated[
    OfferOrder | None,
    strawberry.argument(description="In which order; by name if it is left out. What is not known comes last."),
]


def offer_arguments(
    filter: Filter = strawberry.UNSET,
    order_by: Order = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> None:
    """The arguments of a connection of offers."""


def _all(arguments: Arguments, total: bool, binding: Binding) -> Page:
    query = offer_query(arguments, total)
    found: Page = binding.services.catalogue.offers(query, sees_protected=binding.sees_protected)
    return found


def all_offers(description: str) -> Any:
    """Offers out of all."""
    return field(CataloguePage("Offer", _all), description, arguments=offer_arguments)


def offer_pages(parent: str, description: str) -> Any:
    """Offers of the node at hand; `parent` says which way they belong to it."""

    def find(
        arguments: Arguments, total: bool, parents: Collection[str] | None, binding: Binding
    ) -> Mapping[str, Page]:
        query = offer_query(arguments, total)
        found: Mapping[str, Page] = binding.services.catalogue.offers_by(
            parent, query, sees_protected=binding.sees_protected, only=parents
        )
        return found

    return field(CataloguePagesBy("Offer", find), description, arguments=offer_arguments)
