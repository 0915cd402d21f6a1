"""What seats and boards are on a day, kept for the days that were asked for last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property

from graph.recorded import horizon
from graph.register.composition import Composition, compose
from graph.register.content import Content
from graph.register.rows import BoardRow
from graph.register.seats import NOT_YET, SeatRow, Standing

KEPT = 16
"""Days."""


class Days:
    """The days of one content. They go when it goes, and it does not know of them: so both go at once."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._days: dict[date, Day] = {}

    def on(self, day: date, recorded_at: datetime | None = None) -> Day:
        """The day, as it was believed at `recorded_at`, which is not kept; None is now."""
        if recorded_at is not None:
            return Day(self.content, day, horizon(recorded_at))
        found = self._days.get(day)
        if found is None:
            if len(self._days) >= KEPT:
                self._days.pop(next(iter(self._days)), None)
            found = self._days[day] = Day(self.content, day)
        return found


class Day:
    """What seats and boards are on one day, each worked out when it is first asked for.

    With a `horizon`, what they were believed to be at an earlier moment: see `graph.recorded`.
    """

    def __init__(self, content: Content, day: date, horizon: str | None = None) -> None:
        self.day = day
        self._content = content
        self._horizon = horizon
        self._standings: dict[str, Standing] = {}
        self._compositions: dict[str, Composition] = {}

    def standing(self, seat: SeatRow) -> Standing:
        found = self._standings.get(seat.id)
        if found is None:
            believed = seat if self._horizon is None else seat.believed(self._horizon)
            found = self._standings[seat.id] = believed.standing(self.day) if believed else NOT_YET
        return found

    def composition(self, board: BoardRow) -> Composition:
        found = self._compositions.get(board.id)
        if found is None:
            seats = [(seat, self.standing(seat)) for seat in self._content.seats_of.get(board.id, ())]
            found = self._compositions[board.id] = compose(board, seats, self.day, self._content)
        return found

    def appointers(self, board: BoardRow) -> set[str | None]:
        """Who appoints to the seats that the board has that day."""
        seats = self._content.seats_of.get(board.id, ())
        return {seat.appointed_by for seat in seats if self.standing(seat).exists}

    @cached_property
    def held(self) -> Mapping[str, Sequence[SeatRow]]:
        """The seats that each representative holds who holds any, in the order of boards and seats."""
        held: dict[str, list[SeatRow]] = defaultdict(list)
        for seat in self._content.seats_by_board:
            if holder := self.standing(seat).holder:
                held[holder.representative].append(seat)
        return held
