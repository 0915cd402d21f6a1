"""How pages ask: the same schema, limits and deadline as everybody else, one committed operation a page."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

from graphql import GraphQLError
from strawberry.schema.base import BaseSchema
from strawberry.types.graphql import OperationType

from graph.actor import Actor
from graph.deadline import Deadline
from graph.errors import Unavailable
from schema.limits.budget import Budget
from service.errors import shown
from service.pages.operations import operations
from service.rates import RateLimited, Rates
from service.settings import Settings

_QUERIES = (OperationType.QUERY,)
_ALL = (OperationType.QUERY, OperationType.MUTATION)
_STATUS = {
    "SERVICE_UNAVAILABLE": HTTPStatus.SERVICE_UNAVAILABLE,
    "RATE_LIMITED": HTTPStatus.TOO_MANY_REQUESTS,
    "INTERNAL_SERVER_ERROR": HTTPStatus.INTERNAL_SERVER_ERROR,
}


class Answering(Protocol):
    """What answers: `service.runtime.Runtime`, or a stand-in."""

    @property
    def schema(self) -> BaseSchema:
        """Raises Unavailable while nothing can be answered."""
        ...

    async def reach(self, position: int, timeout: float) -> bool: ...


class NotAnswered(Exception):
    """The operation gave errors. `code` and `path`, of the input, are those of the first."""

    def __init__(self, code: str, message: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.code, self.path = code, path

    @property
    def status(self) -> HTTPStatus:
        return _STATUS.get(self.code, HTTPStatus.BAD_REQUEST)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation gave, whole, and the position in the ledger that it reflects."""

    data: dict[str, Any]
    position: int


class Asking:
    """Asks on behalf of pages."""

    def __init__(self, service: Answering, settings: Settings, rates: Rates) -> None:
        self._service = service
        self._rates = rates
        self._max_cost = settings.max_cost
        self._deadline = settings.request_deadline

    async def ask(
        self,
        operation: str,
        variables: Mapping[str, Any],
        actor: Actor,
        host: str | None = None,
        position: int | None = None,
        deadline: Deadline | None = None,
        *,
        changing: bool = False,
        request: str | None = None,
    ) -> Answer:
        """The answer to one of the committed operations, from `position` in the ledger or later, by the `deadline`.

        Without one there is all the time that a request has. `request` is the id of the request, by which what goes
        wrong is found in the log. Raises NotAnswered where there is any error in it: a page is never shown in part.
        """
        deadline = deadline or Deadline.within(self._deadline)
        try:
            async with asyncio.timeout(deadline.left()):
                account = self._rates.account(actor, host)
                if account is not None:
                    account.spend(1)
                if position is not None and not await self._service.reach(position, deadline.left() * 0.8):
                    raise Unavailable(f"Position {position} is not reached.")
                budget = Budget(self._max_cost, account.spend if account else None, deadline)
                result = await self._service.schema.execute(
                    operations()[operation],
                    variable_values=dict(variables),
                    context_value={"actor": actor, "budget": budget},
                    allowed_operation_types=_ALL if changing else _QUERIES,
                )
        except RateLimited as limited:
            raise NotAnswered("RATE_LIMITED", str(limited)) from None
        except Unavailable as unavailable:
            raise NotAnswered(unavailable.code, str(unavailable)) from None
        except TimeoutError:
            raise NotAnswered(Unavailable.code, f"No answer within {deadline.seconds:g} seconds.") from None
        if result.errors:
            error: GraphQLError = shown(result.errors[0], result, suggestions=True, request=request)
            named = error.extensions or {}
            raise NotAnswered(str(named["code"]), error.message, tuple(named.get("input", ())))
        assert result.data is not None
        return Answer(result.data, int((result.extensions or {}).get("position", 0)))
