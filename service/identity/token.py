"""One token: its form, its claims, its signature (RFC 7515, 7519, 8725, 9068).

Claims are looked at before the signature, so that a token from elsewhere never makes the service fetch a key; a token
is taken only where both are right. Whatever the header says of keys (`jku`, `jwk`, `x5u`, `x5c`) is not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from joserfc import jws
from joserfc.errors import ExpiredTokenError, JoseError, MissingClaimError
from joserfc.jwk import Key
from joserfc.jws import CompactSignature, JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from graph.clock import Clock
from service.identity.identity import MAX_TOKEN, Unauthenticated

ACCESS_TOKEN = frozenset({"at+jwt", "application/at+jwt"})
JWT = frozenset({"jwt", "application/jwt"})


class Registry(JWSRegistry):
    """joserfc's bounds, with room for a chain of certificates in the header. Headers it does not know are ignored."""

    max_header_length = 8192
    max_payload_length = MAX_TOKEN

    def __init__(self, algorithms: tuple[str, ...]) -> None:
        super().__init__(algorithms=algorithms, strict_check_header=False)


@dataclass(frozen=True, slots=True)
class Token:
    """A token that was read, and not yet verified."""

    signature: CompactSignature
    claims: dict[str, Any]

    @property
    def kid(self) -> str | None:
        kid = self.signature.headers().get("kid")
        return kid if isinstance(kid, str) else None

    @property
    def algorithm(self) -> str:
        return str(self.signature.headers()["alg"])


class TokenRules:
    """What a token must be. `leeway` is the seconds by which clocks may differ."""

    def __init__(
        self,
        clock: Clock,
        *,
        issuer: str,
        audience: str,
        algorithms: tuple[str, ...],
        leeway: int,
        require_at_jwt: bool,
    ) -> None:
        self.leeway = leeway
        self._registry = Registry(algorithms)
        self._types = ACCESS_TOKEN if require_at_jwt else ACCESS_TOKEN | JWT | {""}
        self._claims = JWTClaimsRegistry(
            now=lambda: int(clock.now().timestamp()),
            leeway=leeway,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
        )

    def read(self, text: str) -> Token:
        """The token, all but its signature checked. Raises Unauthenticated."""
        try:
            signature = jws.extract_compact(text.encode(), registry=self._registry)
            header = signature.headers()
            if not isinstance(header, dict) or "crit" in header:
                raise Unauthenticated("The token's header asks for what this service does not do.")
            self._registry.check_header(header)
            self._registry.get_alg(header["alg"])
            if str(header.get("typ", "")).lower() not in self._types:
                raise Unauthenticated("The token is no access token.")
            claims = orjson.loads(signature.payload)
            if not isinstance(claims, dict):
                raise Unauthenticated("The token holds no claims.")
            self._claims.validate(claims)
        except (JoseError, ValueError, TypeError, KeyError, RecursionError) as wrong:
            raise Unauthenticated(_reason(wrong)) from None
        return Token(signature, claims)

    def check(self, token: Token, key: Key) -> None:
        """Whether `key` signed the token. Raises Unauthenticated."""
        try:
            verified = jws.validate_compact(token.signature, key, registry=self._registry)
        except (JoseError, ValueError, TypeError):
            verified = False
        if not verified:
            raise Unauthenticated("The token's signature is not the issuer's.")

    def expires_at(self, token: Token) -> float:
        """The moment from which on `read` refuses the token."""
        return float(token.claims["exp"]) + self.leeway


_CLAIMS = {
    "iss": "The token is from another issuer.",
    "aud": "The token is for another audience.",
    "nbf": "The token is not yet valid.",
    "iat": "The token is not yet valid.",
}


def _reason(wrong: Exception) -> str:
    """In our words: the library's may quote the token."""
    if isinstance(wrong, ExpiredTokenError):
        return "The token has expired."
    if isinstance(wrong, MissingClaimError):
        return "The token lacks one of the claims iss, aud, exp."
    return _CLAIMS.get(getattr(wrong, "claim", ""), "The token cannot be read.")
