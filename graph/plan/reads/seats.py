"""How a seat stands on a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from graph.errors import BadInput
from graph.plan.binding import Arguments, Binding
from graph.plan.compiler import Compiler, Part, Scope
from graph.plan.finisher import Finishing, FinishWith, Path
from graph.plan.reads.read import Read
from graph.plan.reads.relations import horizon_of, valid_on
from graph.plan.selection import Field
from graph.recorded import end_believed, is_recorded
from graph.register.seats import ENDING_WITHIN_DAYS, NOT_YET, SeatRow, TenureRow

LONGEST = 3660


class Shown(Protocol):
    """What of a standing is shown."""

    @property
    def status(self) -> str: ...
    @property
    def ends_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class SeatStanding(Read):
    """What `show` takes from the standing of the seat at hand on `asOf`, as it was believed at `recordedAt`.

    The seat and whoever sits in it that day are read with everything else, so that the status never contradicts
    the holder that stands beside it; what they amount to is said by `graph.register.seats` alone.
    """

    show: Callable[[Shown], Any]

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        arguments, show = item.arguments, self.show

        def check(binding: Binding) -> None:
            _window(arguments(binding))

        compiler.collect(check)
        day = compiler.parameter(lambda binding: binding.day(arguments(binding)))
        seat, tenure = scope.variable, compiler.variable()
        believed = horizon_of(arguments, compiler)
        where = valid_on(tenure, day, believed)
        if believed is None:
            own, sits = f"{seat} {{.id, .termRule, .validFrom, .validTo", f"{tenure} {{.*}}"
        else:
            there, until = is_recorded(seat, believed), end_believed(seat, believed)
            own = f"{seat} {{.id, .termRule, .validFrom, validTo: {until}, there: {there}"
            sits = f"{tenure} {{.id, .role, .validFrom, validTo: {end_believed(tenure, believed)}}}"
        sitting = f"[({seat})<-[:IN_SEAT]-({tenure}) WHERE {where} | {sits}]"

        def step(raw: Any, path: Path, finishing: Finishing) -> Any:
            own = arguments(finishing.binding)
            on = own.get("asOf") or finishing.binding.today
            there = believed is None or raw["there"]
            shown = show(_seat(raw, raw["sitting"]).standing(on, _window(own)) if there else NOT_YET)
            if shown is None and item.nulls.required:
                raise finishing.missing(path, item.label)
            return shown

        return Part(f"{own}, sitting: {sitting}}}", finish=FinishWith(step))


def _window(arguments: Arguments) -> int:
    """How many days ahead a seat is ENDING."""
    days = arguments.get("endingWithinDays")
    if days is None:
        return ENDING_WITHIN_DAYS
    if not 0 <= days <= LONGEST:
        raise BadInput(f"endingWithinDays is {days}; it must be from 0 to {LONGEST}.", ("endingWithinDays",))
    return int(days)


def _seat(seat: Any, tenures: list[Any]) -> SeatRow:
    """A seat's properties and those of its tenures, as far as its standing depends on them."""
    sitting = [
        TenureRow(t["id"], seat["id"], "", t["role"], date.fromisoformat(t["validFrom"]), _day(t.get("validTo")))
        for t in sorted(tenures, key=lambda tenure: tenure["id"])
    ]
    sitting.sort(key=lambda tenure: tenure.since, reverse=True)
    rule, since, until = (seat.get(name) for name in ("termRule", "validFrom", "validTo"))
    return SeatRow(seat["id"], "", "", 0, None, None, None, rule, _day(since), _day(until), tuple(sitting))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
