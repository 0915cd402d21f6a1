"""Tokens for development, made and taken by whoever has the development key. Never a way in beside a provider."""

from __future__ import annotations

from collections.abc import Sequence

from joserfc import jwt
from joserfc.jwk import OctKey

from graph.actor import Role
from graph.clock import Clock
from service.identity.claims import ClaimMap
from service.identity.identity import Signed
from service.identity.token import TokenRules

ISSUER = "tilbudsvifte-development"
AUDIENCE = "tilbudsvifte"
ALGORITHM = "HS256"

_CLAIMS = ClaimMap("sub", "roles", "organisations", {role.value: role for role in Role})


class Development:
    """Takes the tokens that `make` made with the same key, and no other."""

    version = 0

    def __init__(self, key: str, clock: Clock) -> None:
        self._key = OctKey.import_key(key)
        self._rules = TokenRules(
            clock, issuer=ISSUER, audience=AUDIENCE, algorithms=(ALGORITHM,), leeway=0, require_at_jwt=True
        )

    async def freshen(self) -> None:
        """The key never changes."""

    async def verify(self, token: str) -> Signed:
        read = self._rules.read(token)
        self._rules.check(read, self._key)
        return Signed(_CLAIMS.actor(read.claims), self._rules.expires_at(read))


def make(
    key: str, clock: Clock, *, name: str, roles: Sequence[Role], organisations: Sequence[str], minutes: int
) -> str:
    """A token that says who `name` is, for `minutes` from now. Raises Unauthenticated where no such token is taken."""
    now = int(clock.now().timestamp())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": name,
        "roles": [role.value for role in roles],
        "organisations": list(organisations),
        "iat": now,
        "exp": now + minutes * 60,
    }
    _CLAIMS.actor(claims)
    return jwt.encode({"alg": ALGORITHM}, claims, OctKey.import_key(key), default_type="at+jwt")
