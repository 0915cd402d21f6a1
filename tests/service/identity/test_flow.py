"""The code flow before an issuer that does whatever it likes: what is taken of what it gives, and what is not."""

from __future__ import annotations

import asyncio
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import OctKey, RSAKey

from graph.clock import SystemClock
from service.identity.flow import Failure, Flow, NotSignedIn, Secrets
from tests.service.identity.issuer import AUDIENCE, EC, Issuer, raw

SECRETS = Secrets("state", "nonce", "verifier" * 8)
BACK = "https://tilbud.example/log-ind/tilbage"
STRANGE = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with Issuer() as issuer:
        yield issuer


def flow(issuer: Issuer, **settings: Any) -> Flow:
    chosen = {"oidc_client_id": "pages", **settings}
    return Flow(issuer.settings(**chosen), SystemClock(), BACK)


def id_token(issuer: Issuer, **changed: Any) -> str:
    claims = {"aud": "pages", "nonce": "nonce", "roles": None, **changed}
    return issuer.token(header={"typ": "JWT"}, **claims)


def gives(issuer: Issuer, id_token: Any, access_token: Any = "an.access.token") -> None:
    issuer.gives = {"access_token": access_token, "id_token": id_token, "token_type": "Bearer"}


async def test_what_is_right_is_taken(issuer: Issuer) -> None:
    half = urlsafe_b64encode(sha256(b"an.access.token").digest()[:16]).rstrip(b"=").decode()
    gives(issuer, id_token(issuer, at_hash=half, azp="pages", name="Anna"))
    given = await flow(issuer).finish(SECRETS, "code", issuer.url)
    assert given.access_token == "an.access.token"
    assert given.claims["name"] == "Anna"
    [form] = issuer.given
    assert form == {
        "grant_type": "authorization_code",
        "code": "code",
        "redirect_uri": BACK,
        "code_verifier": SECRETS.verifier,
        "client_id": "pages",
        "authorization": "",
    }


@pytest.mark.parametrize("kind", ["client_secret_basic", "client_secret_post"])
async def test_a_client_says_its_secret_in_the_way_the_issuer_knows(issuer: Issuer, kind: str) -> None:
    issuer.discovery = {"token_endpoint_auth_methods_supported": [kind]}
    gives(issuer, id_token(issuer))
    await flow(issuer, oidc_client_secret="sec:ret").finish(SECRETS, "code")
    [form] = issuer.given
    if kind == "client_secret_post":
        assert form["client_secret"] == "sec:ret"
    else:
        assert b"pages:sec" in b64decode(form["authorization"].removeprefix("Basic "))
        assert "client_secret" not in form


