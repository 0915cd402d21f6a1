"""Reading records: those of a kind, and where their edges lead."""

from __future__ import annotations

from graph.record import Record

Content = dict[str, Record]
"""Records by id."""


def of_kind(content: Content, kind: str) -> list[Record]:
    return [record for record in content.values() if record.kind.name == kind]


def targets(record: Record, edge: str) -> list[str]:
    return [e.target for e in record.edges if e.type == edge]


def source(record: Record) -> str | None:
    return next(iter(targets(record, "STATED_IN")), None)
