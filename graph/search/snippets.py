"""Snippets: the text around a hit as it is written, the words that were found between « and »."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from graph.danish import content_stem
from graph.search.index import Document
from graph.search.words import Wanted, normal, placed

LONGEST = 160
"""Characters of text, marks not counted; a single word may be longer."""
_BEFORE = 40
"""Characters that are shown before the first hit, at most."""
_QUOTES = str.maketrans("«»", '""')

Token = tuple[str, str, int, int]
"""A word, its stem, and where it starts and ends."""
Hit = tuple[int, int, int]
"""Which of what is wanted was found (the first that takes the word), and where the word starts and ends."""


@lru_cache(maxsize=20_000)
def _tokens(text: str) -> tuple[Token, ...]:
    """The words of one of the directory's own texts, most of which recur."""
    return tuple((word, content_stem(word), start, end) for word, start, end in placed(normal(text)))


class Snippets:
    """The snippets of one search. Texts that several hits share, such as a target group's names, are read once."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self._wanted = wanted
        self._hits: dict[str, list[Hit]] = {}
        self._answers: dict[str, int | None] = {}
        """The words read so far, each with which of what is wanted takes it, the first that does."""

    def of(self, document: Document) -> str | None:
        """Of the text that says most of what is wanted, the stretch that does; None where only the name says any.

        Running text comes before what the node is connected to or otherwise called, where both say as much. A text's
        own « and » are given as plain quotation marks, so that the marks are always a hit's.
        """
        best, most = "", 0
        for text in (*document.texts, *document.terms, *document.related, *document.aliases):
            if (hits := self._found(text)) and (said := len({n for n, _, _ in hits})) > most:
                best, most = text, said
                if most == len(self._wanted):
                    break  # no text says more
        return _marked(best, self._found(best)) if most else None

    def _found(self, text: str) -> list[Hit]:
        hits = self._hits.get(text)
        if hits is None:
            answers, taking = self._answers, self._taking
            hits = self._hits[text] = [
                (n, start, end)
                for word, stemmed, start, end in _tokens(text)
                if (n := answers[word] if word in answers else taking(word, stemmed)) is not None
            ]
        return hits

    def _taking(self, word: str, stemmed: str) -> int | None:
        taking = (n for n, one in enumerate(self._wanted) if one.takes(word, stemmed))
        answer = self._answers[word] = next(taking, None)
        return answer


def _marked(text: str, hits: Sequence[Hit]) -> str:
    written = normal(text).translate(_QUOTES)
    start, end = _stretch(text, hits)
    parts, done = [], start
    for _, low, high in hits:
        if done <= low and high <= end:
            parts += [written[done:low], "«", written[low:high], "»"]
            done = high
    return "".join((*parts, written[done:end]))


def _stretch(text: str, hits: Sequence[Hit]) -> tuple[int, int]:
    """Where to begin and end: whole words, around the hit from which on most of what is wanted is said."""
    length = len(normal(text))
    if length <= LONGEST:
        return 0, length

    def said(at: int) -> int:
        return len({n for n, start, end in hits if at <= start and end <= at + LONGEST - _BEFORE})

    _, first, until = max(hits, key=lambda hit: (said(hit[1]), -hit[1]))
    tokens = _tokens(text)
    start = 0 if first <= _BEFORE else next(low for _, _, low, _ in tokens if low >= first - _BEFORE)
    if length <= start + LONGEST:
        return start, length
    return start, max([until, *(high for _, _, _, high in tokens if high <= start + LONGEST)])
