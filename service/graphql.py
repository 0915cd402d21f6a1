"""GraphQL over HTTP: POST, and GET for queries, after the specification of that name.

On top of Strawberry's view, which knows the transports, this decides what it leaves open: the media type of the
answer, its status, what an error shows, the deadline, and the position that a client has seen.

| answer | application/graphql-response+json | application/json |
|---|---|---|
| executed, with or without errors in fields | 200 | 200 |
| refused before execution: syntax, validation, variables, input | 400 | 200, for older clients |
| the engine does not answer | 503 | 200, for older clients |
| no well-formed request | 400, 405, 406, 413, 415 | the same |
| a token that is not taken | 401 | the same |
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from http import HTTPStatus
from typing import Any, Protocol, cast

import orjson
from cross_web import HTTPException
from graphql import GraphQLError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry.asgi import GraphQL
from strawberry.exceptions import MissingQueryError
from strawberry.http import GraphQLRequestData
from strawberry.schema.base import BaseSchema
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from graph.actor import ANYONE, Actor
from graph.deadline import Deadline
from graph.errors import Unavailable
from schema.limits.budget import Budget
from service.answers import answer, refusal, refused, too_much
from service.conditional import NEVER, Unchanged, has, kept, tag_of
from service.errors import shown
from service.identity import Identity, Unauthenticated
from service.identity.identity import Signed
from service.rates import REFUSED, Account, RateLimited, Rates
from service.requests import CLOSED, LATE, TooLarge, body_of
from service.settings import Settings
from service.streams import Events, Streams, too_many, wants_events
from service.trusted import NotTrusted, Trusted, WrongId
from service.wellformed import JSON, RESPONSE_JSON, Refused, is_for_the_page, must_be_json, negotiate, parameter

POSITION = "Tilbudsvifte-Position"


class Service(Protocol):
    """What answers: `service.runtime.Runtime`, or a stand-in."""

    @property
    def schema(self) -> BaseSchema:
        """Raises Unavailable while nothing can be answered."""
        ...

    @property
    def position(self) -> int: ...

    @property
    def standing(self) -> str: ...

    def may_be_kept(self, text: str) -> bool: ...

    async def reach(self, position: int, timeout: float) -> bool: ...


class Endpoint(GraphQL[None, None]):
    """`/graphql`. Its schema is the running service's, so that it can answer before the engine does."""

    protocols = ()

    def __init__(
        self,
        service: Service,
        settings: Settings,
        page: Response | None,
        identity: Identity | None = None,
        streams: Streams | None = None,
        trusted: Trusted | None = None,
        rates: Rates | None = None,
    ) -> None:
        self._service = service
        self._trusted = trusted or Trusted()
        self._rates = rates or Rates(settings.rate_cost_per_minute)
        self._max_cost = settings.max_cost
        self._streams = Streams(settings.max_streams) if streams is None else streams
        self._identity = identity or Identity()
        self._deadline, self._max_body = settings.request_deadline, settings.max_body
        self._suggestions = settings.introspection
        self._page = page

    @property
    def schema(self) -> BaseSchema:  # type: ignore[override]
        return self._service.schema

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        media_type = negotiate(request.headers.get("accept"))
        try:
            response = await self._answer(request, media_type)
        except ClientDisconnect:
            return
        except Unchanged as unchanged:
            response = unchanged.response
        except HTTPException as refused:
            response = refusal(refused, media_type or JSON)
        if request.method == "GET" and "cache-control" not in response.headers:
            response.headers.update(NEVER)
        await response(scope, receive, send)

    # -- the request

    async def _answer(self, request: Request, media_type: str | None) -> Response:
        """What the view's own `run` does, without what is not taken here: uploads, batches, streams."""
        if request.method not in ("GET", "POST"):
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "GraphQL is asked by POST or GET.", {"Allow": "GET, POST"})
        if self._page is not None and is_for_the_page(request):
            return self._page
        if wants_events(request.headers.get("accept")):
            return await self._events(request)
        if media_type is None:
            raise Refused(HTTPStatus.NOT_ACCEPTABLE, f"The answer can be {RESPONSE_JSON} or {JSON}.")
        asked: GraphQLRequestData | None = None
        deadline = Deadline.within(self._deadline)
        try:
            async with asyncio.timeout(self._deadline):
                asked = await self._asked(request)
                result = await self._execute(request, asked, media_type, deadline)
        except TimeoutError:
            if asked is None:
                raise self._late() from None
            result = refused(Unavailable(f"No answer within {self._deadline:g} seconds."))
        fit = self._fit(result, request.scope.get("request_id"))
        return answer(fit, media_type, request.scope.get("answer_headers"))

    async def _asked(self, request: Request) -> GraphQLRequestData:
        """The parameters of a well-formed request."""
        parameters: object
        if request.method == "GET":
            parameters = self.parse_query_params(request.query_params)
        else:
            must_be_json(request.headers.get("content-type", ""))
            try:
                parameters = self.parse_json(await body_of(request.receive, self._max_body))
            except TooLarge as large:
                raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(large), CLOSED) from None
        if isinstance(parameters, list):
            raise Refused(HTTPStatus.BAD_REQUEST, "One operation a request: batches are not taken.")
        if not isinstance(parameters, dict):
            raise Refused(HTTPStatus.BAD_REQUEST, "The body must be a JSON object.")
        query = parameter(parameters, "query", str, "a string")
        document_id = parameter(parameters, "documentId", str, "a string")
        extensions = parameter(parameters, "extensions", dict, "an object")
        try:
            query = self._trusted.query(query, document_id, extensions)
        except WrongId as wrong:
            raise Refused(HTTPStatus.BAD_REQUEST, str(wrong)) from None
        except NotTrusted:
            # The words that Apollo's clients look for.
            reason, code = "PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND"
            raise Refused(HTTPStatus.BAD_REQUEST, reason, code=code) from None
        return GraphQLRequestData(
            query=query,
            variables=parameter(parameters, "variables", dict, "an object"),
            operation_name=parameter(parameters, "operationName", str, "a string"),
            extensions=extensions,
        )

    def _late(self) -> Refused:
        return Refused(HTTPStatus.REQUEST_TIMEOUT, LATE.format(self._deadline), CLOSED)

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    # -- the operation

    async def _execute(
        self, request: Request, asked: GraphQLRequestData, media_type: str, deadline: Deadline
    ) -> ExecutionResult:
        name = asked.operation_name
        context: dict[str, Any] = {}
        account: Account | None = None
        tag: str | None = None
        try:
            signed = await self._signed(request)
            account = self._rates.account(signed.actor, request.client and request.client.host)
            if account is not None:
                account.spend(1)
            await self._reach(request.headers.get(POSITION))
            position = self._service.position
            if request.method == "GET":
                tag = self._tag(request, asked, signed.actor, media_type)
            budget = Budget(self._max_cost, account.spend if account else None, deadline)
            context |= {"actor": signed.actor, "budget": budget}
            result = await self.schema.execute(
                asked.query,
                variable_values=asked.variables,
                context_value=context,
                operation_name=name,
                allowed_operation_types=_ALLOWED[request.method],
                operation_extensions=asked.extensions,
            )
        except MissingQueryError:
            raise Refused(HTTPStatus.BAD_REQUEST, "The request holds no `query`.") from None
        except CannotGetOperationTypeError as unknown:
            return refused(GraphQLError(unknown.as_http_error_reason(), extensions={"code": "BAD_USER_INPUT"}))
        except InvalidOperationTypeError as wrong:
            reason = f"A {wrong.operation_type.value} cannot be asked by {request.method}."
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, reason, {"Allow": "POST"}) from None
        except RateLimited as limited:
            raise too_much(limited, account) from None
        except (HTTPException, Unchanged):
            raise
        except Exception as failure:
            return refused(failure)
        finally:
            request.scope["operation"] = context.get("operation")
        if account is not None and budget.cost is None:
            account.take(REFUSED)
        if result.data is not None:
            result.extensions = {"position": str(position), **(result.extensions or {})}
        headers = kept(tag, signed=signed.actor != ANYONE) if tag is not None and not result.errors else {}
        request.scope["answer_headers"] = headers | (account.headers if account is not None else {})
        return result

    def _tag(self, request: Request, asked: GraphQLRequestData, actor: Actor, media_type: str) -> str | None:
        """The tag of the answer, None where it must not be kept. Raises Unchanged where the client has it."""
        if asked.query is None or not self._service.may_be_kept(asked.query):
            return None
        tag = tag_of(
            self._service.standing,
            str(actor.view),
            asked.query,
            asked.variables or {},
            asked.operation_name,
            media_type,
            self._max_cost,
        )
        if has(request.headers.get("if-none-match"), tag):
            raise Unchanged(kept(tag, signed=actor != ANYONE))
        return tag

    async def _signed(self, request: Request) -> Signed:
        """Who asks. Several headers are one, as HTTP has it, and then no token."""
        headers = request.headers.getlist("authorization")
        try:
            return await self._identity.signed(", ".join(headers) if headers else None)
        except Unauthenticated as unknown:
            challenge = {"WWW-Authenticate": unknown.challenge}
            raise Refused(HTTPStatus.UNAUTHORIZED, str(unknown), challenge, "UNAUTHENTICATED") from None

    async def _reach(self, header: str | None) -> None:
        """Waits until everything up to the position that the client has seen is part of the answer."""
        if header is None:
            return
        if not header.isascii() or not header.isdecimal() or len(header) > 18:
            raise Refused(HTTPStatus.BAD_REQUEST, f"{POSITION} must be a whole number, such as 42.")
        if not await self._service.reach(int(header), self._deadline * 0.8):
            raise Unavailable(f"Position {header} is not reached; the service stands at {self._service.position}.")

    # -- answers as they come

    async def stream(
        self,
        query: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor,
        method: str = "POST",
        host: str | None = None,
    ) -> AsyncIterator[ExecutionResult]:
        """The answers to an operation, fit to be sent, as they come."""
        account = self._rates.account(actor, host)
        budget = Budget(self._max_cost, account.spend if account else None)
        try:
            if account is not None:
                account.spend(1)
            results = await self.schema.stream(
                query,
                variable_values=None if variables is None else dict(variables),
                context_value={"actor": actor, "budget": budget},
                operation_name=operation_name,
                allowed_operation_types=_ALLOWED[method],
            )
            async for result in results:
                yield self._fit(cast(ExecutionResult, result))  # nothing is delivered in increments
        except InvalidOperationTypeError as wrong:
            reason = f"A {wrong.operation_type.value} cannot be asked by {method}."
            yield refused(GraphQLError(reason, extensions={"code": "BAD_REQUEST"}))
        except RateLimited as limited:
            yield refused(GraphQLError(str(limited), extensions={"code": "RATE_LIMITED"}))
        except Exception as failure:
            yield self._fit(refused(failure))

    def _fit(self, result: ExecutionResult, request: str | None = None) -> ExecutionResult:
        if result.errors:
            result.errors = [
                shown(error, result, suggestions=self._suggestions, request=request) for error in result.errors
            ]
        return result

    async def _events(self, request: Request) -> Response:
        """Server-sent events, one operation a connection."""
        try:
            async with asyncio.timeout(self._deadline):
                asked = await self._asked(request)
        except TimeoutError:
            raise self._late() from None
        if asked.query is None:
            raise Refused(HTTPStatus.BAD_REQUEST, "The request holds no `query`.")
        signed = await self._signed(request)
        if self._streams.full:
            return too_many()
        host = request.client and request.client.host
        results = self.stream(asked.query, asked.variables, asked.operation_name, signed.actor, request.method, host)
        return Events(results, self._streams, signed.expires_at)


_ALLOWED = {method: OperationType.from_http(method) for method in ("GET", "POST")}
