"""The Authorization header of a request, made an actor (RFC 6750)."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

import structlog

from graph.actor import ANYONE, Actor
from graph.clock import Clock, SystemClock
from service.settings import Settings

MAX_TOKEN = 16_384
"""Characters that a token may hold."""
MAX_KEPT = 4096
"""Verified tokens that are remembered, by their digest."""

log = structlog.get_logger("identity")

_BEARER = re.compile(r"bearer +([A-Za-z0-9_.-]+)", re.IGNORECASE)


class Unauthenticated(Exception):
    """The bearer is not known: 401. The message and the `challenge` may be shown; neither quotes the token.

    `error` is one of RFC 6750's, or None where the header holds no bearer token at all.
    """

    def __init__(self, message: str, error: str | None = "invalid_token") -> None:
        super().__init__(message)
        self.error = error

    @property
    def challenge(self) -> str:
        """The value of `WWW-Authenticate`."""
        if self.error is None:
            return 'Bearer realm="tilbudsvifte"'
        return f'Bearer realm="tilbudsvifte", error="{self.error}", error_description="{self}"'


@dataclass(frozen=True, slots=True)
class Signed:
    """An actor, and until when the token says so: seconds since 1970, None for who shows no token."""

    actor: Actor
    expires_at: float | None = None


class Verifier(Protocol):
    """Takes one kind of token. `version` moves when what it has verified before must be verified anew."""

    @property
    def version(self) -> int: ...

    async def freshen(self) -> None:
        """Sees to it that `version` is not out of date."""
        ...

    async def verify(self, token: str) -> Signed:
        """Raises Unauthenticated, or Unavailable where that cannot be told now."""
        ...


class Identity:
    """Knows who asks. Without a `verifier` no token is taken."""

    def __init__(self, verifier: Verifier | None = None, clock: Clock | None = None) -> None:
        self._verifier = verifier
        self._clock = clock or SystemClock()
        self._kept: OrderedDict[bytes, Signed] = OrderedDict()
        self._version = 0

    @classmethod
    def of(cls, settings: Settings, clock: Clock) -> Identity:
        """As the settings say. What verifies is imported only where something is to be verified."""
        if settings.oidc_issuer:
            from service.identity.provider import Provider

            return cls(Provider.of(settings, clock), clock)
        if settings.development_key:
            from service.identity.development import Development

            log.warning("DEVELOPMENT_KEY is set: whoever has it may do everything. Never set it where data is real.")
            return cls(Development(settings.development_key, clock), clock)
        return cls()

    async def actor(self, authorization: str | None) -> Actor:
        """Whoever a request with this header comes from; see `signed`."""
        return (await self.signed(authorization)).actor

    async def signed(self, authorization: str | None) -> Signed:
        """Whoever a request with this header comes from, and for how long.

        No header is anyone; a header that is not understood is nobody. Raises Unauthenticated, and Unavailable where
        the keys to tell by cannot be had.
        """
        if authorization is None:
            return _ANYONE
        bearer = _BEARER.fullmatch(authorization.strip(" "))
        if bearer is None:
            if authorization[:7].lower() == "bearer ":
                raise Unauthenticated("What follows Bearer is no token.")
            raise Unauthenticated("The Authorization header must be: Bearer, a space, the token.", None)
        if len(bearer[1]) > MAX_TOKEN:
            raise Unauthenticated(f"The token holds more than {MAX_TOKEN} characters.")
        if self._verifier is None:
            raise Unauthenticated("This service takes no tokens: ask without an Authorization header.")
        return await self._known(self._verifier, bearer[1])

    async def _known(self, verifier: Verifier, token: str) -> Signed:
        """What was found out before, by the token's digest: the token itself is not kept."""
        digest = sha256(token.encode()).digest()
        if digest in self._kept:
            await verifier.freshen()
        if verifier.version != self._version:
            self._kept.clear()
        kept = self._kept.get(digest)
        if kept is not None and kept.expires_at is not None and kept.expires_at > self._clock.now().timestamp():
            self._kept.move_to_end(digest)
            return kept
        signed = await verifier.verify(token)
        if verifier.version != self._version:
            self._kept.clear()
            self._version = verifier.version
        self._kept[digest] = signed
        if len(self._kept) > MAX_KEPT:
            self._kept.popitem(last=False)
        return signed


_ANYONE = Signed(ANYONE)
