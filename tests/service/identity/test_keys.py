"""The issuer's keys: found, kept, fetched anew, and what happens while the issuer does not answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from joserfc.jwk import OctKey, RSAKey

from graph.clock import SystemClock
from graph.errors import Unavailable
from service.identity import Identity, Unauthenticated
from service.identity import keys as keys_module
from service.identity.keys import FAILED, KEPT, LIFETIME, MAX_BYTES, PAUSE, TIMEOUT, Keys, UnknownKey
from service.identity.provider import Provider
from tests.service.identity.issuer import EC, RSA, Issuer

NEW = RSAKey.generate_key(2048, {"kid": "new", "use": "sig"})


class Ticking:
    """A monotonic clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with Issuer() as issuer:
        yield issuer


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def keys(issuer: Issuer, clock: Ticking) -> Keys:
    return Keys(issuer.url, monotonic=clock)


async def test_keys_are_found_by_discovery_and_kept(issuer: Issuer, keys: Keys) -> None:
    for _ in range(3):
        assert (await keys.key("rsa")).kid == "rsa"
        assert (await keys.key("ec")).kid == "ec"
    assert issuer.asked == {"/.well-known/openid-configuration": 1, "/jwks": 1}
    assert keys.version == 1


async def test_keys_are_found_where_the_setting_says(issuer: Issuer) -> None:
    keys = Keys("https://issuer.example", f"{issuer.url}/elsewhere")
    assert (await keys.key("rsa")).kid == "rsa"
    assert issuer.asked == {"/elsewhere": 1}


async def test_keys_are_fetched_anew_after_a_while(issuer: Issuer, keys: Keys, clock: Ticking) -> None:
    await keys.key("rsa")
    issuer.keys = [NEW.as_dict(private=False)]
    clock.now += LIFETIME - 1
    await keys.key("rsa")
    clock.now += 1
    with pytest.raises(UnknownKey):
        await keys.key("rsa")
    assert keys.version == 2


async def test_a_new_key_is_found_at_once(issuer: Issuer, keys: Keys) -> None:
    await keys.key("rsa")
    issuer.keys.append(NEW.as_dict(private=False))
    assert (await keys.key("new")).kid == "new"
    assert issuer.asked["/jwks"] == 2


async def test_unknown_keys_do_not_make_the_service_ask_again_and_again(
    issuer: Issuer, keys: Keys, clock: Ticking
) -> None:
    for n in range(50):
        with pytest.raises(UnknownKey):
            await keys.key(f"unknown-{n}")
    assert issuer.asked["/jwks"] == 2, "the keys, and once more for the sake of the unknown one"
    clock.now += PAUSE
    for n in range(50):
        with pytest.raises(UnknownKey):
            await keys.key(f"unknown-{n}")
    assert issuer.asked["/jwks"] == 3
    assert (await keys.key("rsa")).kid == "rsa"


async def test_many_at_once_are_one_question(issuer: Issuer, keys: Keys) -> None:
    issuer.delay = 0.2
    found = await asyncio.gather(*(keys.key("rsa") for _ in range(100)))
    assert {key.kid for key in found} == {"rsa"}
    assert issuer.asked["/jwks"] == 1


async def test_who_stops_waiting_does_not_stop_the_others(issuer: Issuer, keys: Keys) -> None:
    issuer.delay = 0.2
    first = asyncio.create_task(keys.key("rsa"))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(keys.key("rsa"))
    await asyncio.sleep(0.05)
    first.cancel()
    assert (await second).kid == "rsa"
    assert issuer.asked["/jwks"] == 1


async def test_known_keys_go_on_working_while_the_issuer_is_silent(issuer: Issuer, keys: Keys, clock: Ticking) -> None:
    await keys.key("rsa")
    issuer.status = 500
    clock.now += LIFETIME
    for _ in range(20):
        assert (await keys.key("rsa")).kid == "rsa"
    assert issuer.asked["/.well-known/openid-configuration"] == 2, "and it is not asked all the time"
    clock.now += KEPT - LIFETIME - 1
    assert (await keys.key("rsa")).kid == "rsa"
    clock.now += 1
    with pytest.raises(Unavailable):
        await keys.key("rsa")
    issuer.status = 200
    clock.now += PAUSE
    assert (await keys.key("rsa")).kid == "rsa"


async def test_without_keys_nobody_can_be_recognised(issuer: Issuer, keys: Keys, clock: Ticking) -> None:
    issuer.status = 503
    for _ in range(20):
        with pytest.raises(Unavailable):
            await keys.key("rsa")
    assert issuer.asked == {"/.well-known/openid-configuration": 1}
    issuer.status = 200
    clock.now += FAILED
    assert (await keys.key("rsa")).kid == "rsa"


async def test_an_issuer_that_is_not_there() -> None:
    with pytest.raises(Unavailable):
        await Keys("http://127.0.0.1:9").key("rsa")


