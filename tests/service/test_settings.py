from __future__ import annotations

from pathlib import Path

import pytest

from service.settings import Settings, WrongSetting, described


def test_the_defaults_are_what_an_empty_environment_gives() -> None:
    assert Settings.read({}) == Settings()
    assert Settings.read({"PORT": " ", "NEO4J_URI": ""}) == Settings()


def test_settings_are_read_by_their_variables() -> None:
    given = {
        "HOST": "0.0.0.0",
        "PORT": "9000",
        "DATA_DIR": "/srv/tilbudsvifte",
        "NEO4J_URI": "neo4j+s://graph.example:7687",
        "REQUEST_DEADLINE": "2.5",
        "GRAPHIQL": "Off",
        "INTROSPECTION": "no",
        "LOG_LEVEL": "WARNING",
    }
    assert Settings.read(given) == Settings(
        host="0.0.0.0",
        port=9000,
        data_dir=Path("/srv/tilbudsvifte"),
        neo4j_uri="neo4j+s://graph.example:7687",
        request_deadline=2.5,
        graphiql=False,
        introspection=False,
        log_level="warning",
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "²"),
        ("NEO4J_URI", "http://graph:7474"),
        ("NEO4J_URI", "bolt://"),
        ("REQUEST_DEADLINE", "soon"),
        ("REQUEST_DEADLINE", "0"),
        ("REQUEST_DEADLINE", "nan"),
        ("STOP_DEADLINE", "-1"),
        ("MAX_BODY", "1MB"),
        ("GRAPHIQL", "maybe"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_wrong_value_is_named_with_its_variable(variable: str, value: str) -> None:
    with pytest.raises(WrongSetting) as wrong:
        Settings.read({variable: value})
    assert str(wrong.value).startswith(f"{variable}: '{value}' ")


def test_the_password_is_never_shown() -> None:
    assert "secret" not in repr(Settings.read({"NEO4J_PASSWORD": "secret"}))


def test_every_setting_has_its_variable_and_meaning() -> None:
    variables = [setting.variable for setting in described()]
    assert len(set(variables)) == len(variables)
    assert all(setting.doc.endswith(".") for setting in described())


SIGNING_IN = {
    "OIDC_ISSUER": "https://login.example",
    "OIDC_AUDIENCE": "tilbudsvifte",
    "OIDC_CLIENT_ID": "pages",
    "PUBLIC_URL": "https://tilbud.example",
    "SESSION_KEY": "k" * 32,
}


def test_what_signing_in_takes() -> None:
    settings = Settings.read({**SIGNING_IN, "PUBLIC_URL": "https://Tilbud.example/"})
    assert settings.public_url == "https://tilbud.example"
    assert settings.oidc_scopes == ("openid",)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SESSION_KEY": ""}, "SESSION_KEY"),
        ({"SESSION_KEY": "k" * 31}, "SESSION_KEY"),
        ({"PUBLIC_URL": ""}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "http://tilbud.example"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://tilbud.example/vejviser"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "tilbud.example"}, "PUBLIC_URL"),
        ({"OIDC_CLIENT_ID": ""}, "SESSION_KEY"),
        ({"OIDC_CLIENT_ID": "", "SESSION_KEY": "", "OIDC_CLIENT_SECRET": "s"}, "OIDC_CLIENT_SECRET"),
        ({"OIDC_SCOPES": "profile email"}, "OIDC_SCOPES"),
        ({"OIDC_ISSUER": "", "OIDC_AUDIENCE": ""}, "OIDC_CLIENT_ID"),
        ({"PAGES": "off"}, "OIDC_CLIENT_ID"),
    ],
)
def test_settings_that_nobody_can_sign_in_by(changed: dict[str, str], named: str) -> None:
    with pytest.raises(WrongSetting, match=f"^{named}: ") as wrong:
        Settings.read({**SIGNING_IN, **changed})
    assert "kkk" not in str(wrong.value)


def test_no_secret_is_shown() -> None:
    secrets = {"OIDC_CLIENT_SECRET": "whispered", "SESSION_KEY": "whispered" * 4}
    assert "whispered" not in repr(Settings.read({**SIGNING_IN, **secrets}))
