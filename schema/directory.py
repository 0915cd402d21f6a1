"""The directory as GraphQL sees it: takes an operation, runs its plan, gives the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

import strawberry
from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode
from graphql.execution.values import VariableValues
from strawberry.exceptions import MissingQueryError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from graph.actor import ANYONE, Actor
from graph.clock import Clock
from graph.database import Database
from graph.errors import GraphError
from graph.memory import Memory, Unprepared
from graph.plan.binding import Binding
from graph.plan.faults import InputFault
from graph.plan.plan import Plan, compile_plan
from graph.plan.reads import Read
from schema.contract import build, core, reads
from schema.documents import Document, Documents
from schema.lowering import Lowering
from schema.shapes import shape
from schema.variables import coerced

# What is found in memory is shown from the graph. What was deleted or made a moment ago is in the one and not in the
# other, until the memory hears of it, within a quarter of a second: then the question is answered again.
_PAUSES = (0.1, 0.3)
_UNTIL_SENT = 3
"""Turns of the loop after which the driver has sent a statement."""


class Directory:
    """Answers operations from one database and the memory that follows it.

    `schema` is the door for servers: a Strawberry schema whose `execute` runs the plan. Its context may be a
    mapping with the `actor`; without one, the public asks.
    """

    def __init__(self, database: Database, memory: Memory, clock: Clock, *, introspection: bool = True) -> None:
        self.database, self.memory, self.clock = database, memory, clock
        self.core: GraphQLSchema = core(build())
        self.reads: Mapping[tuple[str, str], Read] = reads(self.core)
        self.documents = Documents(self.core, introspection=introspection)
        self.schema = DirectorySchema(self)

    async def execute(
        self,
        text: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        actor: Actor = ANYONE,
    ) -> ExecutionResult:
        """The answer to an operation, ready to be encoded. A fault of the request itself is a `PreExecutionError`."""
        document = self.documents.get(text)
        if document.errors:
            code = "GRAPHQL_VALIDATION_FAILED" if document.parsed else "GRAPHQL_PARSE_FAILED"
            return refused(*(_coded(error, code) for error in document.errors))
        operation = document.operation(operation_name)
        if isinstance(operation, GraphQLError):
            return refused(_coded(operation, "BAD_REQUEST"))
        values = coerced(self.core, operation, variables or {})
        if isinstance(values, list):
            return refused(*values)
        if operation.operation.value != "query":
            kind = operation.operation.value
            return refused(_coded(GraphQLError(f"The directory has no {kind}s.", operation), "BAD_REQUEST"))
        try:
            return await self._answer(document, operation, values, actor)
        except InputFault as found:
            fault = found.fault
            named = {"code": fault.code, "input": list(fault.path)}
            asked = found.fields[-1].origin
            return refused(GraphQLError(fault.message, asked, path=[found.fields[0].key], extensions=named))
        except GraphError as error:
            unavailable = GraphQLError(str(error), extensions={"code": error.code}, original_error=error)
            return ExecutionResult(data=None, errors=[unavailable], extensions={})

    async def _answer(
        self, document: Document, operation: OperationDefinitionNode, values: VariableValues, actor: Actor
    ) -> ExecutionResult:
        for pause in (*_PAUSES, None):
            # The position is read first: what the answer holds is never older than it.
            position = self.memory.position
            plan, binding, parameters = await self._bound(document, operation, values, actor)
            row: Mapping[str, Any] = {}
            statement = plan.asked(binding)
            if statement is not None:
                row = await self._row(statement, parameters, plan, binding)
            data, faults = plan.finish(row, binding)
            if pause is None or not plan.lacks(binding):
                break
            await asyncio.sleep(pause)
        errors = [
            GraphQLError(fault.message, path=fault.path, extensions={"code": "INTERNAL_SERVER_ERROR"})
            for fault in faults
        ]
        return ExecutionResult(data=data, errors=errors or None, extensions={"position": str(position)})

    async def _row(self, statement: str, parameters: dict[str, Any], plan: Plan, binding: Binding) -> Mapping[str, Any]:
        """The statement's one row. What can be done while the engine is at work is done meanwhile."""
        if not plan.meanwhile:
            (row,) = await self.database.read(statement, parameters)
            return row
        reading = asyncio.create_task(self.database.read(statement, parameters))
        try:
            for _ in range(_UNTIL_SENT):
                await asyncio.sleep(0)
            plan.work_ahead(binding)
        except BaseException:
            reading.cancel()
            raise
        (row,) = await reading
        return row

    async def _bound(
        self, document: Document, operation: OperationDefinitionNode, values: VariableValues, actor: Actor
    ) -> tuple[Plan, Binding, dict[str, Any]]:
        """The plan with what one request brings to it, its parameters found."""
        while True:
            binding = Binding(values, self.memory, self.clock.today(), actor.view)
            plan = self.plan(document, operation, values, actor, binding)
            try:
                return plan, binding, plan.bind(binding)
            except Unprepared:
                await self.memory.index()

    def plan(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        values: VariableValues,
        actor: Actor,
        binding: Binding,
    ) -> Plan:
        """The operation's plan for such variables and such a caller: compiled once, then kept with the document."""
        given = tuple(
            (name, shape(value, values.sources[name].signature.type))
            for name, value in values.coerced.items()
            if name in document.shaping
        )
        key = (operation.name.value if operation.name else "", actor.view, given)
        kept = document.plans.get(key)
        if kept is None:
            selection = Lowering(self.core, self.reads, document.fragments, operation, values).root()
            kept = compile_plan(selection, binding, keeps_order=self.database.dialect.keeps_key_order)
            document.keep(key, kept)
        return kept


def refused(*errors: GraphQLError) -> PreExecutionError:
    """The answer to a request that was not carried out."""
    return PreExecutionError(data=None, errors=list(errors))


def _coded(error: GraphQLError, code: str) -> GraphQLError:
    error.extensions = {"code": code, **(error.extensions or {})}
    return error


class DirectorySchema(strawberry.Schema):
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
        actor = context_value.get("actor", ANYONE) if isinstance(context_value, Mapping) else ANYONE
        return await self.directory.execute(query, variable_values, operation_name, actor)
