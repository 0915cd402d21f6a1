"""The refusal of what asks for too much."""

from __future__ import annotations

from graphql import GraphQLError

_LARGEST = 2**53
"""From here on clients do not read numbers exactly."""


class LimitExceeded(GraphQLError):
    """Names the limit by its setting, and says how much is allowed and was asked for; null where nobody counted on."""

    def __init__(self, limit: str, what: str, allowed: int, asked: int | None) -> None:
        if asked is not None and asked > _LARGEST:
            asked = None
        counted = "more" if asked is None else str(asked)
        super().__init__(
            f"{what}: at most {allowed} allowed ({limit}), and this has {counted}.",
            extensions={
                "code": "LIMIT_EXCEEDED",
                "limit": {"name": limit, "allowed": allowed, "asked": asked},
            },
        )
