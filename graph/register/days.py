"""What seats and boards are on a day, kept for the days that were asked for last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from graph.register.composition import Composition, compose
from graph.register.content import Content
from graph.register.rows import BoardRow
from graph.register.seats import SeatRow, Standing

KEPT = 16
"""Days."""


class Days:
    """The days of one content. They go when it goes, and it does not know of them: so both go at once."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._days: dict[date, Day] = {}

    def on(self, day: date) -> Day:
        found = self._days.get(day)
        if found is None:
            if len(self._days) >= KEPT:
                self._days.pop(next(iter(self._days)), None)
            found = self._days[day] = Day(self.content, day)
        return found


class Day:
    """What seats and boards are on one day, each worked out when it is first asked for."""

    def __init__(self, content: Content, day: date) -> None:
        self.day = day
        self._content = content
        self._standings: dict[str, Standing] = {}
        self._compositions: dict[str, Composition] = {}

    def standing(self, seat: SeatRow) -> Standing:
        found = self._standings.get(seat.id)
        if found is None:
            found = self._standings[seat.id] = seat.standing(self.day)
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
