"""Words: how a text falls into them, and which of them a word that is typed stands for.

There is no query syntax, hence no wrong query: whatever is neither letter nor digit only parts words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from graph.danish import fold, stem

# What `fold` takes off a letter (´ over é) parts no word, whether or not it is written as a character of its own.
WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")

SHORTEST_PART = 5
"""Letters that are looked for inside compounds: four (`skov`, `stof`, `plan`) stand in too many by chance."""
SHORTEST_HEAD = 3
"""Letters before the part, where it is not the head itself: fewer are seldom a word of their own, and may turn the
part round (`uegnet`)."""


def normal(text: str) -> str:
    """`text` with each letter and its marks as one character: what `placed` gives places in."""
    return unicodedata.normalize("NFC", text)


def placed(text: str) -> Iterator[tuple[str, int, int]]:
    """The folded words of a normal text, each with where it starts and ends: `Ærø` gives (`aeroe`, 0, 3)."""
    for match in WORD.finditer(text):
        for word in fold(match.group()).split():
            yield word, match.start(), match.end()


def words(text: str) -> list[str]:
    """The folded words of `text`, in order. None where it has no letter and no digit of the Latin alphabet."""
    return [word for word, _, _ in placed(normal(text))]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word that was typed, as what it finds: words of these stems, with this beginning, with this part."""

    stems: frozenset[str]
    beginning: str | None
    part: str | None

    @classmethod
    def whole(cls, word: str) -> Wanted:
        """A word that is finished: found in any inflection, and inside compounds."""
        stemmed = stem(word)
        return cls(frozenset((stemmed,)), None, _part(word, stemmed))

    @classmethod
    def begun(cls, word: str, completed: frozenset[str]) -> Wanted:
        """A word that may still be typed: found too as what begins with it. `completed` are the stems, shorter than
        `word`, of words that do: nothing that was found for `botilbud` goes on the way to `botilbuddet`."""
        stemmed = stem(word)
        return cls(completed | {stemmed}, word, _part(word, stemmed))

    def takes(self, word: str, stemmed: str) -> bool:
        """Whether it finds `word`, whose stem is `stemmed`."""
        return (
            stemmed in self.stems
            or (self.beginning is not None and word.startswith(self.beginning))
            or (self.part is not None and (word.startswith(self.part) or self.part in word[SHORTEST_HEAD:]))
        )


def _part(word: str, stemmed: str) -> str | None:
    part = stemmed if len(stemmed) >= SHORTEST_PART else word
    return part if len(part) >= SHORTEST_PART and part.isalpha() else None
