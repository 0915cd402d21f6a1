"""How the text of a setting is read. Each function raises ValueError, which says what is wrong with the text."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_network
from urllib.parse import urlsplit

from graph.actor import Role

RoleMap = tuple[tuple[str, Role], ...]
MIN_KEY = 32
LOCAL = ("127.0.0.1", "::1", "localhost")
ASYMMETRIC = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
BOLT_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def port(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise ValueError("is no port: write a whole number from 1 to 65535")


def seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if 0 < seconds <= 3600:
        return seconds
    raise ValueError("is no time: write seconds, more than 0 and at most 3600, such as 5 or 2.5")


def size(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise ValueError("is no size: write a whole number of bytes")


def count(text: str) -> int:
    if text.isdecimal() and text.isascii() and 0 < int(text) <= 1_000_000:
        return int(text)
    raise ValueError("is no count: write a whole number, at least 1 and at most 1000000")


def rate(text: str) -> int:
    if text.isdecimal() and text.isascii() and int(text) <= 1_000_000_000:
        return int(text)
    raise ValueError("is no cost: write a whole number, 0 for no bound")


def proxies(text: str) -> tuple[str, ...]:
    proxies = tuple(text.replace(",", " ").split())
    for proxy in proxies:
        try:
            ip_network(proxy)
        except ValueError:
            raise ValueError("holds no address: write some such as 10.0.0.5, 10.1.0.0/16") from None
    return proxies


def switch(text: str) -> bool:
    match text.lower():
        case "on" | "true" | "yes" | "1":
            return True
        case "off" | "false" | "no" | "0":
            return False
    raise ValueError("is neither on nor off")


def text(text: str) -> str:
    return text


def one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() in words:
            return text.lower()
        raise ValueError(f"is none of: {', '.join(words)}")

    return read


def key(text: str) -> str:
    if len(text) >= MIN_KEY:
        return text
    raise ValueError(f"is too short: write at least {MIN_KEY} random characters")


def leeway(text: str) -> int:
    if text.isdecimal() and text.isascii() and int(text) <= 300:
        return int(text)
    raise ValueError("is no leeway: write whole seconds, at most 300")


def provider(text: str) -> str:
    """Over plain HTTP whoever stands between could sign what they like; within one machine nobody stands there."""
    found = urlsplit(text)
    local = found.scheme == "http" and found.hostname in LOCAL
    if (found.scheme == "https" or local) and found.hostname and not found.query and not found.fragment:
        return text
    raise ValueError("is no address of a provider: write one that begins with https:// (http:// on this machine only)")


def public_url(text: str) -> str:
    """Cookies that say who someone is do not travel where others can read them."""
    found = urlsplit(text)
    local = found.scheme == "http" and found.hostname in LOCAL
    if (found.scheme == "https" or local) and _is_origin(text.rstrip("/")):
        return text.rstrip("/").lower()
    raise ValueError("is no address of a host: write such as https://tilbud.example.dk (http:// on this machine only)")


def scopes(text: str) -> tuple[str, ...]:
    scopes = tuple(text.replace(",", " ").split())
    if "openid" in scopes:
        return scopes
    raise ValueError("lacks openid, without which nobody is signed in")


def algorithms(text: str) -> tuple[str, ...]:
    algorithms = tuple(text.replace(",", " ").split())
    if all(algorithm in ASYMMETRIC for algorithm in algorithms):
        return algorithms
    raise ValueError(f"names another algorithm than: {', '.join(ASYMMETRIC)}")


def role_map(text: str) -> RoleMap:
    """Pairs of the provider's name and the role, written the other way round."""
    pairs = []
    for part in text.split(","):
        role, _, name = (piece.strip() for piece in part.partition("="))
        if role not in list(Role) or not name:
            raise ValueError(f"is no map of roles: write caseworker=NAME,editor=NAME ({', '.join(Role)})")
        pairs.append((name, Role(role)))
    return tuple(pairs)


def origins(text: str) -> tuple[str, ...]:
    origins = tuple(text.replace(",", " ").split())
    if origins == ("*",) or all(_is_origin(origin) for origin in origins):
        return origins
    raise ValueError("is no list of origins: write such as https://example.dk, without a path; or * alone")


def _is_origin(text: str) -> bool:
    found = urlsplit(text)
    return found.scheme in ("http", "https") and bool(found.hostname) and text == f"{found.scheme}://{found.netloc}"


def bolt(text: str) -> str:
    scheme, separator, host = text.partition("://")
    if scheme in BOLT_SCHEMES and separator and host:
        return text
    raise ValueError(f"is no address of Neo4j: write one such as neo4j://host:7687 ({', '.join(BOLT_SCHEMES)})")
