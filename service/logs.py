"""The log: one line an event, on stderr, as JSON or as text.

No line ever holds a variable, the text of a query, or a part of a need: what a caseworker asks about a citizen
is nobody's business but theirs. Whoever logs gives facts about the request, never anything out of it, and an
exception is logged as its type and its places in the code, since its message may quote a value.
"""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast

import orjson
import structlog
from structlog.typing import EventDict, WrappedLogger

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_QUIET = ("neo4j", "uvicorn.access", "uvicorn.error", "strawberry", "asyncio")


def configure(level: str, form: str) -> None:
    """Sends everything that is logged, by this service or by its libraries, to stderr in the one form."""
    rendered: list[Any] = [_stamped, _json]
    if form == "text":
        stamped = structlog.processors.TimeStamper(fmt="iso", utc=True)
        text = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_no_exception)
        rendered = [stamped, text, _encoded]
    structlog.configure(
        processors=[structlog.processors.add_log_level, _where_it_failed, *rendered],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.BytesLoggerFactory(cast(BinaryIO, _Unfailing())),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[_Bridge()], level=logging.WARNING, force=True)
    logging.getLogger("graph").setLevel(_LEVELS[level])
    for name in _QUIET:
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True


class _Unfailing:
    """Where lines go. One that cannot be written, on a full disk say, is lost: the request that it tells of is not."""

    def write(self, line: bytes) -> None:
        try:
            sys.stderr.buffer.write(line)
            sys.stderr.buffer.flush()
        except OSError:
            pass

    def flush(self) -> None:
        """Nothing waits to be written."""


class _Bridge(logging.Handler):
    """Passes on what is logged otherwise: by us in full, by libraries without arguments, which may hold values."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(("graph.", "seeds.", "schema.")):
            text = record.getMessage()
        else:
            text = record.msg.partition("\n")[0] if isinstance(record.msg, str) else type(record.msg).__name__
        structlog.get_logger().log(record.levelno, text, logger=record.name, exc_info=record.exc_info)


def _stamped(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    event["timestamp"] = datetime.now(UTC)
    return event


def _json(logger: WrappedLogger, method: str, event: EventDict) -> bytes:
    return orjson.dumps(event, default=str, option=orjson.OPT_UTC_Z)


def _encoded(logger: WrappedLogger, method: str, text: str) -> bytes:
    return text.encode(errors="backslashreplace")


def _where_it_failed(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Replaces `exc_info` by the exception's type and places. Its message stays out."""
    failure = event.pop("exc_info", None)
    if failure is True:
        failure = sys.exc_info()
    if isinstance(failure, tuple):
        failure = failure[1]
    if isinstance(failure, BaseException):
        event["exception"] = type(failure).__name__
        event["places"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(failure.__traceback__)]
    return event


def _no_exception(sio: Any, exc_info: Any) -> None:
    """The text renderer's own traceback would show the message: it is given none."""
