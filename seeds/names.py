"""The names of things: slugs, the ids made of them, and references by either.

A thing is referred to by its id (`target-group:erhvervet-hjerneskade`), by its slug (`erhvervet-hjerneskade`) or
by anything that folds to it, so that a file may say `Erhvervet hjerneskade` and `SEL § 107`.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from graph.danish import fold


def slug(text: str) -> str:
    """The slug of a name.

    >>> slug("Neurocenter Østerskoven"), slug("SEL § 107")
    ('neurocenter-oesterskoven', 'sel-107')
    """
    return fold(text).replace(" ", "-")


class Names:
    """Every id that the files define, and what else a reference must know of them."""

    def __init__(self) -> None:
        self.complete = True
        """False where a file could not be read: then a name that is not known may well be in there."""
        self._ids: dict[str, set[str]] = {}
        self.items: dict[str, list[str]] = {}
        """The items of each theme."""
        self.level_free: set[str] = set()
        """The themes, and their items, that carry no level."""
        self.towns: dict[str, tuple[float, float]] = {}
        """Latitude and longitude of each town, by slug."""

    def point(self, town: str) -> tuple[float, float] | None:
        return self.towns.get(slug(town))

    def knows_town(self, town: str) -> bool:
        return not self.complete or self.point(town) is not None

    def define(self, id: str) -> bool:
        """Take note of `id`. False where it is taken."""
        kind, _, rest = id.partition(":")
        known = self._ids.setdefault(kind, set())
        if rest in known:
            return False
        known.add(rest)
        return True

    def find(self, reference: str, *kinds: str) -> str:
        """The id that `reference` means among things of `kinds`. Raises ValueError, naming what may be meant."""
        kind, colon, rest = reference.partition(":")
        if colon:
            if kind in kinds and rest in self._ids.get(kind, ()):
                return reference
        else:
            key = slug(reference)
            found = [f"{kind}:{key}" for kind in kinds if key in self._ids.get(kind, ())]
            if len(found) == 1:
                return found[0]
            if found:
                raise ValueError(f"{reference!r} may mean {' or '.join(found)}: write the id")
        if not self.complete:
            return reference
        raise ValueError(f"{reference!r} is no {' or '.join(kinds)}{self._hint(reference, kinds)}")

    def _hint(self, reference: str, kinds: tuple[str, ...]) -> str:
        known: Mapping[str, str] = {rest: f"{kind}:{rest}" for kind in kinds for rest in self._ids.get(kind, ())}
        near = get_close_matches(slug(reference.partition(":")[2] or reference), list(known), n=1)
        return f": did you mean {known[near[0]]}?" if near else ""
