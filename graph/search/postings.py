"""Postings: which word stands in which row, and how much it counts there. Never changed once made."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from graph.danish import content_stem, fold
from graph.search.words import SHORTEST_HEAD, WORD, normal

Rows = NDArray[np.int32]
Texts = Iterable[tuple[float, str]]
"""Texts with what a word counts in each: multiples of a half, so that sums are exact in any order."""
_ROW = (1 << 32) - 1


@dataclass(frozen=True)
class Postings:
    """The words in the order of their letters, so that all that begin alike stand side by side."""

    words: list[str]
    stems: list[str]
    """The stem of each word."""
    starts: NDArray[np.int64]
    """Where each word's rows start, and at last where the last word's end. Shape (words + 1,)."""
    rows: Rows
    """Word by word, ascending within each. Shape (postings,)."""
    weights: NDArray[np.float32]
    """How much the word counts in the row. Shape (postings,)."""

    @classmethod
    def of(cls, documents: Iterable[Texts]) -> Postings:
        """The postings of documents, which are rows 0, 1, 2 …"""
        numbers: dict[str, int] = {}
        tokens: dict[str, list[int]] = {}
        seen: dict[str, list[int]] = {}
        flat: list[int] = []
        ends: list[tuple[int, int, float]] = []
        for row, texts in enumerate(documents):
            for weight, text in texts:
                found = seen.get(text)
                if found is None:
                    found = seen[text] = []
                    for token in WORD.findall(normal(text)):
                        if token not in tokens:
                            tokens[token] = [numbers.setdefault(word, len(numbers)) for word in fold(token).split()]
                        found += tokens[token]
                flat += found
                ends.append((row, len(found), weight))
        order = sorted(numbers)
        renumbered = np.empty(len(order), np.int64)
        renumbered[[numbers[word] for word in order]] = np.arange(len(order))
        rows, lengths, weights = zip(*ends, strict=True) if ends else ((), (), ())
        key = renumbered[np.array(flat, np.int64)] << 32 | np.repeat(np.array(rows, np.int64), lengths)
        sorting = np.argsort(key, kind="stable")
        key = key[sorting]
        first = np.flatnonzero(np.diff(key, prepend=-1))
        counts = np.repeat(np.array(weights), lengths)[sorting]
        summed = np.add.reduceat(counts, first) if len(first) else counts
        return cls._standing(order, [content_stem(word) for word in order], key[first], summed.astype(np.float32))

    @classmethod
    def _standing(
        cls, words: list[str], stems: list[str], key: NDArray[np.int64], weights: NDArray[np.float32]
    ) -> Postings:
        """From postings in order, none twice: a key is the word's number and the row. Words that stand nowhere go."""
        counts = np.bincount(key >> 32, minlength=len(words))
        if not counts.all():
            words, stems = (list(compress(column, counts.tolist())) for column in (words, stems))
        starts = np.concatenate(([0], np.cumsum(counts[counts > 0])))
        return cls(words, stems, starts, (key & _ROW).astype(np.int32), weights)

    def replaced(self, moved: NDArray[np.int64], other: Postings, comes: NDArray[np.int64]) -> Postings:
        """These and `other` together. `moved` holds the new row of each of mine, -1 where it goes; `comes` theirs.

        Rows keep their order, and so do words, so that mine stay sorted: theirs are put in between.
        """
        places = [(bisect_left(self.words, word), word) for word in other.words]
        added = [(at, word) for at, word in places if self.words[at : at + 1] != [word]]
        words, stems = [*self.words], [*self.stems]
        for at, word in reversed(added):
            words.insert(at, word)
            stems.insert(at, content_stem(word))
        numbers = np.arange(len(self.words))
        numbers += np.searchsorted(np.array([at for at, _ in added], np.int64), numbers, side="right")
        key, stays = self._key(numbers, moved)
        theirs, _ = other._key(np.array([bisect_left(words, word) for word in other.words], np.int64), comes)
        between = np.searchsorted(key, theirs)
        weights = np.insert(self.weights[stays], between, other.weights)
        return Postings._standing(words, stems, np.insert(key, between, theirs), weights)

    def _key(self, numbers: NDArray[np.int64], rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The keys of the postings that stay, once words and rows have new numbers; and which ones stay."""
        now = rows[self.rows]
        stays = now >= 0
        return (np.repeat(numbers, np.diff(self.starts)) << 32 | now)[stays], stays

    def same(self, other: Postings) -> bool:
        return self.words == other.words and all(
            np.array_equal(mine, theirs)
            for mine, theirs in ((self.starts, other.starts), (self.rows, other.rows), (self.weights, other.weights))
        )

    @cached_property
    def _written(self) -> str:
        return "\n".join(self.words)

    @cached_property
    def _places(self) -> NDArray[np.int64]:
        """Where each word starts in `_written`."""
        return np.concatenate(([0], np.cumsum([len(word) + 1 for word in self.words], dtype=np.int64)))

    def containing(self, part: str) -> Sequence[int]:
        """The numbers of words of which `part` is a part: their head, or after one (see `SHORTEST_HEAD`)."""
        found = np.array([*_occurrences(self._written, part)], np.int64)
        numbers = np.searchsorted(self._places, found, side="right") - 1
        within = found - self._places[numbers]
        return np.unique(numbers[(within == 0) | (within >= SHORTEST_HEAD)]).tolist()  # type: ignore[no-any-return]


def _occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)
