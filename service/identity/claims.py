"""What a token's claims say of its bearer: name, roles, organisations. Which claims, an operator decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.actor import ANYONE, SYSTEM, Actor, Role
from service.identity.identity import Unauthenticated

MAX_NAME = 200
RESERVED = frozenset({ANYONE.name, SYSTEM.name, "seeds"})
"""Names under which the ledger holds what the service does of itself."""


@dataclass(frozen=True, slots=True)
class ClaimMap:
    """Where the claims are, by name or dotted path such as `realm_access.roles`.

    `role_names` are the provider's names of roles; what it does not hold counts for nothing.
    """

    name: str
    roles: str
    organisations: str
    role_names: Mapping[str, Role]

    def actor(self, claims: Mapping[str, Any]) -> Actor:
        """Raises Unauthenticated where the token does not say who its bearer is."""
        name = found(claims, self.name)
        if not isinstance(name, str) or not name.strip() or len(name) > MAX_NAME or not name.isprintable():
            raise Unauthenticated("The token does not say in a usable way who its bearer is.")
        if name.casefold() in RESERVED:
            raise Unauthenticated("The token names its bearer as the service names itself.")
        roles = (self.role_names.get(role) for role in words(found(claims, self.roles)))
        return Actor.of(name, (role for role in roles if role), words(found(claims, self.organisations)))


def found(claims: Mapping[str, Any], path: str) -> object:
    """The claim of that name; else the value at that dotted path; else None.

    >>> found({"realm_access": {"roles": ["editor"]}}, "realm_access.roles")
    ['editor']
    """
    if path in claims:
        return claims[path]
    value: object = claims
    for name in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def words(value: object) -> list[str]:
    """A list of texts, or the words of one text, as `scope` has them. Anything else says nothing.

    >>> words("editor caseworker")
    ['editor', 'caseworker']
    """
    if isinstance(value, str):
        return value.split()
    if isinstance(value, list):
        return [word for word in value if isinstance(word, str)]
    return []
