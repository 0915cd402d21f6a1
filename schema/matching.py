"""The main job: a citizen's need, and which offers fit it, why, and why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Annotated, Any

import strawberry

from graph.catalogue import need
from graph.errors import BadInput
from graph.plan.binding import Arguments, Binding
from graph.plan.reads import Computed, Referred
from graph.plan.reads.pages import page_request
from schema.classification import FunctionalLevel, Service, SupportLevel, TargetGroup
from schema.connections import PageInfo, page_info
from schema.declare import Weight, attribute, field, in_language, language_of, page, told
from schema.filters import MaxPriceInput, NearInput, max_price, near, optional, plain
from schema.offers import Offer
from schema.outcomes import Outcome


@strawberry.enum(description="What an offer is judged by, in the order of the funnel.")
class Criterion(Enum):
    OPEN = strawberry.enum_value("OPEN", description="Is it open on `neededFrom`, else today?")
    PRIMARY_TARGET_GROUP = strawberry.enum_value(
        "PRIMARY_TARGET_GROUP", description="Does it take the primary target group, and is it approved for it?"
    )
    EXCLUSION = strawberry.enum_value("EXCLUSION", description="Does it rule out a group or circumstance of the need?")
    AGE = strawberry.enum_value("AGE", description="Does it take the age?")
    OFFER_TYPE = strawberry.enum_value("OFFER_TYPE", description="Is it of a wanted type?")
    LEGAL_BASIS = strawberry.enum_value("LEGAL_BASIS", description="Is it given under a wanted section?")
    APPROVAL = strawberry.enum_value("APPROVAL", description="Is it approved?")
    SECONDARY_TARGET_GROUPS = strawberry.enum_value(
        "SECONDARY_TARGET_GROUPS", description="How far does it take the secondary target groups?"
    )
    SERVICES = strawberry.enum_value("SERVICES", description="How many of the wanted services does it give?")
    LEVELS = strawberry.enum_value("LEVELS", description="How many of the reduced functions does it support?")
    SUPPORT_LEVEL = strawberry.enum_value("SUPPORT_LEVEL", description="Does it meet the need of support?")
    FREE_PLACE = strawberry.enum_value("FREE_PLACE", description="Is a place free, and how lately was that counted?")
    DISTANCE = strawberry.enum_value("DISTANCE", description="How near is it?")
    PRICE = strawberry.enum_value("PRICE", description="Is it within the price?")
    SUPERVISION_REPORT = strawberry.enum_value(
        "SUPERVISION_REPORT", description="Is the latest supervision report from `reportSince` or later?"
    )
    FRESHNESS = strawberry.enum_value("FRESHNESS", description="How lately were its data verified?")


@strawberry.input(description="Reduced function on one theme item.")
class LevelInput:
    item: strawberry.ID = strawberry.field(description="The id of an item whose theme carries levels.")
    level: FunctionalLevel = strawberry.field(description="The level.")


@strawberry.input(description="How much a criterion counts.")
class WeightInput:
    criterion: Criterion = strawberry.field(description="The criterion.")
    factor: float = strawberry.field(description="Multiplies its weight, 0 to 5.")


@strawberry.input(
    description="What a citizen needs. Nothing in it identifies a person, and nothing of it is kept: it reaches no "
    "log, no trace, no metric, no store. An unknown is left out; contradictory or impossible input is refused with "
    "BAD_USER_INPUT and the path of the field."
)
class NeedInput:
    age: float | None = optional("In years; decimals allowed; 0 to 130.")
    home_municipality: strawberry.ID | None = optional("Where the citizen lives; distances count from its main town.")
    primary_target_group: strawberry.ID | None = optional("The one primary target group.")
    secondary_target_groups: list[strawberry.ID] | None = optional("Any number of others.")
    circumstances: list[strawberry.ID] | None = optional(
        "Circumstances that offers may exclude, such as active substance use: ids of target groups."
    )
    levels: list[LevelInput] | None = optional("Reduced function, by theme item.")
    support_level: SupportLevel | None = optional("The need of support.")
    offer_types: list[strawberry.ID] | None = optional("Wanted offer types; one of them will do.")
    legal_bases: list[strawberry.ID] | None = optional("Wanted sections of law; one of them will do.")
    services: list[strawberry.ID] | None = optional("Wanted services; the more of them the better.")
    near: NearInput | None = optional("Where to look; the home municipality if it is left out.")
    max_price: MaxPriceInput | None = optional("The highest price.")
    free_place_needed: bool | None = optional("True: only offers with a free place on record.")
    needed_from: date | None = optional("The day on which the place is needed; null = today.")
    require_approval: bool | None = strawberry.field(
        description="False: also offers that are not approved.", default=True
    )
    report_since: date | None = optional(
        "Only offers whose latest supervision report is from this day or later, or of a day that is not known."
    )
    words: list[str] | None = optional(
        "Free words, mapped to target groups and services through their synonyms. "
        "What could not be mapped comes back as a notice."
    )
    weights: list[WeightInput] | None = optional("Makes criteria count more or less.")


@strawberry.type(description="How an offer stands to one criterion, and why.")
class CriterionResult:
    criterion: Criterion = attribute("criterion", "The criterion.")
    required: bool = attribute("required", "Whether NOT_MET rules the offer out.")
    outcome: Outcome = attribute("outcome", "How the offer stands to it.")
    weight: float = attribute("weight", "How much it counts in the score.")
    explanation: str = told("explain", "Why, in a sentence that can go into a case note.")


@strawberry.type(description="An offer that was judged.")
class OfferMatch:
    offer: Offer = field(Referred("Offer", lambda value: value.offer), "The offer.")
    rank: int = attribute("rank", "1 for the best.")
    score: float = attribute("score", "0 to 1: the share of the weighted criteria that are met.")
    distance_km: float | None = attribute(
        "distance_km",
        "Kilometres as the crow flies (luftlinje) from the place of search, to a metre; for a protected address, to "
        "10 km.",
    )
    criteria: list[CriterionResult] = attribute(
        "criteria", "Every criterion that applies, in the order of the funnel.", weight=Weight(items=len(Criterion))
    )
    ruled_out_by: Criterion | None = attribute(
        "ruled_out_by", "The first required criterion that rules it out; null for a fit."
    )


@strawberry.type(description="One item of a list of matches, with its place.")
class OfferMatchEdge:
    cursor: str = attribute(lambda value, arguments, binding: value[0], "The match's place in the list.")
    node: OfferMatch = attribute(lambda value, arguments, binding: value[1], "The match.")


@strawberry.type(description="One page of matches.")
class OfferMatchConnection:
    edges: list[OfferMatchEdge] = attribute(
        lambda value, arguments, binding: list(zip(value.cursors, value.entries, strict=True)),
        "The page's matches with their cursors.",
    )
    nodes: list[OfferMatch] = attribute("entries", "The page's matches.")
    page_info: PageInfo = attribute(
        lambda value, arguments, binding: page_info(value), "Where the page stands in its list."
    )
    total_count: int = attribute("total", "How many matches there are in all.")


@strawberry.type(description="A smallest set of offers that together give what no single offer gives.")
class OfferCombination:
    offers: list[Offer] = field(Referred("Offer", lambda value: list(value.offers)), "The offers, two or three.")
    covers: list[Service] = field(
        Referred("Service", lambda value: list(value.covers)), "The wanted services that they give together."
    )
    uncovered: list[Service] = field(
        Referred("Service", lambda value: list(value.uncovered)), "The wanted services that are still missing."
    )
    score: float = attribute("score", "The mean of the offers' scores.")


@strawberry.type(description="What one required criterion did to the list.")
class FunnelStep:
    criterion: Criterion = attribute("criterion", "The criterion.")
    remaining: int = attribute("remaining", "Offers left after it.")
    removed: int = attribute("removed", "Offers that it ruled out.")


Term = Annotated[TargetGroup | Service, strawberry.union("Term", description="What a free word can be read as.")]


@strawberry.type(description="Something to know about the answer.")
class Notice:
    code: str = attribute("code", "What it is, for programs.")
    message: str = attribute(
        lambda value, arguments, binding: value.en if language_of(arguments) == "EN" else value.da,
        "What it is, for people.",
        arguments=in_language,
    )
    word: str | None = attribute(
        "word", "The free word of the need that it is about, as it was given; null for others."
    )
    read_as: Term | None = field(
        Referred(None, lambda value: value.read_as),
        "What the word was read as: a target group or a service. Null where it was not understood.",
    )


def _page_of(name: str) -> Callable[[Any, Arguments, Binding], Any]:
    return lambda value, arguments, binding: getattr(value, name)(page_request(arguments))


MOST_COMBINATIONS = 20


def _combinations(value: Any, arguments: Arguments, binding: Binding) -> Any:
    first = 3 if arguments.get("first") is None else arguments["first"]
    if not 0 <= first <= MOST_COMBINATIONS:
        raise BadInput(f"first is {first}; it must be from 0 to {MOST_COMBINATIONS}.", ("first",))
    return value.combinations(first)


MOST_NAMED = 20


def _judged(value: Any, arguments: Arguments, binding: Binding) -> Any:
    ids = arguments["offers"]
    if len(ids) > MOST_NAMED:
        raise BadInput(f"offers: at most {MOST_NAMED} can be judged at once, not {len(ids)}.", ("offers",))
    return value.named(ids)


def named(
    offers: Annotated[list[strawberry.ID], strawberry.argument(description="Their ids, at most 20.")],
) -> None:
    """The argument of judged."""


def first_three(
    first: Annotated[int | None, strawberry.argument(description="How many at most: 0 to 20.")] = 3,
) -> None:
    """The argument of combinations."""


@strawberry.type(description="Which offers fit, and why.")
class MatchResult:
    fits: OfferMatchConnection = attribute(
        _page_of("fits"), "Offers that no required criterion rules out, best first.", arguments=page
    )
    near_misses: OfferMatchConnection = attribute(
        _page_of("near_misses"),
        "Offers that exactly one required criterion rules out, best first, with that criterion named.",
        arguments=page,
    )
    judged: list[OfferMatch] = attribute(
        _judged,
        "The offers that are named, whatever rules them out, best first; `rank` is among them.",
        arguments=named,
        weight=Weight(items=lambda arguments: len(arguments["offers"])),
    )
    combinations: list[OfferCombination] = attribute(
        _combinations,
        "Smallest sets of offers that together cover what no single offer covers.",
        arguments=first_three,
        weight=Weight(work=100),
    )
    funnel: list[FunnelStep] = attribute(
        "funnel",
        "How many offers each required criterion left, in the order they were applied: why a result is empty.",
        weight=Weight(items=len(Criterion)),
    )
    notices: list[Notice] = attribute("notices", "What to know about the answer.")
    position: str = attribute(
        lambda value, arguments, binding: str(binding.services.catalogue.position),
        "The position in the change log that this answer reflects.",
    )


def need_of(given: Mapping[str, Any]) -> need.Need:
    """The need as the catalogue takes it. A null and a field left out mean the same: not known."""

    def ids(name: str) -> tuple[str, ...]:
        return tuple(given.get(name) or ())

    return need.Need(
        age=given.get("age"),
        home_municipality=given.get("homeMunicipality"),
        primary_target_group=given.get("primaryTargetGroup"),
        secondary_target_groups=ids("secondaryTargetGroups"),
        circumstances=ids("circumstances"),
        levels=tuple(need.Level(level["item"], plain(level["level"])) for level in given.get("levels") or ()),
        support_level=plain(given.get("supportLevel")),
        offer_types=ids("offerTypes"),
        legal_bases=ids("legalBases"),
        services=ids("services"),
        near=near(given.get("near")),
        max_price=max_price(given.get("maxPrice")),
        free_place_needed=given.get("freePlaceNeeded"),
        needed_from=given.get("neededFrom"),
        require_approval=given.get("requireApproval"),
        report_since=given.get("reportSince"),
        words=ids("words"),
        weights=tuple(need.Weight(plain(w["criterion"]), w["factor"]) for w in given.get("weights") or ()),
    )


def _match(arguments: Arguments, binding: Binding) -> Any:
    return binding.services.catalogue.match(need_of(arguments["need"]), sees_protected=binding.sees_protected)


def need_argument(
    need: Annotated[NeedInput, strawberry.argument(description="What the citizen needs.")],
) -> None:
    """The argument of `matchOffers`."""


def match_offers(description: str) -> Any:
    """The main job, as a field of the root."""
    return field(Computed(_match), description, arguments=need_argument, weight=Weight(work=100))