WRONG: dict[str, Any] = {
    "another nonce": lambda i: id_token(i, nonce="another"),
    "no nonce": lambda i: id_token(i, nonce=None),
    "another audience": lambda i: id_token(i, aud="elsewhere"),
    "the audience of access tokens": lambda i: id_token(i, aud=AUDIENCE),
    "another issuer": lambda i: id_token(i, iss="https://elsewhere.example"),
    "expired": lambda i: id_token(i, exp=int(time.time()) - 600),
    "without an end": lambda i: id_token(i, exp=None),
    "without a beginning": lambda i: id_token(i, iat=None),
    "without a subject": lambda i: id_token(i, sub=None),
    "made for another party": lambda i: id_token(i, azp="elsewhere"),
    "for several, and for whom is not said": lambda i: id_token(i, aud=["pages", "elsewhere"]),
    "of another access token": lambda i: id_token(i, at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    "an access token": lambda i: i.token(aud="pages", nonce="nonce"),
    "another's key": lambda i: i.token(STRANGE, {"typ": "JWT"}, aud="pages", nonce="nonce"),
    "a key that is not known": lambda i: i.token(header={"typ": "JWT", "kid": "x"}, aud="pages", nonce="nonce"),
    "signed with a password": lambda i: i.token(
        OctKey.import_key("x" * 32), {"alg": "HS256", "kid": "rsa", "typ": "JWT"}, aud="pages", nonce="nonce"
    ),
    "signed by nobody": lambda i: raw({"alg": "none", "typ": "JWT"}, i.claims(aud="pages", nonce="nonce")),
    "no token": lambda i: "abc",
    "nothing": lambda i: None,
    "a number": lambda i: 7,
}


@pytest.mark.parametrize("name", WRONG)
async def test_an_id_token_that_is_wrong_signs_nobody_in(issuer: Issuer, name: str) -> None:
    gives(issuer, WRONG[name](issuer))
    with pytest.raises(NotSignedIn) as failed:
        await flow(issuer).finish(SECRETS, "code")
    assert failed.value.failure is Failure.WRONG
    assert "anna" not in str(failed.value)


async def test_an_algorithm_of_ours_is_taken_and_no_other(issuer: Issuer) -> None:
    gives(issuer, issuer.token(EC, {"typ": "JWT"}, aud="pages", nonce="nonce"))
    assert (await flow(issuer).finish(SECRETS, "code")).claims["sub"] == "anna"
    with pytest.raises(NotSignedIn):
        await flow(issuer, oidc_algorithms=("RS256",)).finish(SECRETS, "code")


@pytest.mark.parametrize("status", [400, 401, 500, 302])
async def test_a_code_that_is_not_taken(issuer: Issuer, status: int) -> None:
    gives(issuer, id_token(issuer))
    ours = flow(issuer)
    await ours.begin(SECRETS)
    issuer.status = status
    with pytest.raises(NotSignedIn) as failed:
        await ours.finish(SECRETS, "code")
    assert failed.value.failure is Failure.REFUSED
    assert "/elsewhere" not in issuer.asked, "a redirect is not followed with a code"


@pytest.mark.parametrize("given", [[], "x", {}, {"access_token": "a.b.c"}, {"id_token": "a.b.c"}])
async def test_an_answer_that_holds_no_tokens(issuer: Issuer, given: Any) -> None:
    issuer.gives = given
    with pytest.raises(NotSignedIn):
        await flow(issuer).finish(SECRETS, "code")


async def test_who_sends_back_must_be_the_issuer_where_it_says_so(issuer: Issuer) -> None:
    gives(issuer, id_token(issuer))
    with pytest.raises(NotSignedIn, match="another issuer"):
        await flow(issuer).finish(SECRETS, "code", "https://elsewhere.example")
    issuer.discovery = {"authorization_response_iss_parameter_supported": True}
    with pytest.raises(NotSignedIn, match="another issuer"):
        await flow(issuer).finish(SECRETS, "code")
    assert issuer.given == [], "the code goes nowhere"
    await flow(issuer).finish(SECRETS, "code", issuer.url)


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint"])
async def test_an_issuer_that_does_not_say_where(issuer: Issuer, name: str) -> None:
    issuer.discovery = {name: None}
    with pytest.raises(NotSignedIn) as failed:
        await flow(issuer).begin(SECRETS)
        await flow(issuer).finish(SECRETS, "code")
    assert failed.value.failure is Failure.WRONG


async def test_an_issuer_that_is_silent_is_asked_now_and_then() -> None:
    with Issuer() as gone:
        ours = flow(gone)
        gone.status = 503
        for _ in range(20):
            with pytest.raises(NotSignedIn) as failed:
                await ours.begin(SECRETS)
            assert failed.value.failure is Failure.SILENT
        assert sum(gone.asked.values()) == 1


async def test_many_who_sign_in_at_once_ask_the_issuer_once(issuer: Issuer) -> None:
    ours = flow(issuer)
    issuer.delay = 0.2
    await asyncio.gather(*(ours.begin(Secrets.new()) for _ in range(20)))
    assert sum(issuer.asked.values()) == 1


async def test_what_an_issuer_adds_to_its_address_stays(issuer: Issuer) -> None:
    issuer.discovery = {"authorization_endpoint": f"{issuer.url}/authorize?tenant=social"}
    asked = parse_qs(urlsplit(await flow(issuer).begin(SECRETS)).query)
    assert asked["tenant"] == ["social"]
    assert asked["state"] == ["state"]
    assert SECRETS.verifier not in str(asked)


async def test_signing_out_there_is_offered_where_the_issuer_offers_it(issuer: Issuer) -> None:
    assert await flow(issuer).farewell("https://tilbud.example/") is None
    issuer.discovery = {"end_session_endpoint": f"{issuer.url}/logout"}
    to = urlsplit(await flow(issuer).farewell("https://tilbud.example/") or "")
    expected = {"client_id": ["pages"], "post_logout_redirect_uri": ["https://tilbud.example/"]}
    assert (to.path, parse_qs(to.query)) == ("/logout", expected)
