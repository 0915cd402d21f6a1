"""The ledger: what was written, in order, in the transaction that wrote it.

A counter node `(:Ledger {id: 'ledger', position})` numbers the entries `(:Change {id: 'change:<position>', …})`
from 1, without gap or repeat. Everything that follows the graph follows these positions.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

import orjson

from graph import wording
from graph.clock import Clock
from graph.database import Database, Writer
from graph.errors import Busy
from graph.model import kind_of
from graph.recorded import moment

T = TypeVar("T")


class Action(StrEnum):
    CREATED = "CREATED"
    UPDATED = "UPDATED"
    DELETED = "DELETED"
    IMPORTED = "IMPORTED"
    """Many nodes at once, not listed: whoever follows must read the graph anew."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One property or edge type as text, null where it was not there: see `graph.commands.fields`."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A change that has no place in the order yet."""

    actor: str
    action: Action
    kind: str
    subject: str
    fields: tuple[FieldChange, ...] = ()
    touches: tuple[str, ...] = ()
    """Other nodes in whose histories it stands: see `graph.commands.histories`."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the ledger. It stays when its subject is deleted.

    What is recorded about an offer's dated facts has the offer as its subject, and fields such as `capacity.free`.
    `at` is the moment of writing in UTC, such as `2026-03-01T11:00:00.000Z`.
    """

    position: int
    at: str
    actor: str
    action: Action
    kind: str
    subject: str
    fields: tuple[FieldChange, ...]


class Tip(NamedTuple):
    """The end of the ledger. Two that are equal have nothing between them that was written."""

    turn: int
    """How often the ledger was taken; -1 where it never was."""
    last: Change | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One open transaction that holds the ledger: what is read in it is true when it is committed."""

    writer: Writer
    position: int
    """The last one so far."""
    at: str
    """The moment of everything that is written in it."""
    receipt: Mapping[str, Any] | None = None
    """What is kept under the id of a receipt that was asked for: see `graph.commands.receipts`."""

    async def run(self, statement: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        return await self.writer.run(statement, parameters)


class Ledger:
    """The one way to write. In a process all that write use the same one."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._queue = asyncio.Lock()
        self._followers: list[Callable[[], Awaitable[None]]] = []

    def tell(self, wake: Callable[[], Awaitable[None]]) -> None:
        """Call `wake` after every commit of this process: whoever follows need not wait to look."""
        self._followers.append(wake)

    async def commit(
        self, work: Callable[[Turn], Awaitable[T]], *, receipt: str = "", timeout: float | None = None
    ) -> T:
        """Do `work` in one transaction that holds the ledger; no one else of this process writes meanwhile.

        It may be done again, so it keeps nothing; what it raises undoes it. `receipt` is the id of one to look for.
        Raises Unavailable, Busy and Uncertain as `Database.write` does, within `timeout` seconds (default: the
        database's deadline), waiting in turn included.
        """

        async def in_turn(writer: Writer) -> T:
            return await work(await self._hold(writer, receipt))

        clock = asyncio.get_running_loop().time
        until = clock() + (self._database.deadline if timeout is None else timeout)
        try:
            async with asyncio.timeout_at(until):
                await self._queue.acquire()
        except TimeoutError as error:
            raise Busy(wording.OTHERS_WRITE()) from error
        try:
            done = await self._database.write(in_turn, timeout=until - clock())
        finally:
            self._queue.release()
        for wake in self._followers:
            await wake()
        return done

    async def _hold(self, writer: Writer, receipt: str) -> Turn:
        """Take the ledger for the rest of `writer`'s transaction, before anything is read that is to be changed.

        Writing `turn` locks the counter on Neo4j, so that others wait here; the embedded engine lets others go on
        and refuses the commit of whoever took it second, who is then retried. Either way what is read after this
        is what is true when the changes are committed.
        """
        (row,) = await writer.run(_HOLD, {"receipt": receipt}) or await writer.run(_BEGIN)
        at = moment(self._clock.now())
        return Turn(writer, row["position"], at, row if row.get("digest") else None)

    async def append(self, turn: Turn, drafts: Sequence[Draft], receipt: Mapping[str, Any] | None = None) -> int:
        """Number `drafts` and write them, and the `receipt`, within the transaction. Returns the last position."""
        if drafts or receipt:
            rows = [_row(position, turn.at, draft) for position, draft in enumerate(drafts, start=turn.position + 1)]
            await turn.run(_APPEND, {"rows": rows, "receipts": [receipt] if receipt else []})
            await self._touch(turn, drafts)
        return turn.position + len(drafts)

    async def _touch(self, turn: Turn, drafts: Sequence[Draft]) -> None:
        touched: dict[str, list[dict[str, str]]] = {}
        for position, draft in enumerate(drafts, start=turn.position + 1):
            for id in draft.touches:
                kind = kind_of(id)
                assert kind is not None
                touched.setdefault(kind.label, []).append({"change": f"change:{position}", "id": id})
        for label, rows in touched.items():
            await turn.run(_TOUCH.format(label=label), {"rows": rows})

    async def position(self) -> int:
        """The position of the latest change; 0 before the first."""
        rows = await self._database.read("MATCH (l:Ledger {id: 'ledger'}) RETURN l.position AS position")
        return int(rows[0]["position"]) if rows else 0

    async def tip(self) -> Tip:
        """Where the ledger ends. Waits for what this process is writing."""
        async with self._queue:
            rows = await self._database.read(
                "MATCH (l:Ledger {id: 'ledger'}) RETURN coalesce(l.turn, 0) AS turn, l.position AS position"
            )
            if not rows:
                return Tip(-1, None)
            changes = await self.since(rows[0]["position"] - 1)
            return Tip(rows[0]["turn"], changes[-1] if changes else None)

    async def since(self, position: int, limit: int = 1000) -> list[Change]:
        """At most `limit` changes that follow `position`, in order and without gap."""
        rows = await self._database.read(_SINCE, {"position": position, "limit": limit})
        changes = []
        for expected, row in enumerate(sorted(rows, key=lambda row: row["position"]), start=position + 1):
            if row["position"] != expected:
                break  # A commit that is becoming visible just now: the rest comes next time.
            changes.append(_change(row))
        return changes


# `turn` is always another, so that there is always something to lock and to be in conflict about.
_HOLD = """
MATCH (l:Ledger {id: 'ledger'})
SET l.turn = coalesce(l.turn, 0) + 1
WITH l
OPTIONAL MATCH (r:Receipt {id: $receipt})
RETURN l.position AS position, r.position AS held, r.digest AS digest, r.result AS result"""

# Not in one statement with the above: MERGE would take a lock that two can share, and then wait for each other.
_BEGIN = "CREATE (l:Ledger {id: 'ledger', turn: 1, position: 0}) RETURN l.position AS position"

_APPEND = """
MATCH (l:Ledger {id: 'ledger'})
SET l.position = l.position + size($rows)
FOREACH (row IN $rows | CREATE (:Change {id: row.id, position: row.position, at: row.at, actor: row.actor,
                                        action: row.action, kind: row.kind, subject: row.subject, fields: row.fields}))
FOREACH (row IN $receipts | CREATE (:Receipt {id: row.id, position: row.position, digest: row.digest,
                                              result: row.result, at: row.at}))"""

_TOUCH = """
UNWIND $rows AS row
MATCH (c:Change {{id: row.change}})
MATCH (n:{label} {{id: row.id}})
CREATE (c)-[:TOUCHES]->(n)"""

# Positions have no gaps, so the ids are known, and the unique index finds each. (The embedded engine walks a range
# on an index in full, and finds nothing when the id is put together inside the pattern.)
_SINCE = """
MATCH (l:Ledger {id: 'ledger'})
WITH CASE WHEN l.position < $position + $limit THEN l.position ELSE $position + $limit END AS last
UNWIND range($position + 1, last) AS p
WITH 'change:' + toString(p) AS id
MATCH (c:Change {id: id})
RETURN c.position AS position, c.at AS at, c.actor AS actor, c.action AS action, c.kind AS kind,
       c.subject AS subject, c.fields AS fields"""


def _row(position: int, at: str, draft: Draft) -> dict[str, Any]:
    return {
        "id": f"change:{position}",
        "position": position,
        "at": at,
        "actor": draft.actor,
        "action": draft.action.value,
        "kind": draft.kind,
        "subject": draft.subject,
        "fields": orjson.dumps(draft.fields).decode(),
    }


def _change(row: dict[str, Any]) -> Change:
    return Change(
        position=row["position"],
        at=row["at"],
        actor=row["actor"],
        action=Action(row["action"]),
        kind=row["kind"],
        subject=row["subject"],
        fields=tuple(FieldChange(**field) for field in orjson.loads(row["fields"])),
    )
