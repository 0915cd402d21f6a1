"""Tokens that are taken, and every sort that is not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc.jwk import ECKey, OctKey, RSAKey
from structlog.testing import capture_logs

from graph.actor import ANYONE, Actor, Role
from service.identity import Identity, Signed, Unauthenticated
from service.identity.identity import MAX_TOKEN
from tests.service.identity.issuer import AUDIENCE, EC, Issuer, confused, raw

STRANGE = RSAKey.generate_key(2048, {"kid": "rsa"})
"""A key that calls itself as the issuer's does."""


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with Issuer() as issuer:
        yield issuer


async def test_a_token_is_its_bearer(issuer: Issuer) -> None:
    token = issuer.token(roles=["editor", "caseworker", "cook"], organisations=["institution:brohuset"], exp=4e9)
    expected = Actor.of("anna", [Role.EDITOR, Role.CASEWORKER], ["institution:brohuset"])
    assert await issuer.identity().signed(f"Bearer {token}") == Signed(expected, 4e9 + 30)


async def test_without_a_header_it_is_anyone(issuer: Issuer) -> None:
    assert await issuer.identity().signed(None) == Signed(ANYONE, None)
    assert await Identity().actor(None) == ANYONE


TAKEN: dict[str, Callable[[Issuer], str]] = {
    "ES256": lambda i: i.token(EC),
    "several audiences": lambda i: i.token(aud=["another", AUDIENCE]),
    "no role that is known": lambda i: i.token(roles=["cook"]),
    "roles of another form": lambda i: i.token(roles={"editor": True}),
    "typ JWT": lambda i: i.token(header={"typ": "JWT"}),
    "typ application/at+jwt": lambda i: i.token(header={"typ": "application/AT+JWT"}),
    "expired within the leeway": lambda i: i.token(exp=time.time() - 20),
    "valid from within the leeway": lambda i: i.token(nbf=int(time.time()) + 20),
    "a header that nobody knows": lambda i: i.token(header={"nonce": "x"}),
    # What a header says of keys is not looked at: the issuer's own key verifies, or none does.
    "jku": lambda i: i.token(header={"jku": "https://evil.example/jwks"}),
    "x5u": lambda i: i.token(header={"x5u": "https://evil.example/cert"}),
    "jwk": lambda i: i.token(header={"jwk": STRANGE.as_dict(private=False)}),
    "longest": lambda i: _padded(i, MAX_TOKEN),
}


@pytest.mark.parametrize("name", TAKEN)
async def test_tokens_that_are_taken(issuer: Issuer, name: str) -> None:
    assert (await issuer.identity().actor(f"Bearer {TAKEN[name](issuer)}")).name == "anna"


