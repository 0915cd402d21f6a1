"""Boards, their seats, and who sits in them."""

from graph.kinds.kind import DATED, INT, ORGANISATIONS, SOURCED, SS, STATED_IN, EdgeType, Kind, S

# Seats and tenures are dated: a seat is abolished and a tenure ends, neither is overwritten.
BOARDS = (
    Kind(
        "board",
        "Board",
        {
            "name": S,
            "kind": S,
            "purpose": S,
            "meetingsPerYear": S,
            "statutorySize": INT,
            "compositionRule": S,
            "aliases": SS,
            **SOURCED,
        },
        {
            "BOARD_OF": EdgeType(ORGANISATIONS),
            "HAS_LEGAL_BASIS": EdgeType(("legal-basis",)),
            "WITHIN": EdgeType(("board",)),
            "POSSIBLY_SAME_AS": EdgeType(("board",)),
            "MEETS_WITH": EdgeType((*ORGANISATIONS, "board"), many=True),
            "SEATS_EVERY_PARTY_OF": EdgeType(("agreement",)),
            **STATED_IN,
        },
        required=("name", "kind", "dataStatus"),
        named=True,
    ),
    Kind(
        "seat",
        "Seat",
        {"label": S, "order": INT, "requirement": S, "termRule": S, **DATED, **SOURCED},
        {
            "SEAT_OF": EdgeType(("board",)),
            "APPOINTED_BY": EdgeType(("board",)),
            "REPRESENTS": EdgeType(ORGANISATIONS),
            **STATED_IN,
        },
        required=("label", "order", "dataStatus"),
    ),
    Kind(
        "representative",
        "Representative",
        {"name": S, "gender": S, "party": S, **SOURCED},
        {"FROM_MUNICIPALITY": EdgeType(("municipality",)), **STATED_IN},
        required=("name", "dataStatus"),
        named=True,
    ),
    Kind(
        "tenure",
        "Tenure",
        {"role": S, "endReason": S, **DATED, **SOURCED},
        {"IN_SEAT": EdgeType(("seat",)), "HELD_BY": EdgeType(("representative",)), **STATED_IN},
        required=("role", "validFrom", "dataStatus"),
        by_date=True,
    ),
)
