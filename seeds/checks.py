"""What no field shows by itself: whether the tenures of a seat, and the decisions on an agreement, go together."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date

from graph.model import HOLDING
from seeds.files import Place
from seeds.format import File
from seeds.format.agreements import Agreement
from seeds.format.boards import Seat, Tenure

Misfit = tuple[Place, str]
"""Where in the file, and what is wrong there."""


def misfits(file: File) -> Iterator[Misfit]:
    """Everything in `file` whose fields are right, but not together."""
    for n, board in enumerate(file.boards):
        for m, seat in enumerate(board.seats):
            yield from _seat(seat, ("boards", n, "seats", m, "tenures"))
    for n, agreement in enumerate(file.agreements):
        yield from _decisions(agreement, ("agreements", n, "decisions"))


def _seat(seat: Seat, place: Place) -> Iterator[Misfit]:
    for n, tenure in enumerate(seat.tenures):
        if seat.validFrom and tenure.validFrom < seat.validFrom:
            yield (*place, n, "validFrom"), f"{tenure.validFrom} is before the seat's own first day, {seat.validFrom}"
        if seat.validTo and _end(tenure) > seat.validTo:
            until = tenure.validTo or "open"
            yield (*place, n, "validTo"), f"{until} is beyond the seat's own last day, {seat.validTo}"
    for n, other in _overlaps(seat.tenures, _as_holder):
        yield (*place, n, "validFrom"), f"{other.representative} holds the seat {_span(other)}: it has one holder a day"
    for n, other in _overlaps(seat.tenures, lambda tenure: tenure.representative):
        if _as_holder(seat.tenures[n]) is None or _as_holder(other) is None:
            yield (*place, n, "validFrom"), f"{other.representative} is {other.role} of this seat {_span(other)}"


def _as_holder(tenure: Tenure) -> str | None:
    """The one place that holders share; None for substitutes and observers, of whom there may be many."""
    return "holder" if tenure.role in HOLDING else None


def _overlaps(tenures: Sequence[Tenure], key: Callable[[Tenure], Hashable]) -> Iterator[tuple[int, Tenure]]:
    """Each tenure, by its position, that begins while an earlier one with the same key runs, and that one."""
    running: dict[Hashable, Tenure] = {}
    for n, tenure in sorted(enumerate(tenures), key=lambda item: item[1].validFrom):
        if (same := key(tenure)) is None:
            continue
        if (other := running.get(same)) and tenure.validFrom < _end(other):
            yield n, other
        if other is None or _end(tenure) > _end(other):
            running[same] = tenure


def _end(tenure: Tenure) -> date:
    return tenure.validTo or date.max


def _span(tenure: Tenure) -> str:
    return f"from {tenure.validFrom} to {tenure.validTo}" if tenure.validTo else f"from {tenure.validFrom} on"


def _decisions(agreement: Agreement, place: Place) -> Iterator[Misfit]:
    seen: set[str] = set()
    for n, decisions in enumerate(agreement.decisions):
        for m, board in enumerate(decisions.boards):
            if board in seen:
                yield (*place, n, "boards", m), f"{board} has its decision already"
            seen.add(board)
