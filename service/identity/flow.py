"""Signing in at the OpenID provider: the authorization code flow (OpenID Connect Core 1.0, 3.1) with PKCE (RFC 7636).

The visitor is sent to the provider with three things that only this service and the visitor's browser know: `state`,
which must come back; `nonce`, which must stand in the ID token; and the proof of `verifier`, without which the code
is worth nothing. What comes back is verified whole before anybody is taken for signed in.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import httpx
import structlog
from authlib.common.security import generate_token
from authlib.common.urls import add_params_to_uri
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc.errors import JoseError

from graph.clock import Clock
from graph.errors import Unavailable
from service.identity.identity import Unauthenticated
from service.identity.keys import FAILED, LIFETIME, TIMEOUT, Keys, UnknownKey, body, discovered, endpoint, json_object
from service.identity.token import ACCESS_TOKEN, TokenRules
from service.settings import Settings

EXCHANGE = 4.0
"""Seconds for the code to be made tokens."""

log = structlog.get_logger("identity")


class Failure(Enum):
    SILENT = "silent"
    """The provider does not answer."""
    REFUSED = "refused"
    """The provider does not take the code."""
    WRONG = "wrong"
    """What the provider gave cannot be taken."""


class NotSignedIn(Exception):
    """The visitor is not signed in. What the provider said is not quoted."""

    def __init__(self, failure: Failure, reason: str) -> None:
        super().__init__(reason)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Secrets:
    """What one sign-in is known by."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> Secrets:
        return cls(generate_token(32), generate_token(32), generate_token(64))


@dataclass(frozen=True, slots=True)
class Given:
    """What the provider gave: the access token, and the claims of the ID token."""

    access_token: str
    claims: Mapping[str, Any]


class Flow:
    """Signs visitors in as the client `OIDC_CLIENT_ID`; the provider sends them back to `back`."""

    def __init__(self, settings: Settings, clock: Clock, back: str, monotonic: Callable[[], float] = time.monotonic):
        self._issuer = settings.oidc_issuer
        self._client_id, self._secret = settings.oidc_client_id, settings.oidc_client_secret
        self._scope = " ".join(settings.oidc_scopes)
        self._back, self._clock, self._now = back, clock, monotonic
        self._keys = Keys(settings.oidc_issuer, settings.oidc_jwks_uri)
        self._rules = TokenRules(
            clock,
            issuer=settings.oidc_issuer,
            audience=settings.oidc_client_id,
            algorithms=settings.oidc_algorithms,
            leeway=settings.oidc_leeway,
            require_at_jwt=False,
        )
        self._document: dict[str, Any] = {}
        self._looked_at = float("-inf")
        self._looking = asyncio.Lock()

    async def begin(self, secrets: Secrets) -> str:
        """Where to send the visitor. Raises NotSignedIn."""
        uri = prepare_grant_uri(
            await self._endpoint("authorization_endpoint"),
            self._client_id,
            "code",
            self._back,
            self._scope,
            secrets.state,
            nonce=secrets.nonce,
            code_challenge=create_s256_code_challenge(secrets.verifier),
            code_challenge_method="S256",
        )
        return str(uri)

    async def finish(self, secrets: Secrets, code: str, issuer: str | None = None) -> Given:
        """What the provider gives for the code. `issuer` is who sent the visitor back, where it said so (RFC 9207).

        Raises NotSignedIn.
        """
        document = await self._discovery()
        says = document.get("authorization_response_iss_parameter_supported") is True
        if issuer != self._issuer and (says or issuer is not None):
            raise NotSignedIn(Failure.WRONG, "another issuer sent the visitor back")
        found = await self._exchange(secrets, code)
        token, id_token = found.get("access_token"), found.get("id_token")
        if not isinstance(token, str) or not isinstance(id_token, str):
            raise NotSignedIn(Failure.WRONG, "the provider gave no access token, or no ID token")
        return Given(token, await self._verified(id_token, token, secrets.nonce))

    async def farewell(self, home: str) -> str | None:
        """Where the visitor signs out at the provider too (RP-Initiated Logout 1.0); None where that is not offered."""
        try:
            uri = endpoint(await self._discovery(), "end_session_endpoint")
        except (NotSignedIn, ValueError):
            return None
        given = [("client_id", self._client_id), ("post_logout_redirect_uri", home)]
        return str(add_params_to_uri(uri, given))

    async def _exchange(self, secrets: Secrets, code: str) -> dict[str, Any]:
        uri = await self._endpoint("token_endpoint")
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self._back}
        content = str(httpx.QueryParams({**form, "code_verifier": secrets.verifier}))
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        uri, headers, content = ClientAuth(self._client_id, self._secret, await self._method()).prepare(
            "POST", uri, kind, content
        )
        try:
            async with asyncio.timeout(EXCHANGE), httpx.AsyncClient(follow_redirects=False, timeout=EXCHANGE) as client:
                return json_object(await body(client, "POST", uri, headers=dict(headers), content=content))
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError):
            raise NotSignedIn(Failure.SILENT, "the provider does not answer for the code") from None
        except ValueError:
            raise NotSignedIn(Failure.REFUSED, "the provider does not take the code") from None

    async def _method(self) -> str:
        """How the client says who it is: by its secret where it has one, in the way that the provider knows."""
        if not self._secret:
            return "none"
        known = (await self._discovery()).get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return "client_secret_basic" if "client_secret_basic" in known else "client_secret_post"

    async def _verified(self, id_token: str, access_token: str, nonce: str) -> Mapping[str, Any]:
        try:
            token = self._rules.read(id_token)
            header = token.signature.headers()
            if str(header.get("typ", "")).lower() in ACCESS_TOKEN:
                raise Unauthenticated("The token is no ID token.")
            self._rules.check(token, await self._keys.key(token.kid))
            given = {"nonce": nonce, "client_id": self._client_id, "access_token": access_token}
            now = int(self._clock.now().timestamp())
            CodeIDToken(token.claims, header, params=given).validate(now, self._rules.leeway)
        except Unavailable:
            raise NotSignedIn(Failure.SILENT, "the provider's keys cannot be fetched") from None
        except (Unauthenticated, UnknownKey, JoseError, ValueError, TypeError) as wrong:
            said = str(wrong) if isinstance(wrong, Unauthenticated) else type(wrong).__name__
            raise NotSignedIn(Failure.WRONG, f"the ID token is not taken: {said}") from None
        return token.claims

    async def _endpoint(self, name: str) -> str:
        try:
            return endpoint(await self._discovery(), name)
        except ValueError:
            raise NotSignedIn(Failure.WRONG, f"the discovery document has no {name} that can be used") from None

    async def _discovery(self) -> dict[str, Any]:
        """The provider's discovery document, at most five minutes old; what was known goes on while it is silent."""
        async with self._looking:
            if self._now() - self._looked_at >= (LIFETIME if self._document else FAILED):
                self._looked_at = self._now()
                try:
                    async with asyncio.timeout(TIMEOUT), httpx.AsyncClient(follow_redirects=False) as client:
                        self._document = await discovered(client, self._issuer)
                except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError, ValueError) as failure:
                    log.warning("the provider's discovery document cannot be read", reason=type(failure).__name__)
        if not self._document:
            raise NotSignedIn(Failure.SILENT, "the provider does not answer")
        return self._document
