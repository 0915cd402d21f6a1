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
from graph.errors import BadInput, Duplicate
from graph.labels import label
from graph.ledger import Turn

KEY = ("clientMutationId",)
LONGEST_KEY = 200
"""Characters of a key, at most."""


@dataclass(frozen=True, slots=True)
class Call:
    """Who calls a command. `key` is the caller's own name for the call, the contract's `clientMutationId`: with it
    a command is carried out once, however often it is sent."""

    actor: Actor
    key: str | None = None


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


async def found(turn: Turn, slip: Slip) -> Receipt | None:
    """The receipt that was given for this call before. Raises Duplicate where it was given for another input."""
    for row in await turn.run(_FIND, {"id": slip.id}):
        if row["digest"] != slip.digest:
            raise Duplicate(wording.KEY_USED(key=repr(slip.key)), KEY)
        return Receipt(row["position"], orjson.loads(row["result"]), repeated=True)
    return None


async def keep(turn: Turn, slip: Slip, receipt: Receipt) -> None:
    """Write `receipt` within the transaction of its command."""
    result = orjson.dumps(dict(receipt.ids)).decode()
    row = {"id": slip.id, "position": receipt.position, "digest": slip.digest, "result": result, "at": turn.at}
    await turn.run(_KEEP, {"row": row})


_FIND = "MATCH (r:Receipt {id: $id}) RETURN r.position AS position, r.digest AS digest, r.result AS result"
_KEEP = "CREATE (r:Receipt) SET r = $row"
