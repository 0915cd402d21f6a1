"""Receipts: what a command was carried out for, so that the same one sent again is not carried out again.

A node `(:Receipt {id: '<actor>:<key>', position, digest, result, at})` is written in the transaction of the command.
A call without a key gets one of its own, by which a commit whose answer was lost is found again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import blake2b
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import orjson

from graph import wording
from graph.actor import Actor
from graph.deadline import Deadline
from graph.errors import BadInput, Duplicate
from graph.labels import label
from graph.ledger import Turn

KEY = ("clientMutationId",)
LONGEST_KEY = 200
"""Characters of a key, at most."""


@dataclass(frozen=True, slots=True)
class Call:
    """Who calls a command. `key` is the caller's own name for the call, the contract's `clientMutationId`: with it
    a command is carried out once, however often it is sent. `until` is when the caller must have an answer, None for
    the time that a write usually has."""

    actor: Actor
    key: str | None = None
    until: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a command: the ids of what it is about, and the position in the ledger that holds it."""

    position: int
    ids: Mapping[str, Any] = field(default_factory=dict)
    repeated: bool = False
    """It was carried out before, and nothing was written now."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Where the receipt of a call is kept, and what it was given for."""

    id: str
    key: str | None
    digest: str

    @classmethod
    def of(cls, call: Call, command: str, given: Mapping[str, Any]) -> Slip:
        """`given` is the command's input. Raises BadInput for a key, or an input, that cannot be kept."""
        if call.key is not None and not (1 <= len(call.key) <= LONGEST_KEY and call.key.isprintable()):
            what = wording.BAD_KEY(most=LONGEST_KEY)
            raise BadInput(wording.FAULT(label=label(KEY[0]), what=what), KEY)
        # A colon in a name cannot be taken for the one that ends it.
        id = f"{quote(call.actor.name, safe='')}:{call.key or uuid4()}"
        return cls(id, call.key, digest(command, given))


def digest(command: str, given: Mapping[str, Any]) -> str:
    """The same for calls that ask for the same."""
    try:
        text = orjson.dumps([command, given], default=_plain, option=orjson.OPT_SORT_KEYS)
    except TypeError as error:  # half a surrogate pair, or an integer of more than 64 bits
        raise BadInput(wording.UNWRITABLE()) from error
    return blake2b(text, digest_size=16).hexdigest()


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else dict(value) if isinstance(value, Mapping) else list(value)


def given_before(turn: Turn, slip: Slip) -> Receipt | None:
    """The receipt that was given for this call before. Raises Duplicate where it was given for another input."""
    if turn.receipt is None:
        return None
    if turn.receipt["digest"] != slip.digest:
        raise Duplicate(wording.KEY_USED(key=repr(slip.key)), KEY)
    return Receipt(turn.receipt["held"], orjson.loads(turn.receipt["result"]), repeated=True)


def kept(slip: Slip, receipt: Receipt, at: str) -> dict[str, Any]:
    """The properties of the node that keeps `receipt`."""
    result = orjson.dumps(dict(receipt.ids)).decode()
    return {"id": slip.id, "position": receipt.position, "digest": slip.digest, "result": result, "at": at}
