"""How a GraphQL answer becomes an HTTP response: content, status, and what stands where nothing was executed."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from cross_web import HTTPException
from graphql import GraphQLError
from starlette.responses import Response
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from service.rates import Account, RateLimited
from service.wellformed import RESPONSE_JSON, Refused

_STATUS = {
    "SERVICE_UNAVAILABLE": HTTPStatus.SERVICE_UNAVAILABLE,
    "INTERNAL_SERVER_ERROR": HTTPStatus.INTERNAL_SERVER_ERROR,
}


def answer(result: ExecutionResult, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """Of a result whose errors are fit to be sent."""
    content: dict[str, Any] = {}
    if result.data is not None or not _is_refused(result):
        content["data"] = result.data
    if result.errors:
        content["errors"] = [error.formatted for error in result.errors]
    if result.extensions:
        content["extensions"] = result.extensions
    status = HTTPStatus.OK
    if "data" not in content and media_type == RESPONSE_JSON:
        status = _STATUS.get(content["errors"][0]["extensions"]["code"], HTTPStatus.BAD_REQUEST)
    return _response(content, status, media_type, headers)


def refused(failure: Exception) -> ExecutionResult:
    """The result of what was not executed."""
    error = failure if isinstance(failure, GraphQLError) else GraphQLError("", original_error=failure)
    return PreExecutionError(data=None, errors=[error])


def _is_refused(result: ExecutionResult) -> bool:
    """True where nothing was executed: an error that made `data` null in execution has a path."""
    return isinstance(result, PreExecutionError) or all(error.path is None for error in result.errors or ())


def too_much(limited: RateLimited, account: Account | None) -> Refused:
    headers = {"Retry-After": str(limited.retry_after), **(account.headers if account is not None else {})}
    return Refused(HTTPStatus.TOO_MANY_REQUESTS, str(limited), headers, "RATE_LIMITED")


def refusal(refused: HTTPException, media_type: str) -> Response:
    headers, code = (refused.headers, refused.code) if isinstance(refused, Refused) else (None, "BAD_REQUEST")
    errors = [{"message": refused.reason, "extensions": {"code": code}}]
    return _response({"errors": errors}, refused.status_code, media_type, headers)


def _response(content: object, status: int, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    return Response(orjson.dumps(content), status, headers, f"{media_type}; charset=utf-8")
