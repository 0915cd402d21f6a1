"""The service as its operators meet it: a process of its own, with its own data folder and port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
LINE = (sys.executable, "-m", "tests.service.day")
"""`tilbudsvifte`, on the day of this run."""
OURS = ("MAX_", "RATE_", "TRUSTED_", "NEO4J_", "LOG_", "OIDC_", "CORS_", "DEVELOPMENT_", "SESSION_", "PUBLIC_")
SETTINGS = ("HOST", "PORT", "DATA_DIR", "REQUEST_DEADLINE", "STOP_DEADLINE", "PAGES", "GRAPHIQL", "INTROSPECTION")


def environment(**settings: str) -> dict[str, str]:
    """This process's environment without the settings of a service, and `settings` in their place."""
    plain = {k: v for k, v in os.environ.items() if k not in SETTINGS and not k.startswith(OURS)}
    return {**plain, **settings}


def command(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """One command of `tilbudsvifte`, run to its end."""
    return subprocess.run(
        [*LINE, *arguments], cwd=ROOT, env=environment(**settings), capture_output=True, text=True, timeout=120
    )


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Served:
    """`tilbudsvifte serve` on `data`, from entering the context to leaving it."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log_file = data / "service.log"
        self.settings = {"DATA_DIR": str(data), "PORT": str(self.port), **settings}
        self.client = httpx.Client(base_url=self.url, timeout=30)

    def __enter__(self) -> Served:
        self.data.mkdir(parents=True, exist_ok=True)
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen([*LINE, "serve"], cwd=ROOT, env=environment(**self.settings), stderr=log)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.client.close()
        if self.process.poll() is None:
            self.stop(signal.SIGTERM)

    def stop(self, number: signal.Signals) -> int:
        """The exit code after the signal `number`."""
        self.process.send_signal(number)
        try:
            return self.process.wait(30)
        finally:
            self.process.kill()

    @property
    def log(self) -> str:
        return self.log_file.read_text()

    def wait(self, *, ready: bool = True, live: bool = True, seconds: float = 60) -> dict[str, Any]:
        """What /health/ready says once it says `ready`. With `live=False` any answer will do."""
        deadline = time.monotonic() + seconds
        last: object = None
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"the service ended: {self.log}"
            try:
                answer = self.client.get("/health/ready")
                last = answer.json()
                if not live or answer.is_success == ready:
                    return dict(answer.json())
            except httpx.TransportError as error:
                last = error
            time.sleep(0.05)
        raise AssertionError(f"not {'ready' if ready else 'unready'} within {seconds} s: {last} {self.log}")

    def ask(self, query: str, variables: dict[str, Any] | None = None, **headers: str) -> httpx.Response:
        accept = {"Accept": "application/graphql-response+json"}
        return self.client.post(
            "/graphql", json={"query": query, "variables": variables}, headers={**accept, **headers}
        )

    @property
    def engine_pid(self) -> int:
        """The process of the embedded engine: the holder of the lock on its files."""
        return int((self.data / "engine" / "engine.lock").read_text())


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[Served]:
    """A service that is ready and has time: on a busy machine the first answers are slow, and deadlines are not what
    is tested with it.
    """
    with Served(data, **{"REQUEST_DEADLINE": "20", **settings}) as service:
        service.wait()
        yield service
