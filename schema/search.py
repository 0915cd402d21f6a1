"""Search over everything."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

import strawberry

from graph.plan.binding import Arguments, Binding
from graph.plan.reads import Computed, Referred
from schema.agreements import Agreement, FocusArea
from schema.boards import Board
from schema.classification import LegalBasis, Service, TargetGroup
from schema.connections import PageInfo, page_info
from schema.declare import After, First, Weight, attribute, field
from schema.filters import plain
from schema.knowledge import Knowledge
from schema.offers import Offer
from schema.organisations import Institution, Municipality
from schema.seats import Representative

SearchHit = Annotated[
    Offer
    | TargetGroup
    | Institution
    | Municipality
    | Board
    | Representative
    | Agreement
    | FocusArea
    | Knowledge
    | LegalBasis
    | Service,
    strawberry.union("SearchHit", description="Anything that can be searched for."),
]


@strawberry.enum(description="What can be searched for.")
class SearchKind(Enum):
    OFFER = strawberry.enum_value("OFFER", description="Offers.")
    TARGET_GROUP = strawberry.enum_value("TARGET_GROUP", description="Target groups.")
    INSTITUTION = strawberry.enum_value("INSTITUTION", description="Institutions.")
    MUNICIPALITY = strawberry.enum_value("MUNICIPALITY", description="Municipalities.")
    BOARD = strawberry.enum_value("BOARD", description="Boards, councils, committees, forums.")
    REPRESENTATIVE = strawberry.enum_value("REPRESENTATIVE", description="Persons in boards, by their names.")
    AGREEMENT = strawberry.enum_value("AGREEMENT", description="Agreements.")
    FOCUS_AREA = strawberry.enum_value("FOCUS_AREA", description="Focus areas.")
    KNOWLEDGE = strawberry.enum_value("KNOWLEDGE", description="Shared knowledge.")
    LEGAL_BASIS = strawberry.enum_value("LEGAL_BASIS", description="Legal bases.")
    SERVICE = strawberry.enum_value("SERVICE", description="Services.")


@strawberry.type(description="One hit, with its place.")
class SearchEdge:
    cursor: str = attribute(lambda value, arguments, binding: value[0], "The hit's place in the list, for `after`.")
    node: SearchHit = field(Referred(None, lambda value: value[1].id), "What was found.")
    score: float = attribute(
        lambda value, arguments, binding: value[1].score, "How well it fits; only its order within one list counts."
    )
    snippet: str | None = attribute(
        lambda value, arguments, binding: value[1].snippet,
        "The text around the hit; the hit itself between « and ». Null where there is none to show.",
    )


@strawberry.type(description="One page of hits, best first.")
class SearchConnection:
    edges: list[SearchEdge] = attribute(
        lambda value, arguments, binding: list(zip(value.cursors, value.hits, strict=True)), "The page's hits."
    )
    page_info: PageInfo = attribute(
        lambda value, arguments, binding: page_info(value), "Where the page stands in its list."
    )


def search_arguments(
    text: Annotated[
        str,
        strawberry.argument(
            description="Words that all occur, in any form; the last may go on. Letters may be written ae, oe, aa. "
            "There is no syntax to get wrong."
        ),
    ],
    kinds: Annotated[
        list[SearchKind] | None, strawberry.argument(description="Only these; everything if it is left out.")
    ] = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
) -> None:
    """The arguments of a search."""


def _find(arguments: Arguments, binding: Binding) -> Any:
    kinds = arguments.get("kinds")
    return binding.services.search.find(
        arguments["text"],
        None if kinds is None else [plain(kind) for kind in kinds],
        arguments.get("first"),
        arguments.get("after"),
    )


def search_everything() -> Any:
    """The search, as a field of the root."""
    return field(
        Computed(_find),
        "Everything that the words occur in, best first: an exact name before all else.",
        arguments=search_arguments,
        weight=Weight(work=100),
    )
