"""What a page is about: the thing whose id stands in the address."""

from __future__ import annotations

from typing import Any

from service.pages.asking import NotAnswered
from service.pages.listing import listed
from service.pages.visit import Missing, Visit


def named(visit: Visit) -> str:
    """The id in the address."""
    id: str = visit.request.path_params["id"]
    return id


async def about(visit: Visit, operation: str, **variables: Any) -> dict[str, Any]:
    """The data of an operation on the `subject` with the id `$id`. Raises Missing where there is none of its kind."""
    try:
        data = await listed(visit, operation, id=named(visit), **variables)
    except NotAnswered as failed:
        if failed.code == "BAD_USER_INPUT":
            raise Missing from None
        raise
    if not data["subject"]:
        raise Missing
    return data
