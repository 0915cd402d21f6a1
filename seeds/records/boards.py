"""Boards, seats, tenures and representatives as records."""

from __future__ import annotations

from collections.abc import Iterator

from graph.record import Edge, Record
from seeds.format.boards import Board, Representative, Seat
from seeds.records.nodes import edge, edges, fact, node


def board(entry: Board) -> Iterator[Record]:
    """The board, its seats in their order, and the tenures of each."""
    yield node(
        entry,
        [
            *edge("BOARD_OF", entry.organisation),
            *edge("HAS_LEGAL_BASIS", entry.legalBasis),
            *edge("WITHIN", entry.within),
            *edge("POSSIBLY_SAME_AS", entry.possiblySameAs),
            *edges("MEETS_WITH", entry.meetsWith),
            *edge("SEATS_EVERY_PARTY_OF", entry.seatsEveryPartyOf),
        ],
    )
    for n, seat in enumerate(entry.seats, 1):
        yield from _seat(seat, n, entry.id)


def _seat(seat: Seat, order: int, of: str) -> Iterator[Record]:
    yield node(
        seat,
        [Edge("SEAT_OF", of), *edge("APPOINTED_BY", seat.appointedBy), *edge("REPRESENTS", seat.represents)],
        order=order,
    )
    for n, tenure in enumerate(seat.tenures, 1):
        yield fact("tenure", n, tenure, Edge("IN_SEAT", seat.id), [Edge("HELD_BY", tenure.representative)])


def representative(entry: Representative) -> Record:
    return node(entry, edge("FROM_MUNICIPALITY", entry.municipality))
