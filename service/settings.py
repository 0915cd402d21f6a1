"""The settings of the service, read from the environment: one declaration each, with its default and meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class WrongSetting(Exception):
    """A variable of the environment holds what its setting cannot take. The message names it."""


def _port(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise ValueError("is no port: write a whole number from 1 to 65535")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if 0 < seconds <= 3600:
        return seconds
    raise ValueError("is no time: write seconds, more than 0 and at most 3600, such as 5 or 2.5")


def _bytes(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise ValueError("is no size: write a whole number of bytes")


def _switch(text: str) -> bool:
    match text.lower():
        case "on" | "true" | "yes" | "1":
            return True
        case "off" | "false" | "no" | "0":
            return False
    raise ValueError("is neither on nor off")


def _text(text: str) -> str:
    return text


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() in words:
            return text.lower()
        raise ValueError(f"is none of: {', '.join(words)}")

    return read


BOLT_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def _uri(text: str) -> str:
    scheme, separator, host = text.partition("://")
    if scheme in BOLT_SCHEMES and separator and host:
        return text
    raise ValueError(f"is no address of Neo4j: write one such as neo4j://host:7687 ({', '.join(BOLT_SCHEMES)})")


def _setting(variable: str, default: T, read: Callable[[str], T], doc: str) -> Any:
    metadata = {"variable": variable, "read": read, "doc": doc}
    return field(default=default, metadata=metadata, repr="PASSWORD" not in variable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings. `Settings()` holds the defaults; `Settings.read(os.environ)` what an operator chose."""

    host: str = _setting("HOST", "127.0.0.1", _text, "Address to listen on; 0.0.0.0 for all.")
    port: int = _setting("PORT", 8000, _port, "Port to listen on.")
    data_dir: Path = _setting("DATA_DIR", Path("data"), Path, "Folder of the embedded engine; one service at a time.")
    neo4j_uri: str = _setting("NEO4J_URI", "", _uri, "Address of Neo4j; when empty, the embedded engine is used.")
    neo4j_user: str = _setting("NEO4J_USER", "neo4j", _text, "User of Neo4j.")
    neo4j_password: str = _setting("NEO4J_PASSWORD", "", _text, "Password of Neo4j; empty for a server without.")
    neo4j_database: str = _setting("NEO4J_DATABASE", "neo4j", _text, "Name of the database in Neo4j.")
    request_deadline: float = _setting(
        "REQUEST_DEADLINE", 5.0, _seconds, "Seconds within which every request is answered, with an error if need be."
    )
    stop_deadline: float = _setting(
        "STOP_DEADLINE", 10.0, _seconds, "Seconds that running requests may take to finish when the service is stopped."
    )
    max_body: int = _setting("MAX_BODY", 1_000_000, _bytes, "Bytes that the body of a request may hold.")
    first_content: bool = _setting(
        "FIRST_CONTENT", True, _switch, "Load the first content at start when the graph is empty."
    )
    graphiql: bool = _setting("GRAPHIQL", True, _switch, "Serve GraphiQL to browsers at `/` and `/graphql`.")
    introspection: bool = _setting(
        "INTROSPECTION", True, _switch, "Let clients read the schema; off also hides suggestions in error messages."
    )
    log_level: str = _setting(
        "LOG_LEVEL", "info", _one_of("debug", "info", "warning", "error"), "The least severe lines that are logged."
    )
    log_format: str = _setting(
        "LOG_FORMAT", "json", _one_of("json", "text"), "Form of the log on stderr: a JSON object a line, or text."
    )

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
                    raise WrongSetting(f"{variable}: {text!r} {wrong}.") from None
        return cls(**values)


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
    return f"{default:g}" if isinstance(default, float) else str(default)
