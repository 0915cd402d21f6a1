"""What a criterion is: a rule that judges every offer at once, and explains itself for one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.columns import Arrays, Columns, Day, Distances
from graph.catalogue.distance import kilometres, rounded
from graph.catalogue.facts import Current
from graph.catalogue.need import Criterion, Need, Outcome
from graph.catalogue.reference import Place

NOT_MET, UNKNOWN, PARTLY, MET = range(4)
"""Outcomes as columns hold them: from PARTLY on an offer fits."""
OUTCOMES = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.PARTLY, Outcome.MET)

GRADED = np.array([0.0, 0.0, 0.5, 1.0])
"""The value of each outcome, where partly counts half."""

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Rows = NDArray[np.intp]
Explainer = Callable[[int], str]
"""Gives the sentence on the offer in a row."""


class Judgement(NamedTuple):
    """One criterion over every offer. Shape (offers,)."""

    outcomes: NDArray[np.int8]
    values: Callable[[Rows], Numbers | Flags]
    """0 to 1, of the offers in some rows: worked out only for those that are ranked, mostly one in ten."""


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


class Rule(ABC):
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
    def explainer(self, case: Case, language: str) -> Explainer:
        """What says how an offer stands to it, in `language`: DA or EN.

        What the need alone decides is put together here, once for all the offers of a page. It goes with the case:
        a sentence tells of a need, and no need is kept.
        """


def outcomes(met: Flags, *, partly: Flags | None = None, unknown: Flags | None = None) -> NDArray[np.int8]:
    """The outcome by flags of which no two are true at once; NOT_MET where none is.

    A sum of them: to set entries where flags are true takes several times as long, as no processor can foresee which.
    """
    found = met.view(np.int8) * np.int8(MET)
    if partly is not None:
        found += partly.view(np.int8) * np.int8(PARTLY)
    if unknown is not None:
        found += unknown.view(np.int8) * np.int8(UNKNOWN)
    return found


def judged(met: Flags, unknown: Flags | None = None) -> Judgement:
    """MET 1 or NOT_MET 0; UNKNOWN 0 where that is so."""
    if unknown is not None:
        met = met & ~unknown
    return Judgement(outcomes(met, unknown=unknown), lambda rows: met[rows])


def shared(counts: NDArray[np.integer[Any]], whole: int, unknown: Flags) -> Judgement:
    """By how many of the `whole` are there: all MET, none NOT_MET, else PARTLY; UNKNOWN 0 where that is so."""
    counts = counts * ~unknown
    met = counts == whole
    return Judgement(outcomes(met, partly=(counts > 0) & ~met, unknown=unknown), lambda rows: counts[rows] / whole)


def count(flags: Flags) -> NDArray[np.uint8]:
    """How many of the rows are true, in each column; at most 255."""
    counts: NDArray[np.uint8] = np.add.reduce(flags.view(np.uint8), axis=0, dtype=np.uint8)
    return counts


def among(codes: NDArray[np.integer[Any]], wanted: Iterable[int], size: int) -> Flags:
    """Which codes, each from -1 to size - 1, are among those wanted."""
    table: Flags = np.zeros(size + 1, np.bool_)  # -1 is its last entry
    table[list(wanted)] = True
    found: Flags = table[codes.astype(np.intp)]  # three times as fast as by small integers
    return found
