"""The settings of the service, read from the environment: one declaration each, with its default and meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from schema.limits.limits import DEFAULT
from service import values
from service.values import RoleMap

T = TypeVar("T")
NONE: tuple[str, ...] = ()
COMMON: tuple[str, ...] = ("RS256", "ES256")
OPENID: tuple[str, ...] = ("openid",)
AS_OURS: RoleMap = ()


class WrongSetting(Exception):
    """A variable of the environment holds what its setting cannot take. The message names it."""


def _setting(variable: str, default: T, read: Callable[[str], T], doc: str) -> Any:
    metadata = {"variable": variable, "read": read, "doc": doc}
    return field(default=default, metadata=metadata, repr=not _is_secret(variable))


def _is_secret(variable: str) -> bool:
    return variable.endswith(("PASSWORD", "KEY", "SECRET"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings. `Settings()` holds the defaults; `Settings.read(os.environ)` what an operator chose."""

    host: str = _setting("HOST", "127.0.0.1", values.text, "Address to listen on; 0.0.0.0 for all.")
    port: int = _setting("PORT", 8000, values.port, "Port to listen on.")
    data_dir: Path = _setting("DATA_DIR", Path("data"), Path, "Folder of the embedded engine; one service at a time.")
    neo4j_uri: str = _setting(
        "NEO4J_URI", "", values.bolt, "Address of Neo4j; when empty, the embedded engine is used."
    )
    neo4j_user: str = _setting("NEO4J_USER", "neo4j", values.text, "User of Neo4j.")
    neo4j_password: str = _setting("NEO4J_PASSWORD", "", values.text, "Password of Neo4j; empty for a server without.")
    neo4j_database: str = _setting("NEO4J_DATABASE", "neo4j", values.text, "Name of the database in Neo4j.")
    request_deadline: float = _setting(
        "REQUEST_DEADLINE",
        5.0,
        values.seconds,
        "Seconds within which every request is answered, with an error if need be.",
    )
    stop_deadline: float = _setting(
        "STOP_DEADLINE",
        10.0,
        values.seconds,
        "Seconds that running requests may take to finish when the service is stopped.",
    )
    max_body: int = _setting("MAX_BODY", 1_000_000, values.size, "Bytes that the body of a request may hold.")
    max_tokens: int = _setting("MAX_TOKENS", DEFAULT.max_tokens, values.count, "Tokens that a document may hold.")
    max_depth: int = _setting("MAX_DEPTH", DEFAULT.max_depth, values.count, "Levels of fields within fields.")
    max_fields: int = _setting(
        "MAX_FIELDS", DEFAULT.max_fields, values.count, "Fields that an operation may ask for, its fragments spread."
    )
    max_repeats: int = _setting(
        "MAX_REPEATS",
        DEFAULT.max_repeats,
        values.count,
        "Fields that may stand where another of their name stands already.",
    )
    max_aliases: int = _setting("MAX_ALIASES", DEFAULT.max_aliases, values.count, "Aliases that an operation may have.")
    max_directives: int = _setting(
        "MAX_DIRECTIVES", DEFAULT.max_directives, values.count, "Directives that an operation may have."
    )
    max_cost: int = _setting(
        "MAX_COST", DEFAULT.max_cost, values.count, "Cost of an operation, about the objects that it asks for."
    )
    rate_cost_per_minute: int = _setting(
        "RATE_COST_PER_MINUTE", 0, values.rate, "Cost that one client may ask for a minute; 0 for no bound."
    )
    trusted_proxies: tuple[str, ...] = _setting(
        "TRUSTED_PROXIES",
        NONE,
        values.proxies,
        "Addresses and networks of proxies whose `X-Forwarded-For` is believed.",
    )
    trusted_documents: str = _setting(
        "TRUSTED_DOCUMENTS",
        "",
        values.text,
        "Folder of `.graphql` files that may be asked for by the hash of their text.",
    )
    trusted_only: bool = _setting("TRUSTED_ONLY", False, values.switch, "Answer trusted documents and no other.")
    first_content: bool = _setting(
        "FIRST_CONTENT", True, values.switch, "Load the first content at start when the graph is empty."
    )
    pages: bool = _setting("PAGES", True, values.switch, "Serve the pages for people, at `/` and below.")
    graphiql: bool = _setting("GRAPHIQL", True, values.switch, "Serve GraphiQL to browsers at `/graphql`.")
    introspection: bool = _setting(
        "INTROSPECTION",
        True,
        values.switch,
        "Let clients read the schema; off also hides suggestions in error messages.",
    )
    cors_origins: tuple[str, ...] = _setting(
        "CORS_ORIGINS", NONE, values.origins, "Origins whose pages may ask, such as https://example.dk; * for all."
    )
    oidc_issuer: str = _setting(
        "OIDC_ISSUER",
        "",
        values.provider,
        "The OpenID provider whose tokens are taken, as its tokens name it; when empty, none.",
    )
    oidc_audience: str = _setting(
        "OIDC_AUDIENCE", "", values.text, "What a token must be for: this service's name there."
    )
    oidc_jwks_uri: str = _setting(
        "OIDC_JWKS_URI",
        "",
        values.provider,
        "Where the provider's keys are; when empty, where its discovery document says.",
    )
    oidc_algorithms: tuple[str, ...] = _setting(
        "OIDC_ALGORITHMS", COMMON, values.algorithms, "Algorithms that a token may be signed with."
    )
    oidc_leeway: int = _setting("OIDC_LEEWAY", 30, values.leeway, "Seconds by which the provider's clock may differ.")
    oidc_require_at_jwt: bool = _setting(
        "OIDC_REQUIRE_AT_JWT", False, values.switch, "Take only tokens that say they are access tokens (`typ: at+jwt`)."
    )
    oidc_name_claim: str = _setting(
        "OIDC_NAME_CLAIM", "sub", values.text, "The claim that names the bearer; the change log holds it."
    )
    oidc_roles_claim: str = _setting(
        "OIDC_ROLES_CLAIM",
        "roles",
        values.text,
        "The claim with the bearer's roles; a path such as realm_access.roles.",
    )
    oidc_role_map: RoleMap = _setting(
        "OIDC_ROLE_MAP",
        AS_OURS,
        values.role_map,
        "The provider's names of roles, such as caseworker=Sagsbehandler; else ours.",
    )
    oidc_organisations_claim: str = _setting(
        "OIDC_ORGANISATIONS_CLAIM", "organisations", values.text, "The claim with the ids of an editor's organisations."
    )
    oidc_client_id: str = _setting(
        "OIDC_CLIENT_ID", "", values.text, "The name by which the provider knows the pages, for signing in to them."
    )
    oidc_client_secret: str = _setting(
        "OIDC_CLIENT_SECRET",
        "",
        values.text,
        "The secret of that client; empty for a public one. PKCE is used with both.",
    )
    oidc_scopes: tuple[str, ...] = _setting(
        "OIDC_SCOPES", OPENID, values.scopes, "What the pages ask the provider for; it must lead to a token for us."
    )
    public_url: str = _setting(
        "PUBLIC_URL", "", values.public_url, "Where browsers reach the service, such as https://tilbud.example.dk."
    )
    session_key: str = _setting(
        "SESSION_KEY", "", values.key, "Signs the cookies of who signs in; when empty, `DEVELOPMENT_KEY` does."
    )
    development_key: str = _setting(
        "DEVELOPMENT_KEY",
        "",
        values.key,
        "Takes tokens made by `tilbudsvifte token` with this key; for development only.",
    )
    max_streams: int = _setting("MAX_STREAMS", 500, values.count, "Subscriptions and sockets that may be open at once.")
    max_stream_operations: int = _setting(
        "MAX_STREAM_OPERATIONS", 20, values.count, "Operations that may run at once on one socket."
    )
    log_level: str = _setting(
        "LOG_LEVEL",
        "info",
        values.one_of("debug", "info", "warning", "error"),
        "The least severe lines that are logged.",
    )
    log_format: str = _setting(
        "LOG_FORMAT", "json", values.one_of("json", "text"), "Form of the log on stderr: a JSON object a line, or text."
    )

    @property
    def url(self) -> str:
        """Where the service is found by who is on its machine."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Settings:
        """The settings that `environment` gives; an empty variable counts as not given. Raises `WrongSetting`."""
        values: dict[str, Any] = {}
        for setting in fields(cls):
            variable = setting.metadata["variable"]
            if text := environment.get(variable, "").strip():
                try:
                    values[setting.name] = setting.metadata["read"](text)
                except ValueError as wrong:
                    shown = "its value" if _is_secret(variable) else repr(text)
                    raise WrongSetting(f"{variable}: {shown} {wrong}.") from None
        settings = cls(**values)
        settings._must_agree(values)
        return settings

    def _must_agree(self, given: Mapping[str, Any]) -> None:
        """Raises WrongSetting where two settings contradict each other."""
        if self.oidc_issuer and self.development_key:
            raise WrongSetting("DEVELOPMENT_KEY: cannot be given together with OIDC_ISSUER: choose one.")
        if self.oidc_issuer and not self.oidc_audience:
            raise WrongSetting("OIDC_AUDIENCE: must be given with OIDC_ISSUER: tokens for others would be taken.")
        lonely = [name.upper() for name in given if name.startswith("oidc_")]
        if lonely and not self.oidc_issuer:
            raise WrongSetting(f"{lonely[0]}: means nothing without OIDC_ISSUER.")
        if self.oidc_client_secret and not self.oidc_client_id:
            raise WrongSetting("OIDC_CLIENT_SECRET: means nothing without OIDC_CLIENT_ID.")
        for variable, text in (("SESSION_KEY", self.session_key), ("PUBLIC_URL", self.public_url)):
            if self.oidc_client_id and not text:
                raise WrongSetting(f"{variable}: must be given with OIDC_CLIENT_ID: nobody can sign in without.")
        if self.session_key and not self.oidc_client_id and not self.development_key:
            raise WrongSetting("SESSION_KEY: means nothing without OIDC_CLIENT_ID: nobody can sign in.")
        if self.oidc_client_id and not self.pages:
            raise WrongSetting("OIDC_CLIENT_ID: means nothing with PAGES=off: only pages are signed in to.")
        if self.trusted_only and not self.trusted_documents:
            raise WrongSetting("TRUSTED_ONLY: means nothing without TRUSTED_DOCUMENTS.")


@dataclass(frozen=True, slots=True)
class Described:
    """A setting as an operator sees it."""

    variable: str
    default: str
    doc: str


def described() -> list[Described]:
    """Every setting, in the order of its declaration."""
    return [Described(s.metadata["variable"], _shown(s.default), s.metadata["doc"]) for s in fields(Settings)]


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return "on" if default else "off"
    if isinstance(default, tuple):
        return " ".join(str(part) for part in default)
    return f"{default:g}" if isinstance(default, float) else str(default)
