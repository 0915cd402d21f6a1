"""What pages are told when what they ask cannot be answered."""

from __future__ import annotations

import time
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import pytest
from graphql import GraphQLError
from starlette.requests import Request
from strawberry.types import ExecutionResult
from structlog.testing import capture_logs

from graph.actor import ANYONE
from graph.deadline import Deadline
from service.pages.asking import Asking, NotAnswered
from service.pages.languages import Language
from service.pages.signing.session import NOBODY
from service.pages.visit import Visit
from service.rates import Rates
from service.settings import Settings


class Standing:
    """Stands at position 7, and answers with `result`."""

    def __init__(self, result: ExecutionResult) -> None:
        self.result, self.waited, self.asked = result, 0.0, 0

    @property
    def schema(self) -> Any:
        return self

    async def execute(self, query: str, **_: Any) -> ExecutionResult:
        self.asked += 1
        return self.result

    async def reach(self, position: int, timeout: float) -> bool:
        self.waited = timeout
        return position <= 7


def asking(standing: Standing, per_minute: int = 0) -> Asking:
    return Asking(standing, Settings(request_deadline=5), Rates(per_minute))


async def test_an_answer_from_before_what_was_written_is_no_answer() -> None:
    standing = Standing(ExecutionResult({}, None, {"position": "7"}))
    answer = await asking(standing).ask("agreements", {}, ANYONE, position=7)
    assert (answer.position, standing.waited) == (7, pytest.approx(4, abs=0.5))
    with pytest.raises(NotAnswered, match="Position 8") as late:
        await asking(standing).ask("agreements", {}, ANYONE, position=8)
    assert (late.value.code, late.value.status) == ("SERVICE_UNAVAILABLE", HTTPStatus.SERVICE_UNAVAILABLE)


async def test_what_the_body_has_taken_is_not_there_for_the_answer() -> None:
    standing = Standing(ExecutionResult({}, None, {"position": "7"}))
    await asking(standing).ask("agreements", {}, ANYONE, position=7, deadline=Deadline.within(2))
    assert standing.waited == pytest.approx(1.6, abs=0.5)
    with pytest.raises(NotAnswered, match="No answer within 2 seconds") as late:
        await asking(standing).ask("agreements", {}, ANYONE, deadline=Deadline(time.monotonic() - 1, 2))
    assert (late.value.status, standing.asked) == (HTTPStatus.SERVICE_UNAVAILABLE, 1)


async def test_a_page_asks_by_the_deadline_of_its_request() -> None:
    standing = Standing(ExecutionResult({}, None, {"position": "7"}))
    site: Any = SimpleNamespace(asking=asking(standing))
    request = Request({"type": "http", "headers": [], "deadline": Deadline.within(2)})
    await Visit(site, request, Language.DA, NOBODY, position=7).ask("agreements")
    assert standing.waited == pytest.approx(1.6, abs=0.5)


async def test_what_went_wrong_within_is_found_by_its_request() -> None:
    within = GraphQLError("hemmelig", original_error=ValueError("hemmelig"), path=["agreements"])
    with capture_logs() as logged, pytest.raises(NotAnswered) as failed:
        await asking(Standing(ExecutionResult(None, [within]))).ask("agreements", {}, ANYONE, request="a1")
    assert [(event["log_level"], event["request"]) for event in logged] == [("error", "a1")]
    assert (failed.value.code, failed.value.status) == ("INTERNAL_SERVER_ERROR", HTTPStatus.INTERNAL_SERVER_ERROR)
    assert "hemmelig" not in str(failed.value)


async def test_a_part_of_an_answer_is_no_answer() -> None:
    wrong = GraphQLError("Unknown id.", path=["nodes"], extensions={"code": "BAD_USER_INPUT", "input": ["ids", 0]})
    with pytest.raises(NotAnswered, match="Unknown id") as failed:
        await asking(Standing(ExecutionResult({"nodes": None}, [wrong]))).ask("compare", {}, ANYONE)
    assert (failed.value.path, failed.value.status) == (("ids", 0), HTTPStatus.BAD_REQUEST)


async def test_a_page_counts_as_a_request() -> None:
    one = asking(Standing(ExecutionResult({}, None, {"position": "7"})), per_minute=1)
    await one.ask("agreements", {}, ANYONE, "192.0.2.1")
    with pytest.raises(NotAnswered) as limited:
        await one.ask("agreements", {}, ANYONE, "192.0.2.1")
    assert limited.value.status == HTTPStatus.TOO_MANY_REQUESTS
