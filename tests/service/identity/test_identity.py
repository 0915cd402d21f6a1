"""What is remembered of tokens, how claims are read, and tokens for development."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from graph.actor import Actor, Role
from graph.clock import FixedClock, SystemClock
from service.identity import Identity, Signed, Unauthenticated
from service.identity import identity as identity_module
from service.identity.claims import ClaimMap, found
from service.identity.development import Development, make
from service.settings import Settings, WrongSetting
from tests.service.loaded import Folders
from tests.service.served import Served, command

KEY = "not a secret, thirty-two characters"


class Counting:
    """Takes every token, and counts how often it is asked."""

    version = 0

    def __init__(self, until: float) -> None:
        self.asked: list[str] = []
        self.until = until

    async def freshen(self) -> None:
        """Nothing to do."""

    async def verify(self, token: str) -> Signed:
        self.asked.append(token)
        return Signed(Actor(token), self.until)


async def test_a_token_is_verified_once_until_it_expires() -> None:
    clock = FixedClock(SystemClock().now())
    verifier = Counting(clock.now().timestamp() + 60)
    identity = Identity(verifier, clock)
    for _ in range(3):
        await identity.signed("Bearer a")
    clock.moment += timedelta(seconds=59)
    await identity.signed("Bearer a")
    assert verifier.asked == ["a"]
    clock.moment += timedelta(seconds=1)
    await identity.signed("Bearer a")
    assert verifier.asked == ["a", "a"]


async def test_few_tokens_are_remembered_those_used_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity_module, "MAX_KEPT", 2)
    verifier = Counting(1e12)
    identity = Identity(verifier)
    for token in ("a", "b", "a", "c", "a", "b"):
        assert (await identity.actor(f"Bearer {token}")).name == token
    assert verifier.asked == ["a", "b", "c", "b"]


async def test_no_token_is_remembered_as_it_is() -> None:
    identity = Identity(Counting(1e12))
    await identity.signed("Bearer secret-token")
    assert "secret-token" not in repr(vars(identity)["_kept"].keys())


CLAIMS: dict[str, Any] = {
    "sub": "1f0c",
    "email": "anna@example.dk",
    "roles": ["editor", "editor", "cook", 7],
    "scope": "caseworker openid",
    "realm_access": {"roles": ["admin"]},
    "resource_access": {"tilbudsvifte": {"roles": "secretariat"}},
    "https://example.dk/roles": ["caseworker"],
}


@pytest.mark.parametrize(
    ("path", "roles"),
    [
        ("roles", {Role.EDITOR}),
        ("scope", {Role.CASEWORKER}),
        ("realm_access.roles", {Role.ADMIN}),
        ("resource_access.tilbudsvifte.roles", {Role.SECRETARIAT}),
        ("https://example.dk/roles", {Role.CASEWORKER}),
        ("realm_access", set()),
        ("sub.roles", set()),
        ("none.at.all", set()),
    ],
)
def test_roles_stand_where_the_setting_says(path: str, roles: set[Role]) -> None:
    claims = ClaimMap("sub", path, "organisations", {role.value: role for role in Role})
    assert claims.actor(CLAIMS) == Actor("1f0c", frozenset(roles))


def test_roles_are_called_what_the_setting_says() -> None:
    given = {"OIDC_ISSUER": "https://login.example.dk", "OIDC_AUDIENCE": "tilbudsvifte"}
    settings = Settings.read({**given, "OIDC_ROLE_MAP": "editor=Redaktør, editor=Chef, caseworker=Sagsbehandler 2"})
    assert settings.oidc_role_map == (
        ("Redaktør", Role.EDITOR),
        ("Chef", Role.EDITOR),
        ("Sagsbehandler 2", Role.CASEWORKER),
    )
    claims = ClaimMap("sub", "roles", "organisations", dict(settings.oidc_role_map))
    assert claims.actor({"sub": "a", "roles": ["Chef", "admin", "editor"]}).roles == {Role.EDITOR}


def test_the_name_stands_where_the_setting_says() -> None:
    claims = ClaimMap("email", "roles", "organisations", {})
    assert claims.actor(CLAIMS).name == "anna@example.dk"
    assert found({"a.b": 1, "a": {"b": 2}}, "a.b") == 1


ISSUER = {"OIDC_ISSUER": "https://login.example.dk", "OIDC_AUDIENCE": "tilbudsvifte"}
WRONG: dict[str, tuple[dict[str, str], str]] = {
    "no audience": ({"OIDC_ISSUER": ISSUER["OIDC_ISSUER"]}, "OIDC_AUDIENCE"),
    "no issuer": ({"OIDC_AUDIENCE": "tilbudsvifte"}, "OIDC_AUDIENCE"),
    "no issuer to map roles of": ({"OIDC_ROLE_MAP": "editor=E"}, "OIDC_ROLE_MAP"),
    "both": ({**ISSUER, "DEVELOPMENT_KEY": KEY}, "DEVELOPMENT_KEY"),
    "plain HTTP": ({**ISSUER, "OIDC_ISSUER": "http://login.example.dk"}, "OIDC_ISSUER"),
    "keys over plain HTTP": ({**ISSUER, "OIDC_JWKS_URI": "http://login.example.dk/keys"}, "OIDC_JWKS_URI"),
    "no address": ({**ISSUER, "OIDC_ISSUER": "login.example.dk"}, "OIDC_ISSUER"),
    "a symmetric algorithm": ({**ISSUER, "OIDC_ALGORITHMS": "RS256 HS256"}, "OIDC_ALGORITHMS"),
    "no algorithm": ({**ISSUER, "OIDC_ALGORITHMS": "none"}, "OIDC_ALGORITHMS"),
    "a long leeway": ({**ISSUER, "OIDC_LEEWAY": "301"}, "OIDC_LEEWAY"),
    "no leeway": ({**ISSUER, "OIDC_LEEWAY": "soon"}, "OIDC_LEEWAY"),
    "a role that is none": ({**ISSUER, "OIDC_ROLE_MAP": "cook=Kok"}, "OIDC_ROLE_MAP"),
    "a role without a name": ({**ISSUER, "OIDC_ROLE_MAP": "editor="}, "OIDC_ROLE_MAP"),
    "a short key": ({"DEVELOPMENT_KEY": "x" * 31}, "DEVELOPMENT_KEY"),
}


@pytest.mark.parametrize("name", WRONG)
def test_settings_that_cannot_be_meant(name: str) -> None:
    environment, variable = WRONG[name]
    with pytest.raises(WrongSetting) as wrong:
        Settings.read(environment)
    assert str(wrong.value).startswith(f"{variable}: ")
    assert "xxx" not in str(wrong.value), "a key is never shown"


def test_on_one_machine_http_is_safe() -> None:
    for host in ("127.0.0.1:8080", "localhost", "[::1]:9000"):
        assert Settings.read({**ISSUER, "OIDC_ISSUER": f"http://{host}/realms/a"}).oidc_issuer.endswith("/realms/a")
    assert Settings.read({"DEVELOPMENT_KEY": "x" * 32}).development_key == "x" * 32


async def test_a_token_for_development() -> None:
    clock = FixedClock(SystemClock().now().replace(microsecond=0))
    token = make(KEY, clock, name="Anna", roles=[Role.EDITOR], organisations=["institution:a"], minutes=5)
    identity = Identity.of(Settings(development_key=KEY), clock)
    expected = Actor.of("Anna", [Role.EDITOR], ["institution:a"])
    assert await identity.signed(f"Bearer {token}") == Signed(expected, clock.now().timestamp() + 300)
    clock.moment += timedelta(minutes=5)
    with pytest.raises(Unauthenticated, match="expired"):
        await identity.signed(f"Bearer {token}")


async def test_a_token_for_development_is_taken_nowhere_else() -> None:
    token = make(KEY, SystemClock(), name="Anna", roles=[Role.ADMIN], organisations=[], minutes=5)
    for identity in (
        Identity.of(Settings(), SystemClock()),
        Identity(Development("y" * 32, SystemClock())),
        Identity.of(Settings(oidc_issuer="http://127.0.0.1:9", oidc_audience="tilbudsvifte"), SystemClock()),
    ):
        with pytest.raises(Unauthenticated):
            await identity.actor(f"Bearer {token}")


def test_who_takes_tokens_for_development_is_warned() -> None:
    with capture_logs() as logs:
        Identity.of(Settings(development_key=KEY), SystemClock())
    assert [line["log_level"] for line in logs] == ["warning"]
    assert KEY not in str(logs)


@pytest.mark.parametrize(
    "wrong", [["--minutes", "0"], ["--minutes", "100000"], ["--name", "system"], ["--name", ""], ["--role", "cook"]]
)
def test_tokens_that_are_not_made(wrong: list[str]) -> None:
    made = command("token", *wrong, DEVELOPMENT_KEY=KEY)
    assert made.returncode != 0 and made.stdout == ""
    assert "Traceback" not in made.stderr


def test_no_token_is_made_without_a_key() -> None:
    made = command("token", "--role", "admin")
    assert (made.returncode, made.stdout) == (1, "")
    assert made.stderr.startswith("tilbudsvifte: DEVELOPMENT_KEY: ")


def test_the_service_takes_what_the_command_makes(loaded: Folders) -> None:
    made = command("token", "--role", "caseworker", "--name", "anna", DEVELOPMENT_KEY=KEY)
    with Served(loaded("token"), DEVELOPMENT_KEY=KEY) as service:
        service.wait()
        token = made.stdout.strip()
        assert service.ask("{ __typename }", Authorization=f"Bearer {token}").status_code == 200
        assert service.ask("{ __typename }", Authorization=f"Bearer {token[:-1]}").status_code == 401
        assert "DEVELOPMENT_KEY is set" in service.log
        assert token not in service.log and KEY not in service.log
