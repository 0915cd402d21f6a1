"""How every command is carried out: who may, once only, in one transaction with its changes and its receipt."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from ulid import ULID

from graph import wording
from graph.actor import Role
from graph.clock import Clock
from graph.commands.histories import in_histories
from graph.commands.receipts import Call, Receipt, Slip, given_before, kept
from graph.commands.rules import admit
from graph.commands.storing import stored
from graph.database import Database
from graph.errors import BadInput, Unavailable, Uncertain
from graph.labels import label
from graph.ledger import Draft, Ledger, Turn
from graph.model import KINDS
from graph.record import Record

PAUSE = 0.1
"""Seconds before it is looked again what became of a commit."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did: its changes, and the ids of what it is about, in the words of the contract's payload."""

    drafts: Sequence[Draft]
    ids: Mapping[str, Any] = field(default_factory=dict)


Work = Callable[[Turn], Awaitable[Done]]
"""Reads what it needs, checks, writes. It may be done again, so it keeps nothing."""


class Desk:
    """What all commands share."""

    def __init__(self, database: Database, ledger: Ledger, clock: Clock) -> None:
        self._database = database
        self._ledger = ledger
        self._clock = clock

    def new_id(self, kind: str) -> str:
        """An id for something that a user creates, such as `offer:01JQ8Z…`: they sort in the order of making."""
        return f"{KINDS[kind].name}:{ULID.from_datetime(self._clock.now())}"

    async def records(self, ids: Collection[str]) -> dict[str, Record]:
        """Those of `ids` that are in the graph, to be changed and given to `save`. Raises Unavailable."""
        return await stored(self._database.read, ids)

    def _not_in_the_future(self, name: str, day: date) -> None:
        if day > self._clock.today():
            raise BadInput(wording.FAULT(label=label(name), what=wording.IN_THE_FUTURE(day=day)), (name,))

    async def carry_out(self, slip: Slip, work: Work, *, timeout: float | None = None) -> Receipt:
        """Do `work` in one transaction, unless it was done before. It has `timeout` seconds, waiting included.

        Where the answer to a commit is lost, it is done again, which begins by looking for the receipt. Raises
        Uncertain where the time ends before that was possible.
        """

        async def once(turn: Turn) -> Receipt:
            if before := given_before(turn, slip):
                return before
            done = await work(turn)
            receipt = Receipt(turn.position + len(done.drafts), done.ids)
            keeps = done.drafts or slip.key is not None
            drafts = await in_histories(turn.run, done.drafts)
            await self._ledger.append(turn, drafts, kept(slip, receipt, turn.at) if keeps else None)
            return receipt

        clock = asyncio.get_running_loop().time
        until = clock() + (self._database.deadline if timeout is None else timeout)
        lost: Uncertain | None = None
        while True:
            try:
                receipt = await self._ledger.commit(once, receipt=slip.id, timeout=until - clock())
                return replace(receipt, repeated=False) if lost else receipt
            except Unavailable as error:
                if lost is None and not isinstance(error, Uncertain):
                    raise
                lost = lost or Uncertain(_uncertain(slip))
                if clock() + PAUSE >= until:
                    raise lost from error
            await asyncio.sleep(PAUSE)


def _uncertain(slip: Slip) -> Any:
    return wording.UNCERTAIN() if slip.key is None else wording.UNCERTAIN_WITH_KEY(key=repr(slip.key))


D = TypeVar("D", bound=Desk)
P = ParamSpec("P")


def command(
    *roles: Role,
) -> Callable[[Callable[Concatenate[D, Call, P], Work]], Callable[Concatenate[D, Call, P], Awaitable[Receipt]]]:
    """The method, which says what the work is, as a command that carries it out for callers with one of `roles`.

    Every command raises, besides what it says itself: Forbidden; BadInput for a bad key, and Duplicate for one that
    was used for something else, both at `clientMutationId`; Unavailable, Busy and Uncertain.
    """

    def carried_out(
        work: Callable[Concatenate[D, Call, P], Work],
    ) -> Callable[Concatenate[D, Call, P], Awaitable[Receipt]]:
        signature = inspect.signature(work)

        @wraps(work)
        async def carry_out(desk: D, call: Call, /, *args: P.args, **kwargs: P.kwargs) -> Receipt:
            admit(call.actor, roles)
            _, _, *inputs = signature.bind(desk, call, *args, **kwargs).arguments.items()
            # What says no more than if it were left out is no part of the request: an input that a command takes one
            # day leaves those as they were that were sent before it did, and are sent again after.
            given = {name: value for name, value in inputs if value != signature.parameters[name].default}
            slip = Slip.of(call, work.__name__, given)
            timeout = call.until.left() if call.until else None
            return await desk.carry_out(slip, work(desk, call, *args, **kwargs), timeout=timeout)

        return carry_out

    return carried_out
