"""Lists that the address narrows to what belongs to other things, which it names by their ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.pages.asking import NotAnswered
from service.pages.listing import listed
from service.pages.visit import Visit


async def narrowed(visit: Visit, operation: str, by: Mapping[str, tuple[str, str]], **variables: Any) -> dict[str, Any]:
    """The data of an operation. `by` has, for each variable that takes ids, the parameter of the address and what to
    say where it names nothing that there is; the list is then as if it had not been given.
    """
    given = {variable: [id] for variable, (parameter, _) in by.items() if (id := visit.query.text(parameter))}
    while True:
        try:
            return await listed(visit, operation, **variables, **{**dict.fromkeys(by), **given})
        except NotAnswered as failed:
            wrong = next((name for name in failed.path if name in given), None)
            if wrong is None:
                raise
        parameter, sentence = by[str(wrong)]
        visit.query.faults[parameter] = sentence
        del given[str(wrong)]
