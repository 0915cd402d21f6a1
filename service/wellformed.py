"""What makes a request over HTTP well formed, and what kind of answer it takes."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from cross_web import HTTPException
from starlette.requests import Request

RESPONSE_JSON = "application/graphql-response+json"
JSON = "application/json"


class Refused(HTTPException):
    """No well-formed GraphQL request, or not from whom it says. `headers` go with the answer."""

    def __init__(
        self, status: HTTPStatus, reason: str, headers: Mapping[str, str] | None = None, code: str = "BAD_REQUEST"
    ) -> None:
        super().__init__(status, reason)
        self.headers = headers
        self.code = code


def negotiate(accept: str | None) -> str | None:
    """The media type of the answer, or None where `accept` allows neither.

    >>> negotiate("application/graphql-response+json, application/json;q=0.9")
    'application/graphql-response+json'
    >>> negotiate("*/*")
    'application/json'
    """
    if not accept:
        return JSON
    qualities: dict[str, float] = {}
    for part in accept.lower().split(","):
        media_range, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            qualities[media_range] = float(quality)
        except ValueError:
            return None
    wildcard = qualities.get("application/*", qualities.get("*/*", 0.0))
    plain = qualities.get(JSON, wildcard)
    response = qualities.get(RESPONSE_JSON, wildcard)
    if response > 0 and response >= plain and (RESPONSE_JSON in qualities or plain == 0):
        return RESPONSE_JSON
    return JSON if plain > 0 else None


def is_for_the_page(request: Request) -> bool:
    """A browser that opens the address, and asks nothing."""
    asks = request.method == "POST" or "query" in request.query_params
    return not asks and "text/html" in request.headers.get("accept", "")


def must_be_json(content_type: str) -> None:
    media_type, *parameters = (piece.strip().lower() for piece in content_type.split(";"))
    if media_type != JSON:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"The Content-Type of the request must be {JSON}.")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "charset" and value.strip('"') not in ("utf-8", "utf8"):
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The request must be in UTF-8.")


def parameter(parameters: Mapping[str, Any], name: str, type: type, what: str) -> Any:
    value = parameters.get(name)
    if value is None or isinstance(value, type):
        return value
    raise Refused(HTTPStatus.BAD_REQUEST, f"`{name}` must be {what} or null.")
