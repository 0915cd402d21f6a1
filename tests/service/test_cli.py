"""The commands beside `serve`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.service.served import ROOT, Served, command, free_port


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("loaded")


def test_load_says_what_it_did(folder: Path) -> None:
    first, second = (command("load", DATA_DIR=str(folder)) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    created, updated, unchanged = [int(word) for word in first.stdout.split() if word.isdecimal()][:3]
    assert created > 100
    assert (updated, unchanged) == (0, 0)
    assert second.stdout.splitlines()[0] == f"0 created, 0 updated, {created} unchanged"


def test_the_doctor_finds_nothing_wrong(folder: Path) -> None:
    visit = command("doctor", DATA_DIR=str(folder))
    assert visit.returncode == 0, visit.stdout + visit.stderr
    found = {line.split()[1]: line for line in visit.stdout.splitlines()}
    assert list(found) == ["engine", "migrations", "content", "ledger", "memory"]
    assert all(line.startswith("ok ") for line in found.values())
    assert "embedded" in found["engine"]
    assert "11 municipality" in found["content"]


def test_the_doctor_before_anything_is_there(tmp_path: Path) -> None:
    visit = command("doctor", DATA_DIR=str(tmp_path / "none"))
    assert visit.returncode == 1
    assert "wrong  engine" in visit.stdout
    assert not (tmp_path / "none").exists()


def test_the_doctor_of_an_empty_graph(tmp_path: Path) -> None:
    visit = command("doctor", DATA_DIR=str(tmp_path))
    assert visit.returncode == 1
    assert "wrong  migrations" in visit.stdout


def test_the_doctor_without_an_engine(tmp_path: Path) -> None:
    uri = f"bolt://127.0.0.1:{free_port()}"
    visit = command("doctor", DATA_DIR=str(tmp_path), NEO4J_URI=uri)
    assert visit.returncode == 1
    assert "wrong  engine" in visit.stdout
    assert f"See that Neo4j runs at {uri}" in visit.stdout
    assert "Traceback" not in visit.stderr


def test_the_doctor_beside_a_running_service(served: Served) -> None:
    visit = command("doctor", DATA_DIR=str(served.data), PORT=str(served.port))
    assert visit.returncode == 0, visit.stdout + visit.stderr
    assert visit.stdout.startswith("ok     service     runs and is ready at position ")


def test_a_broken_folder_loads_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "offers.yaml").write_text("offers:\n  - nonsense: 1\n")
    load = command("load", str(tmp_path), DATA_DIR=str(folder))
    assert load.returncode == 1
    assert "offers.yaml" in load.stderr
    assert "Traceback" not in load.stderr


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    load = command("load", str(tmp_path / "none"), DATA_DIR=str(tmp_path))
    assert (load.returncode, load.stderr) == (1, f"tilbudsvifte: {tmp_path / 'none'} is no folder.\n")


def test_the_schema_is_the_committed_one() -> None:
    assert command("schema").stdout == (ROOT / "schema" / "schema.graphql").read_text()


def test_a_command_that_does_not_exist() -> None:
    unknown = command("sreve")
    assert unknown.returncode == 2
    assert "usage: tilbudsvifte" in unknown.stderr
