"""What is asked of the catalogue: a citizen's need, a filter over offers, an order, a page.

Plain values, in the words of the contract. They carry no identity of a citizen and are never kept: a `Need`
lives as long as the request that brought it. Their `repr` is empty on purpose, so that no log line can hold them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from graph.keyset import PageRequest


class Criterion(StrEnum):
    """What an offer is judged by, in the order of the funnel."""

    OPEN = "OPEN"
    PRIMARY_TARGET_GROUP = "PRIMARY_TARGET_GROUP"
    EXCLUSION = "EXCLUSION"
    AGE = "AGE"
    OFFER_TYPE = "OFFER_TYPE"
    LEGAL_BASIS = "LEGAL_BASIS"
    APPROVAL = "APPROVAL"
    SECONDARY_TARGET_GROUPS = "SECONDARY_TARGET_GROUPS"
    SERVICES = "SERVICES"
    LEVELS = "LEVELS"
    SUPPORT_LEVEL = "SUPPORT_LEVEL"
    FREE_PLACE = "FREE_PLACE"
    DISTANCE = "DISTANCE"
    PRICE = "PRICE"
    SUPERVISION_REPORT = "SUPERVISION_REPORT"
    FRESHNESS = "FRESHNESS"


class Outcome(StrEnum):
    """How an offer stands to a criterion. UNKNOWN: the directory does not hold what it would take to say."""

    MET = "MET"
    PARTLY = "PARTLY"
    NOT_MET = "NOT_MET"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, repr=False)
class Level:
    """Reduced function on a theme item: `level` is one of NONE, MILD, MODERATE, SEVERE, COMPLETE."""

    item: str
    level: str


@dataclass(frozen=True, slots=True, repr=False)
class Near:
    """A place of search: a municipality's main town, or a point (degrees, WGS84); and how far from it, in km."""

    municipality: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    within_km: float | None = None


@dataclass(frozen=True, slots=True, repr=False)
class MaxPrice:
    """The highest price, in DKK per `unit`: HOUR, DAY, MONTH or YEAR."""

    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True, repr=False)
class Weight:
    """Multiplies a criterion's weight by `factor`, 0 to 5."""

    criterion: str
    factor: float


@dataclass(frozen=True, slots=True, repr=False)
class Need:
    """What a citizen needs. None and () mean: not given."""

    age: float | None = None
    home_municipality: str | None = None
    primary_target_group: str | None = None
    secondary_target_groups: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    support_level: str | None = None
    offer_types: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    near: Near | None = None
    max_price: MaxPrice | None = None
    free_place_needed: bool | None = None
    needed_from: date | None = None
    require_approval: bool | None = True
    report_since: date | None = None
    words: tuple[str, ...] = ()
    weights: tuple[Weight, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class OfferFilter:
    """Which offers. Fields combine with and; the values of one list with or. None and () mean: not given."""

    text: str | None = None
    target_groups: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    offer_types: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    ownership: tuple[str, ...] = ()
    age: float | None = None
    near: Near | None = None
    free_places_at_least: int | None = None
    max_price: MaxPrice | None = None
    approval_status: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    data_status: tuple[str, ...] = ()
    verified_since: date | None = None
    report_since: date | None = None
    open_on: date | None = None
    include_closed: bool = False
    and_: tuple[OfferFilter, ...] = ()
    or_: tuple[OfferFilter, ...] = ()
    not_: OfferFilter | None = None


class OrderField(StrEnum):
    NAME = "NAME"
    PRICE = "PRICE"
    FREE_PLACES = "FREE_PLACES"
    DISTANCE = "DISTANCE"
    VERIFIED_ON = "VERIFIED_ON"
    RELEVANCE = "RELEVANCE"


@dataclass(frozen=True, slots=True)
class OfferOrder:
    """Values that are not known come last, whichever the direction; every order ends in the id."""

    field: str = OrderField.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True)
class OfferQuery:
    filter: OfferFilter | None = None
    order: OfferOrder | None = None
    page: PageRequest = field(default_factory=PageRequest)
    total: bool = False
