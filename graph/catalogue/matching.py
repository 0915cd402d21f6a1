"""A match: every offer against every criterion that applies, and what is read off that matrix."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import NamedTuple

import numpy as np

from graph.catalogue import combinations as combining
from graph.catalogue import notices as noticing
from graph.catalogue.criteria import RULES
from graph.catalogue.criteria.rule import NOT_MET, OUTCOMES, Case, Explainer, Flags, Judgement, Numbers, Rule
from graph.catalogue.need import Criterion, Outcome
from graph.catalogue.notices import Notice
from graph.errors import BadInput
from graph.keyset import Column, Cursors, Order, PageRequest, page

DECIMALS = 9
"""To which a score is rounded, so that equal fits tie whatever the order of addition."""


class Explainers(dict[str, Explainer]):
    """How a criterion explains itself, by language; made when it is first asked to, and gone with the match."""

    def __init__(self, rule: Rule, case: Case) -> None:
        self._rule, self._case = rule, case

    def __missing__(self, language: str) -> Explainer:
        explainer = self[language] = self._rule.explainer(self._case, language)
        return explainer


@dataclass(slots=True)  # not frozen: a page has hundreds, and to set a frozen field takes several times as long
class CriterionResult:
    """How one offer stands to one criterion. `weight` is its part in the score, the need's factor included."""

    criterion: Criterion
    required: bool
    outcome: Outcome
    weight: float
    _row: int = field(repr=False, compare=False)
    _explainers: Explainers = field(repr=False, compare=False)

    def explain(self, language: str = "DA") -> str:
        """A sentence in Danish (DA) or English (EN)."""
        return self._explainers[language](self._row)


@dataclass(slots=True)
class OfferFit:
    """One offer of a match. `rank` counts from 1 in its list; `score` is 0 to 1; a distance not known is None."""

    offer: str
    rank: int
    score: float
    distance_km: float | None
    ruled_out_by: Criterion | None
    _row: int = field(repr=False, compare=False)
    _match: Match = field(repr=False, compare=False)

    @property
    def criteria(self) -> list[CriterionResult]:
        return self._match.results(self._row)


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

    rule: Rule
    required: bool
    weight: float
    judgement: Judgement
    explainers: Explainers


class Ranking(NamedTuple):
    """Some of the offers, with their scores, in order."""

    among: Flags
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
                Explainers(rule, case),
            )
            for rule in RULES
            if rule.applies(case)
        ]
        counts = np.zeros(len(case.columns), np.int8)
        for judged in self.judged:
            if judged.required:
                counts += (judged.judgement.outcomes == NOT_MET).view(np.int8)
        self.fitting: Flags = counts == 0
        self._missing: Flags = counts == 1

    def scores(self, among: Flags) -> Numbers:
        """Σ weight · value / Σ weight over the criteria that apply; 0 where no weight is left. Shape (offers,).

        Worked out for offers `among` alone, mostly one in ten; 0 for the others.
        """
        scores = np.zeros(len(self.case.columns))
        total = sum(judged.weight for judged in self.judged)
        if total:
            rows = np.flatnonzero(among)
            sums = np.zeros(len(rows))
            for judged in self.judged:
                sums += judged.weight * judged.judgement.values(rows)
            scores[rows] = np.round(sums / total, DECIMALS)
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
        found = page(self.fitting, self._fits.order, PageRequest(first=count))
        return [int(row) for row in found.rows]

    @cached_property
    def funnel(self) -> list[FunnelStep]:
        """What each required criterion left, in the order of the criteria: why a result is as small as it is."""
        left, steps = np.ones(len(self.case.columns), np.bool_), []
        remaining = len(left)
        for judged in self.judged:
            if judged.required:
                left &= judged.judgement.outcomes != NOT_MET
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
        for judged in self.judged:
            if judged.required and judged.rule.criterion not in (Criterion.OFFER_TYPE, Criterion.LEGAL_BASIS):
                lenient &= judged.judgement.outcomes != NOT_MET
        sets = combining.sets(case, self.fitting, lenient, self.scores(lenient), first)
        return [
            Combination(
                tuple(case.columns.rows[row].id for row in rows),
                tuple(id for n, id in enumerate(wanted) if covered >> n & 1),
                tuple(id for n, id in enumerate(wanted) if not covered >> n & 1),
                score,
            )
            for rows, covered, score in sets
        ]

    def results(self, row: int) -> list[CriterionResult]:
        """Every criterion that applies, for the offer in `row`."""
        return [
            CriterionResult(rule.criterion, required, OUTCOMES[outcomes.item(row)], weight, row, explainers)
            for rule, required, weight, (outcomes, _), explainers in self.judged
        ]

    def _ranking(self, name: str, among: Flags) -> Ranking:
        case, scores = self.case, self.scores(among)
        columns = (
            Column.numbers(scores, "DESC"),
            case.then.most_free,
            case.then.cheapest,
            case.distances.order,
            case.columns.names,
            case.columns.ids,
        )
        return Ranking(among, scores, Order(name, "ASC", columns))

    def _page(self, ranking: Ranking, request: PageRequest) -> MatchPage:
        among, scores, order = ranking
        found = page(among, order, request)
        rows: list[int] = found.rows.tolist()
        rank = 1 + (_before(among, order, rows[0]) if rows and found.has_previous else 0)
        of = (column[found.rows].tolist() for column in (scores, self.case.distance, self.fitting))
        return MatchPage(
            [self._fit(row, *told) for row, *told in zip(rows, count(rank), *of)],
            found.has_next,
            found.has_previous,
            int(np.count_nonzero(among)),
            order,
            rows,
        )

    def _fit(self, row: int, rank: int, score: float, km: float, fits: bool) -> OfferFit:
        return OfferFit(
            self.case.columns.rows[row].id,
            rank,
            score,
            None if math.isnan(km) else km,
            None if fits else self._ruling(row),
            row,
            self,
        )

    def _ruling(self, row: int) -> Criterion:
        """The first criterion that rules the offer out."""
        return next(
            judged.rule.criterion
            for judged in self.judged
            if judged.required and judged.judgement.outcomes[row] == NOT_MET
        )


def _before(among: Flags, order: Order, row: int) -> int:
    """How many rows among these stand before `row`."""
    before, tied = np.zeros(len(among), np.bool_), among.copy()
    for keys in order.keys:
        before |= tied & (keys < keys[row])
        tied &= keys == keys[row]
    return int(np.count_nonzero(before))
