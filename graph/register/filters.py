"""Filters over boards, seats and representatives, on a day. Empty lists and blank texts are as if left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from graph.errors import BadInput
from graph.model import KINDS, values_of
from graph.register.days import Day, Days
from graph.register.rows import BoardRow, RepresentativeRow
from graph.register.seats import STATUSES, SeatRow

LONGEST_LIST = 100

BOARD_KINDS = values_of(KINDS["board"], "kind") or ()


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """`appointers` are boards that appoint to one of its seats, `with_vacancy_on` a day on which one is vacant.

    Seats are those that exist on `with_vacancy_on`, without which it is today.
    """

    text: str | None = None
    kinds: Sequence[str] = ()
    organisations: Sequence[str] = ()
    appointers: Sequence[str] = ()
    with_vacancy_on: date | None = None


@dataclass(frozen=True, slots=True)
class SeatFilter:
    """What seats are on `as_of`, without which it is today, as it was believed at `recorded_at`.

    Without `statuses`, those that exist that day. `municipalities`: the seat represents one of them, or its holder
    comes from one. `ending_before`: someone holds it, whose time runs out before that day. `kinds` are those of boards.
    """

    as_of: date | None = None
    statuses: Sequence[str] = ()
    boards: Sequence[str] = ()
    appointers: Sequence[str] = ()
    municipalities: Sequence[str] = ()
    ending_before: date | None = None
    recorded_at: datetime | None = None
    kinds: Sequence[str] = ()


def boards(days: Days, filter: BoardFilter, today: date) -> Callable[[BoardRow], bool]:
    """Which boards pass. BadInput at the filter's field, such as `("kinds", 0)`, for what is unknown."""
    content = days.content
    kinds = _values(filter.kinds, BOARD_KINDS, "kinds")
    organisations = _known(filter.organisations, content.organisations, "organisation", "organisations")
    appointers = _known(filter.appointers, content.boards, "board", "appointers")
    text, vacant_on = (filter.text or "").strip(), filter.with_vacancy_on
    day = days.on(vacant_on or today)

    def passes(board: BoardRow) -> bool:
        return (
            (not kinds or board.kind in kinds)
            and (not organisations or board.organisation in organisations)
            and (not text or board.answers(text))
            and (not appointers or any(id in appointers for id in day.appointers(board)))
            and (vacant_on is None or day.composition(board).vacant > 0)
        )

    return passes


def seats(days: Days, filter: SeatFilter, today: date) -> Callable[[SeatRow], bool]:
    """Which seats pass. BadInput as in `boards`."""
    content = days.content
    statuses = _values(filter.statuses, STATUSES, "statuses")
    kinds = _values(filter.kinds, BOARD_KINDS, "kinds")
    boards = _known(filter.boards, content.boards, "board", "boards")
    of_kinds = {id for id, board in content.boards.items() if board.kind in kinds}
    appointers = _known(filter.appointers, content.boards, "board", "appointers")
    towns = {id: row for id, row in content.organisations.items() if id.startswith("municipality:")}
    municipalities = _known(filter.municipalities, towns, "municipality", "municipalities")
    before, day = filter.ending_before, days.on(filter.as_of or today, filter.recorded_at)

    def passes(seat: SeatRow) -> bool:
        if (boards and seat.board not in boards) or (appointers and seat.appointed_by not in appointers):
            return False
        if kinds and seat.board not in of_kinds:
            return False
        standing = day.standing(seat)
        holder = standing.holder
        return (
            (standing.status in statuses if statuses else standing.exists)
            and (before is None or (standing.ends_on is not None and standing.ends_on < before))
            and (
                not municipalities
                or seat.represents in municipalities
                or (holder is not None and content.municipality(holder.representative) in municipalities)
            )
        )

    return passes


def representatives(text: str | None, holding_at_least: int | None, day: Day) -> Callable[[RepresentativeRow], bool]:
    """Those whose name `text` may mean, and who hold so many seats on the day. BadInput at `holdingAtLeast`."""
    if holding_at_least is not None and holding_at_least < 0:
        raise BadInput(f"{holding_at_least} is no number of seats.", ("holdingAtLeast",))
    asked, least = (text or "").strip(), holding_at_least or 0

    def passes(person: RepresentativeRow) -> bool:
        return (not asked or person.answers(asked)) and (not least or len(day.held.get(person.id, ())) >= least)

    return passes


def _known(ids: Sequence[str], there: Mapping[str, Any], kind: str, name: str) -> frozenset[str]:
    """`ids`; BadInput where one is not there."""
    return _all(ids, there, name, lambda id: f"{id!r} is no {kind} of the directory.")


def _values(values: Sequence[str], all: Iterable[str], name: str) -> frozenset[str]:
    """`values`; BadInput where one is none of `all`."""
    known = list(all)
    return _all(values, known, name, lambda value: f"{value!r} is none of {', '.join(known)}.")


def _all(
    given: Sequence[str], there: Collection[str] | Mapping[str, Any], name: str, wrong: Callable[[str], str]
) -> frozenset[str]:
    if len(given) > LONGEST_LIST:
        raise BadInput(f"{name} holds {len(given)} entries; at most {LONGEST_LIST} can be asked for.", (name,))
    for n, one in enumerate(given):
        if one not in there:
            raise BadInput(wrong(one), (name, n))
    return frozenset(given)
