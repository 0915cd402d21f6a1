"""`tilbudsvifte serve` as a process: its life, its end, and what it says when it cannot live."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from pathlib import Path

import pytest

from tests.service.loaded import Folders
from tests.service.served import Served, command, free_port
from tests.waiting import within

CANARY = "kanariefugl"


def test_live_and_ready(served: Served) -> None:
    assert served.client.get("/health/live").json() == {"status": "live"}
    report = served.wait()
    assert report["status"] == "ready"
    assert list(report["stages"]) == ["engine", "migrations", "content", "memory", "follower"]
    assert all(stage["ready"] for stage in report["stages"].values())
    assert int(report["position"]) > 0
    assert "ArcadeDB" in report["versions"]["engine"]
    [line] = [line for line in served.log.splitlines() if '"event":"ready"' in line]
    assert json.loads(line)["url"] == str(served.client.base_url).rstrip("/"), "who has started it sees where to look"


def test_an_answer_says_which_position_it_reflects(served: Served) -> None:
    position = served.wait()["position"]
    answer = served.ask("{ region { name } }", **{"Tilbudsvifte-Position": position})
    assert (answer.status_code, answer.json()["data"]) == (200, {"region": {"name": "Region Nordjylland"}})
    assert answer.json()["extensions"]["position"] == position
    ahead = served.ask("{ region { name } }", **{"Tilbudsvifte-Position": str(int(position) + 1)})
    assert ahead.json()["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"


def test_browsers_get_graphiql_from_this_origin_alone(served: Served) -> None:
    page = served.client.get("/graphql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "<script>" not in page.text
    assert "//" not in page.text.replace("</", "").replace("<!--", "")
    for asset in ("graphiql.js", "graphiql.css", "icon.svg", "vendor/graphiql.min.js", "vendor/graphiql.min.css"):
        assert served.client.get(f"/static/{asset}").status_code == 200


@pytest.mark.parametrize("path", ["/static/../settings.py", "/static/%2e%2e/settings.py", "/nowhere"])
def test_what_is_not_there(served: Served, path: str) -> None:
    assert served.client.get(path).status_code == 404


def test_a_body_that_is_too_large(served: Served) -> None:
    answer = served.ask("{ __typename }", {"x": "a" * 1_000_001})
    assert answer.status_code == 413


def test_no_need_reaches_the_log(served: Served) -> None:
    need = {"need": {"age": 34.0625, "words": [CANARY]}}
    matched = served.ask("query Canary($need: NeedInput!) { matchOffers(need: $need) { notices { code } } }", need)
    assert matched.status_code == 200
    requests = [
        lambda: served.ask("query ($need: NeedInput!) { matchOffers(need: $need) { wrong } }", need),
        lambda: served.ask("query ($need: Int!) { region { name } }", need),
        lambda: served.ask(f'{{ matchOffers(need: {{words: ["{CANARY}"], age: -1}}) {{ notices {{ code }} }} }}'),
        lambda: served.ask(f"{{ {CANARY} }}"),
        lambda: served.client.get("/graphql", params={"query": f"{{ {CANARY} }}"}),
        lambda: served.client.get(f"/{CANARY}"),
        lambda: served.client.post(f"/graphql?{CANARY}", content=CANARY, headers={"X-Canary": CANARY}),
        lambda: served.client.post("/graphql", json={"query": "{ __typename }", "operationName": f"{CANARY}, 34 år"}),
    ]
    for request in requests:
        assert request().status_code < 500
    time.sleep(0.2)
    assert CANARY not in served.log
    assert "34.0625" not in served.log
    lines = [json.loads(line) for line in served.log.splitlines() if line.startswith("{")]
    logged = [line for line in lines if line["event"] == "request"]
    assert {"request", "method", "path", "status", "milliseconds", "operation"} <= logged[-1].keys()
    assert matched.headers["x-request-id"] in [line["request"] for line in logged]


def test_a_second_service_on_the_folder_is_refused(served: Served) -> None:
    second = command("serve", DATA_DIR=str(served.data), PORT=str(free_port()))
    assert second.returncode == 1
    assert second.stderr.splitlines()[-1].startswith(
        f"tilbudsvifte: The data folder {served.data} is in use by process {served.process.pid}."
    )
    assert "Traceback" not in second.stderr
    assert served.ask("{ __typename }").status_code == 200


def test_load_beside_a_running_service_is_refused(served: Served) -> None:
    load = command("load", DATA_DIR=str(served.data))
    assert load.returncode == 1
    assert f"The data folder {served.data} is in use by process {served.process.pid}." in load.stderr


def test_a_taken_port_is_named(served: Served, tmp_path: Path) -> None:
    second = command("serve", DATA_DIR=str(tmp_path), PORT=str(served.port))
    assert second.returncode == 1
    [line] = second.stderr.splitlines()
    assert line.startswith(f"tilbudsvifte: Cannot listen on 127.0.0.1, port {served.port}: ")
    assert not (tmp_path / "engine").exists()


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    wrong = command("serve", DATA_DIR=str(tmp_path), PORT="http")
    assert wrong.returncode == 1
    assert wrong.stderr == "tilbudsvifte: PORT: 'http' is no port: write a whole number from 1 to 65535.\n"


@pytest.fixture(scope="module")
def own(loaded: Folders) -> Path:
    """A data folder for services that are stopped and started."""
    return loaded("own")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_well(own: Path, number: signal.Signals) -> None:
    with Served(own) as service:
        service.wait()
        engine = service.engine_pid
        assert service.stop(number) == 0
    assert not _runs(engine)


def test_a_signal_before_it_is_ready_ends_it_well(own: Path) -> None:
    with Served(own) as service:
        service.wait(live=False)
        assert service.stop(signal.SIGTERM) == 0


def test_a_signal_while_libraries_are_imported_ends_it_well(tmp_path: Path) -> None:
    with Served(tmp_path) as service:
        lock = tmp_path / "engine" / "engine.lock"
        deadline = time.monotonic() + 30
        while not (lock.exists() and lock.read_text()) and time.monotonic() < deadline:
            time.sleep(0.01)
        engine = service.engine_pid
        assert service.stop(signal.SIGTERM) == 0
    assert not _runs(engine)
    assert "Traceback" not in service.log


def test_running_requests_are_finished(own: Path) -> None:
    with Served(own) as service:
        service.wait()
        body = json.dumps({"query": "{ region { name } }"}).encode()
        lines = ["POST /graphql HTTP/1.1", "Host: x", "Content-Type: application/json", f"Content-Length: {len(body)}"]
        head = "\r\n".join([*lines, "", ""])
        with socket.create_connection(("127.0.0.1", service.port), 10) as running:
            running.sendall(head.encode() + body[:5])
            service.wait()  # who came later is answered: this one was let in
            stopped = threading.Thread(target=service.stop, args=(signal.SIGTERM,))
            stopped.start()
            while listens(service.port):
                time.sleep(0.05)
            running.sendall(body[5:])
            answer = running.recv(65536)
        stopped.join()
        assert answer.startswith(b"HTTP/1.1 200")
        assert service.process.returncode == 0


def test_an_engine_that_is_killed_comes_back_by_itself(own: Path) -> None:
    with Served(own) as service:
        service.wait()
        before = service.ask("{ region { name } }").json()["data"]
        engine = service.engine_pid
        os.kill(engine, signal.SIGKILL)
        with within(5):
            answer = service.ask("{ region { name } }")
        assert answer.json()["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
        assert "engine" in service.wait(ready=False, seconds=5)["stages"]
        assert service.client.get("/health/live").status_code == 200
        service.wait(seconds=60)
        assert service.ask("{ region { name } }").json()["data"] == before
        assert service.engine_pid != engine


def test_a_service_waits_for_its_engine(tmp_path: Path) -> None:
    uri = f"bolt://127.0.0.1:{free_port()}"
    with Served(tmp_path, NEO4J_URI=uri) as service:
        report = service.wait(ready=False)
        assert report["stages"]["engine"]["ready"] is False
        with within(5):
            answer = service.ask("{ region { name } }")
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (503, "SERVICE_UNAVAILABLE")
        assert service.stop(signal.SIGTERM) == 0
    assert not (tmp_path / "engine").exists()


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 10).close()
    except ConnectionError:
        return False
    return True


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
