"""What was believed at a moment, read plainly off what docs/history.md says, entry by entry."""

from __future__ import annotations

from datetime import datetime

from graph.snapshot import SnapshotNode


def there(node: SnapshotNode, moment: datetime | None) -> bool:
    """Whether it had been recorded."""
    since = node.properties.get("recordedAt")
    return moment is None or since is None or datetime.fromisoformat(since) <= moment


def until(node: SnapshotNode, moment: datetime | None) -> str | None:
    """Its `validTo`, as it was known."""
    known: str | None = node.properties.get("validTo")
    for n, ending in enumerate(node.properties.get("endings") or ()):
        since, day = ending.split(" ")
        if moment is not None and (n == 0 or datetime.fromisoformat(since) <= moment):
            known = day or None
    return known


def ended_later(node: SnapshotNode, moment: datetime | None) -> bool:
    """Whether another `validTo` was recorded after the moment."""
    endings = (node.properties.get("endings") or ())[1:]
    return moment is not None and any(datetime.fromisoformat(ending.split(" ")[0]) > moment for ending in endings)


def holds(node: SnapshotNode, day: str, moment: datetime | None) -> bool:
    begins, ends = node.properties.get("validFrom"), until(node, moment)
    return there(node, moment) and (begins is None or begins <= day) and (ends is None or ends > day)
