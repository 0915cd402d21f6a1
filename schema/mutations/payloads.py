"""What mutations answer: what was written, as it is afterwards, or why nothing was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import strawberry

from graph.commands.fields import FACTS
from graph.errors import BadInput, Conflict, Duplicate, Forbidden, GraphError, NotFound
from graph.plan.reads import Referred
from schema import declare
from schema.agreements import Agreement
from schema.declare import attribute, told
from schema.knowledge import Knowledge
from schema.nodes import Node
from schema.offers import Offer
from schema.seats import Seat, Tenure


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutation: the ids of what was written by the payload's names for it, or the errors."""

    ids: Mapping[str, Any] = field(default_factory=dict)
    errors: tuple[GraphError, ...] = ()
    position: int | None = None
    key: str | None = None


CODES: Mapping[type[GraphError], str] = {
    BadInput: "INVALID",
    NotFound: "NOT_FOUND",
    Conflict: "CONFLICT",
    Forbidden: "FORBIDDEN",
    Duplicate: "DUPLICATE",
}
"""Errors that a payload tells of. What else goes wrong is an error of the request."""


@strawberry.enum(description="Why nothing was written.")
class ErrorCode(Enum):
    NOT_FOUND = strawberry.enum_value("NOT_FOUND", description="Something that the input names is not there.")
    CONFLICT = strawberry.enum_value(
        "CONFLICT", description="Someone else was faster: read it again and decide anew. See `expectedVersion`."
    )
    INVALID = strawberry.enum_value("INVALID", description="The input cannot be meant, such as 12 free of 10 places.")
    FORBIDDEN = strawberry.enum_value("FORBIDDEN", description="The caller may not do this.")
    DUPLICATE = strawberry.enum_value(
        "DUPLICATE", description="The `clientMutationId` was used before, for another input."
    )


@strawberry.type(description="Why nothing was written, and where in the input the reason stands.")
class UserError:
    code: ErrorCode = attribute(lambda error, arguments, binding: CODES[type(error)], "Why, for programs.")
    message: str = told("told", "Why, for people.")
    path: list[str] = attribute(
        lambda error, arguments, binding: ["input", *map(str, error.path)],
        "Where in the arguments, outermost first: `[input, offer, ageTo]`.",
    )


def _written(name: str, label: str, description: str) -> Any:
    return declare.field(Referred(label, lambda outcome: outcome.ids.get(name)), description)


def _is_a_node(id: str) -> bool:
    """What is recorded about an offer can be confirmed too, and is none: it is seen on its offer."""
    return id.partition(":")[0] not in FACTS


def _errors() -> Any:
    return attribute("errors", "Why nothing was written; empty where it was.")


def _position() -> Any:
    return attribute(
        lambda outcome, arguments, binding: None if outcome.position is None else str(outcome.position),
        "The position in the change log that holds what was written; null where nothing was.",
    )


def _key() -> Any:
    return attribute("key", "The one that was given.")


@strawberry.type(description="What became of an offer.")
class OfferPayload:
    offer: Offer | None = _written("offer", "Offer", "The offer as it is now; null where nothing was written.")
    errors: list[UserError] = _errors()
    position: str | None = _position()
    client_mutation_id: str | None = _key()


@strawberry.type(description="What became of a seat.")
class SeatPayload:
    seat: Seat | None = _written("seat", "Seat", "The seat as it is now; null where nothing was written.")
    tenure: Tenure | None = _written("tenure", "Tenure", "Whose time began or ended.")
    errors: list[UserError] = _errors()
    position: str | None = _position()
    client_mutation_id: str | None = _key()


@strawberry.type(description="What became of an agreement.")
class AgreementPayload:
    agreement: Agreement | None = _written("agreement", "Agreement", "The agreement; null where nothing was written.")
    errors: list[UserError] = _errors()
    position: str | None = _position()
    client_mutation_id: str | None = _key()


@strawberry.type(description="What became of a piece of knowledge.")
class KnowledgePayload:
    knowledge: Knowledge | None = _written("knowledge", "Knowledge", "The knowledge; null where nothing was written.")
    errors: list[UserError] = _errors()
    position: str | None = _position()
    client_mutation_id: str | None = _key()


@strawberry.type(description="What was confirmed.")
class ConfirmPayload:
    nodes: list[Node] = declare.field(
        Referred(None, lambda outcome: [id for id in outcome.ids.get("nodes", ()) if _is_a_node(id)]),
        "What was confirmed, in the order of the ids.",
    )
    errors: list[UserError] = _errors()
    position: str | None = _position()
    client_mutation_id: str | None = _key()
