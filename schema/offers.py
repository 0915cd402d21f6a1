"""Offers: what they give, for whom, where, at what price, and with whose approval."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.plan.reads import EdgeEnd, Edges, Related, RelatedList
from schema.board_pages import organisation_boards
from schema.changes import HISTORY, Change
from schema.classification import FunctionalLevel, LegalBasis, OfferType, Service, SupportLevel, TargetGroup, ThemeItem
from schema.connections import Connection
from schema.declare import Weight, as_believed, field, localized, page, stored
from schema.facts import APPROVAL, CAPACITY, OLDEST_FIRST, PRICE, Approval, Capacity, Price, as_of_in_unit
from schema.nodes import Node, Sourced
from schema.organisations import Institution, Municipality, Organisation
from schema.places import Contact, Location

if TYPE_CHECKING:
    from schema.agreements import Agreement
    from schema.boards import Board


@strawberry.type(description="A target group that an offer takes, and how far its approval carries that.")
class OfferTargetGroup:
    target_group: TargetGroup = field(EdgeEnd(), "The group.")
    approved: bool = stored("approved", "True where the approval names the group or one that it says it covers.")
    covers_narrower: bool = stored("coversNarrower", "Whether the groups below this one are covered too.")


@strawberry.type(description="How much reduced function an offer supports on one theme item.")
class ThemeSupport:
    item: ThemeItem = field(EdgeEnd(), "The theme item.")
    up_to: FunctionalLevel = stored("upTo", "The highest level that the offer supports.")


@strawberry.type(
    description="An offer (tilbud) on the specialised social area. "
    "A department (afdeling) is an offer that is part of another."
)
class Offer(Node, Sourced):
    name: str = stored("name", "The offer's name.")
    summary: str | None = stored("summary", "What it is, in a few Danish sentences.")
    type: OfferType | None = field(Related("OF_TYPE"), "The offer type (tilbudstype); null where not stated.")
    legal_bases: list[LegalBasis] = field(
        RelatedList("HAS_LEGAL_BASIS", order="{node}.id"), "The sections of law under which it is given."
    )
    institution: Institution | None = field(Related("OF_INSTITUTION"), "The institution that it belongs to.")
    operator: Organisation | None = field(Related("OPERATED_BY"), "Who runs it (driftsherre).")
    part_of: Annotated[Offer, strawberry.lazy("schema.offers")] | None = field(
        Related("PART_OF"), "For a department: the offer that it is part of."
    )
    departments: list[Annotated[Offer, strawberry.lazy("schema.offers")]] = field(
        RelatedList("PART_OF", incoming=True), "Its departments (afdelinger), by name; closed ones too."
    )
    target_groups: list[OfferTargetGroup] = field(Edges("SERVES"), "The target groups that it takes, by name.")
    excludes: list[TargetGroup] = field(
        RelatedList("EXCLUDES"), "Groups and circumstances that it does not take, such as active substance use."
    )
    services: list[Service] = field(RelatedList("GIVES"), "The services (ydelser) that it gives, by name.")
    supports: list[ThemeSupport] = field(
        Edges("SUPPORTS", order="{node}.id"),
        "The highest level that it supports, by theme item.",
        weight=Weight(items=30),
    )
    support_level_up_to: SupportLevel | None = stored(
        "supportLevelUpTo", "The highest need of support that it meets; null where not stated."
    )
    age_from: float | None = stored("ageFrom", "Youngest age in years; null = no lower bound is stated.")
    age_to: float | None = stored(
        "ageTo",
        "Highest age in whole years: 85 takes someone of 85 years and 11 months. Null = no upper bound is stated.",
    )
    admission: str | None = localized(
        "admission", "Who decides on admission, where that is not the municipality, as at §§ 109 and 110."
    )
    location: Location | None = field(Related("LOCATED_AT"), "Where it is; null where not stated.")
    contact: Contact | None = field(Related("HAS_CONTACT"), "How to get in touch; null where not stated.")
    capacity: Capacity | None = field(
        CAPACITY, "Places and free places on a day; null where none are on record.", arguments=as_believed
    )
    capacities: list[Capacity] = field(
        RelatedList("CAPACITY_OF", order=OLDEST_FIRST, incoming=True), "Every count on record, oldest first."
    )
    price: Price | None = field(
        PRICE,
        "The price on a day: an average before one by need, never a supplement. Null where none is on record.",
        arguments=as_of_in_unit,
    )
    prices: list[Price] = field(
        RelatedList("PRICE_OF", order=OLDEST_FIRST, incoming=True), "Every price on record, oldest first."
    )
    approval: Approval | None = field(
        APPROVAL, "The approval on a day; null where none is on record.", arguments=as_believed
    )
    approvals: list[Approval] = field(
        RelatedList("APPROVAL_OF", order=OLDEST_FIRST, incoming=True), "Every approval on record, oldest first."
    )
    covered_by: list[Annotated[Agreement, strawberry.lazy("schema.agreements")]] = field(
        RelatedList("COVERED_BY"), "Agreements under whose Styringsaftale its capacity and prices fall."
    )
    bought_by: list[Municipality] = field(
        RelatedList("BOUGHT_BY"), "Municipalities that are on record as buying places here, by name."
    )
    boards: Connection[Annotated[Board, strawberry.lazy("schema.boards")]] = organisation_boards(
        "The boards that govern the offer's institution: who decides about this offer.", via="OF_INSTITUTION"
    )
    open_from: date | None = stored("openFrom", "The first day on which it is open; null = not stated.")
    closed_on: date | None = stored("closedOn", "The first day on which it is closed; null = open.")
    history: Connection[Change] = field(
        HISTORY,
        "Its entries in the change log, with what was recorded about it (`capacity.free`), and those of its location "
        "and its contact, newest first. A bulk import is one entry of the log, and of no history.",
        arguments=page,
    )
    version: int = stored("version", "Raised by one at each change of the offer's own fields; for `expectedVersion`.")
