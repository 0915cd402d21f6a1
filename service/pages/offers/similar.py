"""Offers like another one: of those that take the same target groups, the most alike first, with what is alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import asin, cos, inf, radians, sin, sqrt
from typing import Any

MOST = 6
"""Offers that a page shows."""

_EARTH_KM = 6371.0


@dataclass(slots=True)
class Similar:
    """An offer, the target groups for which it was found, and what else it has in common."""

    offer: dict[str, Any]
    likeness: int
    """0 for the same type; 1 where it may be such a place: both are for living in, or neither, or it is not known."""
    km: float | None
    """As the crow flies; None where either place is not known or protected."""
    groups: list[dict[str, Any]] = field(default_factory=list)

    @property
    def same_type(self) -> bool:
        return self.likeness == 0

    @property
    def rank(self) -> tuple[int, int, float, str]:
        """A day centre is no alternative to a home, however many groups they share: the type comes first."""
        return (self.likeness, -len(self.groups), inf if self.km is None else self.km, self.offer["name"])


def similar(subject: dict[str, Any]) -> list[Similar]:
    """Of an offer with `targetGroups { targetGroup { offers } }`, without itself, its parts and its whole."""
    family = {subject["id"], *(part["id"] for part in subject["departments"])}
    if subject["partOf"]:
        family.add(subject["partOf"]["id"])
    found: dict[str, Similar] = {}
    for served in subject["targetGroups"]:
        group = served["targetGroup"]
        for offer in group["offers"]["nodes"]:
            if offer["id"] not in family:
                if offer["id"] not in found:
                    found[offer["id"]] = Similar(offer, _likeness(subject, offer), _km(_point(subject), _point(offer)))
                found[offer["id"]].groups.append(group)
    return sorted(found.values(), key=lambda one: one.rank)[:MOST]


def _likeness(one: dict[str, Any], other: dict[str, Any]) -> int:
    mine, its = one["type"], other["type"]
    if mine is None or its is None:
        return 1
    return 0 if mine["id"] == its["id"] else 1 if mine["residential"] == its["residential"] else 2


def _point(offer: dict[str, Any]) -> dict[str, float] | None:
    return offer["location"] and offer["location"]["point"]  # type: ignore[no-any-return]


def _km(one: dict[str, float] | None, other: dict[str, float] | None) -> float | None:
    if one is None or other is None:
        return None
    south, north = radians(one["latitude"]), radians(other["latitude"])
    east = radians(other["longitude"] - one["longitude"])
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))
