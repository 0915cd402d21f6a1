"""Agreements, and the knowledge that comes of them, as records."""

from __future__ import annotations

from collections.abc import Iterator

from graph.record import Edge, Record
from seeds.format.agreements import Agreement, FocusArea, Knowledge, Process
from seeds.records.nodes import edge, edges, fact, node, properties, slug, stated


def agreement(entry: Agreement) -> Iterator[Record]:
    """The agreement, and all that it lays down, shares and goes through."""
    out = [*edge("SUCCEEDS", entry.succeeds), *edges("HAS_PARTY", entry.parties)]
    if entry.contact:
        contact = f"contact:agreement-{slug(entry.id)}"
        yield Record(contact, properties("contact", entry.contact.__dict__))
        out.append(Edge("HAS_CONTACT", contact))
    yield node(entry, out)
    for n, area in enumerate(entry.focusAreas, 1):
        yield from _focus_area(area, n, entry.id)
    for n, principle in enumerate(entry.principles, 1):
        yield fact("principle", n, principle, Edge("PRINCIPLE_OF", entry.id), order=n)
    for n, document in enumerate(entry.documents, 1):
        yield fact("document", n, document, Edge("DOCUMENT_OF", entry.id))
    if entry.process:
        yield from _process(entry.process, entry.id)
    yield from _decisions(entry)


def _focus_area(area: FocusArea, order: int, of: str) -> Iterator[Record]:
    yield node(area, [Edge("FOCUS_OF", of), *edges("CONCERNS", area.targetGroups)], order=order)
    for n, laboratory in enumerate(area.laboratories, 1):
        yield node(laboratory, [Edge("LABORATORY_OF", area.id)], order=n)


def _process(process: Process, of: str) -> Iterator[Record]:
    id = f"process:{slug(of)}"
    yield Record(id, properties("process", process.__dict__), (Edge("PROCESS_OF", of), *stated(process)))
    for n, step in enumerate(process.steps, 1):
        out = [*edge("TAKEN_BY", step.board), *edge("SENT_TO", step.sentTo)]
        yield fact("process-step", n, step, Edge("STEP_OF", id), out, order=n)


def _decisions(entry: Agreement) -> Iterator[Record]:
    """One decision a body, named after both, so that it stays the same one when the body says something else."""
    each = [(decisions, board) for decisions in entry.decisions for board in decisions.boards]
    for n, (decisions, board) in enumerate(each, 1):
        yield Record(
            f"decision:{slug(entry.id)}-{slug(board)}",
            properties("decision", {**decisions.__dict__, "order": n}),
            (Edge("DECISION_ON", entry.id), Edge("DECIDED_BY", board), *stated(decisions)),
        )


def knowledge(entry: Knowledge) -> Record:
    return node(
        entry,
        [
            *edges("SHARED_THROUGH", entry.focusAreas),
            *edge("MADE_IN", entry.laboratory),
            *edges("ABOUT_GROUP", entry.targetGroups),
            *edges("USED_BY", entry.offers),
        ],
    )
