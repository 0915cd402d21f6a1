"""What a seat is on a day, read plainly off the rules of docs/governance.md, a day and a year at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from graph.snapshot import SnapshotNode
from schema.plain.recorded import holds, there, until


@dataclass(frozen=True, slots=True)
class PlainStanding:
    """As `graph.register.seats.Standing`, as far as it is shown."""

    status: str
    ends_on: date | None = None


def standing(seat: SnapshotNode, day: date, ending_within_days: int, moment: datetime | None) -> PlainStanding:
    if not there(seat, moment) or day.isoformat() < (seat.properties.get("validFrom") or ""):
        return PlainStanding("NOT_YET")
    if day.isoformat() >= (until(seat, moment) or "9999-99"):
        return PlainStanding("ABOLISHED")
    holders = [
        tenure
        for tenure in (edge.start for edge in seat.incoming["IN_SEAT"])
        if tenure.properties["role"] in ("MEMBER", "CHAIR", "VICE_CHAIR") and holds(tenure, day.isoformat(), moment)
    ]
    if not holders:
        return PlainStanding("VACANT")
    holder = max(sorted(holders, key=lambda tenure: tenure.id), key=lambda tenure: tenure.properties["validFrom"])
    ends = _ends_on(holder, until(holder, moment), seat.properties.get("termRule"))
    if ends is None:
        return PlainStanding("FILLED")
    if day >= ends:
        return PlainStanding("CARRY_OVER", ends)
    return PlainStanding("ENDING" if ends <= day + timedelta(ending_within_days) else "FILLED", ends)


def _ends_on(holder: SnapshotNode, known_end: str | None, rule: str | None) -> date | None:
    if known_end:
        return date.fromisoformat(known_end)
    since = date.fromisoformat(holder.properties["validFrom"])
    for year in range(since.year, since.year + 6):
        for by, end, counts in (
            ("CALENDAR_TERM", date(year, 1, 1), year % 4 == 2),
            ("MONTH_OF_ELECTION", date(year, 12, 1), year % 4 == 1),
            ("SCHOOL_YEAR", date(year, 8, 1), True),
        ):
            if rule == by and counts and end > since:
                return end
    return None
