"""Full text over offers, in the process: words as people type them, each of which must be found.

Held here and not in the engine so that a filter by text, beside all other filters, leaves one statement one
statement. There is no query syntax, hence no wrong query: punctuation only parts words.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.vocabulary import content_stem, stem
from graph.danish import fold

# BM25's usual two: how soon a repeated word stops counting, and how much a long text is held against it.
_SATURATION, _LENGTH = 1.2, 0.75
_EXACT = 100.0
"""What an exact name is worth for each word typed: more than BM25 gives any word in any directory on earth."""


@dataclass(frozen=True, slots=True)
class Document:
    """What an offer is found by. A word counts 4 in the name, 2 in `organisations` (institution, operator) and
    `towns`, 1.5 in `terms` (target groups, services, types: names and synonyms), 1 in the summary."""

    name: str
    organisations: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    summary: str | None = None

    def fields(self) -> Iterator[tuple[float, str]]:
        """Every text of the document, with the weight of where it stands."""
        yield 4.0, self.name
        for weight, texts in ((2.0, self.organisations), (2.0, self.towns), (1.5, self.terms)):
            for text in texts:
                yield weight, text
        if self.summary:
            yield 1.0, self.summary


@lru_cache(maxsize=50_000)
def _words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of `text`, folded; and their stems."""
    words = tuple(fold(text).split())
    return words, tuple(map(content_stem, words))


class _Postings:
    """Where one stem stands: rows, and how much it counts in each. Two flat arrays, in no order."""

    __slots__ = ("rows", "weights")

    def __init__(self) -> None:
        self.rows, self.weights = array("q"), array("d")

    def drop(self, row: int) -> None:
        at = self.rows.index(row)
        self.rows[at], self.weights[at] = self.rows[-1], self.weights[-1]
        self.rows.pop()
        self.weights.pop()


class TextIndex:
    """Documents by row number, found by BM25 (Robertson & Zaragoza 2009) over weighted fields."""

    def __init__(self, documents: Iterable[tuple[int, Document]] = ()) -> None:
        self._postings: dict[str, _Postings] = {}
        self._stems: dict[int, tuple[str, ...]] = {}
        self._names: dict[str, set[int]] = {}
        self._name_of: dict[int, str] = {}
        self._lengths = np.full(0, np.nan)
        self._words: set[str] = set()
        self._sorted_words: list[str] = []
        for row, document in documents:
            self.put(row, document)

    def __len__(self) -> int:
        return len(self._stems)

    def put(self, row: int, document: Document) -> None:
        """Enter a document at `row`, in place of any that is there."""
        self.remove(row)
        counts: dict[str, float] = {}
        for weight, text in document.fields():
            words, stems = _words(text)
            self._words.update(words)
            for stemmed in stems:
                counts[stemmed] = counts.get(stemmed, 0.0) + weight
        for stemmed, count in counts.items():
            postings = self._postings.get(stemmed)
            if postings is None:
                postings = self._postings[stemmed] = _Postings()
            postings.rows.append(row)
            postings.weights.append(count)
        self._stems[row] = tuple(counts)
        if row >= len(self._lengths):
            room = np.full(2 * row + 64 - len(self._lengths), np.nan)
            self._lengths = np.concatenate([self._lengths, room])
        self._lengths[row] = sum(counts.values())
        self._name_of[row] = fold(document.name)
        self._names.setdefault(self._name_of[row], set()).add(row)

    def remove(self, row: int) -> None:
        """Take the document at `row` out; nothing where there is none."""
        if row not in self._stems:
            return
        for stemmed in self._stems.pop(row):
            self._postings[stemmed].drop(row)
        self._lengths[row] = np.nan
        self._names[self._name_of.pop(row)].discard(row)

    def scores(self, text: str, rows: int) -> NDArray[np.float64]:
        """How well each row answers `text`: NaN where it does not, else 0 or more. Shape (rows,).

        Every word must be found, in any field and inflection; the last one may be the beginning of a word,
        since it may still be typed. Whoever is called exactly `text` comes first. Text without any word asks
        for nothing, and every document answers it with 0. `rows` is more than the greatest row entered.
        """
        lengths = np.full(rows, np.nan)
        lengths[: len(self._lengths)] = self._lengths[:rows]
        found = ~np.isnan(lengths)
        scores = np.zeros(rows)
        words = fold(text).split()
        for n, word in enumerate(words):
            count = self._count([stem(word)] if n < len(words) - 1 else self._completions(word), rows)
            found &= count > 0
            if not found.any():
                break
            scores += _bm25(count, lengths)
        scores[list(self._names.get(" ".join(words), ()))] += _EXACT * len(words)
        scores[~found] = np.nan
        return scores

    def _count(self, stems: Iterable[str], rows: int) -> NDArray[np.float64]:
        """How much any of `stems` counts in each row. Shape (rows,)."""
        postings = [self._postings[stemmed] for stemmed in stems if stemmed in self._postings]
        if not postings:
            return np.zeros(rows)
        at = np.concatenate([np.frombuffer(p.rows, np.int64) for p in postings])
        weights = np.concatenate([np.frombuffer(p.weights, np.float64) for p in postings])
        return np.asarray(np.bincount(at, weights, minlength=rows), np.float64)

    def _completions(self, word: str) -> set[str]:
        """The stem of `word`, and those of all words that begin with it."""
        if len(self._sorted_words) < len(self._words):
            self._sorted_words = sorted(self._words)
        start, end = (bisect_left(self._sorted_words, bound) for bound in (word, word + "{"))  # '{' follows z
        return {stem(word), *map(content_stem, self._sorted_words[start:end])}


def _bm25(count: NDArray[np.float64], lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    documents, having = int(np.count_nonzero(~np.isnan(lengths))), int(np.count_nonzero(count))
    rarity = math.log(1 + (documents - having + 0.5) / (having + 0.5))
    norm = 1 - _LENGTH + _LENGTH * lengths / np.nanmean(lengths)
    return np.asarray(rarity * count * (_SATURATION + 1) / (count + _SATURATION * norm))
