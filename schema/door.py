"""The door for servers: a Strawberry schema that is executed by the directory's plans."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import strawberry
from strawberry.exceptions import MissingQueryError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from graph.actor import ANYONE, Actor
from schema.contract import build
from schema.limits.budget import Budget

if TYPE_CHECKING:
    from schema.directory import Directory


class Door(strawberry.Schema):
    """The declared schema for servers, executed by the directory's plans."""

    def __init__(self, directory: Directory) -> None:
        self.__dict__.update(build().__dict__)
        self.directory = directory

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,
        root_value: Any | None = None,
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        if query is None:
            raise MissingQueryError
        actor, budget = _actor(context_value), _budget(context_value)
        allowed = tuple(OperationType) if allowed_operation_types is None else frozenset(allowed_operation_types)
        try:
            return await self.directory.execute(query, variable_values, operation_name, actor, allowed, budget)
        finally:
            if isinstance(context_value, dict):
                context_value["operation"] = self.directory.documents.told(query, operation_name)

    async def stream(  # type: ignore[override]
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,
        root_value: Any | None = None,
        operation_name: str | None = None,
        operation_extensions: dict[str, Any] | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
    ) -> AsyncIterator[ExecutionResult]:
        """The answers to an operation as they come: many to a subscription, one to what else is asked."""
        if query is None:
            raise MissingQueryError
        actor, budget = _actor(context_value), _budget(context_value)
        allowed = tuple(OperationType) if allowed_operation_types is None else frozenset(allowed_operation_types)
        return self.directory.following.stream(query, variable_values, operation_name, actor, allowed, budget)


def _actor(context: Any) -> Actor:
    actor = context.get("actor", ANYONE) if isinstance(context, Mapping) else ANYONE
    assert isinstance(actor, Actor)
    return actor


def _budget(context: Any) -> Budget | None:
    budget = context.get("budget") if isinstance(context, Mapping) else None
    assert budget is None or isinstance(budget, Budget)
    return budget
