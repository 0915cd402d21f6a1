"""What pages say in each language. Sentences are written in Danish, where they stand; catalogues translate them."""

from __future__ import annotations

from enum import Enum
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).parent / "locale"


class Language(Enum):
    """A language of the pages. Its value is the one that GraphQL knows."""

    DA = "DA"
    EN = "EN"

    @property
    def tag(self) -> str:
        """As HTML and Babel name it."""
        return self.value.lower()

    @property
    def prefix(self) -> str:
        """What the paths of its pages begin with."""
        return "" if self is Language.DA else f"/{self.tag}"

    def href(self, path: str) -> str:
        """The address in this language of a path that is written once for all."""
        return self.prefix + path if path != "/" else self.prefix or "/"

    @property
    def other(self) -> Language:
        return Language.EN if self is Language.DA else Language.DA

    @classmethod
    def of(cls, path: str) -> Language:
        """The language of the page at a path."""
        return cls.EN if path == "/en" or path.startswith("/en/") else cls.DA


def N_(text: str) -> str:
    """Marks a text to be translated where it is shown."""
    return text


def catalogues(language: Language) -> list[tuple[Path, Catalog]]:
    """The catalogues of a language, one for each part of the site; none for the language that texts are written in."""
    found = []
    for path in sorted((FOLDER / language.tag).glob("*.po")):
        with path.open("rb") as file:
            found.append((path, read_po(file, locale=language.tag)))
    return found


@cache
def translations(language: Language) -> NullTranslations:
    """All catalogues of a language as one. What none of them holds stays as it is written."""
    whole = Catalog(locale=language.tag)
    for _, catalogue in catalogues(language):
        for message in catalogue:
            if message.id and message.string:
                whole.add(message.id, message.string, context=message.context)
    if not len(whole):
        return NullTranslations()
    file = BytesIO()
    write_mo(file, whole)
    file.seek(0)
    return Translations(file)
