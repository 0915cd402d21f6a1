"""Nothing of a request reaches the log, whoever logs it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from service import logs

CANARY = "kanariefugl"


@pytest.fixture(params=["json", "text"])
def form(request: pytest.FixtureRequest) -> Iterator[str]:
    before = logging.getLogger().handlers[:]
    try:
        yield request.param
    finally:
        structlog.reset_defaults()
        logging.getLogger().handlers[:] = before


def test_an_exception_is_logged_without_its_message(form: str, capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", form)
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        structlog.get_logger("a").error("went wrong", exc_info=error)
        structlog.get_logger("a").exception("went wrong")
        logging.getLogger("library").exception("went wrong")
    log = capfd.readouterr().err
    assert log.count("went wrong") == 3
    assert log.count("ValueError") == 3
    assert "test_logs.py" in log
    assert CANARY not in log


def test_a_library_s_arguments_are_not_logged(form: str, capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", form)
    logging.getLogger("library").error("query %s failed", CANARY)
    logging.getLogger("asyncio").error(f"Task exception was never retrieved\nfuture: <Task exception={CANARY}>")
    logging.getLogger("strawberry.execution").error(ValueError(CANARY))
    log = capfd.readouterr().err
    assert "query %s failed" in log
    assert "Task exception was never retrieved" in log
    assert CANARY not in log


def test_a_line_is_one_json_object(capfd: pytest.CaptureFixture[str], form: str) -> None:
    logs.configure("warning", "json")
    structlog.get_logger("a").info("too little to say")
    structlog.get_logger("a").warning("noget på dansk", position=3)
    [line] = capfd.readouterr().err.splitlines()
    event = json.loads(line)
    assert event.pop("timestamp").endswith("Z")
    assert event == {"event": "noget på dansk", "level": "warning", "position": 3}
