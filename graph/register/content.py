"""What the register holds at one position of the ledger: rows by id, in order, and by what they hang on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from graph.record import Record
from graph.register.rows import AgreementRow, BoardRow, Named, RepresentativeRow, Row, row_of
from graph.register.seats import SeatRow, TenureRow

R = TypeVar("R", SeatRow, TenureRow)
Groups = Mapping[str, tuple[R, ...]]


@dataclass(frozen=True)
class Content:
    """Rows by their ids, and by what they hang on. It is never changed: `replaced` makes another."""

    boards: Mapping[str, BoardRow] = field(default_factory=dict)
    seats: Mapping[str, SeatRow] = field(default_factory=dict)
    tenures: Mapping[str, TenureRow] = field(default_factory=dict)
    representatives: Mapping[str, RepresentativeRow] = field(default_factory=dict)
    agreements: Mapping[str, AgreementRow] = field(default_factory=dict)
    organisations: Mapping[str, Named] = field(default_factory=dict)
    seats_of: Groups[SeatRow] = field(default_factory=dict)
    """By board, in their order."""
    tenures_in: Groups[TenureRow] = field(default_factory=dict)
    """By seat, newest first; also in a seat that is not here."""

    @classmethod
    def of(cls, records: Iterable[Record]) -> Content:
        return cls().replaced((), records)

    def replaced(self, ids: Iterable[str], records: Iterable[Record]) -> Content:
        """This content without the nodes `ids`, and with `records`."""
        come = {row.id: row for record in records if (row := row_of(record))}
        gone = {*ids, *come}
        tenures = _replaced(self.tenures, gone, come, TenureRow)
        moved = _changed(self.tenures, tenures, gone)
        tenures_in = _regrouped(self.tenures_in, lambda row: row.seat, _newest_first, *moved)
        # The seats that are another row now: they, or the tenures in them, have changed.
        reseated = {*gone, *(row.seat for rows in moved for row in rows)}
        seats = dict(_replaced(self.seats, gone, come, SeatRow))
        for id in reseated & seats.keys():
            seats[id] = replace(seats[id], tenures=tenures_in.get(id, ()))
        return Content(
            boards=_replaced(self.boards, gone, come, BoardRow),
            seats=seats,
            tenures=tenures,
            representatives=_replaced(self.representatives, gone, come, RepresentativeRow),
            agreements=_replaced(self.agreements, gone, come, AgreementRow),
            organisations=_replaced(self.organisations, gone, come, Named),
            seats_of=_regrouped(self.seats_of, lambda row: row.board, in_board, *_changed(self.seats, seats, reseated)),
            tenures_in=tenures_in,
        )

    def name(self, id: str) -> str:
        """The name of a board, an organisation or an agreement; of what is not here yet, the id."""
        named: Named | None = self.boards.get(id) or self.organisations.get(id) or self.agreements.get(id)
        return named.name if named else id

    def in_order(self, ids: Iterable[str | None]) -> list[str | None]:
        """Boards and organisations in the order of the Danish alphabet, then what is not here yet, None last."""
        return sorted(ids, key=self._places.__getitem__)

    def person(self, id: str) -> str:
        """The name of a representative."""
        return self.representatives[id].name if id in self.representatives else id

    def gender(self, id: str) -> str | None:
        return self.representatives[id].gender if id in self.representatives else None

    def municipality(self, id: str) -> str | None:
        """Where a representative comes from."""
        return self.representatives[id].municipality if id in self.representatives else None

    @cached_property
    def _places(self) -> Mapping[str | None, int]:
        named: list[Named] = [*self.boards.values(), *self.organisations.values()]
        return _Places({row.id: n for n, row in enumerate(sorted(named, key=by_name))})

    @cached_property
    def boards_by_name(self) -> Sequence[BoardRow]:
        return sorted(self.boards.values(), key=by_name)

    @cached_property
    def boards_of(self) -> Mapping[str, Sequence[BoardRow]]:
        """By the organisation that they govern or belong to, by name."""
        return _grouped(self.boards_by_name, lambda board: board.organisation)

    @cached_property
    def representatives_by_name(self) -> Sequence[RepresentativeRow]:
        return sorted(self.representatives.values(), key=by_name)

    @cached_property
    def seats_by_board(self) -> Sequence[SeatRow]:
        return sorted(self.seats.values(), key=self.by_board)

    def by_board(self, seat: SeatRow) -> tuple[str, str, int, str]:
        """Seats of one board stand together, also where two boards have one name."""
        board = self.boards.get(seat.board)
        return (board.sort_key if board else "", seat.board, seat.order, seat.id)


class _Places(dict[str | None, int]):
    """Where each of those that have a name stands by it."""

    def __missing__(self, id: str | None) -> int:
        return len(self) + (id is None)


def by_name(row: Named) -> tuple[str, str]:
    return (row.sort_key, row.id)


def in_board(seat: SeatRow) -> tuple[int, str]:
    return (seat.order, seat.id)


def _newest_first(tenure: TenureRow) -> tuple[int, str]:
    return (-tenure.since.toordinal(), tenure.id)


N = TypeVar("N", bound=Row)


def _grouped(rows: Iterable[BoardRow], parent: Callable[[BoardRow], str | None]) -> dict[str, list[BoardRow]]:
    groups: dict[str, list[BoardRow]] = defaultdict(list)
    for row in rows:
        if (id := parent(row)) is not None:
            groups[id].append(row)
    return dict(groups)


def _replaced(rows: Mapping[str, N], gone: Collection[str], come: Mapping[str, Row], type: type[N]) -> Mapping[str, N]:
    """`rows` without those that are `gone`, and with those of exactly this type that have `come`."""
    new = {id: row for id, row in come.items() if row.__class__ is type}
    if not new and not any(id in rows for id in gone):
        return rows
    return {**{id: row for id, row in rows.items() if id not in gone}, **new}


def _changed(before: Mapping[str, R], after: Mapping[str, R], ids: Collection[str]) -> tuple[list[R], list[R]]:
    """Of `ids`, the rows that were there and those that are."""
    return [before[id] for id in ids if id in before], [after[id] for id in ids if id in after]


def _regrouped(
    groups: Groups[R], parent: Callable[[R], str], order: Callable[[R], Any], before: Sequence[R], after: Sequence[R]
) -> Groups[R]:
    """`groups` without the rows `before` and with those `after`, each group in order and none empty."""
    if not before and not after:
        return groups
    gone = {row.id for row in before}
    touched = {parent(row): [other for other in groups.get(parent(row), ()) if other.id not in gone] for row in before}
    for row in after:
        touched.setdefault(parent(row), list(groups.get(parent(row), ()))).append(row)
    changed = {id: tuple(sorted(rows, key=order)) for id, rows in touched.items()}
    return {id: rows for id, rows in {**groups, **changed}.items() if rows}
