"""Matching as the design states it, one offer and one rule at a time: slow, plain, and the judge of the catalogue.

A need is a dictionary in the words of the contract's `NeedInput`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from math import floor
from typing import Any

from graph.danish import fold, sort_key
from graph.record import Record
from tests.oracle.world import PER_DAY, World

Need = dict[str, Any]
Verdict = tuple[str, float | Fraction]
"""Outcome and value."""

FUNCTIONAL = ("NONE", "MILD", "MODERATE", "SEVERE", "COMPLETE")
SUPPORT = ("NONE", "MILD", "MODERATE", "HIGH", "COMPLETE")

WEIGHTS = {
    "OPEN": 1,
    "PRIMARY_TARGET_GROUP": 5,
    "EXCLUSION": 1,
    "AGE": 1,
    "OFFER_TYPE": 1,
    "LEGAL_BASIS": 1,
    "APPROVAL": 2,
    "SECONDARY_TARGET_GROUPS": 2,
    "SERVICES": 3,
    "LEVELS": 2,
    "SUPPORT_LEVEL": 2,
    "FREE_PLACE": 2,
    "DISTANCE": 1,
    "PRICE": 1,
    "SUPERVISION_REPORT": 1,
    "FRESHNESS": Fraction(1, 2),
}
"""Each criterion's weight, in the order of the design's table; SUPERVISION_REPORT is ours, after PRICE."""
LEGAL = ("OFFER_TYPE", "LEGAL_BASIS")
REQUIRED = ("OPEN", "PRIMARY_TARGET_GROUP", "EXCLUSION", "AGE", *LEGAL, "PRICE", "SUPERVISION_REPORT")


def serves(world: World, offer: Record, group: str) -> Verdict:
    """The rule of PRIMARY_TARGET_GROUP for one group."""
    edges = world.edges(offer, "SERVES")
    if not edges:
        return "UNKNOWN", 0
    best = Fraction(0)
    for edge in edges:
        if edge.target == group:
            value = Fraction(1)
        elif edge.target in world.broader(group):
            value = Fraction(9, 10) if edge.properties.get("coversNarrower") else Fraction(4, 10)
        elif group in world.broader(edge.target):
            value = Fraction(5, 10)
        else:
            continue
        if not edge.properties.get("approved"):
            value = Fraction(3, 10)
        best = max(best, value)
    return ("MET" if best >= Fraction(9, 10) else "PARTLY" if best else "NOT_MET"), best


def gives(world: World, offer: Record, service: str) -> bool:
    """Whether the offer gives a service: itself, or a narrower one."""
    return any(given == service or service in world.broader(given) for given in world.targets(offer, "GIVES"))


def age(offer: Record, age: float) -> Verdict:
    lowest, highest = offer.properties.get("ageFrom"), offer.properties.get("ageTo")
    if lowest is None and highest is None:
        return "UNKNOWN", 0
    return _yes((lowest is None or lowest <= age) and (highest is None or floor(age) <= highest))


def one_in_common(stated: list[str], wanted: list[str]) -> Verdict:
    return _yes(bool(set(stated) & set(wanted))) if stated else ("UNKNOWN", 0)


def approval(world: World, offer: Record, day: date) -> Verdict:
    type = world.one(offer, "OF_TYPE")
    if type is not None and not type.properties["needsApproval"]:
        return "MET", 1
    fact = world.fact(offer, "approval", day)
    if fact is None:
        return "UNKNOWN", 0
    return {
        "APPROVED": ("MET", 1),
        "APPROVED_WITH_CONDITIONS": ("PARTLY", Fraction(7, 10)),
        "INTENSIFIED_SUPERVISION": ("PARTLY", Fraction(3, 10)),
        "NOT_APPROVED": ("NOT_MET", 0),
        "ENDED": ("NOT_MET", 0),
    }[fact.properties["status"]]


def free_place(world: World, offer: Record, day: date) -> Verdict:
    capacity = world.fact(offer, "capacity", day)
    free = None if capacity is None else capacity.properties.get("free")
    if capacity is None or free is None:
        return "UNKNOWN", 0
    if free < 1:
        return "NOT_MET", 0
    counted = capacity.properties.get("countedOn")
    fresh = counted is not None and counted >= (world.today - timedelta(days=30)).isoformat()
    return ("MET", 1) if fresh else ("PARTLY", Fraction(1, 2))


def price(per_day: Fraction | None, most: Fraction) -> Verdict:
    if per_day is None:
        return "UNKNOWN", 0
    return ("MET", 1 - per_day / most / 2) if per_day <= most else ("NOT_MET", 0)


def distance(km: float | None, within: float | None) -> Verdict:
    if km is None:
        return "UNKNOWN", 0
    return ("MET" if within is None or km <= within else "NOT_MET"), max(0.0, 1 - km / 200)


def report(world: World, offer: Record, since: date, day: date) -> Verdict:
    fact = world.fact(offer, "approval", day)
    reported = None if fact is None else fact.properties.get("reportOn")
    return ("UNKNOWN", 0) if reported is None else _yes(date.fromisoformat(reported) >= since)


def freshness(world: World, offer: Record) -> Verdict:
    verified = offer.properties.get("verifiedOn")
    if verified is None:
        return "UNKNOWN", 0
    days = (world.today - date.fromisoformat(verified)).days
    return ("MET", 1) if days <= 90 else ("PARTLY", Fraction(1, 2)) if days <= 365 else ("NOT_MET", 0)


def _yes(met: bool) -> Verdict:
    return ("MET", 1) if met else ("NOT_MET", 0)


def _share(values: list[Fraction | int], enough: Fraction = Fraction(1)) -> Verdict:
    """The mean; MET where every value is enough, NOT_MET where nothing is."""
    mean = sum(values, Fraction(0)) / len(values)
    return ("MET" if all(value >= enough for value in values) else "PARTLY" if mean else "NOT_MET"), mean


@dataclass
class Judgement:
    """One offer against one need."""

    offer: Record
    verdicts: dict[str, Verdict]
    required: dict[str, bool]
    weights: dict[str, Fraction]
    free: int | None
    per_day: Fraction | None
    km: float | None

    @property
    def exact_score(self) -> float:
        whole = sum(self.weights.values(), Fraction(0))
        parts = (self.weights[name] * Fraction(value) for name, (_, value) in self.verdicts.items())
        return float(sum(parts, Fraction(0)) / whole) if whole else 0.0

    @property
    def score(self) -> float:
        """To nine decimals, so that what is equal ties."""
        return round(self.exact_score, 9)

    @property
    def ruled_out_by(self) -> list[str]:
        return [name for name, (outcome, _) in self.verdicts.items() if outcome == "NOT_MET" and self.required[name]]

    @property
    def rank(self) -> tuple[Any, ...]:
        return (
            -self.score,
            *((self.free is None), -(self.free or 0)),
            *((self.per_day is None), self.per_day or 0),
            *((self.km is None), self.km or 0.0),
            sort_key(self.offer.properties["name"]),
            self.offer.id,
        )


class Matching:
    """The answer to one need, for a caller who may or may not see protected addresses."""

    def __init__(self, world: World, need: Need, sees_protected: bool = False) -> None:
        self.world, self.sees_protected = world, sees_protected
        self.need = with_words(world, need)
        self.day = need.get("neededFrom") or world.today
        self.here = world.search_point(need.get("near"), need.get("homeMunicipality"))
        self.judged = sorted((self._judge(offer) for offer in world.of_kind("offer")), key=lambda j: j.rank)

    @property
    def fits(self) -> list[Judgement]:
        return [judged for judged in self.judged if not judged.ruled_out_by]

    @property
    def near_misses(self) -> list[Judgement]:
        return [judged for judged in self.judged if len(judged.ruled_out_by) == 1]

    @property
    def funnel(self) -> list[tuple[str, int, int]]:
        """Criterion, remaining, removed."""
        steps = []
        left = self.judged
        for name, _ in self._rules():
            if not self._required(name):
                continue
            stay = [judged for judged in left if judged.verdicts[name][0] != "NOT_MET"]
            steps.append((name, len(stay), len(left) - len(stay)))
            left = stay
        return steps

    @property
    def combinations(self) -> list[tuple[list[str], list[str], float]]:
        """Offers by id, services covered, mean score: of the sets in which nobody can be spared, best first."""
        wanted = self.need.get("services") or []

        def covered(several: tuple[Judgement, ...]) -> list[str]:
            return [s for s in wanted if any(gives(self.world, judged.offer, s) for judged in several)]

        best = max((len(covered((fit,))) for fit in self.fits), default=0)
        usable = [judged for judged in self.judged if set(judged.ruled_out_by) <= set(LEGAL)]
        found = []
        for size in (2, 3):
            for several in combinations(usable, size):
                services = covered(several)
                needless = any(len(covered(fewer)) == len(services) for fewer in combinations(several, size - 1))
                if len(services) > best and not needless:
                    mean = round(sum(judged.score for judged in several) / size, 9)
                    found.append((size, -len(services), -mean, sorted(j.offer.id for j in several), services))
        return [(ids, services, -mean) for _, _, mean, ids, services in sorted(found)]

    def _judge(self, offer: Record) -> Judgement:
        verdicts = {name: rule(offer) for name, rule in self._rules()}
        factors = {entry["criterion"]: Fraction(entry["factor"]) for entry in self.need.get("weights") or []}
        return Judgement(
            offer,
            verdicts,
            {name: self._required(name) for name in verdicts},
            {name: Fraction(WEIGHTS[name]) * factors.get(name, 1) for name in verdicts},
            self.world.free(offer, self.day),
            self.world.price_per_day(offer, self.day),
            self._km(offer),
        )

    def _km(self, offer: Record) -> float | None:
        return self.world.distance(offer, self.here, self.sees_protected) if self.here else None

    def _required(self, name: str) -> bool:
        near = self.need.get("near") or {}
        return {
            "APPROVAL": self.need.get("requireApproval", True) is not False,
            "FREE_PLACE": bool(self.need.get("freePlaceNeeded")),
            "DISTANCE": near.get("withinKm") is not None,
        }.get(name, name in REQUIRED)

    def _rules(self) -> Iterator[tuple[str, Callable[[Record], Verdict]]]:
        """The criteria that apply, in the table's order, each with its rule for one offer."""
        world, need, day = self.world, self.need, self.day
        primary, secondary = need.get("primaryTargetGroup"), need.get("secondaryTargetGroups") or []
        present = [*([primary] if primary else []), *secondary, *(need.get("circumstances") or [])]
        yield "OPEN", lambda offer: _yes(world.open(offer, day))
        if primary:
            yield "PRIMARY_TARGET_GROUP", lambda offer: serves(world, offer, primary)
        if present:
            refused = {id for group in present for id in (group, *world.broader(group))}
            yield "EXCLUSION", lambda offer: _yes(not refused & set(world.targets(offer, "EXCLUDES")))
        if need.get("age") is not None:
            yield "AGE", lambda offer: age(offer, need["age"])
        if need.get("offerTypes"):
            yield "OFFER_TYPE", lambda offer: one_in_common(world.targets(offer, "OF_TYPE"), need["offerTypes"])
        if need.get("legalBases"):
            yield (
                "LEGAL_BASIS",
                lambda offer: one_in_common(world.targets(offer, "HAS_LEGAL_BASIS"), need["legalBases"]),
            )
        yield "APPROVAL", lambda offer: approval(world, offer, day)
        if secondary:
            yield "SECONDARY_TARGET_GROUPS", self._secondary
        if need.get("services"):
            yield "SERVICES", self._services
        if need.get("levels"):
            yield "LEVELS", self._levels
        if need.get("supportLevel"):
            yield "SUPPORT_LEVEL", self._support_level
        yield "FREE_PLACE", lambda offer: free_place(world, offer, day)
        if self.here:
            within = (need.get("near") or {}).get("withinKm")
            yield "DISTANCE", lambda offer: distance(self._km(offer), within)
        if need.get("maxPrice"):
            most = Fraction(need["maxPrice"]["amount"]) * PER_DAY[need["maxPrice"]["unit"]]
            yield "PRICE", lambda offer: price(world.price_per_day(offer, day), most)
        if need.get("reportSince"):
            yield "SUPERVISION_REPORT", lambda offer: report(world, offer, need["reportSince"], day)
        yield "FRESHNESS", lambda offer: freshness(world, offer)

    def _secondary(self, offer: Record) -> Verdict:
        verdicts = [serves(self.world, offer, group) for group in self.need["secondaryTargetGroups"]]
        if verdicts[0][0] == "UNKNOWN":
            return "UNKNOWN", 0
        return _share([Fraction(value) for _, value in verdicts], Fraction(9, 10))

    def _services(self, offer: Record) -> Verdict:
        if not self.world.targets(offer, "GIVES"):
            return "UNKNOWN", 0
        return _share([int(gives(self.world, offer, service)) for service in self.need["services"]])

    def _levels(self, offer: Record) -> Verdict:
        supported = {edge.target: edge.properties.get("upTo") for edge in self.world.edges(offer, "SUPPORTS")}
        if not any(supported.get(entry["item"]) for entry in self.need["levels"]):
            return "UNKNOWN", 0
        return _share([self._met(entry, supported.get(entry["item"])) for entry in self.need["levels"]])

    def _met(self, entry: dict[str, str], up_to: str | None) -> int:
        return int(up_to is not None and FUNCTIONAL.index(entry["level"]) <= FUNCTIONAL.index(up_to))

    def _support_level(self, offer: Record) -> Verdict:
        up_to = offer.properties.get("supportLevelUpTo")
        if up_to is None:
            return "UNKNOWN", 0
        return _yes(SUPPORT.index(self.need["supportLevel"]) <= SUPPORT.index(up_to))


def with_words(world: World, need: Need) -> Need:
    """The need with its free words in their places. Only whole names and synonyms are read here."""
    read = {**need}
    for word in need.get("words") or []:
        for record in [*world.of_kind("target-group"), *world.of_kind("service")]:
            forms = [record.properties["name"], *(record.properties.get("synonyms") or [])]
            if fold(word) not in map(fold, forms):
                continue
            if record.id.startswith("service:"):
                read["services"] = _joined(read.get("services"), record.id)
            elif not read.get("primaryTargetGroup") and record.id not in (read.get("secondaryTargetGroups") or []):
                read["primaryTargetGroup"] = record.id
            elif record.id != read.get("primaryTargetGroup"):
                read["secondaryTargetGroups"] = _joined(read.get("secondaryTargetGroups"), record.id)
    return read


def _joined(ids: list[str] | None, id: str) -> list[str]:
    return [*(ids or []), *([] if id in (ids or []) else [id])]
