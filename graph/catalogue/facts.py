"""Dated facts of many offers as columns, and which of them holds on a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.rows import Fact


@dataclass(frozen=True, slots=True)
class Current:
    """What holds on one day, one entry an offer. `nth` is the fact's place among the offer's own, -1 for none."""

    nth: NDArray[np.int32]
    value: NDArray[np.float64]
    """NaN where nothing holds, or where the fact that holds leaves the value out."""
    dated: NDArray[np.float64]
    """The day that the value itself was found, NaN as above."""


@dataclass(slots=True)
class Facts:
    """Facts one after another, those of one offer in ascending order of preference. Shape (facts,) each."""

    offers: int
    owner: NDArray[np.intp]
    since: NDArray[np.int32]
    until: NDArray[np.int32]
    nth: NDArray[np.int32]
    value: NDArray[np.float64]
    dated: NDArray[np.float64]

    @classmethod
    def of(
        cls, per_offer: Sequence[Sequence[Fact]], numbers: Callable[[Any], tuple[float | None, float | None]]
    ) -> Facts:
        """The facts of offers 0, 1, 2 …; `numbers` reads value and day of a fact, None for what is not known."""
        facts = [fact for own in per_offer for fact in own]
        lengths = [len(own) for own in per_offer]
        ends = np.cumsum(lengths, dtype=np.int32)
        starts = ends - np.asarray(lengths, np.int32)
        known = np.array([numbers(fact) for fact in facts], np.float64).reshape(len(facts), 2)
        return cls(
            len(per_offer),
            np.repeat(np.arange(len(per_offer)), lengths),
            np.fromiter((fact.since for fact in facts), np.int32, len(facts)),
            np.fromiter((fact.until for fact in facts), np.int32, len(facts)),
            np.arange(len(facts), dtype=np.int32) - np.repeat(starts, lengths),
            known[:, 0],
            known[:, 1],
        )

    def on(self, day: int) -> Current:
        """What holds on `day`: of several, the most preferred."""
        holding = np.flatnonzero((self.since <= day) & (day < self.until))
        nth, value, dated = (
            np.full(self.offers, -1, np.int32),
            np.full(self.offers, np.nan),
            np.full(self.offers, np.nan),
        )
        # Of several entries for one owner the last is kept, and the last is the most preferred.
        owner = self.owner[holding]
        nth[owner], value[owner], dated[owner] = self.nth[holding], self.value[holding], self.dated[holding]
        return Current(nth, value, dated)

    def latest(self, first: int, last: int) -> NDArray[np.intp]:
        """Which fact of each offer holds on `last`, else on the last day from `first` on that any does; -1 for none."""
        ends = np.minimum(self.until - 1, last)
        holding = np.flatnonzero((self.since <= ends) & (first <= ends))
        # In the order of their ends; of those that end alike, the most preferred stays last.
        holding = holding[np.argsort(ends[holding], kind="stable")]
        found = np.full(self.offers, -1, np.intp)
        found[self.owner[holding]] = holding
        return found

    def moved(self, old: NDArray[np.intp], new: NDArray[np.intp], offers: int, come: Facts) -> Facts:
        """With some offers gone and others `come`: offer n is now `old[n]` (-1: gone), come n is `new[n]`."""
        owner = old[self.owner]
        kept = owner >= 0
        return Facts(
            offers,
            np.concatenate([owner[kept], new[come.owner]]),
            np.concatenate([self.since[kept], come.since]),
            np.concatenate([self.until[kept], come.until]),
            np.concatenate([self.nth[kept], come.nth]),
            np.concatenate([self.value[kept], come.value]),
            np.concatenate([self.dated[kept], come.dated]),
        )

    def same(self, other: Facts) -> bool:
        """Whether the same holds on every day. Facts of different offers may stand in another order."""
        mine, theirs = (np.argsort(facts.owner, kind="stable") for facts in (self, other))
        return len(self.owner) == len(other.owner) and all(
            same(getattr(self, name)[mine], getattr(other, name)[theirs])
            for name in ("owner", "since", "until", "nth", "value", "dated")
        )


def same(mine: NDArray[Any], theirs: NDArray[Any]) -> bool:
    """Whether two arrays are equal, NaN equal to NaN."""
    return np.array_equal(mine, theirs, equal_nan=mine.dtype.kind == "f")
