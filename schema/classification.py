"""The classification: target groups, services, offer types, legal bases and the themes of an assessment."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.plan.reads import Related, RelatedList
from schema.connections import Connection
from schema.declare import Weight, field, listed, localized, stored
from schema.nodes import Node
from schema.offer_pages import offer_pages

if TYPE_CHECKING:
    from schema.agreements import FocusArea
    from schema.offers import Offer

BY_ORDER = "toString(1000 + coalesce({node}.order, 0)) + ' ' + {node}.id"
"""Sorts by the number that the classification gives, as text."""


@strawberry.type(description="A target group (målgruppe), after Fælles Faglige Begreber: a tree.")
class TargetGroup(Node):
    name: str = localized("name", "The group's name, such as »Erhvervet hjerneskade«.")
    definition: str | None = stored("definition", "What the group covers, in Danish; null where no source defines it.")
    broader: Annotated[TargetGroup, strawberry.lazy("schema.classification")] | None = field(
        Related("NARROWER_THAN"), "The group that this one is part of; null at the top."
    )
    narrower: list[Annotated[TargetGroup, strawberry.lazy("schema.classification")]] = field(
        RelatedList("NARROWER_THAN", incoming=True),
        "The groups that are part of this one, by name.",
        weight=Weight(items=4, work=10),
    )
    synonyms: list[str] = listed("synonyms", "Everyday words that lead here, such as ADHD.")
    focus_areas: list[Annotated[FocusArea, strawberry.lazy("schema.agreements")]] = field(
        RelatedList("CONCERNS", incoming=True), "Focus areas of the agreements that concern this very group."
    )
    offers: Connection[Annotated[Offer, strawberry.lazy("schema.offers")]] = offer_pages(
        "target_group", "Offers that take the group: itself, or through a broader or narrower one."
    )


@strawberry.type(description="A service (ydelse) that an offer gives: a tree.")
class Service(Node):
    name: str = localized("name", "The service's name, such as »Socialpædagogisk støtte«.")
    broader: Annotated[Service, strawberry.lazy("schema.classification")] | None = field(
        Related("KIND_OF"), "The service that this one is a kind of; null at the top."
    )
    narrower: list[Annotated[Service, strawberry.lazy("schema.classification")]] = field(
        RelatedList("KIND_OF", incoming=True), "The kinds of this service, by name."
    )


@strawberry.type(description="A legal basis, such as SEL § 107.")
class LegalBasis(Node):
    code: str = stored("code", "Law and section, such as »SEL § 107«.")
    title: str = stored("title", "What the section is about, in Danish.")
    law: str = stored("law", "The law's name.")
    valid_from: date | None = stored("validFrom", "The first day on which it holds; null = open.")
    valid_to: date | None = stored("validTo", "The first day on which it no longer holds; null = open.")


@strawberry.type(description="An offer type (tilbudstype).")
class OfferType(Node):
    name: str = localized("name", "The type's name, such as »Midlertidigt botilbud«.")
    residential: bool = stored("residential", "Whether citizens live there.")
    needs_approval: bool = stored(
        "needsApproval", "Whether such offers are approved by a socialtilsyn; the municipality supervises the others."
    )
    legal_bases: list[LegalBasis] = field(
        RelatedList("GIVEN_UNDER", order="{node}.id"), "The sections of law under which such offers are given."
    )


@strawberry.type(
    description="One of the eleven themes (temaer) of an assessment. "
    "Only activity-and-participation themes carry a functional level."
)
class Theme(Node):
    name: str = localized("name", "The theme's name, such as »Kommunikation«.")
    has_levels: bool = stored("hasLevels", "Whether the theme's items carry a functional level.")
    items: list[Annotated[ThemeItem, strawberry.lazy("schema.classification")]] = field(
        RelatedList("OF_THEME", incoming=True, order=BY_ORDER),
        "What the theme consists of, in the official order.",
        weight=Weight(items=15),
    )


@strawberry.type(description="One item of a theme, such as »Samtale« under Kommunikation.")
class ThemeItem(Node):
    name: str = localized("name", "The item's name.")
    theme: Theme = field(Related("OF_THEME"), "The theme that it belongs to.")


@strawberry.enum(description="Reduced function, 0-4 (funktionsevneniveau).")
class FunctionalLevel(Enum):
    NONE = strawberry.enum_value("NONE", description="0: ingen nedsat funktionsevne.")
    MILD = strawberry.enum_value("MILD", description="1: let nedsat.")
    MODERATE = strawberry.enum_value("MODERATE", description="2: moderat nedsat.")
    SEVERE = strawberry.enum_value("SEVERE", description="3: svært nedsat.")
    COMPLETE = strawberry.enum_value("COMPLETE", description="4: fuldstændig nedsat.")


@strawberry.enum(description="Need of support, 0-4 (støttebehovsniveau).")
class SupportLevel(Enum):
    NONE = strawberry.enum_value("NONE", description="0: intet støttebehov.")
    MILD = strawberry.enum_value("MILD", description="1: let.")
    MODERATE = strawberry.enum_value("MODERATE", description="2: moderat.")
    HIGH = strawberry.enum_value("HIGH", description="3: højt.")
    COMPLETE = strawberry.enum_value("COMPLETE", description="4: fuldstændigt.")
