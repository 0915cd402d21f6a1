"""The issuer's public keys (RFC 7517), found by discovery, kept for a while, fetched anew when one is not known.

Asking is bounded: one fetch at a time, however many wait for it; an unknown key makes the service ask again at most
once in `PAUSE` seconds; keys that were fetched once go on working while the issuer is silent, for `KEPT` at most.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import orjson
import structlog
from joserfc.jwk import JWKRegistry, Key, RSAKey

from graph.errors import Unavailable

LIFETIME = 300.0
"""Seconds after which keys are fetched anew."""
KEPT = 86_400.0
"""Seconds for which keys work at most while the issuer does not answer."""
PAUSE = 30.0
"""Seconds between fetches for the sake of an unknown key, and after one that failed while there are keys."""
FAILED = 3.0
"""Seconds after a failed fetch in which there is no other, while there are no keys."""
TIMEOUT = 2.0
"""Seconds for the whole of a fetch."""
MAX_BYTES = 262_144
MAX_KEYS = 100
MIN_RSA = 2048
ASYMMETRIC = ("RSA", "EC", "OKP")

_PLAIN = {"Accept": "application/json", "Accept-Encoding": "identity"}  # so that what is read is as large as it looks

log = structlog.get_logger("identity")

Monotonic = Callable[[], float]


class UnknownKey(Exception):
    """The issuer has no such key."""


class Keys:
    """The keys of `issuer`, from `jwks_uri` or, where that is empty, from where its discovery document says."""

    def __init__(self, issuer: str, jwks_uri: str = "", monotonic: Monotonic = time.monotonic) -> None:
        self._issuer = issuer
        self._jwks_uri = jwks_uri
        self._now = monotonic
        self._keys: dict[str, Key] = {}
        self._fingerprint = b""
        self._fetched_at: float | None = None
        self._tried_at = self._asked_at = float("-inf")
        self._fetching: asyncio.Task[None] | None = None
        self.version = 0
        """Moves whenever the keys are others than before."""

    async def freshen(self) -> None:
        """Fetches keys that are too old. Raises Unavailable where there are none to go on with."""
        now = self._now()
        if self._fetched_at is not None and now - self._fetched_at < LIFETIME:
            return
        pause = FAILED if self._fetched_at is None else PAUSE
        if self._fetching is not None or now - self._tried_at >= pause:
            await self._fetch()
        if self._fetched_at is None or self._now() - self._fetched_at >= KEPT:
            raise Unavailable("The issuer of the tokens does not answer: nobody can be recognised now.")

    async def key(self, kid: str | None) -> Key:
        """The key of that id; without one, the only key there is. Raises UnknownKey, and Unavailable as `freshen`."""
        await self.freshen()
        found = self._find(kid)
        if found is None and self._now() - self._asked_at >= PAUSE:
            self._asked_at = self._now()
            await self._fetch()
            found = self._find(kid)
        if found is None:
            raise UnknownKey
        return found

    def _find(self, kid: str | None) -> Key | None:
        if kid is not None:
            return self._keys.get(kid)
        return next(iter(self._keys.values())) if len(self._keys) == 1 else None

    async def _fetch(self) -> None:
        """Joins the fetch that is under way, or begins one; who stops waiting does not stop it."""
        if self._fetching is None:
            self._fetching = asyncio.create_task(self._fetched(), name="keys")
        await asyncio.shield(self._fetching)

    async def _fetched(self) -> None:
        self._tried_at = self._now()
        try:
            async with asyncio.timeout(TIMEOUT), httpx.AsyncClient(follow_redirects=False) as client:
                uri = self._jwks_uri or await self._discover(client)
                content, keys = await _key_set(client, uri)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError, ValueError) as failure:
            log.warning("the keys of the issuer cannot be fetched", reason=type(failure).__name__)
        else:
            self._take(content, keys)
        finally:
            self._fetching = None

    def _take(self, content: bytes, keys: dict[str, Key]) -> None:
        self._fetched_at = self._now()
        if content != self._fingerprint:
            self._fingerprint = content
            self._keys = keys
            self.version += 1
            log.info("the keys of the issuer are others than before", keys=len(keys))

    async def _discover(self, client: httpx.AsyncClient) -> str:
        """The address of the keys, as the issuer itself names it."""
        return endpoint(await discovered(client, self._issuer), "jwks_uri")


async def discovered(client: httpx.AsyncClient, issuer: str) -> dict[str, Any]:
    """The discovery document (OpenID Connect Discovery 1.0, section 4). Raises httpx.HTTPError, ValueError."""
    found = json_object(await _get(client, f"{issuer.rstrip('/')}/.well-known/openid-configuration"))
    if found.get("issuer") != issuer:
        raise ValueError("not the discovery document of the issuer")
    return found


def endpoint(document: Mapping[str, Any], name: str) -> str:
    """An address that the document names. Raises ValueError where it is not there, or less safe than the issuer's."""
    uri = document.get(name)
    if not isinstance(uri, str):
        raise ValueError(f"no {name}")
    if document["issuer"].startswith("https://") and not uri.startswith("https://"):
        raise ValueError(f"{name} must be as safe as the issuer's name")
    return uri


async def _key_set(client: httpx.AsyncClient, uri: str) -> tuple[bytes, dict[str, Key]]:
    """What was read, and the keys in it that may verify a signature, by id."""
    content = await _get(client, uri)
    listed = json_object(content).get("keys")
    if not isinstance(listed, list):
        raise ValueError("no key set")
    keys: dict[str, Key] = {}
    for n, entry in enumerate(listed[:MAX_KEYS]):
        key = _public(entry)
        if key is not None:
            keys[key.kid or f"#{n}"] = key
    if not keys:
        raise ValueError("no key that verifies a signature")
    return content, keys


def _public(entry: object) -> Key | None:
    """The key, where it is a public one for signatures that is strong enough. A key of another kind is passed over."""
    if not isinstance(entry, Mapping) or entry.get("kty") not in ASYMMETRIC or entry.get("use", "sig") != "sig":
        return None
    try:
        key = JWKRegistry.import_key(dict(entry))
        if key.is_private or (isinstance(key, RSAKey) and key.raw_value.key_size < MIN_RSA):
            return None
    except Exception:  # whatever a library says of what is no key: the others still count
        return None
    return key


async def _get(client: httpx.AsyncClient, uri: str) -> bytes:
    return await body(client, "GET", uri)


async def body(client: httpx.AsyncClient, method: str, uri: str, **given: Any) -> bytes:
    """The body of a 200. Raises httpx.HTTPError, ValueError where it is something else, or too large."""
    content = bytearray()
    async with client.stream(method, uri, headers={**_PLAIN, **given.pop("headers", {})}, **given) as answer:
        if answer.status_code != 200:
            raise ValueError("no 200")
        async for chunk in answer.aiter_raw():
            content += chunk
            if len(content) > MAX_BYTES:
                raise ValueError("too large")
    return bytes(content)


def json_object(content: bytes) -> dict[str, Any]:
    found = orjson.loads(content)
    if not isinstance(found, dict):
        raise ValueError("no JSON object")
    return found
