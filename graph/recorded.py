"""Recorded time: what was believed at a moment, read off the marks that nodes keep (`graph/commands/storing.py`).

A moment is asked for by its *horizon*: a text that comes after the marks of what had been recorded by then, and
before those of all that was recorded later. So it is compared alike in Cypher and in Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime


def moment(at: datetime) -> str:
    """A moment as nodes and changes keep it: UTC, in milliseconds.

    >>> moment(datetime(2026, 3, 1, 11, tzinfo=UTC))
    '2026-03-01T11:00:00.000Z'
    """
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def horizon(at: datetime) -> str:
    # An entry of `endings` is longer than its moment by a space, which comes before this sign.
    return f"{moment(at)}!"


def recorded(recorded_at: str | None, horizon: str) -> bool:
    """Whether a node was there. One without a mark is older than marks are, and was there always."""
    return recorded_at is None or recorded_at < horizon


def believed_end(valid_to: str | None, endings: Sequence[str], horizon: str) -> str | None:
    """The `validTo` of a node that was there.

    >>> believed_end("2026-02-01", ["2026-01-01T11:00:00.000Z ", "2026-01-31T11:00:00.000Z 2026-02-01"], "2026-01-15")
    """
    told = [ending for ending in endings if ending < horizon]
    return (told[-1].partition(" ")[2] if told else valid_to) or None


def is_recorded(node: str, horizon: str) -> str:
    """`recorded` in Cypher."""
    return f"({node}.recordedAt IS NULL OR {node}.recordedAt < {horizon})"


def end_believed(node: str, horizon: str) -> str:
    """`believed_end` in Cypher; an empty text where it is open."""
    told = f"last([told IN {node}.endings WHERE told < {horizon}])"
    return f"coalesce(split({told}, ' ')[1], {node}.validTo, '')"
