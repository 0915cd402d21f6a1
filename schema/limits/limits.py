"""The numbers. Each is a setting of the service, under its name in capitals."""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Of the text of a document, the first; of one operation with its fragments spread, the others."""

    max_tokens: int = 2000
    max_depth: int = 16
    max_fields: int = 5000
    """An operation's fields. Asked of an interface or a union, a field counts for each type that it may be."""
    max_repeats: int = 200
    """Fields that stand where another with their name stands already. To check them takes their square."""
    max_aliases: int = 50
    max_directives: int = 50
    max_cost: int = 50_000
    """See `schema.limits.cost`."""


DEFAULT = Limits()
UNLIMITED = Limits(
    max_tokens=sys.maxsize,
    max_depth=sys.maxsize,
    max_fields=sys.maxsize,
    max_repeats=sys.maxsize,
    max_aliases=sys.maxsize,
    max_directives=sys.maxsize,
    max_cost=sys.maxsize,
)
