"""Operations that were agreed on beforehand."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from schema.limits.limits import Limits
from service.trusted import Trusted, WrongDocument
from tests.schema.compiled import directory_without_engine
from tests.service.asked import Alone
from tests.service.served import command

TEXT = "query Name { __typename }\n"
DEEP = "{ region { boards { nodes { seats { nodes { holder { representative { name } } } } } } } }"


def folder(path: Path, **files: str) -> Path:
    for name, text in files.items():
        (path / f"{name}.graphql").write_bytes(text.encode())
    return path


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def alone(trusted: Trusted, *, only: bool = False, **limits: int) -> Alone:
    texts = frozenset(trusted.texts.values())
    directory = directory_without_engine(trusted=texts, trusted_only=only, limits=Limits(**limits))
    return Alone(directory, trusted, max_cost=directory.limits.max_cost)


async def test_a_document_is_asked_for_by_the_hash_of_its_file(tmp_path: Path) -> None:
    id = f"sha256:{hash_of(TEXT)}"
    async with alone(Trusted.read(folder(tmp_path, name=TEXT))) as client:
        expected = {"__typename": "Query"}
        assert (await client.ask(documentId=id)).json()["data"] == expected
        assert (await client.get(documentId=id)).json()["data"] == expected
        persisted = {"persistedQuery": {"version": 1, "sha256Hash": hash_of(TEXT)}}
        assert (await client.ask(extensions=persisted)).json()["data"] == expected
        # Who is not sure that it is known sends both.
        assert (await client.ask(TEXT, extensions=persisted)).json()["data"] == expected


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"documentId": "sha256:" + "0" * 64}, "PERSISTED_QUERY_NOT_FOUND"),
        ({"documentId": hash_of(TEXT)}, "PERSISTED_QUERY_NOT_FOUND"),
        ({"documentId": ""}, "PERSISTED_QUERY_NOT_FOUND"),
        ({"extensions": {"persistedQuery": {"sha256Hash": "0" * 64}}}, "PERSISTED_QUERY_NOT_FOUND"),
        ({"extensions": {"persistedQuery": {}}}, "BAD_REQUEST"),
        ({"extensions": {"persistedQuery": 3}}, "BAD_REQUEST"),
        ({"documentId": 3}, "BAD_REQUEST"),
        ({"documentId": f"sha256:{hash_of(TEXT)}", "query": TEXT}, "BAD_REQUEST"),
        ({"query": "{ __typename }", "extensions": {"persistedQuery": {"sha256Hash": hash_of(TEXT)}}}, "BAD_REQUEST"),
    ],
)
async def test_what_is_not_there_and_what_cannot_be_meant(tmp_path: Path, asked: dict[str, object], code: str) -> None:
    async with alone(Trusted.read(folder(tmp_path, name=TEXT))) as client:
        answer = await client.ask(**asked)  # type: ignore[arg-type]
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == code


async def test_no_text_is_learnt_from_a_client(tmp_path: Path) -> None:
    unknown = "{ again: __typename }"
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": hash_of(unknown)}}
    async with alone(Trusted.read(folder(tmp_path, name=TEXT))) as client:
        assert (await client.ask(unknown, extensions=persisted)).status_code == 200
        assert (await client.ask(extensions=persisted)).status_code == 400


async def test_with_trusted_only_nothing_else_is_answered(tmp_path: Path) -> None:
    async with alone(Trusted.read(folder(tmp_path, name=TEXT)), only=True) as client:
        assert (await client.ask(TEXT)).status_code == 200
        for text in ("{ __typename }", TEXT + " ", "{ __schema { types { name } } }", "{"):
            answer = await client.ask(text)
            assert answer.status_code == 400
            [error] = answer.json()["errors"]
            assert "trusted" in error["message"]


async def test_limits_on_the_text_do_not_hold_for_a_trusted_document_and_its_cost_does(tmp_path: Path) -> None:
    trusted = Trusted.read(folder(tmp_path, deep=DEEP))
    async with alone(trusted, max_depth=3, max_cost=500) as client:
        refused = (await client.ask(DEEP + " ")).json()["errors"][0]["extensions"]["limit"]
        assert refused["name"] == "MAX_DEPTH"
        refused = (await client.ask(documentId=f"sha256:{hash_of(DEEP)}")).json()["errors"][0]["extensions"]["limit"]
        assert refused == {"name": "MAX_COST", "allowed": 500, "asked": 1 + 1 + 1 + 10 * (1 + 1 + 40 * 3)}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{\n  nothing\n}", "line 2: Cannot query field 'nothing'"),
        ("{", "line 1: Syntax Error"),
        ("fragment A on Region { id }", "never used"),
        ("type Offer { id: ID }", "holds no operation|not executable"),
        ("{ __typename } # \udcff", "not UTF-8"),
    ],
)
def test_a_document_that_is_not_valid_is_named_with_its_fault(tmp_path: Path, text: str, fault: str) -> None:
    folder(tmp_path, good=TEXT)
    (tmp_path / "bad.graphql").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(WrongDocument, match=f"bad.graphql: .*({fault})"):
        Trusted.read(tmp_path)


def test_a_folder_without_documents_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(WrongDocument, match="holds no file"):
        Trusted.read(tmp_path / "nowhere")


def test_the_command_line(tmp_path: Path) -> None:
    listed = command("trusted", str(folder(tmp_path, name=TEXT)))
    assert listed.stdout == f"sha256:{hash_of(TEXT)} {tmp_path / 'name.graphql'}\n"
    folder(tmp_path, bad="{ nothing }")
    started = command("serve", DATA_DIR=str(tmp_path / "data"), TRUSTED_DOCUMENTS=str(tmp_path), PORT="1")
    assert "bad.graphql" in started.stderr
    assert started.returncode == 1
    alone = command("serve", "--trusted-only", DATA_DIR=str(tmp_path / "data"))
    assert alone.returncode == 1
    assert "TRUSTED_DOCUMENTS" in alone.stderr
