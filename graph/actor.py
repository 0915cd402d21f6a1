"""Who asks or writes, what they may do, and what they may see.

| role | may |
|---|---|
| (none) | read the public directory |
| `caseworker` | also see protected addresses |
| `editor` | write the offers of the organisations in their scope; record what an authority in it decides on any |
| `secretariat` | write governance, agreements and classification; see what is kept of persons |
| `admin` | all |
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    CASEWORKER = "caseworker"
    EDITOR = "editor"
    SECRETARIAT = "secretariat"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class View:
    """What an answer may show; a plan is made for one. Where it may not, a field is null."""

    protected: bool = False
    """The address and point of protected places."""
    personal: bool = False
    """What public bodies do not publish of a representative: the person's gender."""


@dataclass(frozen=True, slots=True)
class Actor:
    """`name` is what the ledger holds, such as a token's subject. `organisations` are the ids that an editor's role
    extends to."""

    name: str
    roles: frozenset[Role] = frozenset()
    organisations: frozenset[str] = frozenset()
    view: View = field(init=False, repr=False, compare=False)
    """What the roles may see."""

    def __post_init__(self) -> None:
        view = View(protected=self.is_any(Role.CASEWORKER), personal=self.is_any(Role.SECRETARIAT))
        object.__setattr__(self, "view", view)

    @classmethod
    def of(cls, name: str, roles: Iterable[Role], organisations: Iterable[str] = ()) -> Actor:
        return cls(name, frozenset(roles), frozenset(organisations))

    def is_any(self, *roles: Role) -> bool:
        """Whether the actor has one of these roles. An admin has all."""
        return Role.ADMIN in self.roles or not self.roles.isdisjoint(roles)


ANYONE = Actor("anyone")
"""Whoever has not said who they are."""
SYSTEM = Actor("system", frozenset({Role.ADMIN}))
"""The service itself, such as when it loads content."""
PUBLIC = ANYONE.view
