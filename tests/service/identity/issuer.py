"""An issuer made by hand, for tokens and key sets that no real provider would give."""

from __future__ import annotations

import hmac
import json
import time
from base64 import urlsafe_b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl

from joserfc import jwt
from joserfc.jwk import ECKey, Key, RSAKey

from graph.clock import SystemClock
from service.identity import Identity
from service.settings import Settings

AUDIENCE = "tilbudsvifte"
RSA = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})
EC = ECKey.generate_key("P-256", {"kid": "ec", "use": "sig"})


class Issuer:
    """Serves a discovery document and `keys` on loopback, and counts how often it is asked for each path."""

    def __init__(self, *keys: Key) -> None:
        self.keys: list[Any] = [key.as_dict(private=False) for key in keys or (RSA, EC)]
        self.asked: dict[str, int] = {}
        self.delay = 0.0
        self.status = 200
        self.discovery: dict[str, Any] = {}
        self.raw: bytes | None = None
        self.gives: Any = {}
        """What it answers to a code."""
        self.given: list[dict[str, str]] = []
        """The forms that came with codes."""
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.asked[self.path] = issuer.asked.get(self.path, 0) + 1
                time.sleep(issuer.delay)
                body = issuer.body(self.path)
                self.send_response(issuer.status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                form = self.rfile.read(int(self.headers["Content-Length"])).decode()
                sent = {"authorization": self.headers.get("Authorization", "")}
                issuer.given.append({**dict(parse_qsl(form)), **sent})
                self.do_GET()

            def log_message(self, format: str, *arguments: Any) -> None:
                """Nothing is said on stderr."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Issuer:
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def body(self, path: str) -> bytes:
        if path == "/.well-known/openid-configuration":
            ends = {name: f"{self.url}/{name}" for name in ("authorization_endpoint", "token_endpoint")}
            known = {"issuer": self.url, "jwks_uri": f"{self.url}/jwks", **ends, **self.discovery}
            return json.dumps({name: value for name, value in known.items() if value is not None}).encode()
        if path == "/token_endpoint":
            return json.dumps(self.gives).encode()
        return self.raw if self.raw is not None else json.dumps({"keys": self.keys}).encode()

    def settings(self, **given: Any) -> Settings:
        return Settings(**{"oidc_issuer": self.url, "oidc_audience": AUDIENCE, **given})

    def identity(self, **given: Any) -> Identity:
        return Identity.of(self.settings(**given), SystemClock())

    def claims(self, **changed: Any) -> dict[str, Any]:
        """Those of a token that is taken; a change to None leaves the claim out."""
        now = int(time.time())
        claims = {"iss": self.url, "aud": AUDIENCE, "sub": "anna", "iat": now, "exp": now + 60, "roles": ["editor"]}
        return {name: value for name, value in {**claims, **changed}.items() if value is not None}

    def token(self, key: Key = RSA, header: dict[str, Any] | None = None, **changed: Any) -> str:
        given = {"alg": "ES256" if isinstance(key, ECKey) else "RS256", "kid": key.kid, **(header or {})}
        known = {name: value for name, value in given.items() if value is not None}
        return jwt.encode(known, self.claims(**changed), key, registry=_anything(), default_type="at+jwt")


def _anything() -> Any:
    """What signs whatever it is told to."""
    from joserfc.jws import JWSRegistry

    names = ["RS256", "RS384", "PS256", "ES256", "HS256", "HS512", "none"]
    registry = JWSRegistry(algorithms=names, strict_check_header=False)
    registry.max_header_length = registry.max_payload_length = 1_000_000
    return registry


def raw(header: Any, claims: Any, signature: bytes = b"") -> str:
    """Any three parts as a token."""
    return ".".join(_part(part) for part in (header, claims, signature))


def _part(part: Any) -> str:
    content = part if isinstance(part, bytes) else json.dumps(part).encode()
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def confused(issuer: Issuer) -> str:
    """A token signed by HMAC with the public key, which everyone knows: taken by who lets the token say the method."""
    signed = raw({"alg": "HS256", "kid": "rsa", "typ": "at+jwt"}, issuer.claims()).rpartition(".")[0]
    mac = hmac.digest(RSA.as_pem(private=False), signed.encode(), "sha256")
    return f"{signed}.{_part(mac)}"
