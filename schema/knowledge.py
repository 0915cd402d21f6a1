"""Knowledge that is shared (videndeling): what municipalities and region have learnt together."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from graph.plan.binding import Arguments
from graph.plan.reads import Pages, Related, RelatedList
from graph.plan.reads.pages import Parameter
from schema.classification import TargetGroup
from schema.connections import Connection
from schema.declare import After, Before, First, Last, Weight, field, page, stored
from schema.nodes import Node, Sourced

if TYPE_CHECKING:
    from schema.agreements import FocusArea, Laboratory
    from schema.offers import Offer


@strawberry.enum(description="What sort of knowledge it is.")
class KnowledgeKind(Enum):
    METHOD = strawberry.enum_value("METHOD", description="A way of working (metode).")
    FINDING = strawberry.enum_value("FINDING", description="Something that was found out (resultat).")
    GUIDE = strawberry.enum_value("GUIDE", description="How to do something (vejledning).")
    REPORT = strawberry.enum_value("REPORT", description="A report (rapport).")
    CASE = strawberry.enum_value("CASE", description="An example out of practice (praksiseksempel).")


@strawberry.type(description="Knowledge that is shared (videndeling): a method, a finding, a guide.")
class Knowledge(Node, Sourced):
    title: str = stored("title", "What it is called.")
    kind: KnowledgeKind = stored("kind", "What sort it is.")
    summary: str | None = stored("summary", "What it says, in a few Danish sentences.")
    body: str | None = stored("body", "The text, in Danish.")
    focus_areas: list[Annotated[FocusArea, strawberry.lazy("schema.agreements")]] = field(
        RelatedList("SHARED_THROUGH"), "The focus areas through which it is shared, by name."
    )
    laboratory: Annotated[Laboratory, strawberry.lazy("schema.agreements")] | None = field(
        Related("MADE_IN"), "The laboratory in which it was made; null where it was made elsewhere."
    )
    target_groups: list[TargetGroup] = field(RelatedList("ABOUT_GROUP"), "The target groups it is about, by name.")
    offers: Connection[Annotated[Offer, strawberry.lazy("schema.offers")]] = field(
        Pages("Offer", edge="USED_BY"), "Offers that work by it, or that it was learnt at, by name.", arguments=page
    )
    published_on: date | None = stored("publishedOn", "The day it was published; null where that is not known.")


def knowledge_pages(edge: str, description: str) -> Any:
    """Knowledge of the node at hand."""
    return field(Pages("Knowledge", edge=edge, incoming=True), description, arguments=page, weight=Weight(items=20))


def knowledge_arguments(
    text: Annotated[
        str | None, strawberry.argument(description="Words that all occur in it, by their stems; the last may go on.")
    ] = strawberry.UNSET,
    target_groups: Annotated[
        list[strawberry.ID] | None,
        strawberry.argument(description="About one of these target groups, or one below."),
    ] = strawberry.UNSET,
    focus_areas: Annotated[
        list[strawberry.ID] | None,
        strawberry.argument(
            description="Shared through one of these focus areas, or made in one of their laboratories."
        ),
    ] = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> None:
    """The arguments of the list of knowledge."""


_ABOUT = "COUNT {{ MATCH ({node})-[:ABOUT_GROUP]->(g)-[:NARROWER_THAN*0..8]->(b) WHERE b.id IN {ids} }} > 0"
_SHARED = "COUNT {{ MATCH ({node})-[:SHARED_THROUGH]->(a) WHERE a.id IN {ids} }} > 0"
_MADE = "COUNT {{ MATCH ({node})-[:MADE_IN]->(l)-[:LABORATORY_OF]->(a) WHERE a.id IN {ids} }} > 0"


def _where(given: Arguments, parameter: Parameter, node: str) -> list[str]:
    conditions = []
    if given.get("text") is not None:
        found = parameter(
            lambda arguments, binding: list(binding.services.search.texts(arguments["text"], "knowledge"))
        )
        conditions.append(f"{node}.id IN {found}")
    if given.get("targetGroups") is not None:
        ids = parameter(lambda arguments, binding: list(arguments["targetGroups"]))
        conditions.append(_ABOUT.format(node=node, ids=ids))
    if given.get("focusAreas") is not None:
        ids = parameter(lambda arguments, binding: list(arguments["focusAreas"]))
        conditions.append(f"({_SHARED.format(node=node, ids=ids)} OR {_MADE.format(node=node, ids=ids)})")
    return conditions


def all_knowledge() -> Any:
    """All that is shared."""
    return field(Pages("Knowledge", where=_where), "Knowledge that is shared, by title.", arguments=knowledge_arguments)
