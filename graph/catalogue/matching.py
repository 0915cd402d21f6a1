"""A match: every offer against every criterion that applies, and what is read off that matrix."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from graph.catalogue import combinations as combining
from graph.catalogue import notices as noticing
from graph.catalogue.criteria import RULES
from graph.catalogue.criteria.rule import (
    NOT_MET,
    OUTCOMES,
    Case,
    Explainer,
    Flags,
    Judgement,
    Numbers,
    Outcomes,
    Rows,
    Rule,
    Shown,
    count,
    graded,
)
from graph.catalogue.need import Criterion, Outcome
from graph.catalogue.notices import Notice
from graph.errors import BadInput
from graph.keyset import Column, Cursors, Order, PageRequest, page

DECIMALS = 9
"""To which a score is rounded, so that equal fits tie whatever the order of addition."""


class Explainers(dict[str, Explainer[Any]]):
    """How a criterion explains itself, by language; made when it is first asked to, and gone with the match."""

    def __init__(self, rule: Rule[Any], case: Case) -> None:
        self._rule, self._case = rule, case

    def __missing__(self, language: str) -> Explainer[Any]:
        explainer = self[language] = self._rule.explainer(self._case, language)
        return explainer


@dataclass(slots=True)  # not frozen: a page has hundreds, and to set a frozen field takes several times as long
class CriterionResult:
    """How one offer stands to one criterion. `weight` is its part in the score, the need's factor included."""

    criterion: Criterion
    required: bool
    outcome: Outcome
    weight: float
    _fact: Any = field(repr=False, compare=False)
    _explainers: Explainers = field(repr=False, compare=False)

    def explain(self, language: str = "DA") -> str:
        """A sentence in Danish (DA) or English (EN)."""
        return self._explainers[language](self._fact)


@dataclass(eq=False)
class Results:
    """How the offers in some rows stand to the criteria: found for all of them when it is asked for one."""

    _match: Match = field(repr=False)
    _rows: list[int]

    @cached_property
    def each(self) -> list[list[CriterionResult]]:
        return self._match.results(self._rows)


@dataclass(slots=True)
class OfferFit:
    """One offer of a match. `rank` counts from 1 in its list; `score` is 0 to 1; a distance not known is None."""

    offer: str
    rank: int
    score: float
    distance_km: float | None
    ruled_out_by: Criterion | None
    _nth: int = field(repr=False, compare=False)
    _results: Results = field(repr=False, compare=False)

    @property
    def criteria(self) -> list[CriterionResult]:
        return self._results.each[self._nth]


@dataclass(eq=False)
class MatchPage:
    """Offers of a match in order. `total` counts the whole list. Cursors are made when they are read."""

    entries: list[OfferFit]
    has_next: bool
    has_previous: bool
    total: int
    _order: Order = field(repr=False)
    _rows: list[int] = field(repr=False)

    @property
    def cursors(self) -> Cursors:
        return Cursors(self._order, self._rows)


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """How many offers a required criterion left, and how many it removed of those before it."""

    criterion: Criterion
    remaining: int
    removed: int


@dataclass(frozen=True, slots=True)
class Combination:
    """Offers, best first, that together give `covers` of the services wanted; `score` is the mean of theirs."""

    offers: tuple[str, ...]
    covers: tuple[str, ...]
    uncovered: tuple[str, ...]
    score: float


class Judged(NamedTuple):
    """A rule that applies, with its judgement."""

    rule: Rule[Any]
    required: bool
    weight: float
    judgement: Judgement


class Ranking(NamedTuple):
    """Some of the offers, with their scores, in order."""

    among: Flags
    rows: Rows
    """Which these are, in ascending order."""
    scores: Numbers
    order: Order


