"""What a form brought: its fields as texts, read as what they are meant to be, and what is wrong with each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from urllib.parse import parse_qsl

T = TypeVar("T")

MOST = 500
"""Fields that a form may bring."""


class WrongForm(Exception):
    """The body is no form that a browser would send."""


@dataclass(slots=True)
class Fields:
    """The fields of one form. What cannot be read is in `faults`, by field, as a sentence; nothing is raised.

    Readers take `refuse`, the sentence to say, which the caller has already put into the page's language.
    """

    texts: dict[str, list[str]]
    faults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, body: bytes) -> Fields:
        """Of an application/x-www-form-urlencoded body. Raises WrongForm."""
        try:
            pairs = parse_qsl(
                body.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=MOST
            )
        except ValueError:
            raise WrongForm from None
        return cls.of(pairs)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Fields:
        texts: dict[str, list[str]] = {}
        for name, text in pairs:
            texts.setdefault(name, []).append(text.strip())
        return cls(texts)

    def text(self, name: str) -> str:
        """What was typed, as it is shown again; empty where nothing was."""
        return next(iter(self.texts.get(name, ())), "")

    def all(self, name: str) -> list[str]:
        """Everything that was typed or chosen under a name, without blanks."""
        return [text for text in self.texts.get(name, ()) if text]

    def chosen(self, name: str) -> bool:
        return bool(self.text(name))

    def number(self, name: str, low: float, high: float, refuse: str) -> float | None:
        """A number, with a comma or a point, from `low` to `high`."""

        def reading(text: str) -> float:
            number = float(text.replace(",", "."))
            if not low <= number <= high:
                raise ValueError
            return number

        return self._as(name, reading, refuse)

    def whole(self, name: str, low: int, high: int, refuse: str) -> int | None:
        def reading(text: str) -> int:
            if not text.isdecimal() or not low <= int(text) <= high:
                raise ValueError
            return int(text)

        return self._as(name, reading, refuse)

    def amount(self, name: str, refuse: str) -> str | None:
        """Money as it is typed, `66.567`, `66567`, `2.190,50` or `2190.50`, as GraphQL's Decimal."""

        def reading(text: str) -> str:
            plain = text.removesuffix("kr.").removesuffix("kr").replace(" ", "").replace("\u00a0", "")
            if "," in plain:
                plain = plain.replace(".", "").replace(",", ".")
            elif all(len(part) == 3 for part in plain.split(".")[1:]):
                plain = plain.replace(".", "")
            try:
                amount = Decimal(plain)
            except InvalidOperation:
                raise ValueError from None
            if not amount.is_finite() or not 0 <= amount < 10**9:
                raise ValueError
            return str(amount)

        return self._as(name, reading, refuse)

    def day(self, name: str, refuse: str) -> str | None:
        """A day as browsers send it, 2026-11-21, or as Danes write it, 21.11.2026 or 21-11-2026."""

        def reading(text: str) -> str:
            if len(text) == 10 and text[4] == "-":
                return date.fromisoformat(text).isoformat()
            day, month, year = text.replace("-", ".").replace("/", ".").split(".")
            return date(int(year), int(month), int(day)).isoformat()

        return self._as(name, reading, refuse)

    def one_of(self, name: str, choices: Iterable[str], refuse: str) -> str | None:
        def reading(text: str) -> str:
            if text not in choices:
                raise ValueError
            return text

        return self._as(name, reading, refuse)

    def _as(self, name: str, reading: Callable[[str], T], refuse: str) -> T | None:
        text = self.text(name)
        if not text:
            return None
        try:
            return reading(text)
        except (ValueError, OverflowError):
            self.faults[name] = refuse
            return None
