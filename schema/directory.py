"""The directory as GraphQL sees it: takes an operation, runs its plan, gives the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode
from graphql.execution.values import VariableValues
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from graph.actor import ANYONE, Actor
from graph.clock import Clock
from graph.commands import Commands
from graph.database import Database
from graph.deadline import Deadline
from graph.errors import GraphError
from graph.feed import Feed
from graph.memory import Memory, Unprepared
from graph.plan.binding import Binding
from graph.plan.faults import InputFault
from graph.plan.plan import Plan, compile_plan
from graph.plan.reads import Read
from graph.plan.selection import Selection
from schema.contract import build, core, reads
from schema.documents import Document, Documents, PlannedPart
from schema.door import Door
from schema.following import Following
from schema.limits.budget import Budget
from schema.limits.cost import cost_of
from schema.limits.exceeded import LimitExceeded
from schema.limits.limits import DEFAULT, UNLIMITED, Limits
from schema.lowering import Lowering
from schema.shapes import shape
from schema.variables import coerced
from schema.writing import Writing

# What is found in memory is shown from the graph. What was deleted or made a moment ago is in the one and not in the
# other, until the memory hears of it, within a quarter of a second: then the question is answered again.
_PAUSES = (0.1, 0.3)
_UNTIL_SENT = 2
"""Turns of the loop after which the driver has sent a statement."""


class Asked(NamedTuple):
    """A request that is well formed: its valid document, the operation of it, and the values of its variables."""

    document: Document
    operation: OperationDefinitionNode
    values: VariableValues
    budget: Budget | None = None


class Answer(NamedTuple):
    """What a plan found, with the nulls that stood where none may, and the position that it reflects."""

    data: dict[str, Any] | None
    errors: list[GraphQLError]
    position: int


Planned = tuple[Plan, Binding]


def whole(selection: Selection) -> Sequence[Selection]:
    return (selection,)


class Directory:
    """Answers operations from one database and the memory that follows it.

    `schema` is the door for servers: a Strawberry schema whose `execute` runs the plan. Its context may be a
    mapping with the `actor`, without which the public asks, and with the `budget` of the request. A dict is given the
    name of the `operation`, where it may be logged.
    """

    def __init__(
        self,
        database: Database,
        memory: Memory,
        clock: Clock,
        *,
        commands: Commands | None = None,
        feed: Feed | None = None,
        introspection: bool = True,
        limits: Limits = DEFAULT,
        trusted: Collection[str] = (),
        trusted_only: bool = False,
    ) -> None:
        self.database, self.memory, self.clock, self.limits = database, memory, clock, limits
        self.core: GraphQLSchema = core(build())
        self.reads: Mapping[tuple[str, str], Read] = reads(self.core)
        self.documents = Documents(
            self.core, introspection=introspection, limits=limits, trusted=trusted, trusted_only=trusted_only
        )
        self.writing = Writing(self, commands, feed)
        self.following = Following(self, feed)
        self.schema = Door(self)

    async def execute(
        self,
        text: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        actor: Actor = ANYONE,
        allowed: Collection[OperationType] = tuple(OperationType),
        budget: Budget | None = None,
    ) -> ExecutionResult:
        """The answer to an operation, ready to be encoded. A fault of the request itself is a `PreExecutionError`.

        Raises InvalidOperationTypeError for an operation that is not of an `allowed` type, and what `budget` raises
        where its caller has spent too much.
        """
        budget = budget or Budget(self.limits.max_cost)
        asked = self.asked(text, variables, operation_name, budget)
        if isinstance(asked, PreExecutionError):
            return asked
        type = OperationType(asked.operation.operation.value)
        if type not in allowed:
            raise InvalidOperationTypeError(type)
        try:
            if type is OperationType.MUTATION:
                written = await self.writing.carry_out(asked, actor, budget.deadline)
                written.extensions = {**(written.extensions or {}), **budget.extensions}
                return written
            if type is OperationType.SUBSCRIPTION:
                reason = "A subscription is followed over graphql-transport-ws, or as text/event-stream."
                return refused(coded(GraphQLError(reason, asked.operation), "BAD_REQUEST"))
            answer = await self.answer(lambda: self.planned(asked, actor), budget.deadline)
            extensions = {"position": str(answer.position), **budget.extensions}
            return ExecutionResult(answer.data, answer.errors or None, extensions)
        except LimitExceeded as exceeded:
            return refused(exceeded)
        except InputFault as found:
            return refused(input_fault(found))
        except GraphError as error:
            unavailable = GraphQLError(str(error), extensions={"code": error.code}, original_error=error)
            return ExecutionResult(data=None, errors=[unavailable], extensions={})

    def asked(
        self,
        text: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        budget: Budget | None = None,
    ) -> Asked | PreExecutionError:
        """What a request asks for, or what is wrong with it."""
        document = self.documents.get(text)
        if document.errors:
            code = "GRAPHQL_VALIDATION_FAILED" if document.parsed else "GRAPHQL_PARSE_FAILED"
            return refused(*(coded(error, code) for error in document.errors))
        operation = document.operation(operation_name)
        if isinstance(operation, GraphQLError):
            return refused(coded(operation, "BAD_REQUEST"))
        values = coerced(self.core, operation, variables or {})
        if isinstance(values, list):
            return refused(*values)
        return Asked(document, operation, values, budget or Budget(self.limits.max_cost))

    async def answer(self, make: Callable[[], Planned], deadline: Deadline | None = None) -> Answer:
        """What a plan finds. `make` gives it with a binding of its own, each time that it has to be done again."""
        for pause in (*_PAUSES, None):
            # The position is read first: what the answer holds is never older than it.
            position = self.memory.position
            plan, binding, parameters = await self._bound(make)
            row: Mapping[str, Any] = {}
            statement = plan.asked(binding)
            if statement is not None:
                row = await self._row(statement, parameters, plan, binding, deadline)
            data, faults = plan.finish(row, binding)
            if pause is None or not plan.lacks(binding):
                break
            await asyncio.sleep(pause)
        errors = [
            GraphQLError(fault.message, path=fault.path, extensions={"code": "INTERNAL_SERVER_ERROR"})
            for fault in faults
        ]
        return Answer(data, errors, position)

    async def _row(
        self, statement: str, parameters: dict[str, Any], plan: Plan, binding: Binding, deadline: Deadline | None
    ) -> Mapping[str, Any]:
        """The statement's one row. What can be done while the engine is at work is done meanwhile."""
        if not plan.meanwhile:
            (row,) = await self.database.read(statement, parameters, until=deadline)
            return row
        reading = asyncio.create_task(self.database.read(statement, parameters, until=deadline))
        try:
            for _ in range(_UNTIL_SENT):
                await asyncio.sleep(0)
            plan.work_ahead(binding)
        except BaseException:
            reading.cancel()
            raise
        (row,) = await reading
        return row

    async def _bound(self, make: Callable[[], Planned]) -> tuple[Plan, Binding, dict[str, Any]]:
        """The plan with what one request brings to it, its parameters found."""
        while True:
            plan, binding = make()
            try:
                return plan, binding, plan.bind(binding)
            except Unprepared:
                await self.memory.index()

    def binding(self, values: VariableValues, actor: Actor) -> Binding:
        """What one request brings, at the time of the call."""
        return Binding(values, self.memory, self.clock.today(), actor.view)

    def planned(self, asked: Asked, actor: Actor) -> Planned:
        """A query's plan, with a new binding."""
        binding = self.binding(asked.values, actor)
        (part,) = self.parts(asked, actor, binding)
        return part.plan, binding

    def plan(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        values: VariableValues,
        actor: Actor,
        binding: Binding,
    ) -> Plan:
        """The operation's plan for such variables and such an actor: compiled once, then kept with the document."""
        (part,) = self.parts(Asked(document, operation, values), actor, binding)
        return part.plan

    def parts(
        self,
        asked: Asked,
        actor: Actor,
        binding: Binding,
        cut: Callable[[Selection], Sequence[Selection]] = whole,
    ) -> Sequence[PlannedPart]:
        """The plans of an operation that is answered in parts, in their order; `cut` takes it apart.

        The first time, their cost is taken from the budget: raises LimitExceeded, and what the budget raises.
        """
        document, operation, values, budget = asked
        given = tuple(
            (name, shape(value, values.sources[name].signature.type))
            for name, value in values.coerced.items()
            if name in document.shaping
        )
        key = (operation.name.value if operation.name else "", actor.view, given)
        kept = document.plans.get(key)
        if kept is None:
            most = UNLIMITED if document.trusted else self.limits
            selection = Lowering(self.core, self.reads, document.fragments, operation, values, most.max_fields).root()
            kept = tuple(self._compiled(part, binding) for part in cut(selection))
            document.keep(key, kept)
        if budget is not None and budget.cost is None:
            budget.take(sum([part.plan.cost(binding) for part in kept]))
        return kept

    def _compiled(self, part: Selection, binding: Binding) -> PlannedPart:
        cost = cost_of(part, self.core, binding)
        plan = compile_plan(part, binding, keeps_order=self.database.dialect.keeps_key_order, cost=cost)
        return PlannedPart(part, plan)


def input_fault(found: InputFault) -> GraphQLError:
    fault = found.fault
    named = {"code": fault.code, "input": list(fault.path)}
    return GraphQLError(fault.message, found.fields[-1].origin, path=[found.fields[0].key], extensions=named)


def refused(*errors: GraphQLError) -> PreExecutionError:
    """The answer to a request that was not carried out."""
    return PreExecutionError(data=None, errors=list(errors))


def coded(error: GraphQLError, code: str) -> GraphQLError:
    error.extensions = {"code": code, **(error.extensions or {})}
    return error