class Match:
    """Which offers fit a need, and why. Holds the need: it lives as long as its request."""

    def __init__(self, case: Case, position: int, word_notices: list[Notice]) -> None:
        self.case = case
        self.position = position
        self._word_notices = word_notices
        factors = {weight.criterion: weight.factor for weight in case.need.weights}
        self.judged = [
            Judged(
                rule,
                rule.required(case),
                rule.weight * factors.get(rule.criterion, 1.0),
                rule.judgement(case),
            )
            for rule in RULES
            if rule.applies(case)
        ]
        found = np.concatenate([judged.judgement.outcomes for judged in self.judged])
        self.outcomes: Outcomes = found.reshape(len(self.judged), len(case.columns))
        """Of every criterion that applies, in the order of `judged`. Shape (criteria, offers)."""
        self._required = np.array([judged.required for judged in self.judged])
        counts = count(self.outcomes[self._required] == NOT_MET)
        self.fitting: Flags = counts == 0
        self._missing: Flags = counts == 1

    def scores(self, rows: Rows) -> Numbers:
        """Σ weight · value / Σ weight over the criteria that apply; 0 where no weight is left. Shape (offers,).

        Worked out for the offers in `rows` alone, mostly one in ten; 0 for the others.
        """
        scores = np.zeros(len(self.case.columns))
        weights = np.array([judged.weight for judged in self.judged])
        if total := weights.sum():
            values = graded(self.outcomes[:, rows])
            for nth, (*_, judgement) in enumerate(self.judged):
                if judgement.values is not None:
                    values[nth] = judgement.values(rows)
            # No product of matrices: that may set threads to work, one a core, where many offers are ranked.
            scores[rows] = np.round(np.add.reduce(weights[:, None] * values) / total, DECIMALS)
        return scores

    def fits(self, request: PageRequest) -> MatchPage:
        """Offers that no required criterion rules out, best first."""
        return self._page(self._fits, request)

    def near_misses(self, request: PageRequest) -> MatchPage:
        """Offers that exactly one required criterion rules out, best first."""
        return self._page(self._near_misses, request)

    @cached_property
    def _fits(self) -> Ranking:
        return self._ranking("fits", self.fitting)

    @cached_property
    def _near_misses(self) -> Ranking:
        return self._ranking("nearMisses", self._missing)

    def named(self, ids: Sequence[str]) -> list[OfferFit]:
        """These offers, best first, ranked among themselves, whatever rules them out. Raises BadInput."""
        rows = self.case.columns.row_of
        among = np.zeros(len(self.case.columns), np.bool_)
        for number, id in enumerate(ids):
            if id not in rows:
                raise BadInput(f"offers: there is no offer {id[:80]!r}.", ("offers", number))
            among[rows[id]] = True
        return self._page(self._ranking("named", among), PageRequest(first=len(ids))).entries

    def best(self, count: int) -> list[int]:
        """The rows of the best fits, at most `count`."""
        among, ranked, _, order = self._fits
        found = page(among, order, PageRequest(first=count), ranked)
        return [int(row) for row in found.rows]

    @cached_property
    def funnel(self) -> list[FunnelStep]:
        """What each required criterion left, in the order of the criteria: why a result is as small as it is."""
        left, steps = np.ones(len(self.case.columns), np.bool_), []
        remaining = len(left)
        for judged, outcomes in zip(self.judged, self.outcomes, strict=True):
            if judged.required:
                left &= outcomes != NOT_MET
                before, remaining = remaining, int(np.count_nonzero(left))
                steps.append(FunnelStep(judged.rule.criterion, remaining, before - remaining))
        return steps

    @cached_property
    def notices(self) -> list[Notice]:
        return [*self._word_notices, *noticing.of_match(self)]

    def combinations(self, first: int = 3) -> list[Combination]:
        """The `first` best sets of two or three offers that cover more than any single fit: see `combinations`."""
        case, wanted = self.case, self.case.need.services
        lenient = np.ones(len(case.columns), np.bool_)
        for judged, outcomes in zip(self.judged, self.outcomes, strict=True):
            if judged.required and judged.rule.criterion not in (Criterion.OFFER_TYPE, Criterion.LEGAL_BASIS):
                lenient &= outcomes != NOT_MET
        sets = combining.sets(case, self.fitting, lenient, self.scores(np.flatnonzero(lenient)), first)
        return [
            Combination(
                tuple(case.columns.rows[row].id for row in rows),
                tuple(id for n, id in enumerate(wanted) if covered >> n & 1),
                tuple(id for n, id in enumerate(wanted) if not covered >> n & 1),
                score,
            )
            for rows, covered, score in sets
        ]

    def results(self, rows: Sequence[int]) -> list[list[CriterionResult]]:
        """Every criterion that applies, for each of the offers in `rows`. What is equal is one and the same result."""
        shown = Shown(np.asarray(rows, np.intp), [self.case.columns.rows[row] for row in rows])
        found, columns = self.outcomes[:, shown.rows].tolist(), []
        for (rule, required, weight, _), outcomes in zip(self.judged, found, strict=True):
            explainers, column = Explainers(rule, self.case), []
            made: dict[tuple[int, Any], CriterionResult] = {}
            for key in zip(outcomes, rule.facts(self.case, shown), strict=True):
                result = made.get(key)
                if result is None:
                    outcome, fact = key
                    result = CriterionResult(rule.criterion, required, OUTCOMES[outcome], weight, fact, explainers)
                    made[key] = result
                column.append(result)
            columns.append(column)
        return list(map(list, zip(*columns, strict=True)))

    def _ranking(self, name: str, among: Flags) -> Ranking:
        case, rows = self.case, np.flatnonzero(among)
        scores = self.scores(rows)
        columns = (
            Column.numbers(scores, "DESC"),
            case.then.most_free,
            case.then.cheapest,
            case.distances.order,
            case.columns.names,
            case.columns.ids,
        )
        return Ranking(among, rows, scores, Order(name, "ASC", columns))

    def _page(self, ranking: Ranking, request: PageRequest) -> MatchPage:
        among, ranked, scores, order = ranking
        found = page(among, order, request, ranked)
        rows: list[int] = found.rows.tolist()
        first = 1 + (_before(among, order, rows[0]) if rows and found.has_previous else 0)
        of = (column[found.rows].tolist() for column in (scores, self.case.distance, self.fitting))
        offers, results = self.case.columns.rows, Results(self, rows)
        entries = [
            OfferFit(
                offers[row].id,
                first + nth,
                score,
                None if math.isnan(km) else km,
                None if fits else self._ruling(row),
                nth,
                results,
            )
            for nth, (row, score, km, fits) in enumerate(zip(rows, *of, strict=True))
        ]
        return MatchPage(entries, found.has_next, found.has_previous, len(ranked), order, rows)

    def _ruling(self, row: int) -> Criterion:
        """The first criterion that rules the offer out."""
        return self.judged[int(np.argmax((self.outcomes[:, row] == NOT_MET) & self._required))].rule.criterion


def _before(among: Flags, order: Order, row: int) -> int:
    """How many rows among these stand before `row`."""
    before, tied = np.zeros(len(among), np.bool_), among.copy()
    for keys in order.keys:
        before |= tied & (keys < keys[row])
        tied &= keys == keys[row]
    return int(np.count_nonzero(before))
