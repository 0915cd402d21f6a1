"""Everyone who may come: tokens of every role, of nobody in particular, and none; and who may see what."""

from __future__ import annotations

from graph.actor import Actor, Role
from graph.clock import FixedClock
from service.identity import Identity
from service.identity.development import Development, make
from tests.contract.planted import TODAY

KEY = "a key of thirty-two characters or more"
CLOCK = FixedClock.on(TODAY)

OWN, OTHER = "institution:planted", "institution:brohuset"
TOKENS: dict[str, str | None] = {
    "anyone": None,
    **{
        name: make(KEY, CLOCK, name=name.replace(" ", "-"), roles=roles, organisations=scope, minutes=60)
        for name, roles, scope in (
            ("nobody in particular", [], []),
            ("caseworker", [Role.CASEWORKER], []),
            ("editor in scope", [Role.EDITOR], [OWN]),
            ("editor out of scope", [Role.EDITOR], [OTHER]),
            ("secretariat", [Role.SECRETARIAT], []),
            ("admin", [Role.ADMIN], []),
        )
    },
}
SEES_PROTECTED = {"caseworker", "admin"}
SEES_PERSONAL = {"secretariat", "admin"}


async def who(role: str) -> Actor:
    """Whoever comes with the token of a role."""
    token = TOKENS[role]
    return await Identity(Development(KEY, CLOCK), CLOCK).actor(token and f"Bearer {token}")
