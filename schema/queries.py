"""The root: what can be asked."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from graph.keyset import LARGEST_SIZE
from graph.plan.binding import Arguments, Binding
from graph.plan.connection import Page
from graph.plan.reads import All, CataloguePage, Find, FindNode, FindNodes, Pages, Sole
from graph.plan.reads.pages import page_request
from schema.agreements import Agreement
from schema.board_pages import all_boards, all_representatives
from schema.boards import Board
from schema.changes import Change, change_log
from schema.classification import BY_ORDER, LegalBasis, OfferType, Service, TargetGroup, Theme
from schema.connections import Connection
from schema.declare import After, Before, First, Last, Weight, as_of, field, page
from schema.knowledge import Knowledge, all_knowledge
from schema.matching import MatchResult, match_offers
from schema.nodes import Node
from schema.offer_pages import all_offers
from schema.offers import Offer
from schema.organisations import Association, Authority, Institution, Municipality, Region
from schema.paths import ImpartialityFlag, Path, impartiality_flags, paths_between
from schema.search import SearchConnection, search_everything
from schema.seat_pages import all_seats
from schema.seats import Representative, Seat


def by_id(id: Annotated[strawberry.ID, strawberry.argument(description="The node's id.")]) -> None:
    """The argument of a lookup."""


def by_ids(
    ids: Annotated[list[strawberry.ID], strawberry.argument(description="The nodes' ids, at most 200.")],
) -> None:
    """The argument of a lookup of many."""


def by_code(
    code: Annotated[str, strawberry.argument(description='Three-digit municipality code, such as "851".')],
) -> None:
    """The argument of a municipality."""


def target_group_arguments(
    below: Annotated[
        strawberry.ID | None,
        strawberry.argument(name="root", description="Only groups directly below this one; null = the top."),
    ] = strawberry.UNSET,
    text: Annotated[
        str | None,
        strawberry.argument(
            description="Only groups with such a name or synonym, best first, anywhere in the tree or below `root`."
        ),
    ] = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> None:
    """The arguments of the tree of target groups."""


def _target_groups(arguments: Arguments, total: bool, binding: Binding) -> Page:
    found: Page = binding.services.catalogue.target_groups(
        arguments.get("text"), root=arguments.get("root"), page=page_request(arguments)
    )
    return found


def _list(label: str, description: str, items: int, **kwargs: Any) -> Any:
    dated = as_of if kwargs.get("dated") else None
    return field(All(label, **kwargs), description, arguments=dated, weight=Weight(items))


@strawberry.type(description="What can be asked of the directory.")
class Query:
    node: Node | None = field(FindNode(), "Anything by its id; null where there is none.", arguments=by_id)
    nodes: list[Node | None] = field(
        FindNodes(),
        "Many things by their ids, in the order of the ids, null for each that is not there.",
        arguments=by_ids,
    )
    match_offers: MatchResult = match_offers("The main job: which offers fit a citizen's needs, and why.")
    offer: Offer | None = field(Find("Offer"), "The offer with this id; null where there is none.", arguments=by_id)
    offers: Connection[Offer] = all_offers("Offers, by default those that are open today, by name.")
    municipality: Municipality | None = field(
        Find("Municipality", "code"), "The municipality with this code; null where there is none.", arguments=by_code
    )
    municipalities: Connection[Municipality] = field(
        Pages("Municipality"), "The municipalities, by name.", arguments=page, weight=Weight(items=12)
    )
    region: Region = field(Sole("Region"), "Region Nordjylland.")
    institutions: Connection[Institution] = field(Pages("Institution"), "The institutions, by name.", arguments=page)
    associations: Connection[Association] = field(Pages("Association"), "The associations, by name.", arguments=page)
    authorities: list[Authority] = _list(
        "Authority", "Every authority, by name, such as the socialtilsyn that approve offers.", 10
    )
    target_groups: Connection[TargetGroup] = field(
        CataloguePage("TargetGroup", _target_groups),
        "Target groups by name. Without `root`, the top of the tree.",
        arguments=target_group_arguments,
        weight=Weight(items=lambda arguments: LARGEST_SIZE if arguments.get("text") else 20),
    )
    services: list[Service] = _list("Service", "Every service, by name; `broader` and `narrower` give the tree.", 60)
    offer_types: list[OfferType] = _list("OfferType", "Every offer type, by name.", 30)
    legal_bases: list[LegalBasis] = _list(
        "LegalBasis", "The legal bases that hold on a day, by law and section.", 100, order="{node}.id", dated=True
    )
    themes: list[Theme] = _list(
        "Theme", "The eleven themes of an assessment, in the official order.", 11, order=BY_ORDER
    )
    board: Board | None = field(Find("Board"), "The board with this id; null where there is none.", arguments=by_id)
    boards: Connection[Board] = all_boards()
    seats: Connection[Seat] = all_seats()
    representatives: Connection[Representative] = all_representatives()
    impartiality_flags: list[ImpartialityFlag] = impartiality_flags()
    agreement: Agreement | None = field(
        Find("Agreement"), "The agreement with this id; null where there is none.", arguments=by_id
    )
    agreements: Connection[Agreement] = field(Pages("Agreement"), "The agreements, by name.", arguments=page)
    knowledge: Connection[Knowledge] = all_knowledge()
    search: SearchConnection = search_everything()
    paths: list[Path] = paths_between()
    changes: Connection[Change] = change_log()
