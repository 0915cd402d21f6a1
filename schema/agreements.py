"""Agreements: their parties, focus areas and laboratories, what they lay down, and how offers develop under them."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.plan.reads import Pages, Related, RelatedList
from schema.classification import BY_ORDER, TargetGroup
from schema.connections import Connection
from schema.declare import Weight, field, listed, page, stored
from schema.development import DevelopmentPoint, development_of_offers
from schema.knowledge import Knowledge, knowledge_pages
from schema.nodes import Node, Source, Sourced
from schema.offer_pages import offer_pages
from schema.organisations import Organisation
from schema.places import Contact
from schema.processes import ApprovalStep, Process

if TYPE_CHECKING:
    from schema.offers import Offer


@strawberry.enum(description="What a principle of steering is about.")
class PrincipleKind(Enum):
    FINANCING = strawberry.enum_value("FINANCING", description="Finansiering.")
    RATE_CALCULATION = strawberry.enum_value("RATE_CALCULATION", description="Takstberegning.")
    PAYMENT_MODEL = strawberry.enum_value("PAYMENT_MODEL", description="Betalingsmodel.")


@strawberry.type(description="A principle that an agreement lays down for steering.")
class Principle:
    kind: PrincipleKind = stored("kind", "What it is about.")
    text: str = stored("text", "The principle, in Danish.")
    source: Source | None = field(Related("STATED_IN"), "The source that states it.")


@strawberry.type(description="A document that belongs to an agreement.")
class Document(Node):
    title: str = stored("title", "What it is called.")
    url: str | None = stored("url", "Where it stands; null where no address is known.")
    published_on: date | None = stored("publishedOn", "The day it was published; null where that is not known.")


@strawberry.type(description="A political agreement, such as Nordjysk Socialaftale 2021-2022.")
class Agreement(Node, Sourced):
    name: str = stored("name", "The agreement's name.")
    purpose: str | None = stored("purpose", "What it is for, in Danish.")
    visions: list[str] = listed("visions", "The vision, in each wording that a source gives.")
    valid_from: date | None = stored("validFrom", "The first day on which it holds; null = open.")
    valid_to: date | None = stored("validTo", "The first day on which it no longer holds; null = open.")
    parties: Connection[Organisation] = field(
        Pages(edge="HAS_PARTY"), "The parties, by name.", arguments=page, weight=Weight(items=15)
    )
    succeeds: Annotated[Agreement, strawberry.lazy("schema.agreements")] | None = field(
        Related("SUCCEEDS"), "The agreement before it."
    )
    succeeded_by: Annotated[Agreement, strawberry.lazy("schema.agreements")] | None = field(
        Related("SUCCEEDS", incoming=True), "The agreement after it; null for the newest that is known."
    )
    focus_areas: list[Annotated[FocusArea, strawberry.lazy("schema.agreements")]] = field(
        RelatedList("FOCUS_OF", incoming=True, order=BY_ORDER),
        "Its focus areas (fokusområder), in the agreement's order.",
    )
    principles: list[Principle] = field(
        RelatedList("PRINCIPLE_OF", incoming=True, order=BY_ORDER),
        "What the part on steering (Styringsaftalen) lays down, by subject.",
    )
    offers: Connection[Annotated[Offer, strawberry.lazy("schema.offers")]] = offer_pages(
        "agreement", "Offers that it covers: their capacity and prices fall under its Styringsaftale."
    )
    development: list[DevelopmentPoint] = development_of_offers()
    process: Process | None = field(Related("PROCESS_OF", incoming=True), "How it came about; null where not known.")
    approvals: list[ApprovalStep] = field(
        RelatedList("DECISION_ON", incoming=True, order=BY_ORDER),
        "The bodies that must approve it, with each one's decision as far as a source states it.",
        weight=Weight(items=30),
    )
    documents: list[Document] = field(
        RelatedList("DOCUMENT_OF", incoming=True, order="{node}.id"),
        "Its text and appendices.",
        weight=Weight(items=15),
    )
    contact: Contact | None = field(Related("HAS_CONTACT"), "The administration to turn to; null where not stated.")


@strawberry.type(description="A focus area (fokusområde) of an agreement.")
class FocusArea(Node, Sourced):
    name: str = stored("name", "The focus area's name.")
    rationale: str | None = stored("rationale", "Why it was chosen, in Danish.")
    order: int = stored("order", "Its number in the agreement.")
    agreement: Agreement = field(Related("FOCUS_OF"), "The agreement that it belongs to.")
    target_groups: list[TargetGroup] = field(RelatedList("CONCERNS"), "The target groups that it concerns, by name.")
    laboratories: list[Annotated[Laboratory, strawberry.lazy("schema.agreements")]] = field(
        RelatedList("LABORATORY_OF", incoming=True, order=BY_ORDER), "Its laboratories, in their order."
    )
    knowledge: Connection[Knowledge] = knowledge_pages(
        "SHARED_THROUGH", "Knowledge that is shared through the focus area, by title."
    )
    offers: Connection[Annotated[Offer, strawberry.lazy("schema.offers")]] = offer_pages(
        "focus_area", "Offers for the focus area's target groups."
    )


@strawberry.type(description="One of the laboratories in which municipalities and region share and develop methods.")
class Laboratory(Node, Sourced):
    name: str | None = stored("name", "Null where no source names it.")
    order: int = stored("order", "Its number in the focus area.")
    focus_area: FocusArea = field(Related("LABORATORY_OF"), "The focus area that it belongs to.")
    knowledge: Connection[Knowledge] = knowledge_pages("MADE_IN", "Knowledge that was made in it, by title.")
