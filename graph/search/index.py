"""The text index: documents found by the words that people type, each of which must be found.

Held in the process and not in the engine, so that what is found goes into one statement beside all else.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.danish import content_stem, stem
from graph.search.postings import Postings, Rows
from graph.search.words import Wanted, words

# BM25's usual two: how soon a repeated word stops counting, and how much a long text is held against it.
_SATURATION, _LENGTH = 1.2, 0.75
_IN_COMPOUND = 0.5
"""What a word inside another counts, against the word itself."""
_NEAR_NAME, _WHOLE_NAME = 100.0, 200.0
"""What a name that begins with the text, or is the text, is worth for each word typed: more than BM25 gives any word
in any directory on earth."""
_AFTER = "{"  # follows z


@dataclass(frozen=True, slots=True)
class Document:
    """What a node is found by. A word counts 4 in the name and in `aliases` (synonyms, codes), 2 in `related`
    (organisations and towns), 1.5 in `terms` (target groups, services, types), 1 in running `texts`."""

    name: str
    aliases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    def fields(self) -> Iterator[tuple[float, str]]:
        """Every text of the document, with the weight of where it stands."""
        yield 4.0, self.name
        for weight, texts in ((4.0, self.aliases), (2.0, self.related), (1.5, self.terms), (1.0, self.texts)):
            for text in texts:
                yield weight, text


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that answer a text, ascending, with how well: more than 0. Shape (hits,) each."""

    rows: NDArray[np.intp]
    scores: NDArray[np.float64]
    wanted: tuple[Wanted, ...]

    def among(self, ranges: Iterable[tuple[int, int]]) -> Found:
        """Those of the rows that are in one of `ranges`, each from a row to before another."""
        kept = np.zeros(len(self.rows), np.bool_)
        for start, end in ranges:
            low, high = np.searchsorted(self.rows, (start, end))
            kept[low:high] = True
        return Found(self.rows[kept], self.scores[kept], self.wanted)


