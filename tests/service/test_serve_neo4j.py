"""`tilbudsvifte serve` on Neo4j, which comes and goes."""

from __future__ import annotations

import contextlib
import select
import signal
import socket
import socketserver
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph.database import Database
from tests.service.served import Served, command, free_port
from tests.waiting import within


class Gate:
    """A port that leads to an engine while it is open; nothing listens there while it is closed."""

    def __init__(self, uri: str) -> None:
        self.port = free_port()
        self.uri = f"bolt://127.0.0.1:{self.port}"
        self._target = (urlsplit(uri).hostname, urlsplit(uri).port)
        self._sockets: set[socket.socket] = set()

    def open(self) -> None:
        gate = self

        class Passage(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with socket.create_connection(gate._target) as engine:
                    pair = {self.request: engine, engine: self.request}
                    gate._sockets.update(pair)
                    with contextlib.suppress(OSError, ValueError):
                        while True:
                            for end in select.select(list(pair), [], [])[0]:
                                if not (data := end.recv(65536)):
                                    return
                                pair[end].sendall(data)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True
            block_on_close = False

        self._server = Server(("127.0.0.1", self.port), Passage)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        for end in self._sockets:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._sockets.clear()


@pytest.mark.engines("neo4j")
async def test_neo4j_comes_goes_and_comes_back(database: Database, tmp_path: Path) -> None:
    gate = Gate(database.uri)
    question = "{ region { name } }"
    with Served(tmp_path, NEO4J_URI=gate.uri) as service:
        assert service.wait(ready=False)["stages"]["engine"]["ready"] is False
        gate.open()
        report = service.wait(seconds=90)
        assert report["versions"]["engine"].startswith("Neo4j/")
        answer = service.ask(question)
        assert (answer.status_code, answer.json()["data"]) == (200, {"region": {"name": "Region Nordjylland"}})

        gate.close()
        with within(5):
            answer = service.ask(question)
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (503, "SERVICE_UNAVAILABLE")
        assert service.wait(ready=False, seconds=10)["stages"]["engine"]["detail"] == "The engine does not answer."

        gate.open()
        service.wait(seconds=30)
        assert service.ask(question).json()["data"] == {"region": {"name": "Region Nordjylland"}}

        visit = command("doctor", NEO4J_URI=database.uri, DATA_DIR=str(tmp_path))
        assert visit.returncode == 0, visit.stdout
        assert "neo4j, Neo4j/" in visit.stdout
        assert service.stop(signal.SIGTERM) == 0
    gate.close()
