"""The corpus: operations written by hand, one file a noun, each of which the directory can answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graphql import OperationDefinitionNode, parse

FOLDER = Path(__file__).parent / "operations"


@dataclass(frozen=True, slots=True)
class Written:
    """One operation, and the text of the file in which it stands."""

    file: str
    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}-{self.name}"


CORPUS = [
    Written(path.stem, definition.name.value, text)
    for path in sorted(FOLDER.glob("*.graphql"))
    for text in [path.read_text(encoding="utf-8")]
    for definition in parse(text).definitions
    if isinstance(definition, OperationDefinitionNode) and definition.name
]
