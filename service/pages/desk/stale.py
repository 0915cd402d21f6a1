"""What about an offer is stale, and how much: what an editor should look at first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.pages.visit import Visit

CONFIRMED, COUNTED, APPROVED = 90, 30, 90
"""Days: since it was confirmed, since places were counted, until the approval ends."""
NEVER = 1000
"""Days that what was never said counts as."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Something stale: a sentence, and by how many days."""

    text: str
    days: int


@dataclass(frozen=True, slots=True)
class Row:
    """An offer on the desk, and what is stale about it."""

    offer: Mapping[str, Any]
    signs: list[Sign]
    closed: bool

    @property
    def rank(self) -> tuple[bool, int, int, str]:
        """Open before closed, much that is stale before little, then the oldest."""
        return self.closed, -len(self.signs), -sum(sign.days for sign in self.signs), self.offer["name"]


def row(visit: Visit, offer: Mapping[str, Any]) -> Row:
    closed = offer["closedOn"] is not None and offer["closedOn"] <= visit.today
    return Row(offer, [] if closed else list(_signs(visit, offer)), closed)


def _signs(visit: Visit, offer: Mapping[str, Any]) -> Iterable[Sign]:
    today = date.fromisoformat(visit.today)
    age = offer["ageInDays"]
    if age is None:
        yield Sign(visit.gettext("Aldrig bekræftet"), NEVER)
    elif age > CONFIRMED:
        text = visit.gettext("Ikke bekræftet i %(days)s dage", days=age)
        yield Sign(text, age)
    counted = (offer["capacity"] or {}).get("countedOn")
    if counted is None:
        yield Sign(visit.gettext("Pladser er ikke talt"), NEVER)
    elif (days := (today - date.fromisoformat(counted)).days) > COUNTED:
        yield Sign(visit.gettext("Pladser talt for %(days)s dage siden", days=days), days)
    price = offer["price"]
    if price is None:
        yield Sign(visit.gettext("Ingen pris"), NEVER)
    elif price["year"] and price["year"] < today.year:
        text = visit.gettext("Prisen er fra %(year)s", year=price["year"])
        yield Sign(text, 365 * (today.year - price["year"]))
    approval = offer["approval"]
    if approval is None:
        yield Sign(visit.gettext("Ingen godkendelse oplyst"), NEVER)
    elif approval["validTo"] and (left := (date.fromisoformat(approval["validTo"]) - today).days) <= APPROVED:
        yield Sign(visit.gettext("Godkendelsen udløber om %(days)s dage", days=left), APPROVED - left)
