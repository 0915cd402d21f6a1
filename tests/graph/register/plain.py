"""A plain, slow reading of what seats are on a day, straight off the records: the register's answers are held to it.

It shares nothing with the register but the records. Days are stepped through one by one, and lists gone through whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from graph.record import Record


class Plain:
    """Questions about records, answered by going through them."""

    def __init__(self, records: list[Record]) -> None:
        self.records = {record.id: record for record in records}

    def all(self, kind: str) -> list[Record]:
        return [record for record in self.records.values() if record.id.startswith(f"{kind}:")]

    def target(self, id: str, type: str) -> str | None:
        return next((edge.target for edge in self.records[id].edges if edge.type == type), None)

    def pointing(self, kind: str, type: str, target: str) -> list[str]:
        return [record.id for record in self.all(kind) if self.target(record.id, type) == target]

    def get(self, id: str, name: str) -> Any:
        return self.records[id].properties.get(name)

    def holds_on(self, id: str, day: date) -> bool:
        """Whether the seat or tenure is valid: from `validFrom` on, and no more from `validTo` on."""
        since, until = self.get(id, "validFrom"), self.get(id, "validTo")
        return (since is None or since <= day.isoformat()) and (until is None or day.isoformat() < until)

    def holder(self, seat: str, day: date) -> str | None:
        if not self.holds_on(seat, day):
            return None
        found = [
            tenure
            for tenure in self.pointing("tenure", "IN_SEAT", seat)
            if self.holds_on(tenure, day) and self.get(tenure, "role") in ("MEMBER", "CHAIR", "VICE_CHAIR")
        ]
        assert len(found) < 2, "the records are not what the commands let be written"
        return found[0] if found else None

    def substitutes(self, seat: str, day: date) -> set[str]:
        if not self.holds_on(seat, day):
            return set()
        tenures = self.pointing("tenure", "IN_SEAT", seat)
        return {t for t in tenures if self.holds_on(t, day) and self.get(t, "role") == "SUBSTITUTE"}

    def ends_on(self, seat: str, day: date) -> date | None:
        holder = self.holder(seat, day)
        if holder is None:
            return None
        if (until := self.get(holder, "validTo")) is not None:
            return date.fromisoformat(until)
        rule = self.get(seat, "termRule")
        if rule in ("OFFICE", "OPEN", None):
            return None
        since = date.fromisoformat(self.get(holder, "validFrom"))
        return next(later for later in days_after(since) if begins(rule, later))

    def status(self, seat: str, day: date, within: int = 90) -> str:
        since, until = self.get(seat, "validFrom"), self.get(seat, "validTo")
        if since is not None and day < date.fromisoformat(since):
            return "NOT_YET"
        if until is not None and day >= date.fromisoformat(until):
            return "ABOLISHED"
        if self.holder(seat, day) is None:
            return "VACANT"
        ends = self.ends_on(seat, day)
        if ends is None:
            return "FILLED"
        if day >= ends:
            return "CARRY_OVER"
        return "ENDING" if ends <= day + timedelta(days=within) else "FILLED"

    def origin(self, seat: str, day: date) -> str | None:
        """The municipality that the seat's holder comes from."""
        holder = self.holder(seat, day)
        person = holder and self.target(holder, "HELD_BY")
        return self.target(person, "FROM_MUNICIPALITY") if person else None

    def gender(self, seat: str, day: date) -> str | None:
        holder = self.holder(seat, day)
        person = holder and self.target(holder, "HELD_BY")
        return self.get(person, "gender") if person else None


def begins(rule: str, day: date) -> bool:
    """Whether a term by this rule begins on the day."""
    if rule == "CALENDAR_TERM":
        return (day.month, day.day) == (1, 1) and day.year in range(2, 9999, 4)
    if rule == "MONTH_OF_ELECTION":
        return (day.month, day.day) == (12, 1) and day.year + 1 in range(2, 9999, 4)
    assert rule == "SCHOOL_YEAR"
    return (day.month, day.day) == (8, 1)


def days_after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        yield day
