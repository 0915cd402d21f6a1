"""The service before a real OpenID provider: discovery, its tokens, its keys when they are others, its absence."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from graph.actor import Actor, Role
from graph.clock import SystemClock
from service.identity import Identity, Unauthenticated
from service.settings import Settings
from tests.service.identity.provider import AUDIENCE, ORGANISATIONS, Provider
from tests.service.loaded import Folders
from tests.service.served import Served


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with Provider() as provider:
        yield provider


def settings_for(provider: Provider) -> dict[str, str]:
    return {
        "OIDC_ISSUER": provider.issuer,
        "OIDC_AUDIENCE": AUDIENCE,
        "OIDC_ROLES_CLAIM": "realm_access.roles",
        "OIDC_ROLE_MAP": "caseworker=Sagsbehandler, editor=Redaktør",
        "OIDC_REQUIRE_AT_JWT": "on",
    }


def identity_for(provider: Provider) -> Identity:
    return Identity.of(Settings.read(settings_for(provider)), SystemClock())


async def test_a_person_who_has_logged_in(provider: Provider) -> None:
    given = provider.person_token()
    identity = identity_for(provider)
    expected = Actor.of("anna@example.dk", [Role.CASEWORKER], ORGANISATIONS)
    assert await identity.actor(f"Bearer {given['access_token']}") == expected
    with pytest.raises(Unauthenticated):  # which says who she is to the page, and nothing to us
        await identity.actor(f"Bearer {given['id_token']}")


async def test_a_machine(provider: Provider) -> None:
    actor = await identity_for(provider).actor(f"Bearer {provider.machine_token()}")
    assert actor == Actor.of("machine", [Role.CASEWORKER], ORGANISATIONS)


async def test_new_keys_are_found_and_old_ones_forgotten() -> None:
    with Provider() as provider:
        identity, old = identity_for(provider), provider.machine_token()
        assert (await identity.actor(f"Bearer {old}")).name == "machine"
        provider.restart()
        new = provider.machine_token()
        assert (await identity.actor(f"Bearer {new}")).name == "machine"
        with pytest.raises(Unauthenticated, match="does not publish"):
            await identity.actor(f"Bearer {old}")


QUESTION = "{ offers(first: 50) { nodes { location { protected address } } } }"


def addresses(answer: httpx.Response) -> list[str | None]:
    """Of the places that are protected."""
    places = [node["location"] for node in answer.json()["data"]["offers"]["nodes"]]
    return [place["address"] for place in places if place and place["protected"]]


def test_the_service_and_the_provider(loaded: Folders) -> None:
    with Provider() as provider, Served(loaded("provider"), **settings_for(provider)) as service:
        service.wait()
        token = provider.machine_token()
        public, known = service.ask(QUESTION), service.ask(QUESTION, Authorization=f"Bearer {token}")
        assert (public.status_code, known.status_code) == (200, 200)
        hidden, seen = addresses(public), addresses(known)
        assert hidden and set(hidden) == {None}
        assert len(seen) == len(hidden)

        for accept in ("application/json", "application/graphql-response+json"):
            refused = service.ask(QUESTION, Authorization=f"Bearer {token}x", Accept=accept)
            assert refused.status_code == 401
            assert refused.headers["www-authenticate"].startswith('Bearer realm="tilbudsvifte", error="invalid_token"')
            [error] = refused.json()["errors"]
            assert error["extensions"] == {"code": "UNAUTHENTICATED"}
            assert "data" not in refused.json()
        basic = service.ask(QUESTION, Authorization="Basic YTpi")
        assert (basic.status_code, basic.headers["www-authenticate"]) == (401, 'Bearer realm="tilbudsvifte"')
        twice = [("Authorization", f"Bearer {token}"), ("Authorization", f"Bearer {token}")]
        assert service.client.post("/graphql", json={"query": QUESTION}, headers=twice).status_code == 401

        provider.stop()
        assert service.ask(QUESTION, Authorization=f"Bearer {token}").status_code == 200, "its key is known"
        assert token not in service.log and token.split(".")[1] not in service.log


def test_the_service_without_its_provider(loaded: Folders) -> None:
    with Provider() as provider:
        token = provider.machine_token()
    with Served(loaded("provider"), **settings_for(provider)) as service:
        service.wait()
        assert service.ask(QUESTION).status_code == 200, "the public directory is there"
        answer = service.ask(QUESTION, Authorization=f"Bearer {token}")
        assert answer.status_code == 503
        assert answer.json()["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
