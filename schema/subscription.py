"""The root of what can be followed."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graph.plan.reads import Told
from schema.changes import Change
from schema.declare import field


def followed(
    after: Annotated[
        str | None,
        strawberry.argument(
            description="Begin with what follows this position, such as the last one that was received; "
            "null = what comes from now on."
        ),
    ] = strawberry.UNSET,
    kinds: Annotated[
        list[str] | None, strawberry.argument(description="Only subjects of these kinds, such as `offer`.")
    ] = strawberry.UNSET,
    subject: Annotated[strawberry.ID | None, strawberry.argument(description="Only this subject.")] = strawberry.UNSET,
) -> None:
    """The arguments of the changes as they come."""


CHANGES = Told("Change", order="{node}.position")


@strawberry.type(description="What can be followed as it happens: over graphql-transport-ws, or as server-sent events.")
class Subscription:
    changes: Change = field(
        CHANGES,
        "Changes as they are committed, from `after` on if it is given, so that a client that lost its connection "
        "misses none. In order, each once.",
        arguments=followed,
    )
