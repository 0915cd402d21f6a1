"""How dates, numbers and money are written in a language. None is never written: a page says that it is not known."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from graph.clock import COPENHAGEN
from service.pages.languages import Language

_LONG = {Language.DA: "d. MMMM y", Language.EN: "d MMMM y"}
_MONTH = {Language.DA: "MMMM y", Language.EN: "MMMM y"}


class Formats:
    """The forms of one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._day = lru_cache(4096)(self._written_day)
        self._number = lru_cache(4096)(self._written_number)

    def day(self, value: str | date) -> str:
        """21. november 2026, 21 November 2026."""
        return self._day(value if isinstance(value, date) else date.fromisoformat(value))

    def last(self, value: str | date) -> str:
        """The last day of what is over on a day: 20. november 2026 of 2026-11-21."""
        day = value if isinstance(value, date) else date.fromisoformat(value)
        return self._day(day - timedelta(days=1))

    def month(self, value: str | date) -> str:
        """november 2026, November 2026."""
        day = value if isinstance(value, date) else date.fromisoformat(value)
        return format_date(day, _MONTH[self._language], locale=self._language.tag)

    def moment(self, value: str | datetime) -> str:
        """21. november 2026 12.30, 21 November 2026 12:30, as the clocks of Denmark have it."""
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        time = "HH.mm" if self._language is Language.DA else "HH:mm"
        return format_datetime(moment, f"{_LONG[self._language]} {time}", COPENHAGEN, self._language.tag)

    def number(self, value: int | float | str | Decimal, decimals: int | None = None) -> str:
        """1.234,5 and 1,234.5; with `decimals`, exactly so many of them."""
        return self._number(str(value), decimals)

    def money(self, value: str | Decimal | float) -> str:
        """2.190 kr. and DKK 2,190; øre only where there are any."""
        amount = Decimal(str(value))
        written = self.number(amount, 0 if amount == amount.to_integral_value() else 2)
        return f"{written} kr." if self._language is Language.DA else f"DKK {written}"

    def percent(self, value: float) -> str:
        """12,9 % and 12.9 %, of a value in percent."""
        return f"{self.number(round(value, 1))} %"

    def _written_day(self, value: date) -> str:
        return format_date(value, _LONG[self._language], locale=self._language.tag)

    def _written_number(self, value: str, decimals: int | None) -> str:
        pattern = "#,##0.###" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(Decimal(value), pattern, locale=self._language.tag)
