"""The plainest view of a directory: records in a dictionary, read by walking their edges one at a time.

Nothing here or beside it knows of the catalogue that it is there to judge.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import asin, cos, radians, sin, sqrt
from typing import Any

from graph.record import Edge, Record

PER_DAY = {"HOUR": Fraction(24), "DAY": Fraction(1), "MONTH": Fraction(12, 365), "YEAR": Fraction(1, 365)}
EARTH_KM = 6371.0088


class World:
    """All records there are, on one day."""

    def __init__(self, records: Iterable[Record], today: date) -> None:
        self.records = {record.id: record for record in records}
        self.today = today

    def of_kind(self, kind: str) -> list[Record]:
        return [self.records[id] for id in sorted(self.records) if id.startswith(f"{kind}:")]

    def edges(self, record: Record, type: str) -> list[Edge]:
        return [edge for edge in record.edges if edge.type == type]

    def targets(self, record: Record, type: str) -> list[str]:
        return [edge.target for edge in self.edges(record, type)]

    def one(self, record: Record, type: str) -> Record | None:
        """The record at the other end of an edge that there is at most one of."""
        for target in self.targets(record, type):
            return self.records[target]
        return None

    def broader(self, id: str) -> list[str]:
        """Everything above a target group or service, nearest first."""
        found: list[str] = []
        current = self.records[id]
        while True:
            above = self.one(current, "NARROWER_THAN") or self.one(current, "KIND_OF")
            if above is None:
                return found
            found.append(above.id)
            current = above

    def fact(self, offer: Record, kind: str, day: date) -> Record | None:
        """The capacity, price or approval that holds on `day`: of several the latest begun, then the latest counted.

        A supplement is never the price; an average, or a price that names no model, comes before the others.
        """
        best: Record | None = None
        for fact in self.of_kind(kind):
            if offer.id not in self.targets(fact, f"{kind.upper()}_OF"):
                continue
            get = fact.properties.get
            since, until = get("validFrom"), get("validTo")
            if (since is not None and since > day.isoformat()) or (until is not None and until <= day.isoformat()):
                continue
            if kind == "price" and get("model") == "SUPPLEMENT":
                continue
            if best is None or self._comes_after(fact, best):
                best = fact
        return best

    def _comes_after(self, fact: Record, other: Record) -> bool:
        def key(record: Record) -> tuple[Any, ...]:
            get = record.properties.get
            main = get("model") in (None, "AVERAGE")
            return (main, get("validFrom") or "", get("countedOn") or "", record.id)

        return key(fact) > key(other)

    def free(self, offer: Record, day: date) -> int | None:
        capacity = self.fact(offer, "capacity", day)
        return None if capacity is None else capacity.properties.get("free")

    def price_per_day(self, offer: Record, day: date) -> Fraction | None:
        price = self.fact(offer, "price", day)
        return None if price is None else Fraction(price.properties["amount"]) * PER_DAY[price.properties["unit"]]

    def open(self, offer: Record, day: date) -> bool:
        opened, closed = offer.properties.get("openFrom"), offer.properties.get("closedOn")
        return (opened is None or opened <= day.isoformat()) and (closed is None or closed > day.isoformat())

    def point(self, record: Record | None) -> tuple[float, float] | None:
        if record is None:
            return None
        latitude, longitude = record.properties.get("latitude"), record.properties.get("longitude")
        return None if latitude is None or longitude is None else (latitude, longitude)

    def search_point(self, near: dict[str, Any] | None, home: str | None = None) -> tuple[float, float] | None:
        """The place of search: `near`, else the home municipality's point."""
        if near and near.get("latitude") is not None:
            return near["latitude"], near["longitude"]
        municipality = (near or {}).get("municipality") or home
        return self.point(self.records[municipality]) if municipality else None

    def distance(self, offer: Record, here: tuple[float, float], sees_protected: bool) -> float | None:
        """Kilometres as the crow flies, to a metre; to ten for a protected address that the caller may not see."""
        location = self.one(offer, "LOCATED_AT")
        there = self.point(location)
        if location is None or there is None:
            return None
        (a, b), (c, d) = (map(radians, here), map(radians, there))
        half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
        km = round(2 * EARTH_KM * asin(sqrt(half)), 3)
        return 10.0 * round(km / 10) if location.properties["protected"] and not sees_protected else km
