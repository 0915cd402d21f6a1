"""What mutations take. A field that is left out is not known; where something is updated, it stays as it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import strawberry

from schema.classification import SupportLevel
from schema.facts import ApprovalStatus, PriceModel, PriceUnit
from schema.filters import optional
from schema.governance import Gender, TenureRole
from schema.knowledge import KnowledgeKind
from schema.matching import LevelInput
from schema.processes import Decision

KEY = (
    "Names this request for its sender: sent again, it is not carried out again, and the first answer is given. "
    "1 to 200 characters, such as a UUID."
)


def _wanted(description: str) -> Any:
    return strawberry.field(description=description)


@strawberry.input(description="A target group that an offer serves.")
class OfferTargetGroupInput:
    target_group: strawberry.ID = _wanted("The group's id.")
    approved: bool = _wanted("Whether the socialtilsyn has approved the offer for this group.")
    covers_narrower: bool = strawberry.field(
        description="Whether every narrower group of the classification is served as well.", default=False
    )


@strawberry.input(description="Where something lies. It replaces what was known of the place.")
class LocationInput:
    address: str | None = optional("Street and number.")
    protected: bool = strawberry.field(
        description="Whether address and point are shown to caseworkers only.", default=False
    )
    town: str | None = optional("Town, shown to everyone.")
    municipality: strawberry.ID | None = optional("The id of the municipality that it lies in.")
    latitude: float | None = optional("Degrees north, WGS84; together with `longitude`.")
    longitude: float | None = optional("Degrees east, WGS84; together with `latitude`.")


@strawberry.input(description="How something is reached. It replaces what was known.")
class ContactInput:
    email: str | None = optional("Address of e-mail.")
    phone: str | None = optional("Number of telephone.")
    url: str | None = optional("Address on the web.")


@strawberry.input(description="What is known of an offer. A null says that it is not known (any more).")
class OfferInput:
    name: str | None = optional("Its name; every offer has one.")
    summary: str | None = optional("What it is, in a few sentences, in Danish.")
    type: strawberry.ID | None = optional("The id of its type.")
    legal_bases: list[strawberry.ID] | None = optional("The ids of the sections that it is given under.")
    institution: strawberry.ID | None = optional("The id of the institution that it belongs to.")
    operator: strawberry.ID | None = optional("The id of the organisation that runs it.")
    part_of: strawberry.ID | None = optional("The id of the offer that it is a department of.")
    target_groups: list[OfferTargetGroupInput] | None = optional("The groups that it serves.")
    excludes: list[strawberry.ID] | None = optional("The ids of groups and circumstances that it does not take.")
    services: list[strawberry.ID] | None = optional("The ids of the services that it gives.")
    supports: list[LevelInput] | None = optional("Up to which level of reduced function it gives support, by item.")
    support_level_up_to: SupportLevel | None = optional("The highest need of support that it meets.")
    age_from: float | None = optional("The lowest age that it takes, in years, inclusive.")
    age_to: float | None = optional("The highest age, inclusive: up to the next birthday.")
    location: LocationInput | None = optional("Where it lies.")
    contact: ContactInput | None = optional("How it is reached.")
    agreements: list[strawberry.ID] | None = optional("The ids of the agreements that cover it.")
    open_from: date | None = optional("The day that it opens, or opened.")
    source: strawberry.ID | None = optional("The id of the source that states all this.")


@strawberry.input(description="A new offer.")
class CreateOfferInput:
    offer: OfferInput = _wanted("What is known of it. A name is needed.")
    client_mutation_id: str | None = optional(KEY)


@strawberry.input(description="Fields that are left out stay as they are; a null empties the field.")
class UpdateOfferInput:
    id: strawberry.ID = _wanted("The offer's id.")
    offer: OfferInput = _wanted("What is to be different.")
    expected_version: int = _wanted("The version that was read: refused with CONFLICT when it is another by now.")
    client_mutation_id: str | None = optional(KEY)


@strawberry.input(description="An offer that closes.")
class CloseOfferInput:
    id: strawberry.ID = _wanted("The offer's id.")
    closed_on: date = _wanted("The first day on which it is closed.")
    expected_version: int = _wanted("The version that was read: refused with CONFLICT when it is another by now.")
    client_mutation_id: str | None = optional(KEY)


@strawberry.input(description="The places of an offer as they were counted on a day. What is left out is not known.")
class RecordCapacityInput:
    offer: strawberry.ID = _wanted("The offer's id.")
    places: int | None = optional("How many places there are in all.")
    free: int | None = optional("How many of them are free.")
    waiting_days: int | None = optional("How many days a citizen waits for a place.")
    counted_on: date = _wanted("The day of the count; not in the future.")
    source: strawberry.ID | None = optional("The id of the source that states it.")
    keep_places: bool = strawberry.field(
        description="Whether there are as many places in all as before, where `places` is left out.", default=False
    )
    client_mutation_id: str | None = optional(KEY)


@strawberry.input(description="A price from a day on. Another model of price is another price, in force beside it.")
class RecordPriceInput:
    offer: strawberry.ID = _wanted("The offer's id.")
    amount: Decimal = _wanted("In DKK; 0 or more.")
    unit: PriceUnit = _wanted("What the amount is for.")
    model: PriceModel | None = optional("How the price is made up.")
    year: int = _wanted("The year of the price list, such as 2026.")
    valid_from: date = _wanted("The first day of the price.")
    own_payment: Decimal | None = optional("What the citizen pays, in DKK per the same unit.")
    text: str | None = optional("What there is to add, in Danish.")
    source: strawberry.ID | None = optional("The id of the source that states it.")
    client_mutation_id: str | None = optional(KEY)


@strawberry.input(description="What the authority decided about an offer, from a day on.")
class RecordApprovalInput:
    offer: strawberry.ID = _wanted("The offer's id.")
    status: ApprovalStatus = _wanted("What was decided.")
    authority: strawberry.ID | None = optional("The id of the authority that decided.")
    valid_from: date = _wanted("The first day of the decision.")
    conditions: str | None = optional("The conditions, in Danish.")
    report_on: date | None = optional("The day of the latest report; not in the future.")
    report_url: str | None = optional("Where the report is found.")
    source: strawberry.ID | None = optional("The id of the source that states it.")
    client_mutation_id: str | None = optional(KEY)


@strawberry.input(description="Someone who is not in the register yet.")
class RepresentativeInput:
    name: str = _wanted("The person's name.")
    gender: Gender | None = optional("For the count of genders; shown to the secretariat only.")
    party: str | None = optional("The party or list that an elected person stands for.")
    municipality: strawberry.ID | None = optional("The id of the municipality that the person comes from.")


@strawberry.input(description="A seat given to someone from a day on. Give a representative or a new one.")
class AppointInput:
    seat: strawberry.ID = _wanted("The seat's id.")
    representative: strawberry.ID | None = optional("The id of someone who is in the register.")
    new_representative: RepresentativeInput | None = optional("Someone who is not.")
    role: TenureRole = strawberry.field(description="As what.", default=TenureRole.MEMBER)
    valid_from: date = _wanted("The first day.")
    valid_to: date | None = optional("The first day after it, where that is known already.")
    source: strawberry.ID | None = optional("The id of the source that states it.")
    client_mutation_id: str | None = optional(KEY)


@strawberry.input(description="The end of someone's time in a seat.")
class EndTenureInput:
    tenure: strawberry.ID = _wanted("The tenure's id.")
    on: date = _wanted("The first day on which it is over.")
    reason: str | None = optional("Why, in Danish.")
    client_mutation_id: str | None = optional(KEY)


@strawberry.input(description="What a body decided about an agreement.")
class RecordDecisionInput:
    agreement: strawberry.ID = _wanted("The agreement's id.")
    board: strawberry.ID = _wanted("The id of the body that decided.")
    decision: Decision = _wanted("What it decided.")
    decided_on: date | None = optional("The day; not in the future.")
    client_mutation_id: str | None = optional(KEY)


@strawberry.input(description="Something learnt, to be shared.")
class PublishKnowledgeInput:
    title: str = _wanted("Its title, in Danish.")
    kind: KnowledgeKind = _wanted("What sort of knowledge it is.")
    summary: str | None = optional("What it says, in a few sentences.")
    body: str | None = optional("What it says, in full.")
    focus_areas: list[strawberry.ID] | None = optional("The ids of the focus areas that it is shared through.")
    laboratory: strawberry.ID | None = optional("The id of the laboratory that it was made in.")
    target_groups: list[strawberry.ID] | None = optional("The ids of the groups that it is about.")
    offers: list[strawberry.ID] | None = optional("The ids of the offers that use it.")
    published_on: date | None = optional("The day of publication; null where it is not known.")
    source: strawberry.ID | None = optional("The id of the source that states it.")
    client_mutation_id: str | None = optional(KEY)


@strawberry.input(description='"Still correct": sets `verifiedOn` to today and changes nothing else.')
class ConfirmInput:
    ids: list[strawberry.ID] = _wanted("The ids of what has been checked, at most 200.")
    client_mutation_id: str | None = optional(KEY)
