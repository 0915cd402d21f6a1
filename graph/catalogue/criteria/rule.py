"""What a criterion is: a rule that judges every offer at once, and explains itself for one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.columns import Arrays, Columns, Day, Distances
from graph.catalogue.distance import kilometres, rounded
from graph.catalogue.facts import Current
from graph.catalogue.need import Criterion, Need, Outcome
from graph.catalogue.reference import Place
from graph.catalogue.rows import OfferRow

NOT_MET, UNKNOWN, PARTLY, MET = range(4)
"""Outcomes as columns hold them: from PARTLY on an offer fits."""
OUTCOMES = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.PARTLY, Outcome.MET)

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Rows = NDArray[np.intp]
Outcomes = NDArray[np.int8]
Fact = TypeVar("Fact", bound=Hashable)
Explainer = Callable[[Fact], str]
"""Gives the sentence on what is known of an offer."""


class Judgement(NamedTuple):
    """One criterion over every offer. Shape (offers,)."""

    outcomes: Outcomes
    values: Callable[[Rows], Numbers] | None = None
    """0 to 1, of the offers in some rows: worked out only for those that are ranked, mostly one in ten. Without it,
    the outcomes are `graded`."""


@dataclass(repr=False)
class Case:
    """A checked need before all offers, on a day, for a caller."""

    columns: Columns
    need: Need
    today: int
    day: int
    """The day numbers of today, and of the day that the place is needed."""
    place: Place | None = None
    sees_protected: bool = False

    @property
    def arrays(self) -> Arrays:
        return self.columns.arrays

    @cached_property
    def then(self) -> Day:
        """What holds on the day."""
        return self.columns.day(self.day, self.today)

    @property
    def capacity(self) -> Current:
        return self.then.capacity

    @property
    def price(self) -> Current:
        return self.then.price

    @property
    def approval(self) -> Current:
        return self.then.approval

    @cached_property
    def distances(self) -> Distances:
        """The way from the place, not known where there is none; coarse where the caller may not know better.

        Everything that tells of a distance reads it here, so that what is judged, ordered and shown is one number.
        """
        if self.place is None:
            return Distances.of(np.full(len(self.columns), np.nan))
        if (known := self.columns.from_municipalities.get(self.place)) is not None:
            return known[0 if self.sees_protected else 1]
        exact = kilometres(self.place.latitude, self.place.longitude, self.arrays.directions)
        return Distances.of(exact if self.sees_protected else rounded(exact, self.arrays.protected))

    @property
    def distance(self) -> Numbers:
        """Kilometres from the place, NaN where not known."""
        return self.distances.km

    def name(self, id: str, language: str) -> str:
        return self.columns.reference.name(id, language)

    def names(self, ids: tuple[str, ...] | list[str], language: str) -> list[str]:
        return [self.name(id, language) for id in ids]


class Shown(NamedTuple):
    """Offers that are told of together: where they stand in the columns, and what is known of each."""

    rows: Rows
    offers: Sequence[OfferRow]

    def of(self, matrix: NDArray[Any], numbers: Iterable[int]) -> list[tuple[Any, ...]]:
        """What each of the offers has in these rows of a matrix of the columns."""
        return list(zip(*[matrix[number][self.rows].tolist() for number in numbers], strict=True))


class Rule(ABC, Generic[Fact]):
    """One criterion. Without state: what it judges is in the case."""

    criterion: ClassVar[Criterion]
    weight: ClassVar[float] = 1.0
    """Its part in the score, before the need's own factor."""
    by_day: ClassVar[bool] = False
    """Whether it looks at nothing of the need but the day."""

    def applies(self, case: Case) -> bool:
        """Whether the need gives it something to judge."""
        return True

    def required(self, case: Case) -> bool:
        """Whether NOT_MET rules an offer out."""
        return True

    def judgement(self, case: Case) -> Judgement:
        """As `judge`, but found once a day where it can be."""
        if not self.by_day:
            return self.judge(case)
        if self.criterion not in case.then.kept:
            case.then.kept[self.criterion] = self.judge(case)
        kept: Judgement = case.then.kept[self.criterion]
        return kept

    @abstractmethod
    def judge(self, case: Case) -> Judgement:
        """Every offer's outcome and value."""

    @abstractmethod
    def facts(self, case: Case, shown: Shown) -> list[Fact]:
        """What decides how each of the offers `shown` stands to it: of equal facts, outcome and sentence are equal."""

    @abstractmethod
    def explainer(self, case: Case, language: str) -> Explainer[Fact]:
        """What says in a sentence how an offer stands to it, in `language`: DA or EN.

        What the need alone decides is put together here, once for all the offers of a page. It goes with the case:
        a sentence tells of a need, and no need is kept.
        """


def outcomes(met: Flags, *, partly: Flags | None = None, unknown: Flags | None = None) -> Outcomes:
    """The outcome by flags of which no two are true at once; NOT_MET where none is.

    A sum of them: to set entries where flags are true takes several times as long, as no processor can foresee which.
    """
    found = met.view(np.int8) * np.int8(MET)
    if partly is not None:
        found += partly.view(np.int8) * np.int8(PARTLY)
    if unknown is not None:
        found += unknown.view(np.int8)  # which is UNKNOWN where it is true
    return found


def graded(outcomes: Outcomes) -> Numbers:
    """The values of outcomes, where a criterion does not say otherwise: MET 1, PARTLY a half, else 0."""
    above: Numbers = (np.maximum(outcomes, UNKNOWN) - np.int8(UNKNOWN)) / (MET - UNKNOWN)
    return above


def judged(met: Flags, unknown: Flags | None = None) -> Judgement:
    """MET or NOT_MET, UNKNOWN where that is so; nothing may be both met and unknown."""
    return Judgement(outcomes(met, unknown=unknown))


def shared(counts: NDArray[np.integer[Any]], whole: int, unknown: Flags) -> Judgement:
    """By how many of the `whole` are there: all MET, none NOT_MET, else PARTLY; UNKNOWN, where nothing may be there."""
    met = counts == whole
    return Judgement(outcomes(met, partly=(counts > 0) ^ met, unknown=unknown), lambda rows: counts[rows] / whole)


def count(flags: Flags) -> NDArray[np.uint8]:
    """How many of the rows are true, in each column; at most 255."""
    counts: NDArray[np.uint8] = np.add.reduce(flags.view(np.uint8), axis=0, dtype=np.uint8)
    return counts
