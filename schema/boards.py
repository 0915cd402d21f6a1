"""Boards, councils, committees and forums: who decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from graph.plan.binding import Arguments, Binding
from graph.plan.reads import ComputedAt, Related, RelatedList
from schema.changes import HISTORY, Change
from schema.classification import LegalBasis
from schema.composition import Composition
from schema.connections import Connection
from schema.declare import Weight, as_believed, field, listed, page, stored
from schema.governance import BoardKind
from schema.nodes import Node, Sourced
from schema.organisations import Organisation
from schema.seat_pages import board_seats

if TYPE_CHECKING:
    from schema.agreements import Agreement
    from schema.seats import Seat


def _composition(board: str, arguments: Arguments, binding: Binding) -> Any:
    return binding.services.register.composition(board, arguments.get("asOf"), arguments.get("recordedAt"))


@strawberry.type(description="A body with seats: a board, council, committee or forum.")
class Board(Node, Sourced):
    name: str = stored("name", "The body's name.")
    kind: BoardKind = stored("kind", "What sort of body it is.")
    aliases: list[str] = listed("aliases", "Other names under which sources speak of it.")
    purpose: str | None = stored("purpose", "What it is for, in Danish.")
    organisation: Organisation | None = field(
        Related("BOARD_OF"), "The organisation that it governs or belongs to; null for one between organisations."
    )
    legal_basis: LegalBasis | None = field(Related("HAS_LEGAL_BASIS"), "The law it rests on; null where none is known.")
    within: Annotated[Board, strawberry.lazy("schema.boards")] | None = field(
        Related("WITHIN"), "The body that it is part of, as a chair group is."
    )
    possibly_same_as: Annotated[Board, strawberry.lazy("schema.boards")] | None = field(
        Related("POSSIBLY_SAME_AS"), "A body that may be the same: the sources leave it open."
    )
    meets_with: list[Node] = field(RelatedList("MEETS_WITH"), "Whom it meets with, by name.")
    meetings_per_year: str | None = stored("meetingsPerYear", "How often it meets, in the source's words.")
    statutory_size: int | None = stored(
        "statutorySize", "The number of seats set by law, statute or agreement; null where no source states it."
    )
    composition_rule: str | None = stored("compositionRule", "How its seats are given out, in Danish.")
    seats_every_party_of: Annotated[Agreement, strawberry.lazy("schema.agreements")] | None = field(
        Related("SEATS_EVERY_PARTY_OF"), "An agreement each of whose parties must be represented."
    )
    seats: Connection[Annotated[Seat, strawberry.lazy("schema.seats")]] = board_seats()
    composition: Composition = field(
        ComputedAt(_composition, lambda binding: binding.services.register.board_ids()),
        "Counts on one day; substitutes are never counted as holders.",
        arguments=as_believed,
        weight=Weight(work=10),
    )
    history: Connection[Change] = field(
        HISTORY,
        "Its entries in the change log and those of its seats and of who sat in them, newest first; also of what is "
        "gone. A bulk import is one entry of the log, and of no history.",
        arguments=page,
    )
