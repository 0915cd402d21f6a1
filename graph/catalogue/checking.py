"""What can be meant: needs and filters checked against the directory, with the input named that cannot.

Paths begin at the field of the need or filter, such as `("near", "withinKm")`, in the words of the contract.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from graph.catalogue.columns import LEVELS, SUPPORT_LEVELS
from graph.catalogue.need import Criterion, MaxPrice, Near, Need
from graph.catalogue.notices import Notice, of_reading
from graph.catalogue.reference import Place, Reference
from graph.catalogue.rows import PRICE_UNITS
from graph.catalogue.vocabulary import TARGET_GROUP
from graph.errors import BadInput

OLDEST = 130
YEARS = range(2000, 2101)
LARGEST_FACTOR = 5
LONGEST_LIST = 100

T = TypeVar("T")


def checked(need: Need, reference: Reference) -> Need:
    """The need with each list free of repeats; BadInput for what is unknown, impossible or contradictory."""
    age(need.age)
    known = Known(reference)
    if need.home_municipality is not None:
        known.one("municipality", need.home_municipality, ("homeMunicipality",))
    if need.primary_target_group is not None:
        known.one("target-group", need.primary_target_group, ("primaryTargetGroup",))
    if need.primary_target_group in need.secondary_target_groups:
        raise BadInput(
            f"{need.primary_target_group!r} is the primary target group already; it cannot be a secondary one too.",
            ("secondaryTargetGroups", need.secondary_target_groups.index(need.primary_target_group or "")),
        )
    _levels(need, known)
    if need.support_level is not None:
        one_of(need.support_level, SUPPORT_LEVELS, ("supportLevel",))
    near(need.near, reference, bool(need.home_municipality))
    max_price(need.max_price)
    day(need.needed_from, "neededFrom")
    day(need.report_since, "reportSince")
    _weights(need)
    if len(need.words) > LONGEST_LIST:
        raise BadInput(f"words holds {len(need.words)} words; at most {LONGEST_LIST} can be read.", ("words",))
    return replace(
        need,
        secondary_target_groups=known.all("target-group", need.secondary_target_groups, "secondaryTargetGroups"),
        circumstances=known.all("target-group", need.circumstances, "circumstances"),
        offer_types=known.all("offer-type", need.offer_types, "offerTypes"),
        legal_bases=known.all("legal-basis", need.legal_bases, "legalBases"),
        services=known.all("service", need.services, "services"),
    )


def read_words(need: Need, reference: Reference) -> tuple[Need, list[Notice]]:
    """The need with its free words read, and how each was read.

    The first target group found becomes the primary one where none is given, further ones secondary; services join
    the services wanted. What has several meanings or none is not used.
    """
    if not need.words:
        return need, []
    primary, secondary, services = need.primary_target_group, list(need.secondary_target_groups), list(need.services)
    notices = []
    for word in dict.fromkeys(word for word in need.words if word.strip()):
        reading = reference.vocabulary.read(word)
        notices.append(of_reading(reading, reference))
        if reading.term is None:
            continue
        id = reading.term.id
        if reading.term.kind != TARGET_GROUP:
            services.append(id)
        elif primary is None and id not in secondary:
            primary = id
        elif id != primary:
            secondary.append(id)
    read = replace(
        need,
        primary_target_group=primary,
        secondary_target_groups=tuple(dict.fromkeys(secondary)),
        services=tuple(dict.fromkeys(services)),
    )
    return read, notices


class Known:
    """Asks the reference whether ids are there."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        vocabulary = reference.vocabulary
        self._trees: dict[str, Container[object]] = {
            "target-group": vocabulary.target_groups,
            "service": vocabulary.services,
            "organisation": reference.numbers["organisation"],
        }

    def one(self, kind: str, id: str, path: tuple[str | int, ...]) -> None:
        """BadInput where there is no `kind` called `id`."""
        if id not in (self._trees[kind] if kind in self._trees else self.reference.entries[kind]):
            raise BadInput(f"{id!r} is no {kind.replace('-', ' ')} of the directory.", path)

    def all(self, kind: str, ids: Sequence[str], name: str) -> tuple[str, ...]:
        """`ids` without repeats; BadInput where one is not there."""
        if len(ids) > LONGEST_LIST:
            raise BadInput(f"{name} holds {len(ids)} ids; at most {LONGEST_LIST} can be judged.", (name,))
        for n, id in enumerate(ids):
            self.one(kind, id, (name, n))
        return tuple(dict.fromkeys(ids))


