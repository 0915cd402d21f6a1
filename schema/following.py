"""Subscriptions: the changes that someone follows, each read by the plan of what they want to know of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from graph.actor import Actor
from graph.errors import BadInput, GraphError
from graph.feed import Feed
from graph.ledger import Change
from graph.model import KINDS
from graph.plan.faults import InputFault
from graph.plan.reads import Told
from graph.plan.selection import Field
from schema.limits.budget import Budget
from schema.limits.exceeded import LimitExceeded

if TYPE_CHECKING:
    from schema.directory import Asked, Directory, Planned

PATIENCE = 2.0
"""Seconds to wait for a position that a client has from another process and that this one has not reached yet."""


class Following:
    """Answers the subscriptions of a directory; one without a feed has none."""

    def __init__(self, directory: Directory, feed: Feed | None) -> None:
        self._directory, self._feed = directory, feed

    async def stream(
        self,
        text: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor,
        allowed: Collection[OperationType] = tuple(OperationType),
        budget: Budget | None = None,
    ) -> AsyncIterator[ExecutionResult]:
        """The answers to an operation as they come: without end to a subscription, one to what else is asked.

        Raises InvalidOperationTypeError as `Directory.execute` does.

        What is wrong with the request is the only answer, a `PreExecutionError`. Where the engine does not answer,
        the last one says so: whoever goes on from the last position that they were given misses nothing.
        """
        directory = self._directory
        asked = directory.asked(text, variables, operation_name, budget)
        if isinstance(asked, PreExecutionError):
            yield asked
        elif asked.operation.operation.value != "subscription":
            yield await directory.execute(text, variables, operation_name, actor, allowed, budget)
        else:
            try:
                async for result in self._follow(asked, actor):
                    yield result
            except LimitExceeded as exceeded:
                yield PreExecutionError(data=None, errors=[exceeded])
            except (GraphError, InputFault) as failure:
                yield _failed(failure)

    async def _follow(self, asked: Asked, actor: Actor) -> AsyncIterator[ExecutionResult]:
        if self._feed is None:
            raise BadInput("Nothing can be followed here.")
        binding = self._directory.binding(asked.values, actor)
        (item,) = self._directory.parts(asked, actor, binding)[0].selection.fields  # validation allows one
        if not isinstance(item.read, Told):  # __typename
            raise BadInput(f"{item.label} is nothing that can be followed.")
        given = item.arguments(binding)
        kinds, subject = _kinds(given.get("kinds")), given.get("subject")
        async for changes in self._feed.after(await self._begin(given.get("after"))):
            wanted = [c for c in changes if (kinds is None or c.kind in kinds) and subject in (None, c.subject)]
            if wanted:
                for result in await self._told(asked, actor, item, wanted):
                    yield result

    async def _begin(self, after: str | None) -> int:
        assert self._feed is not None
        if after is None:
            return self._feed.position
        if not after.isascii() or not after.isdecimal() or len(after) > 18:
            raise BadInput(f"after: {after[:40]!r} is no position; give one such as '42'.", ("after",))
        if not await self._feed.reach(int(after), PATIENCE):
            message = f"after: position {after} is not reached; the change log stands at {self._feed.position}."
            raise BadInput(message, ("after",))
        return int(after)

    async def _told(
        self, asked: Asked, actor: Actor, item: Field, changes: Sequence[Change]
    ) -> Sequence[ExecutionResult]:
        """An answer for each of `changes`, all of them read by one statement."""

        def planned() -> Planned:
            plan, binding = self._directory.planned(asked, actor)
            binding.memo[item.read] = [f"change:{change.position}" for change in changes]
            return plan, binding

        answer = await self._directory.answer(planned)
        told = (answer.data or {}).get(item.key) or ()
        if len(told) != len(changes):
            raise RuntimeError("changes of the ledger are missing")
        results = []
        for number, (change, data) in enumerate(zip(changes, told, strict=True)):
            errors = [
                GraphQLError(error.message, path=[item.key, *error.path[2:]], extensions=error.extensions)
                for error in answer.errors
                if error.path is not None and error.path[1] == number
            ]
            extensions = {"position": str(change.position)}
            results.append(ExecutionResult(None if data is None else {item.key: data}, errors or None, extensions))
        return results


def _kinds(given: Sequence[str] | None) -> Collection[str] | None:
    for number, kind in enumerate(given or ()):
        if kind not in KINDS and kind != "import":
            known = ", ".join((*KINDS, "import"))
            raise BadInput(f"kinds: there is no kind {kind[:40]!r}; there are {known}.", ("kinds", number))
    return None if given is None else frozenset(given)


def _failed(failure: GraphError | InputFault) -> ExecutionResult:
    fault = failure.fault if isinstance(failure, InputFault) else failure
    extensions: dict[str, Any] = {"code": fault.code}
    if isinstance(fault, BadInput):
        extensions["input"] = list(fault.path)
        return PreExecutionError(data=None, errors=[GraphQLError(str(fault), extensions=extensions)])
    return ExecutionResult(data=None, errors=[GraphQLError(str(fault), extensions=extensions)])
