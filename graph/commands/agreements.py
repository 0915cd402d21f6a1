"""What boards decide on agreements, and the knowledge that is shared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from graph.actor import Role
from graph.commands.checking import complete
from graph.commands.desk import Desk, Done, Work, command
from graph.commands.fields import draft
from graph.commands.inputs import Input, check_input
from graph.commands.receipts import Call
from graph.commands.storing import held_by, write
from graph.ledger import Turn
from graph.record import Edge, Record

DECISION = Input({"DECISION_ON": "agreement", "DECIDED_BY": "board"})
KNOWLEDGE = Input(
    {
        "SHARED_THROUGH": "focusAreas",
        "MADE_IN": "laboratory",
        "ABOUT_GROUP": "targetGroups",
        "USED_BY": "offers",
        "STATED_IN": "source",
    }
)


class Agreements(Desk):
    @command(Role.SECRETARIAT)
    def record_decision(
        self, call: Call, *, agreement: str, board: str, decision: str, decided_on: date | None = None
    ) -> Work:
        """What a board says of an agreement. The receipt names the `agreement`.

        It counts from now on, and what the board said before stays on record beside it, as WAS_DECISION_ON; unless
        both are dated and that is the later one, which then goes on counting. Raises BadInput, NotFound.
        """
        if decided_on is not None:
            self._not_in_the_future("decidedOn", decided_on)
        said = {"decision": decision, "decidedOn": decided_on and decided_on.isoformat()}
        about = (Edge("DECISION_ON", agreement), Edge("DECIDED_BY", board))
        new = complete(Record(self.new_id("decision"), {**said, "order": 1}, about))

        async def work(turn: Turn) -> Done:
            await check_input(turn.run, [new], {new.id: DECISION})
            there = await held_by(turn.run, "MATCH (:Agreement {id: $id})<-[:DECISION_ON]-(n)", {"id": agreement})
            counting = [node.record for node in there.values()]
            former = next((old for old in counting if Edge("DECIDED_BY", board) in old.edges), None)
            if former is None:
                after = _at(new, max((old.properties["order"] for old in counting), default=0) + 1)
                await write(turn, [after], {})
                return Done([draft(call.actor, None, after)], {"agreement": agreement})
            if _said(former) == _said(new):
                return Done((), {"agreement": agreement})
            after = _at(new, former.properties["order"])
            if _said(new)[1] and _said(new)[1] < _said(former)[1]:
                after = _over(after)
                await write(turn, [after], {})
                return Done([draft(call.actor, None, after)], {"agreement": agreement})
            after = Record(after.id, after.properties, (*after.edges, Edge("REPLACES", former.id)))
            await write(turn, [_over(former), after], {former.id: there[former.id].mark})
            drafts = [draft(call.actor, former, _over(former)), draft(call.actor, None, after)]
            return Done(drafts, {"agreement": agreement})

        return work

    @command(Role.SECRETARIAT)
    def publish_knowledge(
        self,
        call: Call,
        *,
        title: str,
        kind: str,
        summary: str | None = None,
        body: str | None = None,
        focus_areas: Sequence[str] = (),
        laboratory: str | None = None,
        target_groups: Sequence[str] = (),
        offers: Sequence[str] = (),
        published_on: date | None = None,
        source: str | None = None,
    ) -> Work:
        """Something learnt, shared with all. It is SOURCED, and verified today. The receipt names the `knowledge`.

        Raises BadInput, NotFound for what it names and is not there.
        """
        said = {
            "title": title,
            "kind": kind,
            "summary": summary,
            "body": body,
            "publishedOn": published_on and published_on.isoformat(),
            "dataStatus": "SOURCED",
            "verifiedOn": self._clock.today().isoformat(),
        }
        edges = (
            *_edges("SHARED_THROUGH", focus_areas),
            *_edges("MADE_IN", () if laboratory is None else (laboratory,)),
            *_edges("ABOUT_GROUP", target_groups),
            *_edges("USED_BY", offers),
            *_edges("STATED_IN", () if source is None else (source,)),
        )
        new = complete(Record(self.new_id("knowledge"), said, edges))

        async def work(turn: Turn) -> Done:
            await check_input(turn.run, [new], {new.id: KNOWLEDGE})
            await write(turn, [new], {})
            return Done([draft(call.actor, None, new)], {"knowledge": new.id})

        return work


def _said(decision: Record) -> tuple[str, str]:
    return decision.properties["decision"], decision.properties.get("decidedOn", "")


def _at(decision: Record, order: int) -> Record:
    return Record(decision.id, {**decision.properties, "order": order}, decision.edges)


def _over(decision: Record) -> Record:
    """The same, when another counts."""
    edges = (Edge("WAS_DECISION_ON", e.target) if e.type == "DECISION_ON" else e for e in decision.edges)
    return Record(decision.id, decision.properties, tuple(edges))


def _edges(type: str, ids: Iterable[str]) -> Iterable[Edge]:
    return (Edge(type, id) for id in ids)
