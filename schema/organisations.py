"""Who runs offers: municipalities, the region, institutions; and associations and authorities."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.model import ORGANISATIONS
from graph.plan.binding import Arguments, Binding
from graph.plan.reads import ByKind, Derived, Embedded, Pages, Related
from schema.board_pages import organisation_boards
from schema.connections import Connection
from schema.declare import Weight, field, listed, page, stored
from schema.nodes import Node, Sourced
from schema.offer_pages import offer_pages
from schema.ownership import Ownership
from schema.places import Contact, Location, Point
from schema.seat_pages import Filter, seat_filter

if TYPE_CHECKING:
    from schema.boards import Board
    from schema.offers import Offer


@strawberry.enum(description="What an organisation is.")
class OrganisationKind(Enum):
    MUNICIPALITY = strawberry.enum_value("MUNICIPALITY", description="Kommune.")
    REGION = strawberry.enum_value("REGION", description="Region.")
    INSTITUTION = strawberry.enum_value("INSTITUTION", description="Institution that runs offers.")
    ASSOCIATION = strawberry.enum_value("ASSOCIATION", description="Association, such as a user organisation.")
    AUTHORITY = strawberry.enum_value("AUTHORITY", description="Public authority, such as a socialtilsyn.")


_KINDS = ByKind(tuple((kind, kind.upper()) for kind in ORGANISATIONS))


@strawberry.interface(description="An organisation: whoever can run offers or appoint to boards.")
class Organisation(Node):
    name: str = stored("name", "The official name.")
    kind: OrganisationKind = field(_KINDS, "What the organisation is.")
    offers: Connection[Annotated[Offer, strawberry.lazy("schema.offers")]] = offer_pages(
        "operator", "Offers that the organisation runs (driver), wherever they lie."
    )
    boards: Connection[Annotated[Board, strawberry.lazy("schema.boards")]] = organisation_boards(
        "Its own boards: those that govern it or belong to it, by name."
    )


def _seats_held(municipality: str, own: Arguments, above: Arguments, binding: Binding) -> int:
    filter = seat_filter(own)
    held = binding.memo.get((_seats_held, filter))
    if held is None:
        held = binding.memo[_seats_held, filter] = binding.services.register.held_by_municipality(filter)
    return int(held[municipality])


def held_arguments(filter: Filter = strawberry.UNSET) -> None:
    """The argument of a count of seats."""


@strawberry.type(description="A municipality (kommune).")
class Municipality(Organisation, Sourced):
    code: str = stored("code", 'Three-digit municipality code (kommunekode), such as "851".')
    main_town: str | None = stored("mainTown", "The town from which distances are counted.")
    location: Point | None = field(Embedded(("latitude", "longitude")), "The main town's centre.")
    population: int | None = stored("population", "Inhabitants, as the source states them.")
    region: Annotated[Region, strawberry.lazy("schema.organisations")] | None = field(
        Related("IN_REGION"), "The region in which it lies."
    )
    seats_held: int = field(
        Derived(("id",), _seats_held),
        "How many seats, of those that the filter lets through, persons from the municipality hold on its day.",
        arguments=held_arguments,
        weight=Weight(work=10),
    )
    local_offers: Connection[Annotated[Offer, strawberry.lazy("schema.offers")]] = offer_pages(
        "municipality", "Offers that lie in the municipality, whoever runs them."
    )


@strawberry.type(description="A region.")
class Region(Organisation, Sourced):
    code: str = stored("code", 'Region code, such as "1081".')
    municipalities: Connection[Annotated[Municipality, strawberry.lazy("schema.organisations")]] = field(
        Pages("Municipality", edge="IN_REGION", incoming=True),
        "The region's municipalities, by name.",
        arguments=page,
        weight=Weight(items=12),
    )
    institutions: Connection[Annotated[Institution, strawberry.lazy("schema.organisations")]] = field(
        Pages("Institution", edge="RUN_BY", incoming=True),
        "Institutions that the region runs, by name.",
        arguments=page,
    )


@strawberry.type(description="An institution that runs offers, such as Institut for Syn og Hørelse.")
class Institution(Organisation, Sourced):
    ownership: Ownership | None = stored("ownership", "Who owns it; null where that is not known.")
    operator: Organisation | None = field(Related("RUN_BY"), "The organisation that runs it (driftsherre).")
    location: Location | None = field(Related("LOCATED_AT"), "Where it is.")
    contact: Contact | None = field(Related("HAS_CONTACT"), "How to get in touch.")
    offers: Connection[Annotated[Offer, strawberry.lazy("schema.offers")]] = offer_pages(
        "institution", "The institution's offers and their departments."
    )


@strawberry.type(description="An association, such as a user organisation (brugerorganisation).")
class Association(Organisation):
    pass


@strawberry.type(description="A public authority, such as a socialtilsyn or Socialstyrelsen.")
class Authority(Organisation):
    aliases: list[str] = listed("aliases", "Its earlier and later names.")
