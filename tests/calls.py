"""Who calls commands in tests."""

from __future__ import annotations

from collections.abc import Iterable

from graph.actor import Actor, Role
from graph.commands import Call


def by(name: str, *roles: Role, of: Iterable[str] = (), key: str | None = None) -> Call:
    """A call of someone with these roles in these organisations; of an admin without any."""
    return Call(Actor.of(name, roles or [Role.ADMIN], of), key)


TESTS = by("tests")
"""A call of someone who may do everything."""