@dataclass(frozen=True)
class TextIndex:
    """Documents in the order of their ids, found by BM25 (Robertson & Zaragoza 2009) over weighted fields.

    Never changed once made: following a change makes a new one, so that any thread may ask.
    """

    ids: list[str]
    names: list[str]
    """The folded name of each."""
    postings: Postings

    @classmethod
    def of(cls, documents: Iterable[tuple[str, Document]]) -> TextIndex:
        """The index of documents by id, each given once."""
        ordered = sorted(documents, key=lambda item: item[0])
        postings = Postings.of(document.fields() for _, document in ordered)
        return cls([id for id, _ in ordered], [_folded(document.name) for _, document in ordered], postings)

    def __len__(self) -> int:
        return len(self.ids)

    def replaced(self, gone: Collection[str], documents: Iterable[tuple[str, Document]]) -> TextIndex:
        """This index without the documents `gone`, and with `documents`, in place of any of the same id."""
        new = TextIndex.of(documents)
        leaving = {*gone, *new.ids}
        mixed = [(id, n, -1) for n, id in enumerate(self.ids) if id not in leaving]
        mixed += ((id, -1, n) for n, id in enumerate(new.ids))
        mixed.sort()
        moved, comes = np.full(len(self), -1, np.int64), np.full(len(new), -1, np.int64)
        for row, (_, mine, theirs) in enumerate(mixed):
            if mine >= 0:
                moved[mine] = row
            else:
                comes[theirs] = row
        names = [self.names[mine] if mine >= 0 else new.names[theirs] for _, mine, theirs in mixed]
        return TextIndex([id for id, _, _ in mixed], names, self.postings.replaced(moved, new.postings, comes))

    def prepare(self) -> TextIndex:
        """Make now what the first question would otherwise make."""
        _ = self.id_array, self._norms, self._by_name, self.postings.containing("-")
        return self

    def same(self, other: TextIndex) -> bool:
        """Whether both hold the same; used to prove that following and making anew agree."""
        return self.ids == other.ids and self.names == other.names and self.postings.same(other.postings)

    def ranges(self, kinds: Iterable[str]) -> list[tuple[int, int]]:
        """The rows of each kind: from which to before which."""
        return [(bisect_left(self.ids, f"{kind}:"), bisect_left(self.ids, f"{kind};")) for kind in kinds]  # ';' is next

    def find(self, text: str) -> Found:
        """The documents that answer `text`: none where it has no word.

        Every word must be found, in any field: in any inflection, or inside a compound. The last one may be the
        beginning of a word, since it may still be typed. Whoever is called exactly `text` comes first, then names
        that begin with it or are it but for how the last word is inflected, then the others by BM25.
        """
        typed = words(text)
        rows, scores = np.arange(0), np.zeros(0)
        wanted: list[Wanted] = []
        for word in dict.fromkeys(typed):
            first = not wanted
            wanted.append(self._wanted(word, last=word == typed[-1]))
            count = self._count(wanted[-1])
            having = np.flatnonzero(count > 0)
            if first:
                rows, scores = having, np.zeros(len(having))
            else:
                kept = count[rows] > 0
                rows, scores = rows[kept], scores[kept]
            if not len(rows):
                return Found(rows, scores, tuple(wanted))
            scores += self._bm25(count[rows], rows, len(having))
        if typed:
            scores += len(typed) * self._name_scores(typed)[rows]
        return Found(rows, scores, tuple(wanted))

    def scores(self, text: str) -> NDArray[np.float64]:
        """How well each document answers `text`: NaN where it does not, else 0 or more. Shape (documents,).

        Text without any word asks for nothing here, and every document answers it with 0.
        """
        if not words(text):
            return np.zeros(len(self))
        scores, found = np.full(len(self), np.nan), self.find(text)
        scores[found.rows] = found.scores
        return scores

    def _wanted(self, word: str, last: bool) -> Wanted:
        if not last:
            return Wanted.whole(word)
        low, high = self._beginning(word)
        # No stem is shorter than two letters, so for one or two, which thousands of words begin with, none is to find.
        shorter = (s for s in self.postings.stems[low:high] if len(s) < len(word)) if len(word) > 2 else ()
        return Wanted.begun(word, frozenset(shorter))

    def _beginning(self, prefix: str) -> tuple[int, int]:
        """The words that begin with `prefix`: from which number to before which."""
        return bisect_left(self.postings.words, prefix), bisect_left(self.postings.words, prefix + _AFTER)

    def _count(self, wanted: Wanted) -> NDArray[np.float64]:
        """How much what is wanted counts in each row. Shape (documents,)."""
        low, high = self._beginning(wanted.beginning) if wanted.beginning else (0, 0)
        others: set[int] = set()
        for stemmed in wanted.stems:
            # A word begins with its stem: so those of this stem stand around those that begin with what was typed.
            start, end = self._beginning(stemmed)
            for near, far in ((start, max(low, start)), (max(high, start), end)):
                stems = self.postings.stems[near:far]
                others.update(n for n, known in enumerate(stems, near) if known == stemmed)
        parts = self.postings.containing(wanted.part) if wanted.part else ()
        inside = [n for n in parts if n not in others and not low <= n < high]
        spans = [(low, high, 1.0), *((n, n + 1, 1.0) for n in others), *((n, n + 1, _IN_COMPOUND) for n in inside)]
        starts, rows, weights = self.postings.starts.item, self.postings.rows, self.postings.weights
        spans = [(starts(start), starts(end), times) for start, end, times in spans if start < end]
        if len(spans) == 1 and not inside:
            ((start, end, _),) = spans
            return np.bincount(rows[start:end], weights[start:end], minlength=len(self)).astype(np.float64)
        at = np.concatenate([rows[:0], *(rows[start:end] for start, end, _ in spans)])
        count = np.concatenate([weights[:0], *(weights[start:end] * np.float32(times) for start, end, times in spans)])
        return np.asarray(np.bincount(at, count, minlength=len(self)), np.float64)

    def _bm25(self, count: NDArray[np.float64], rows: NDArray[np.intp], having: int) -> NDArray[np.float64]:
        rarity = math.log(1 + (len(self) - having + 0.5) / (having + 0.5))
        return np.asarray(rarity * count * (_SATURATION + 1) / (count + self._norms[rows]))

    def _name_scores(self, typed: list[str]) -> NDArray[np.float64]:
        """What names are worth for each word typed. Shape (documents,)."""
        names, rows = self._by_name
        text, last, stemmed = " ".join(typed), typed[-1], stem(typed[-1])
        low, high = bisect_left(names, text), bisect_left(names, text + _AFTER)
        longer = bisect_left(names, text + " ", low, high)  # ' ' comes before all else, so this just after the name
        scores = np.zeros(len(self))
        scores[rows[low:longer]] = _WHOLE_NAME
        scores[rows[longer:high]] = _NEAR_NAME
        if stemmed != last:
            base = text.removesuffix(last) + stemmed
            # The base itself, and those that go on with a letter: what goes on with another word is neither.
            for start, end in ((base, base + " "), (base + "0", base + _AFTER)):
                for n in range(bisect_left(names, start), bisect_left(names, end)):
                    if not low <= n < high and names[n].count(" ") == text.count(" ") and _ends(names[n], stemmed):
                        scores[rows[n]] = _NEAR_NAME
        return scores

    @cached_property
    def id_array(self) -> NDArray[np.object_]:
        """The ids again, so that those of many rows are read at once."""
        return np.array(self.ids, np.object_)

    @cached_property
    def _norms(self) -> NDArray[np.float64]:
        """What a document's length adds below the line in BM25. Shape (documents,)."""
        lengths = np.bincount(self.postings.rows, self.postings.weights, minlength=len(self))
        mean = lengths.sum() / max(len(self), 1) or 1.0
        return np.asarray(_SATURATION * (1 - _LENGTH + _LENGTH * lengths / mean))

    @cached_property
    def _by_name(self) -> tuple[list[str], Rows]:
        """The folded names in order, and the row of each."""
        order = sorted(range(len(self)), key=self.names.__getitem__)
        return [self.names[row] for row in order], np.array(order, np.int32)


def _ends(name: str, stemmed: str) -> bool:
    return content_stem(name.rpartition(" ")[2]) == stemmed


def _folded(name: str) -> str:
    return " ".join(words(name))
