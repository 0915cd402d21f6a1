"""A real OpenID provider, as a process of its own: Authlib's authorization server with RFC 9068 access tokens.

It publishes its discovery document and keys, and gives tokens by the code flow with PKCE and by client credentials.
Whoever comes to it with a browser is taken for Anna, asked nothing, and sent back. With the scope `editing` she is an
editor.
`python provider.py PORT` serves; what it gives is in the claims below. Its keys are new with every start.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

ROLES = ["Sagsbehandler", "offline_access"]
EDITOR = "Redaktør"
ORGANISATIONS = ["municipality:aalborg"]
SECRET = "a secret that pages keep"
AUDIENCE = "tilbudsvifte"


class Provider:
    """The process, from entering the context to leaving it. `restart` gives it new keys."""

    def __init__(self, port: int | None = None) -> None:
        self.port = port or free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Provider:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        environment = {**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"}  # http, on this machine
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", __file__, str(self.port)],
            env=environment,
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                httpx.get(f"{self.issuer}/jwks", timeout=2).raise_for_status()
                return
            except httpx.HTTPError:
                assert self._process.poll() is None, "the provider ended"
                time.sleep(0.05)
        raise AssertionError("the provider does not answer")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def restart(self) -> None:
        self.stop()
        self.start()

    def machine_token(self) -> str:
        """A token by client credentials (RFC 6749, 4.4)."""
        given = {"grant_type": "client_credentials", "scope": "directory"}
        answer = httpx.post(f"{self.issuer}/token", data=given, auth=("machine", "secret"), timeout=10)
        return str(answer.raise_for_status().json()["access_token"])

    def person_token(self) -> Mapping[str, Any]:
        """What the code flow with PKCE (RFC 7636) gives for a person who has logged in: access and id token."""
        verifier = "v" * 64
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        back = "http://127.0.0.1/back"
        page = {"client_id": "page", "redirect_uri": back}
        asked = {**page, "response_type": "code", "scope": "openid directory", "state": "s"}
        proven = {"code_challenge": challenge, "code_challenge_method": "S256"}
        sent_back = httpx.post(f"{self.issuer}/authorize", params={**asked, **proven}, timeout=10).headers["location"]
        [code] = parse_qs(urlsplit(sent_back).query)["code"]
        given = {**page, "grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        found: Mapping[str, Any] = httpx.post(f"{self.issuer}/token", data=given, timeout=10).raise_for_status().json()
        return found


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def serve(port: int) -> None:
    """The provider itself, until it is killed."""
    from authlib.integrations.flask_oauth2 import AuthorizationServer
    from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, grants
    from authlib.oauth2.rfc7636 import CodeChallenge
    from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator
    from authlib.oidc.core import OpenIDCode
    from flask import Flask, jsonify, redirect, request
    from joserfc.jwk import KeySet, RSAKey

    issuer = f"http://127.0.0.1:{port}"
    keys = KeySet([RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)])
    codes: dict[str, Code] = {}

    class Client(ClientMixin):  # type: ignore[misc]
        def __init__(self, id: str, secret: str | None) -> None:
            self.client_id, self.secret = id, secret

        def get_client_id(self) -> str:
            return self.client_id

        def get_allowed_scope(self, scope: str) -> str:
            return scope

        def check_redirect_uri(self, uri: str) -> bool:
            there = urlsplit(uri)
            return there.hostname == "127.0.0.1" and there.path in ("/back", "/log-ind/tilbage")

        def check_client_secret(self, secret: str) -> bool:
            return secret == self.secret

        def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
            return method == ("client_secret_basic" if self.secret else "none")

        def check_response_type(self, type: str) -> bool:
            return type == "code"

        def check_grant_type(self, type: str) -> bool:
            return type == ("client_credentials" if self.client_id == "machine" else "authorization_code")

    class Code(AuthorizationCodeMixin):  # type: ignore[misc]
        def __init__(self, asked: Any) -> None:
            self.redirect_uri, self.scope = asked.payload.redirect_uri, asked.payload.scope
            self.code_challenge = asked.payload.data.get("code_challenge")
            self.nonce = asked.payload.data.get("nonce")
            self.code_challenge_method = asked.payload.data.get("code_challenge_method")

        def get_redirect_uri(self) -> str:
            return str(self.redirect_uri)

        def get_scope(self) -> str:
            return str(self.scope)

        def get_nonce(self) -> str | None:
            return self.nonce

        def get_acr(self) -> None:
            return None

        def get_auth_time(self) -> int:
            return int(time.time())

        get_amr = get_acr

    class Person:
        def get_user_id(self) -> str:
            return "anna@example.dk"

    class ByCode(grants.AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ["none", "client_secret_basic"]

        def save_authorization_code(self, code: str, asked: Any) -> None:
            codes[code] = Code(asked)

        def query_authorization_code(self, code: str, client: Client) -> Code | None:
            return codes.get(code)

        def delete_authorization_code(self, code: Code) -> None:
            codes.pop(next(text for text, known in codes.items() if known is code))

        def authenticate_user(self, code: Code) -> Person:
            return Person()

    class ByCredentials(grants.ClientCredentialsGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]

    class IdToken(OpenIDCode):  # type: ignore[misc]
        def exists_nonce(self, nonce: str, asked: Any) -> bool:
            return False

        def get_jwt_config(self, grant: Any, client: Any = None) -> dict[str, Any]:
            return {"key": keys.keys[0], "alg": "RS256", "iss": issuer, "exp": 300}

        def generate_user_info(self, user: Person, scope: str) -> dict[str, Any]:
            from authlib.oidc.core import UserInfo

            return UserInfo(sub=user.get_user_id(), name="Anna Jensen")  # type: ignore[no-any-return]

    class AccessToken(JWTBearerTokenGenerator):  # type: ignore[misc]
        def get_jwks(self) -> dict[str, Any]:
            return keys.as_dict(private=True)  # type: ignore[return-value]

        def get_audiences(self, client: Client, user: Any, scope: str) -> list[str]:
            return [AUDIENCE, "another-service"]

        def get_extra_claims(self, client: Client, grant_type: str, user: Any, scope: str) -> dict[str, Any]:
            roles = [*ROLES, EDITOR] if "editing" in scope.split() else ROLES
            return {"realm_access": {"roles": roles}, "organisations": ORGANISATIONS}

    class Challenge(CodeChallenge):  # type: ignore[misc]
        SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    app = Flask(__name__)
    clients = {
        "page": Client("page", None),
        "kept": Client("kept", SECRET),
        "machine": Client("machine", "secret"),
    }
    server = AuthorizationServer(app, query_client=clients.get, save_token=lambda token, asked: None)
    server.register_token_generator("default", AccessToken(issuer))
    server.register_grant(ByCode, [Challenge(required=True), IdToken(require_nonce=False)])
    server.register_grant(ByCredentials)

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Any:
        return jsonify(
            issuer=issuer,
            jwks_uri=f"{issuer}/jwks",
            authorization_endpoint=f"{issuer}/authorize",
            token_endpoint=f"{issuer}/token",
            end_session_endpoint=f"{issuer}/logout",
            response_types_supported=["code"],
        )

    @app.get("/jwks")
    def jwks() -> Any:
        return jsonify(keys.as_dict(private=False))

    @app.get("/logout")
    def logout() -> Any:
        return redirect(request.args["post_logout_redirect_uri"])

    @app.route("/authorize", methods=["GET", "POST"])
    def authorize() -> Any:
        return server.create_authorization_response(
            grant_user=Person(), grant=server.get_consent_grant(end_user=Person())
        )

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response(request)

    app.run("127.0.0.1", port, threaded=True)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
