"""What clients see of an error: their own fault in full, nothing of the inside."""

from __future__ import annotations

import re
from typing import Any

import structlog
from graphql import GraphQLError, GraphQLSyntaxError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from graph.errors import BadInput, GraphError

log = structlog.get_logger("graphql")

_SUGGESTION = re.compile(r" Did you mean .*", re.DOTALL)


def shown(error: GraphQLError, result: ExecutionResult, *, suggestions: bool, request: str | None) -> GraphQLError:
    """`error` of `result` as it may be sent, always with a code. What went wrong within is logged."""
    cause = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    if isinstance(cause, GraphError):
        error = _told(cause, error)
    elif cause is not None and not isinstance(cause, GraphQLError) and (error.path or not error.locations):
        # What scalars and variables refuse has a location but no path; anything else went wrong within.
        log.error("unexpected error", request=request, exc_info=cause)
        error = _told(cause, error)
    message = error.message if suggestions else _SUGGESTION.sub("", error.message)
    extensions = {"code": _code(error, result), **(error.extensions or {})}
    return GraphQLError(message, error.nodes, error.source, error.positions, error.path, extensions=extensions)


def _told(cause: Exception, at: GraphQLError) -> GraphQLError:
    """What clients are told of `cause`, which happened at the place of `at`."""
    extensions: dict[str, Any] = {"code": "INTERNAL_SERVER_ERROR"}
    message = "Something went wrong in the service. It has been logged."
    if isinstance(cause, GraphError):
        extensions["code"], message = cause.code, str(cause)
    if isinstance(cause, BadInput) and cause.path:
        extensions["input"] = list(cause.path)
    return GraphQLError(message, at.nodes, path=at.path, extensions=extensions)


def _code(error: GraphQLError, result: ExecutionResult) -> str:
    if isinstance(error, GraphQLSyntaxError):
        return "GRAPHQL_PARSE_FAILED"
    return "GRAPHQL_VALIDATION_FAILED" if isinstance(result, PreExecutionError) else "BAD_USER_INPUT"
