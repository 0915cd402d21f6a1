"""Uvicorn around the application: a port that is claimed first, and signals that end in exit code 0."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Iterator

import uvicorn

from service.app import application
from service.runtime import Runtime
from service.settings import Settings


class PortTaken(Exception):
    """The address cannot be listened on. The message names the settings to change."""


class Server(uvicorn.Server):
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


def serve(settings: Settings) -> None:
    """Serves until a signal ends it. Raises PortTaken, and what the runtime cannot live with."""
    listener = listen(settings.host, settings.port)
    runtime = Runtime(settings)
    config = uvicorn.Config(
        application(runtime, settings),
        lifespan="on",
        access_log=False,  # it would hold the text of queries by GET
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=max(1, round(settings.stop_deadline)),
    )
    server = Server(config)

    def stop() -> None:
        server.should_exit = True

    runtime.on_fatal = stop
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(server.serve(sockets=[listener]))
    if runtime.fatal is not None:
        raise runtime.fatal
