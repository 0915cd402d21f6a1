"""Danish letters and words: how names sort, how they are typed on other keyboards, what inflection leaves of a word.

Both engines compare strings by code point, where Å comes before Æ and Ø and every capital before every
small letter. A name is therefore stored with a key in which plain comparison gives the order of the Danish
alphabet, so that one indexed property serves both `ORDER BY` and keyset pages.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

# '{', '|' and '}' follow 'z' in ASCII. Aa is å in Danish place names, and sorts as å (Retskrivningsordbogen § 4).
_LETTERS = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y", "ß": "ss", "ð": "d", "þ": "th"})
_OTHER = re.compile(r"[^a-z0-9{|}]+")


def sort_key(text: str) -> str:
    """The ASCII key under which `text` sorts as in a Danish dictionary: A … Z, Æ, Ø, Å.

    >>> sorted(["Ørsted", "Aalborg", "Zebra", "Ærø", "anlæg"], key=sort_key)
    ['anlæg', 'Zebra', 'Ærø', 'Ørsted', 'Aalborg']
    """
    lowered = unicodedata.normalize("NFC", text).casefold().replace("aa", "å").translate(_LETTERS)
    plain = lowered if lowered.isascii() else _bare(lowered)
    return _OTHER.sub(" ", plain).strip()


def name_order(name: str, id: str) -> str:
    """The indexed `nameOrder` of a node: unique, because every order ends in the id."""
    return f"{sort_key(name)} {id}"


_FOLDS = str.maketrans({"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa"})


def fold(text: str) -> str:
    """`text` as one who lacks æ, ø and å would type it, in small letters, without marks and punctuation.

    >>> fold("Længerevarende botilbud, Nørresundby")
    'laengerevarende botilbud noerresundby'
    """
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_FOLDS)
    plain = lowered if lowered.isascii() else _bare(lowered)
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


def _bare(text: str) -> str:
    """`text` without the marks on its letters: é is e."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


class _Stemmer(threading.local):
    """One for each thread: it holds the word that it works on, and is made to let go of it."""

    def __init__(self) -> None:
        self._stemmer = snowballstemmer.stemmer("danish")

    def word(self, word: str) -> str:
        stem = str(self._stemmer.stemWord(word))
        self._stemmer.set_current("")
        return stem


_stemmer = _Stemmer()


def stem(token: str) -> str:
    """A folded word without its Danish inflection: `hjerneskaden` and `hjerneskader` both give `hjerneskad`.

    A word always begins with its stem.
    """
    return _stemmer.word(token)


# For the directory's own words, which recur. Words of a need or a search must not outlive it, and are never put here.
content_stem = lru_cache(maxsize=100_000)(stem)


def stems(text: str) -> list[str]:
    """The stems of the words of `text`, which need not be folded yet."""
    return [stem(token) for token in fold(text).split()]


def content_stems(text: str) -> list[str]:
    """The same for words of the directory itself: kept, since they recur."""
    return [content_stem(token) for token in fold(text).split()]
