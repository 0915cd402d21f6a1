"""What is said to people, in Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.phrases import day, in_danish, plain


@dataclass(frozen=True, slots=True)
class Told:
    """The same in both languages. As text it is English."""

    da: str
    en: str

    def said(self, language: str) -> str:
        """In `language`: EN is English, all else Danish."""
        return self.da if in_danish(language) else self.en

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence with gaps for values, which both languages quote.

    >>> Wording("er {value}, før {first}", "is {value}, before {first}")(value=17.5, first=date(2026, 3, 1))
    Told(da='er 17,5, før 1. marts 2026', en='is 17.5, before 1 March 2026')
    """

    da: str
    en: str

    def __call__(self, **values: Any) -> Told:
        return Told(self.da.format(**_in("DA", values)), self.en.format(**_in("EN", values)))


def _in(language: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _said(value, language) for name, value in values.items()}


def _said(value: Any, language: str) -> Any:
    match value:
        case Told():
            return value.said(language)
        case date():
            return day(value.toordinal(), language)
        case float():
            return plain(value, language)
    return value
