"""Every difference between the engines, and nowhere else.

Statements are Cypher that both understand. What they do not share is the language in which a schema is
defined, and how full text is asked for.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence

from graph.model import Kind, Type

DANISH = "org.apache.lucene.analysis.da.DanishAnalyzer"


class Dialect(ABC):
    """Schema definitions are for `Database.define`, and may be run again without harm."""

    name: str
    keeps_key_order: bool
    """Whether a map comes back with its keys in the order in which they were written."""

    @abstractmethod
    def label(self, label: str, properties: Mapping[str, Type]) -> Iterable[str]:
        """What must be said before nodes of `label` are written or indexed."""

    @abstractmethod
    def edge(self, type: str) -> Iterable[str]:
        """What must be said before edges of `type` are written or asked for."""

    @abstractmethod
    def unique(self, label: str, property: str) -> Iterable[str]:
        """No two nodes of `label` share a `property`; finding one by it is fast."""

    @abstractmethod
    def index(self, label: str, property: str) -> Iterable[str]:
        """Comparing with `property`, and ordering by it, is fast."""

    @abstractmethod
    def fulltext_index(self, kind: Kind) -> Iterable[str]:
        """The words of `kind.fulltext` can be searched, by their Danish stems."""

    @abstractmethod
    def settle(self) -> Iterable[str]:
        """Wait until all indexes answer."""

    @abstractmethod
    def fulltext(self, kind: Kind, parameter: str = "text") -> str:
        """The fragment that yields `node, score` for the Lucene query in `$parameter`, in no order.

        >>> print(Neo4jDialect().fulltext(KINDS["offer"]))
        CALL db.index.fulltext.queryNodes('offer_text', $text) YIELD node, score
        """

    def escape(self, text: str) -> str:
        """`text` as a Lucene query that means its words and nothing else. Empty where it holds no word.

        >>> Neo4jDialect().escape('botilbud (til:børn) AND "unge"')
        'botilbud til børn and unge'
        """
        # Operators are capitals; everything but letters and digits either separates words or is syntax.
        return " ".join(_WORDS.findall(text.lower()))


_WORDS = re.compile(r"[^\W_]+")


class Neo4jDialect(Dialect):
    name = "neo4j"
    keeps_key_order = False

    def label(self, label: str, properties: Mapping[str, Type]) -> Iterable[str]:
        return ()

    def edge(self, type: str) -> Iterable[str]:
        return ()

    def unique(self, label: str, property: str) -> Iterable[str]:
        yield (
            f"CREATE CONSTRAINT {label}_{property}_unique IF NOT EXISTS FOR (n:{label}) REQUIRE n.{property} IS UNIQUE"
        )

    def index(self, label: str, property: str) -> Iterable[str]:
        yield f"CREATE RANGE INDEX {label}_{property} IF NOT EXISTS FOR (n:{label}) ON (n.{property})"

    def fulltext_index(self, kind: Kind) -> Iterable[str]:
        properties = ", ".join(f"n.{name}" for name in kind.fulltext)
        yield (
            f"CREATE FULLTEXT INDEX {_text_index(kind)} IF NOT EXISTS FOR (n:{kind.label}) ON EACH [{properties}] "
            "OPTIONS {indexConfig: {`fulltext.analyzer`: 'danish'}}"
        )

    def settle(self) -> Iterable[str]:
        yield "CALL db.awaitIndexes(300)"

    def fulltext(self, kind: Kind, parameter: str = "text") -> str:
        return f"CALL db.index.fulltext.queryNodes('{_text_index(kind)}', ${parameter}) YIELD node, score"


class ArcadeDialect(Dialect):
    """ArcadeDB defines its schema in SQL. A property must be declared before it is indexed."""

    name = "arcadedb"
    keeps_key_order = True

    def label(self, label: str, properties: Mapping[str, Type]) -> Iterable[str]:
        yield f"CREATE VERTEX TYPE {label} IF NOT EXISTS"
        for name, type in properties.items():
            yield f"CREATE PROPERTY {label}.`{name}` IF NOT EXISTS {_SQL_TYPES.get(type, 'STRING')}"

    def edge(self, type: str) -> Iterable[str]:
        yield f"CREATE EDGE TYPE {type} IF NOT EXISTS"

    def unique(self, label: str, property: str) -> Iterable[str]:
        yield f"CREATE INDEX IF NOT EXISTS ON {label} (`{property}`) UNIQUE"

    def index(self, label: str, property: str) -> Iterable[str]:
        yield f"CREATE INDEX IF NOT EXISTS ON {label} (`{property}`) NOTUNIQUE"

    def fulltext_index(self, kind: Kind) -> Iterable[str]:
        properties = ", ".join(f"`{name}` BY ITEM" if many else f"`{name}`" for name, many in _texts(kind))
        yield (
            f'CREATE INDEX IF NOT EXISTS ON {kind.label} ({properties}) FULL_TEXT METADATA {{"analyzer": "{DANISH}"}}'
        )

    def settle(self) -> Iterable[str]:
        return ()

    def fulltext(self, kind: Kind, parameter: str = "text") -> str:
        properties = ",".join(f"{name}byitem" if many else name for name, many in _texts(kind))
        return f"CALL db.index.fulltext.queryNodes('{kind.label}[{properties}]', ${parameter}) YIELD node, score"


_SQL_TYPES: Mapping[Type, str] = {
    Type.INTEGER: "LONG",
    Type.FLOAT: "DOUBLE",
    Type.BOOLEAN: "BOOLEAN",
    Type.STRINGS: "LIST OF STRING",
}


def _text_index(kind: Kind) -> str:
    return f"{kind.name.replace('-', '_')}_text"


def _texts(kind: Kind) -> Sequence[tuple[str, bool]]:
    return [(name, kind.properties[name] is Type.STRINGS) for name in kind.fulltext]
