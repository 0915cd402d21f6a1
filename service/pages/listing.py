"""Lists that a page shows a part of at a time: the next part begins at a cursor in the address."""

from __future__ import annotations

from typing import Any

from service.pages.asking import NotAnswered
from service.pages.visit import Visit

CURSOR = "fortsaet"
"""The parameter of the address."""


async def listed(visit: Visit, operation: str, **variables: Any) -> dict[str, Any]:
    """The data of an operation whose list goes on from `$after`.

    A cursor that the list does not have is a fault of the address; the list then begins anew.
    """
    after = visit.query.text(CURSOR) or None
    try:
        return await visit.ask(operation, after=after, **variables)
    except NotAnswered as failed:
        if after is None or failed.path != ("after",):
            raise
    visit.query.faults[CURSOR] = visit.gettext("Listen kan ikke fortsættes herfra. Her er dens begyndelse.")
    return await visit.ask(operation, after=None, **variables)