async def test_an_issuer_that_does_not_answer_is_waited_for_but_not_for_long(issuer: Issuer, keys: Keys) -> None:
    issuer.delay = TIMEOUT + 2
    with pytest.raises(Unavailable):  # who waited longer would have the key
        await keys.key("rsa")


SPOILT: dict[str, Callable[[Issuer], Any]] = {
    "another issuer's document": lambda i: i.discovery.update(issuer="https://evil.example"),
    "no address of keys": lambda i: i.discovery.update(jwks_uri=7),
    "an address that is none": lambda i: i.discovery.update(jwks_uri="file:///etc/passwd"),
    "no JSON": lambda i: setattr(i, "raw", b"<html>"),
    "no key set": lambda i: setattr(i, "raw", b"[]"),
    "no keys": lambda i: setattr(i, "raw", b'{"keys": []}'),
    "keys that are none": lambda i: setattr(
        i, "raw", b'{"keys": [1, null, {}, {"kty": "RSA"}, {"kty": "EC", "crv": "x"}]}'
    ),
    "too much": lambda i: setattr(i, "raw", b'{"keys": [' + b" " * MAX_BYTES + b"]}"),
    "a redirect": lambda i: setattr(i, "status", 302),
    "no 200": lambda i: setattr(i, "status", 204),
}


@pytest.mark.parametrize("name", SPOILT)
async def test_answers_that_hold_no_keys(issuer: Issuer, keys: Keys, name: str) -> None:
    SPOILT[name](issuer)
    with pytest.raises(Unavailable):
        await keys.key("rsa")
    assert "/elsewhere" not in issuer.asked


@pytest.mark.parametrize("name", SPOILT)
async def test_answers_that_hold_no_keys_leave_those_that_are_known(
    issuer: Issuer, keys: Keys, clock: Ticking, name: str
) -> None:
    await keys.key("rsa")
    SPOILT[name](issuer)
    clock.now += LIFETIME
    assert (await keys.key("rsa")).kid == "rsa"


PASSED_OVER: dict[str, Callable[[], dict[str, Any]]] = {
    "a password": lambda: OctKey.import_key("x" * 32, {"kid": "odd"}).as_dict(),
    "for encryption": lambda: {**NEW.as_dict(private=False), "kid": "odd", "use": "enc"},
    "a private key": lambda: {**NEW.as_dict(private=True), "kid": "odd"},
    "half a key": lambda: {"kty": "RSA", "kid": "odd", "n": "AQAB"},
    "a curve that nobody knows": lambda: {**EC.as_dict(private=False), "kid": "odd", "crv": "P-000"},
    "of a kind to come": lambda: {"kty": "AKP", "kid": "odd", "alg": "ML-DSA-65"},
}


@pytest.mark.parametrize("name", PASSED_OVER)
async def test_keys_that_verify_no_signature_are_passed_over(issuer: Issuer, keys: Keys, name: str) -> None:
    issuer.keys.insert(0, PASSED_OVER[name]())
    with pytest.raises(UnknownKey):
        await keys.key("odd")
    assert (await keys.key("rsa")).kid == "rsa"


async def test_short_keys_are_passed_over(issuer: Issuer, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys_module, "MIN_RSA", 2049)
    with pytest.raises(UnknownKey):
        await keys.key("rsa")


async def test_a_key_without_an_id_is_the_only_one(issuer: Issuer, keys: Keys) -> None:
    issuer.keys = [{name: value for name, value in RSA.as_dict(private=False).items() if name != "kid"}]
    assert (await keys.key(None)).key_type == "RSA"


async def test_a_safe_issuer_names_no_unsafe_address(issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its document comes over TLS, and its keys must not come any other way."""
    keys = Keys("https://issuer.example")

    async def document(client: Any, uri: str) -> bytes:
        assert uri.startswith("https://"), "asked for keys over plain HTTP"
        return b'{"issuer": "https://issuer.example", "jwks_uri": "http://issuer.example/jwks"}'

    monkeypatch.setattr(keys_module, "_get", document)
    with pytest.raises(Unavailable):
        await keys.key("rsa")


async def test_a_token_that_was_verified_is_looked_at_anew_when_the_keys_are_others(issuer: Issuer) -> None:
    """A key that is withdrawn takes its tokens with it, those that are remembered too."""
    clock = Ticking()
    provider = Provider.of(issuer.settings(), SystemClock())
    provider._keys = Keys(issuer.url, monotonic=clock)
    identity, token = Identity(provider), f"Bearer {issuer.token(exp=int(time.time()) + 3600)}"
    assert (await identity.actor(token)).name == "anna"
    issuer.keys = [EC.as_dict(private=False)]
    assert (await identity.actor(token)).name == "anna", "remembered"
    clock.now += LIFETIME
    with pytest.raises(Unauthenticated):
        await identity.actor(token)
