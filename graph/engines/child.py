"""The process of the embedded engine: `python -m graph.engines.child`, started by `graph.engines.embedded`.

It speaks JSON lines with its parent. The first line in are its settings (never on the command line, where
others could read the password); the first line out says where it listens. Each further line in holds one
schema statement in `sql`, which the engine does not take over Bolt; its answer has an `error` if it failed.
Every line has the `number` of the question.
When its input ends the parent is gone, or wants it gone: it stops, as it does on SIGTERM and SIGINT.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from graph.engines.lock import FileLock

HOST = "127.0.0.1"
SIGNALS = (signal.SIGTERM, signal.SIGINT)
ATTEMPTS = 5
"""How often ports are looked for."""


def main() -> NoReturn:
    # The engine prints to standard output: what it says goes with its log, the line to the parent stays clean.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    # A signal that reaches the JVM while it starts crashes it: it waits until our own handlers stand. The
    # JVM's threads inherit the mask (with -Xrs they keep it), so that signals come to this thread alone.
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    settings = json.loads(sys.stdin.readline())
    folder = Path(settings["folder"])
    lock = _claim(folder)
    server, ports = _start(folder, settings)

    def stop(*_: object) -> NoReturn:
        server.stop()
        lock.release()
        os._exit(0)  # an orderly interpreter exit would wait for the JVM's threads

    for number in SIGNALS:
        signal.signal(number, stop)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)

    database = server.create_database(settings["database"])
    print(json.dumps({"number": settings["number"], **ports}), file=replies)
    for line in sys.stdin:
        question = json.loads(line)
        answer = {"number": question["number"]}
        try:
            database.command("sql", question["sql"])
        except Exception as error:
            answer["error"] = str(error)
        print(json.dumps(answer), file=replies)
    stop()


def _claim(folder: Path, patience: float = 5.0) -> FileLock:
    """The lock on the engine's files. Its holder, if any, outlived its parent: it gets time to stop, then none."""
    lock = FileLock(folder / "engine.lock")
    deadline = time.monotonic() + patience
    while not lock.take():
        if time.monotonic() > deadline and (holder := lock.holder()):
            print(f"the engine that process {holder} left behind does not stop: it is killed", flush=True)
            with contextlib.suppress(ProcessLookupError):
                os.kill(holder, getattr(signal, "SIGKILL", signal.SIGTERM))
        time.sleep(0.1)
    return lock


def _start(folder: Path, settings: dict[str, Any], attempts: int = ATTEMPTS) -> tuple[Any, dict[str, int | str]]:
    """The running server, and where it listens. A port that is taken between being found and being used is no end."""
    import arcadedb_embedded

    ports = _free_ports(2)
    try:
        return _listening(folder, settings, *ports)
    except arcadedb_embedded.ArcadeDBError:
        if attempts == 1 or all(map(_is_free, ports)):
            raise
    print(f"a port of {ports} was taken meanwhile: others are tried", flush=True)
    return _start(folder, settings, attempts - 1)


def _listening(folder: Path, settings: dict[str, Any], bolt: int, http: int) -> tuple[Any, dict[str, int | str]]:
    import arcadedb_embedded
    from arcadedb_embedded.server import ArcadeDBServer

    # Users are kept with a hash of the password they were made with; ours stands in its own file.
    (folder / "config" / "server-users.jsonl").unlink(missing_ok=True)
    config = {
        "host": HOST,
        "http_port": http,
        "bolt_host": HOST,
        "bolt_port": bolt,
        "mode": "production",
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        # The log of what is to be written reaches the disk before a commit is acknowledged.
        "txWalFlush": 1,
        "opencypher_loadCsv_allowRemoteUrls": False,
        "opencypher_loadCsv_allowFileUrls": False,
        "support_autoRegister": False,
    }
    server = ArcadeDBServer(
        str(folder),
        settings["password"],
        config,
        {"heap_size": settings["heap"], "jvm_args": ["-XX:+UseSerialGC", "-Xms64m", "-Xrs"]},
    )
    server.start()
    return server, {"bolt": bolt, "http": http, "version": arcadedb_embedded.__version__}


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind((HOST, 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    main()
