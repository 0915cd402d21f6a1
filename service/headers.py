"""Headers that tell browsers what an answer may be used for, on every answer; and who else's pages may ask.

Strict-Transport-Security is left to the proxy that speaks TLS: only it knows that the whole host does.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

EXPOSED = ("ETag", "Tilbudsvifte-Position", "WWW-Authenticate", "X-Request-ID")
"""Headers of an answer that pages of other origins may read."""
SENT = ("Authorization", "Content-Type", "If-None-Match", "Tilbudsvifte-Position")
"""Headers of a request that they may write."""

_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)


class SecurityHeaders:
    """Adds the headers, but none that an answer brings along: a page has a policy of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message.get("headers", ())
                named = {name.lower() for name, _ in own}
                message["headers"] = [*own, *(header for header in _HEADERS if header[0] not in named)]
            await send(message)

        await self.app(scope, receive, send_with_headers)


class OtherOrigins(CORSMiddleware):
    """Lets pages of `origins` ask; of all where that is `*`. Never with cookies: who asks is said in a header."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=("GET", "POST"),
            allow_headers=SENT,
            allow_credentials=False,
            expose_headers=EXPOSED,
        )
