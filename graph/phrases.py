"""Words for explanations: dates, numbers and lists as a Danish or an English sentence writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

_MONTHS = {
    "DA": (
        *("januar", "februar", "marts", "april", "maj", "juni"),
        *("juli", "august", "september", "oktober", "november", "december"),
    ),
    "EN": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_UNITS = {
    "DA": {"HOUR": "pr. time", "DAY": "pr. døgn", "MONTH": "pr. måned", "YEAR": "pr. år"},
    "EN": {"HOUR": "per hour", "DAY": "per day", "MONTH": "per month", "YEAR": "per year"},
}


def in_danish(language: str) -> bool:
    """Whether to write Danish: EN is English, all else Danish."""
    return language != "EN"


def say(language: str, danish: str, english: str) -> str:
    """The one in `language`, of words that stand ready.

    What must first be put together is put together in one language alone: `f"…" if danish else f"…"`.
    """
    return danish if in_danish(language) else english


def day(number: int, language: str) -> str:
    """A day number (`date.toordinal`) as a date: `12. november 2026`."""
    when = date.fromordinal(number)
    month = _MONTHS[language][when.month - 1]
    return f"{when.day}. {month} {when.year}" if in_danish(language) else f"{when.day} {month} {when.year}"


def age(days: int, language: str) -> str:
    """How long ago something was: `9 dage siden`; a day to come is `om 9 dage`."""
    if days == 0:
        return say(language, "i dag", "today")
    if in_danish(language):
        span = counted(abs(days), "dag", "dage")
        return f"om {span}" if days < 0 else f"{span} siden"
    span = counted(abs(days), "day", "days")
    return f"in {span}" if days < 0 else f"{span} ago"


def counted(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def number(value: float, language: str, decimals: int = 0) -> str:
    """`2190` with two decimals is `2.190,00` in Danish."""
    if not in_danish(language):
        return f"{value:,.{decimals}f}"
    return f"{value:_.{decimals}f}".replace(".", ",").replace("_", ".")


def plain(value: float, language: str) -> str:
    """A number without needless decimals: `34`, `17,5`."""
    text = f"{value:g}"
    return text.replace(".", ",") if in_danish(language) else text


def money(amount: float, unit: str, language: str) -> str:
    """`2.190,00 kr. pr. døgn`."""
    text, per = number(amount, language, 2), _UNITS[language][unit]
    return f"{text} kr. {per}" if in_danish(language) else f"DKK {text} {per}"


def listing(names: Iterable[str], language: str, last: tuple[str, str] = ("og", "and")) -> str:
    """`a, b og c`."""
    *most, end = names
    return f"{', '.join(most)} {say(language, *last)} {end}" if most else end


def either(names: Iterable[str], language: str) -> str:
    """`a, b eller c`."""
    return listing(names, language, ("eller", "or"))
