"""Mutations: each root field is carried out by its command, and what was written is then read by a plan of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError
from strawberry.types import ExecutionResult

from graph.actor import Actor
from graph.commands import Call, Commands
from graph.deadline import Deadline
from graph.errors import GraphError, Unavailable
from graph.feed import Feed
from graph.memory import Unprepared
from graph.plan.binding import Binding
from graph.plan.faults import InputFault
from graph.plan.plan import Plan
from graph.plan.selection import Field, Selection
from schema.mutations.carried import OUTCOME, Carried
from schema.mutations.payloads import Outcome

if TYPE_CHECKING:
    from schema.directory import Answer, Asked, Directory, Planned

SAYING = 0.1
"""The share of a request's time that is kept for saying what became of it, so that who waits is not left to guess."""


class Writing:
    """Carries out the mutations of a directory; one without commands and a feed has none."""

    def __init__(self, directory: Directory, commands: Commands | None, feed: Feed | None) -> None:
        self._directory, self._commands, self._feed = directory, commands, feed

    async def carry_out(self, asked: Asked, actor: Actor, deadline: Deadline | None = None) -> ExecutionResult:
        """The answer to a mutation. Its root fields are carried out in turn, each read back before the next.

        When one fails for no fault of the caller's, or cannot be read back, those after it are not tried. That is
        known, and said, before the `deadline`; without one each write and each reading has the time that it usually
        has. Raises InputFault, with nothing written, where what is asked of a payload cannot be meant.
        """
        until = deadline and deadline.sooner(SAYING)
        if self._commands is None or self._feed is None:
            error = GraphQLError("Nothing can be written here.", asked.operation, extensions={"code": "BAD_REQUEST"})
            return ExecutionResult(data=None, errors=[error])
        binding = self._directory.binding(asked.values, actor)
        parts = self._directory.parts(asked, actor, binding, _cut)
        for part in parts:
            self._try(part.plan, asked, actor)
        data: dict[str, Any] = {}
        errors: list[GraphQLError] = []
        written: list[str] = []
        for number, part in enumerate(parts):
            (item,) = part.selection.fields
            if not isinstance(item.read, Carried):  # __typename
                data[item.key] = item.label.partition(".")[0]
                continue
            given = item.arguments(binding)["input"]
            outcome: Outcome | None = None
            try:
                call = Call(actor, given.get("clientMutationId"), until)
                outcome = await item.read.carry_out(self._commands, call, given)
                answer = await self._read(asked, actor, number, outcome, until)
            except (GraphError, InputFault) as failure:
                return self._result(None, [*errors, _failed(item, failure, outcome, written)])
            if outcome.position is not None:
                written.append(f"{item.key} at position {outcome.position}")
            errors += answer.errors
            if answer.data is None:
                return self._result(None, errors)
            data |= answer.data
        return self._result(data, errors)

    def _try(self, plan: Plan, asked: Asked, actor: Actor) -> None:
        """Bind as if nothing had been written. Raises InputFault."""
        with suppress(Unprepared):
            plan.bind(self._binding(asked, actor, Outcome()))

    async def _read(self, asked: Asked, actor: Actor, number: int, outcome: Outcome, until: Deadline | None) -> Answer:
        """What the payload of one root field shows of its outcome, from after the write."""
        assert self._feed is not None
        until = until or Deadline.within(self._directory.database.deadline)

        def planned() -> Planned:
            binding = self._binding(asked, actor, outcome)
            return self._directory.parts(asked, actor, binding, _cut)[number].plan, binding

        left = until.left()
        try:
            async with asyncio.timeout(left):
                # Half of the time for catching up; the other is for reading.
                if outcome.position is not None and not await self._feed.reach(outcome.position, left / 2):
                    raise Unavailable("the service has not caught up.")
                return await self._directory.answer(planned, until)
        except TimeoutError:
            raise Unavailable(f"No answer within {until.seconds:g} seconds.") from None

    def _binding(self, asked: Asked, actor: Actor, outcome: Outcome) -> Binding:
        binding = self._directory.binding(asked.values, actor)
        binding.memo[OUTCOME] = outcome
        return binding

    def _result(self, data: dict[str, Any] | None, errors: list[GraphQLError]) -> ExecutionResult:
        return ExecutionResult(data, errors or None, {"position": str(self._directory.memory.position)})


def _cut(selection: Selection) -> Sequence[Selection]:
    """A selection for each root field."""
    ((type, fields),) = selection.by_type.items()
    return [Selection({type: (field,)}) for field in fields]


def _failed(
    item: Field, failure: GraphError | InputFault, outcome: Outcome | None, written: Sequence[str]
) -> GraphQLError:
    """`written` are the fields before it: their payloads are not shown, since no field of a mutation can be null."""
    message, code = str(failure), failure.fault.code if isinstance(failure, InputFault) else failure.code
    if outcome is not None and outcome.position is not None:
        message = f"It was written, at position {outcome.position}, but could not be read back: {message}"
    if written:
        message += f" Written before it: {', '.join(written)}."
    return GraphQLError(message, item.origin, path=[item.key], extensions={"code": code})