def age(years: float | None) -> None:
    if years is not None and not 0 <= years <= OLDEST:
        raise BadInput(f"{years} is no age between 0 and {OLDEST} years.", ("age",))


def near(asked: Near | None, reference: Reference, at_home: bool) -> None:
    """BadInput for a place that is none, given twice or in half, or a distance from nowhere."""
    if asked is None:
        return
    if asked.municipality is not None:
        Known(reference).one("municipality", asked.municipality, ("near", "municipality"))
        if asked.latitude is not None or asked.longitude is not None:
            raise BadInput("Give a municipality or a point, not both.", ("near",))
    for name, value, other, bound in (
        ("latitude", asked.latitude, asked.longitude, 90),
        ("longitude", asked.longitude, asked.latitude, 180),
    ):
        if value is None and other is not None:
            raise BadInput("A point takes both latitude and longitude.", ("near", name))
        if value is not None and not -bound <= value <= bound:
            raise BadInput(f"{value} is no {name} in degrees.", ("near", name))
    if asked.within_km is not None:
        if not (math.isfinite(asked.within_km) and asked.within_km >= 0):
            raise BadInput(f"{asked.within_km} is no distance in kilometres.", ("near", "withinKm"))
        if asked.municipality is None and asked.latitude is None and not at_home:
            raise BadInput("withinKm needs a place: a municipality or a point.", ("near", "withinKm"))


def day(given: date | None, name: str) -> None:
    if given is not None and given.year not in YEARS:
        raise BadInput(f"{given} is not between 2000 and 2100.", (name,))


def max_price(most: MaxPrice | None) -> None:
    if most is None:
        return
    one_of(most.unit, PRICE_UNITS, ("maxPrice", "unit"))
    if not (most.amount.is_finite() and most.amount >= 0):
        raise BadInput(f"{most.amount} is no price: it is negative or not finite.", ("maxPrice", "amount"))


def one_of(value: str, known: Iterable[str], path: tuple[str | int, ...]) -> None:
    if value not in known:
        raise BadInput(f"{value!r} is none of {', '.join(known)}.", path)


def place(asked: Near | None, home: str | None, reference: Reference) -> Place | None:
    """The place of search: `near`, else the home municipality's point; None where there is neither."""
    if asked is not None and asked.latitude is not None and asked.longitude is not None:
        return Place(asked.latitude, asked.longitude, None)
    municipality = (asked.municipality if asked else None) or home
    return reference.entries["municipality"][municipality].place if municipality else None


def _levels(need: Need, known: Known) -> None:
    seen: set[str] = set()
    if len(need.levels) > LONGEST_LIST:
        raise BadInput(f"levels holds {len(need.levels)} items; at most {LONGEST_LIST} can be judged.", ("levels",))
    for n, level in enumerate(need.levels):
        path = ("levels", n, "item")
        known.one("theme-item", level.item, path)
        if not known.reference.entries["theme-item"][level.item].has_levels:
            raise BadInput(f"{level.item!r} belongs to a theme that has no levels.", path)
        if level.item in seen:
            raise BadInput(f"{level.item!r} is given twice.", path)
        seen.add(level.item)
        one_of(level.level, LEVELS, ("levels", n, "level"))


def _weights(need: Need) -> None:
    seen: set[str] = set()
    for n, weight in enumerate(need.weights):
        one_of(weight.criterion, list(Criterion), ("weights", n, "criterion"))
        if weight.criterion in seen:
            raise BadInput(f"{weight.criterion} is weighted twice.", ("weights", n, "criterion"))
        seen.add(weight.criterion)
        if not 0 <= weight.factor <= LARGEST_FACTOR:
            raise BadInput(f"{weight.factor} is no factor between 0 and {LARGEST_FACTOR}.", ("weights", n, "factor"))
