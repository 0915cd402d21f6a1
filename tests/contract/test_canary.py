"""A need is gone when it has been answered, or refused, or lost: no log, file, ledger or cache holds a word of it.

What an operation is called is a program's own word: it is in memory with its document, and in no log where the
operation takes a need.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from graphql import GraphQLInputObjectType, build_schema

from schema import contract
from tests.contract import canary, traces
from tests.machine import C1_ONLY
from tests.service.loaded import Folders
from tests.service.served import ROOT, Served, environment, free_port

CHANGES = (
    "query ($after: String) { changes(first: 100, after: $after) { nodes { %s } pageInfo { endCursor hasNextPage } } }"
)
CHANGE = "id position at actor action kind subject fields { name before after }"


@pytest.fixture(scope="module", params=["json", "text"])
def chatty(request: pytest.FixtureRequest, loaded: Folders) -> Iterator[Served]:
    """A service that logs as much as it can, and puts passing files where they can be searched."""
    folder = loaded(f"chatty-{request.param}")
    scratch = folder / "scratch"
    scratch.mkdir()
    with Served(
        folder,
        LOG_LEVEL="debug",
        LOG_FORMAT=request.param,
        REQUEST_DEADLINE="2",
        TRUSTED_DOCUMENTS=str(trusted(folder)),
        TMPDIR=str(scratch),
        JAVA_TOOL_OPTIONS=f"{C1_ONLY} -Djava.io.tmpdir={scratch}",
    ) as service:
        service.wait(seconds=120)
        yield service


@pytest.fixture(scope="module")
def sent(chatty: Served) -> dict[str, int]:
    """What came back, by the way in which the need was sent."""
    answers = canary.send_all(chatty.url)
    time.sleep(2.5)  # what was left half sent is given up
    return answers


def test_every_field_of_a_need_is_sent() -> None:
    type = build_schema(contract.sdl()).type_map["NeedInput"]
    assert isinstance(type, GraphQLInputObjectType)
    assert set(canary.need()) == set(type.fields)


def test_it_is_sent_and_read(chatty: Served, sent: dict[str, int]) -> None:
    """The search would find nothing where nothing had been asked."""
    answer = chatty.ask(canary.NEEDED, {"need": canary.need()})
    assert "the word" in traces.in_bytes(answer.content), "what cannot be read of a need is told to who asked"
    for way in (
        "POST: variables",
        "GET: variables",
        "POST: in the text",
        "events: variables",
        "a name",
        "POST: a trusted document",
    ):
        assert sent[way] == 200, way
    assert sent["socket: variables"] >= 2
    assert len(sent) > 300
    assert [way for way, status in sent.items() if status >= 500] == []


def test_nothing_is_left(chatty: Served, sent: dict[str, int]) -> None:
    assert traces.in_files(chatty.data) == []
    assert traces.left_by([chatty.process.pid, chatty.engine_pid]) == []


def test_nothing_is_told_to_others(chatty: Served, sent: dict[str, int]) -> None:
    for path in ("/health/live", "/health/ready"):
        assert traces.in_bytes(chatty.client.get(path).content) == []
    after, more = None, True
    while more:
        page = chatty.ask(CHANGES % CHANGE, {"after": after})
        assert traces.in_bytes(page.content) == []
        found = page.json()["data"]["changes"]["pageInfo"]
        after, more = found["endCursor"], found["hasNextPage"]


def test_nothing_is_left_when_the_engine_is_slow_and_when_it_dies(chatty: Served, sent: dict[str, int]) -> None:
    with frozen(chatty.engine_pid):
        assert ask(chatty).status_code == 503
    chatty.wait()
    engine = chatty.engine_pid
    with frozen(engine):
        answers: list[httpx.Response] = []
        asking = threading.Thread(target=lambda: answers.append(ask(chatty)))
        asking.start()
        time.sleep(0.5)
        os.kill(engine, signal.SIGKILL)
        asking.join()
    assert [answer.status_code for answer in answers] == [503]
    chatty.wait(ready=False, seconds=10)
    chatty.wait(seconds=120)
    assert chatty.engine_pid != engine
    assert ask(chatty).status_code == 200
    assert traces.in_files(chatty.data) == []


def ask(service: Served) -> httpx.Response:
    return service.ask(canary.NEEDED, {"need": canary.need()})


@contextmanager
def frozen(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    while not all(_stands(task) for task in Path(f"/proc/{pid}/task").iterdir()):
        time.sleep(0.01)  # one thread takes the signal, and the others run until it has had its turn
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def _stands(task: Path) -> bool:
    return (task / "stat").read_text().rpartition(")")[2].split()[0] == "T"


@pytest.mark.parametrize(
    "form",
    [
        "plain",
        "in capitals",
        "as JSON",
        "as an address",
        "as UTF-16",
        "a number",
        "a number in binary",
        "a file's name",
    ],
)
def test_a_search_finds_what_is_there(tmp_path: Path, form: str) -> None:
    """Were a word logged or stored, in whichever form, this is what would say so."""
    word, number = canary.word(), canary.numbers()["age"]
    line = {
        "plain": word.encode(),
        "in capitals": word.upper().encode(),
        "as JSON": json.dumps({"operation": word}).encode(),
        "as an address": str(httpx.URL("http://x", params={"query": word})).encode(),
        "as UTF-16": word.encode("utf-16-be"),
        "a number": json.dumps(number).encode(),
        "a number in binary": traces.binary(number),
        "a file's name": b"",
    }[form]
    folder = tmp_path / "engine" / "log"
    folder.mkdir(parents=True)
    assert traces.in_files(tmp_path) == []
    name = f"{word}.log" if form == "a file's name" else "arcadedb.log"
    (folder / name).write_bytes(b"2026-11-21 08:00:00 INFO " + line + b"\n")
    assert traces.in_files(tmp_path) != []


def test_a_line_of_the_service_s_log_is_found(chatty: Served, sent: dict[str, int]) -> None:
    with chatty.log_file.open("a") as log:
        log.write(f"request method=POST operation={canary.word()}\n")
    assert [line.partition(":")[0] for line in traces.in_files(chatty.data)][0] == str(chatty.log_file)


@pytest.mark.parametrize("planted", [(), ("planted",)], ids=["as it is", "planted"])
def test_nothing_stays_in_memory(loaded: Folders, planted: tuple[str, ...]) -> None:
    """Documents, plans, keys of limits, tokens, what libraries cache: all that lives in the service's process."""
    folder, port = loaded("memory"), free_port()
    settings = environment(
        DATA_DIR=str(folder), PORT=str(port), LOG_LEVEL="debug", TRUSTED_DOCUMENTS=str(trusted(folder))
    )
    line = [sys.executable, "-m", "tests.contract.memory", *planted]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            line, cwd=ROOT, env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        url = f"http://127.0.0.1:{port}"
        wait(url)
        answers = canary.send_all(url, lasting=False)
        assert answers["POST: variables"] == answers["POST: a trusted document"] == 200
        time.sleep(5.5)  # what was left half sent is given up
        found = json.loads(process.communicate("search\n", timeout=60)[0])
    assert bool(found) == bool(planted), found


def trusted(folder: Path) -> Path:
    """A folder with the document that takes the need, to be asked for by its hash."""
    documents = folder / "trusted"
    documents.mkdir()
    (documents / "match.graphql").write_text(canary.NEEDED)
    return documents


def wait(url: str, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/health/ready").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"not ready within {seconds} seconds")
