"""Cookies whose value this service has signed: what a browser keeps for it, and nobody can make or change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from itsdangerous import BadData, URLSafeSerializer
from starlette.requests import Request

from graph.clock import Clock
from service.settings import Settings

LONGEST = 3800
"""Characters of a value. Browsers drop a cookie of more than 4,096, with its name, without a word."""


class TooLong(Exception):
    """The value does not go into a cookie."""


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie for an answer to set; one of 0 seconds is forgotten."""

    name: str
    value: str
    seconds: int
    secure: bool

    @property
    def header(self) -> dict[str, Any]:
        """The arguments of `Response.set_cookie`."""
        kept = {"key": self.name, "value": self.value, "max_age": self.seconds, "path": "/"}
        return {**kept, "secure": self.secure, "httponly": True, "samesite": "lax"}


@dataclass(frozen=True)
class Cookies:
    """The cookies of this service. Each is for one purpose: none is taken for another, nor after its time."""

    key: str = field(repr=False)
    secure: bool
    clock: Clock

    @classmethod
    def of(cls, settings: Settings, clock: Clock) -> Cookies:
        """Without a key of the operator's, with one that nobody knows and that is forgotten at the end."""
        key = settings.session_key or settings.development_key or token_urlsafe(32)
        return cls(key, settings.public_url.startswith("https:"), clock)

    def name(self, purpose: str) -> str:
        """`__Host-` binds a cookie to this very host, and to TLS."""
        return f"__Host-{purpose}" if self.secure else purpose

    def made(self, purpose: str, value: Mapping[str, Any], until: float) -> Cookie:
        """A cookie that is taken before `until`, in seconds since 1970. Raises TooLong."""
        text = self._signer(purpose).dumps([until, dict(value)])
        assert isinstance(text, str)
        if len(text) > LONGEST:
            raise TooLong
        return Cookie(self.name(purpose), text, max(0, int(until - self._now)), self.secure)

    def read(self, purpose: str, request: Request) -> dict[str, Any] | None:
        """What the cookie of a request holds; None where it brings none that this service made, and still takes."""
        text = request.cookies.get(self.name(purpose), "")
        if not text or len(text) > LONGEST:
            return None
        try:
            until, value = self._signer(purpose).loads(text)
        except BadData:
            return None
        return value if until > self._now else None

    def gone(self, purpose: str) -> Cookie:
        return Cookie(self.name(purpose), "", 0, self.secure)

    def mark(self, purpose: str, text: str) -> str:
        """What only this service can make of `text`, the same every time."""
        return self._signer(purpose).dumps(text).rpartition(".")[2]

    def _signer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self.key, purpose, signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"})

    @property
    def _now(self) -> float:
        return self.clock.now().timestamp()