def _padded(issuer: Issuer, length: int) -> str:
    """A token of exactly that length, give or take what a claim can be padded to."""
    short = len(issuer.token(pad=""))
    for pad in range((length - short) * 3 // 4 - 4, (length - short) * 3 // 4 + 8):
        if len(token := issuer.token(pad="x" * pad)) == length:
            return token
    return issuer.token(pad="x" * ((length - short) * 3 // 4), header={"k": "x"})


NOW = int(time.time())
REFUSED: dict[str, tuple[Callable[[Issuer], str], str]] = {
    "expired": (lambda i: i.token(exp=NOW - 60), "has expired"),
    "without an end": (lambda i: i.token(exp=None), "lacks"),
    "an end that is no number": (lambda i: i.token(exp="tomorrow"), "cannot be read"),
    "an end that is no number either": (lambda i: raw({"alg": "RS256"}, b'{"exp": NaN}'), "cannot be read"),
    "not yet valid": (lambda i: i.token(nbf=NOW + 86_400), "not yet valid"),
    "issued in the future": (lambda i: i.token(iat=NOW + 86_400), "not yet valid"),
    "another issuer": (lambda i: i.token(iss="https://evil.example"), "another issuer"),
    "an issuer that ends with a slash": (lambda i: i.token(iss=f"{i.url}/"), "another issuer"),
    "no issuer": (lambda i: i.token(iss=None), "lacks"),
    "another audience": (lambda i: i.token(aud="another"), "another audience"),
    "an audience that contains ours": (lambda i: i.token(aud=f"{AUDIENCE}-2"), "another audience"),
    "no audience": (lambda i: i.token(aud=None), "lacks"),
    "an audience that is no text": (lambda i: i.token(aud={"a": AUDIENCE}), "another audience"),
    "nobody": (lambda i: i.token(sub=None), "who its bearer is"),
    "nobody in many blanks": (lambda i: i.token(sub="  "), "who its bearer is"),
    "a name of two lines": (lambda i: i.token(sub="anna\n2026 admin"), "who its bearer is"),
    "a name of many characters": (lambda i: i.token(sub="a" * 201), "who its bearer is"),
    "the service itself": (lambda i: i.token(sub="System"), "as the service names itself"),
    "nobody has signed": (lambda i: raw({"alg": "none", "typ": "at+jwt"}, i.claims()), "cannot be read"),
    "None has signed": (lambda i: raw({"alg": "None", "typ": "at+jwt"}, i.claims()), "cannot be read"),
    "no algorithm": (lambda i: raw({"kid": "rsa"}, i.claims()), "cannot be read"),
    "signed with the public key": (confused, "cannot be read"),
    "signed with a password": (lambda i: i.token(OctKey.import_key("x" * 32), {"alg": "HS256", "kid": "rsa"}), "read"),
    "an algorithm that is not ours": (lambda i: i.token(header={"alg": "RS384"}), "cannot be read"),
    "an algorithm for another key": (lambda i: i.token(header={"kid": "ec"}), "signature"),
    "another's key": (lambda i: i.token(STRANGE), "signature"),
    "another's key, brought along": (lambda i: i.token(STRANGE, {"jwk": STRANGE.as_dict(private=False)}), "signature"),
    "a key that is not known": (lambda i: i.token(header={"kid": "other"}), "does not publish"),
    "which of two keys is not said": (lambda i: i.token(header={"kid": None}), "does not publish"),
    "a kid that is no text": (lambda i: raw({"alg": "RS256", "kid": 7, "typ": "JWT"}, i.claims()), "cannot be read"),
    "crit": (lambda i: _critical(i), "does not do"),
    "crit with what is known": (lambda i: raw({"alg": "RS256", "crit": ["b64"], "b64": False}, i.claims()), "not do"),
    "an id token's typ": (lambda i: i.token(header={"typ": "id_token+jwt"}), "no access token"),
    "a logout token": (lambda i: i.token(header={"typ": "logout+jwt"}), "no access token"),
    "too long": (lambda i: i.token(pad="x" * MAX_TOKEN), "more than"),
    "a long header": (lambda i: i.token(header={"x": "x" * 7000}), "cannot be read"),
    "encrypted": (lambda i: "a.b.c.d.e", "cannot be read"),
    "one part": (lambda i: "abc", "cannot be read"),
    "no claims": (lambda i: raw({"alg": "RS256", "typ": "JWT"}, []), "holds no claims"),
    "a deep header": (lambda i: raw(b"[" * 5000, i.claims()), "cannot be read"),
    "deep claims": (lambda i: raw({"alg": "RS256", "typ": "JWT"}, b"[" * 5000), "cannot be read"),
}


def _critical(issuer: Issuer) -> str:
    token = issuer.token()
    return raw({"alg": "RS256", "kid": "rsa", "crit": ["exp"], "exp": 1}, issuer.claims(), token.encode())


@pytest.mark.parametrize("name", REFUSED)
async def test_tokens_that_are_not(issuer: Issuer, name: str) -> None:
    make, reason = REFUSED[name]
    token = make(issuer)
    with capture_logs() as logs, pytest.raises(Unauthenticated, match=reason) as refused:
        await issuer.identity().signed(f"Bearer {token}")
    said = f"{refused.value} {refused.value.challenge} {logs}"
    assert not any(len(part) > 8 and part in said for part in token.split(".")), "nothing tells of the token"
    assert "anna" not in said and "evil" not in said
    assert refused.value.challenge.startswith('Bearer realm="tilbudsvifte", error="invalid_token", error_description="')


async def test_a_signature_of_another_token_is_refused(issuer: Issuer) -> None:
    one, other = issuer.token().split("."), issuer.token(roles=["admin"]).split(".")
    with pytest.raises(Unauthenticated, match="signature"):
        await issuer.identity().signed(f"Bearer {'.'.join([*other[:2], one[2]])}")


async def test_only_access_tokens_where_that_is_asked(issuer: Issuer) -> None:
    identity = issuer.identity(oidc_require_at_jwt=True)
    assert (await identity.actor(f"Bearer {issuer.token()}")).name == "anna"
    for typ in ("JWT", None):
        with pytest.raises(Unauthenticated, match="no access token"):
            token = issuer.token(header={"typ": typ}) if typ else raw({"alg": "RS256", "kid": "rsa"}, issuer.claims())
            await identity.signed(f"Bearer {token}")


async def test_a_curve_that_is_another_algorithms(issuer: Issuer) -> None:
    larger = ECKey.generate_key("P-384", {"kid": "p384"})
    with Issuer(larger) as other, pytest.raises(Unauthenticated, match="signature"):
        header, claims, _ = other.token(EC, {"kid": "p384"}).split(".")
        await other.identity().signed(f"Bearer {header}.{claims}.{'A' * 86}")


HEADERS = {
    "Basic YW5uYTpzZWNyZXQ=": None,
    "": None,
    "Bearer": None,
    "Token abc": None,
    "Bearer ": "invalid_token",
    "Bearer a b": "invalid_token",
    "Bearer a.b.c, Bearer a.b.c": "invalid_token",
    "Bearer æ.ø.å": "invalid_token",
    "bearer a.b.c": "invalid_token",
}


@pytest.mark.parametrize("header", HEADERS)
async def test_headers_that_hold_no_token(issuer: Issuer, header: str) -> None:
    with pytest.raises(Unauthenticated) as refused:
        await issuer.identity().signed(header)
    assert refused.value.error == HEADERS[header]
    assert refused.value.challenge.isascii()


async def test_the_scheme_is_written_in_any_way(issuer: Issuer) -> None:
    assert (await issuer.identity().actor(f"bEaReR  {issuer.token()}")).name == "anna"


async def test_no_token_is_taken_where_none_is_expected() -> None:
    with pytest.raises(Unauthenticated, match="takes no tokens"):
        await Identity().signed("Bearer a.b.c")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
NAMES = [
    "alg",
    "kid",
    "typ",
    "crit",
    "b64",
    "jku",
    "jwk",
    "x5c",
    "iss",
    "aud",
    "exp",
    "nbf",
    "iat",
    "sub",
    "roles",
    "jti",
]
PARTS = st.dictionaries(st.sampled_from(NAMES), JSON | st.sampled_from(["RS256", "rsa", "at+jwt", AUDIENCE]))


@settings(max_examples=400, deadline=None)
@given(header=PARTS, claims=PARTS, signature=st.binary(max_size=300))
async def test_whatever_comes_is_refused_and_nothing_else(
    issuer: Issuer, header: Any, claims: Any, signature: bytes
) -> None:
    identity = issuer.identity()
    for token in (raw(header, claims, signature), raw(header, {**issuer.claims(), **claims}, signature)):
        with pytest.raises(Unauthenticated):
            await identity.signed(f"Bearer {token}")


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=200) | st.text("Bearer .abc-_=", max_size=60))
async def test_whatever_header_comes_is_refused_and_nothing_else(issuer: Issuer, text: str) -> None:
    with pytest.raises(Unauthenticated):
        await issuer.identity().signed(text)
