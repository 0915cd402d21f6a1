"""Trusted documents: operations that were agreed on beforehand, in files, and are asked for by the hash of their text.

`documentId: "sha256:…"` is GraphQL over HTTP's (appendix on persisted documents); the `persistedQuery` of
`extensions`, with its `sha256Hash`, is what Apollo's clients send. Nothing that a client sends is ever stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.errors import GraphError
from schema.contract import build, core
from schema.documents import Documents

PREFIX = "sha256:"


class WrongDocument(GraphError):
    """A file of the folder cannot be trusted. The message names it and its fault."""


class NotTrusted(Exception):
    """No document has the id that was asked for."""


class WrongId(Exception):
    """The request names a document in a way that cannot be meant."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """The texts of documents, by their ids."""

    texts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path, *, introspection: bool = True) -> Trusted:
        """All `*.graphql` files under `folder`. Raises WrongDocument where one is not valid, or there is none."""
        texts = {id: text for id, _, text in documents(folder)}
        checked = Documents(core(build()), introspection=introspection, trusted=texts.values())
        for _, path, text in documents(folder):
            document = checked.get(text)
            if document.errors:
                raise WrongDocument(f"{path}: {_told(document.errors[0])}")
            if not document.operations:
                raise WrongDocument(f"{path}: holds no operation.")
        return cls(texts)

    def query(self, query: str | None, document_id: str | None, extensions: Mapping[str, Any] | None) -> str | None:
        """The text that a request asks for. Raises NotTrusted and WrongId."""
        if document_id is not None:
            if query is not None:
                raise WrongId("A request holds a `query` or a `documentId`, not both.")
            return self._text(document_id)
        persisted = (extensions or {}).get("persistedQuery")
        if persisted is None:
            return query
        hash = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
        if not isinstance(hash, str):
            raise WrongId("`persistedQuery` must hold a `sha256Hash`, a string.")
        if query is None:
            return self._text(PREFIX + hash)
        if id_of(query.encode()) != PREFIX + hash.lower():
            raise WrongId("The `sha256Hash` is not the hash of the `query`.")
        return query

    def _text(self, id: str) -> str:
        try:
            return self.texts[id.lower()]
        except KeyError:
            raise NotTrusted from None


def documents(folder: Path) -> list[tuple[str, Path, str]]:
    """Id, path and text of each document under `folder`, by path. Raises WrongDocument."""
    found = []
    for path in sorted(folder.rglob("*.graphql")):
        content = path.read_bytes()
        try:
            found.append((id_of(content), path, content.decode()))
        except UnicodeDecodeError:
            raise WrongDocument(f"{path}: is not UTF-8.") from None
    if not found:
        raise WrongDocument(f"{folder}: holds no file that ends in .graphql.")
    return found


def id_of(content: bytes) -> str:
    return PREFIX + sha256(content).hexdigest()


def _told(error: Any) -> str:
    place = f"line {error.locations[0].line}: " if error.locations else ""
    return f"{place}{error.message}"
