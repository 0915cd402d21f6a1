"""Uvicorn around the application: a port that is claimed first, and signals that end in exit code 0.

The engine takes seconds to start, and the libraries that answer questions take one to import: both happen at once.
So this file, and what it imports, is all that the engine waits for.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import uvicorn

from graph.errors import GraphError
from service.engine import open_engine
from service.settings import Settings

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from service.runtime import Runtime


class PortTaken(GraphError):
    """The address cannot be listened on. The message names the settings to change."""


class Server(uvicorn.Server):
    """The service from its start to its end. `fatal` is why it could not live on, if it could not."""

    def __init__(self, settings: Settings) -> None:
        self.fatal: Exception | None = None
        self._settings = settings
        self._engine = open_engine(settings)
        self._application: Starlette | None = None
        super().__init__(
            uvicorn.Config(
                lambda: self._application,
                factory=True,  # it is there when uvicorn begins, and not yet now
                lifespan="on",
                access_log=False,  # it would hold the text of queries by GET
                log_config=None,
                server_header=False,
                proxy_headers=bool(settings.trusted_proxies),  # else anyone could say to be anyone
                forwarded_allow_ips=list(settings.trusted_proxies),
                ws_max_size=settings.max_body,
                ws_ping_interval=20,  # a reader that is gone shows within forty seconds
                ws_ping_timeout=20,
                timeout_graceful_shutdown=max(1, round(settings.stop_deadline)),
            )
        )

    async def live(self, listener: socket.socket) -> None:
        """Starts the engine, meanwhile makes the application, and serves it until a signal."""
        with self.capture_signals():
            self._engine.begin()
            try:
                make_runtime, make_application = await asyncio.to_thread(_rest)
                runtime = make_runtime(self._settings, self._engine)
                runtime.on_fatal = self.stop
                self._application = make_application(runtime, self._settings)
                if not self.should_exit:
                    await self.serve(sockets=[listener])
                self.fatal = runtime.fatal
            finally:
                await self._engine.stop()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Streams are ended first: they would go on for as long as they are let."""
        if self._application is not None:
            self._application.state.streams.close()
        await super().shutdown(sockets)

    def stop(self) -> None:
        self.should_exit = True

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's own, which in the end dies of the signal: here a stop that was asked for is a success."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the address. Raises PortTaken."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        reason = error.strerror or str(error)
        raise PortTaken(f"Cannot listen on {host}, port {port}: {reason}. Choose another HOST or PORT.") from None
    return listener


def _rest() -> tuple[type[Runtime], Callable[[Runtime, Settings], Starlette]]:
    """What answers questions, imported here and only here."""
    from service.app import application
    from service.runtime import Runtime

    return Runtime, application


def serve(settings: Settings) -> None:
    """Serves until a signal ends it. Raises PortTaken, and what the runtime cannot live with."""
    listener = listen(settings.host, settings.port)
    server = Server(settings)
    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(server.live(listener))
    if server.fatal is not None:
        raise server.fatal
