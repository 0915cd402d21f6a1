"""What each kind of node is found by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.reading import Kinds, Properties
from graph.record import Record
from graph.search.index import Document

SEARCHED: Mapping[str, str] = {
    "OFFER": "offer",
    "TARGET_GROUP": "target-group",
    "INSTITUTION": "institution",
    "MUNICIPALITY": "municipality",
    "BOARD": "board",
    "REPRESENTATIVE": "representative",
    "AGREEMENT": "agreement",
    "FOCUS_AREA": "focus-area",
    "KNOWLEDGE": "knowledge",
    "LEGAL_BASIS": "legal-basis",
    "SERVICE": "service",
}
"""The kinds that are found, by their names in the contract (`SearchKind`)."""

EDGES: Kinds = {
    "offer": ("OF_TYPE", "HAS_LEGAL_BASIS", "OF_INSTITUTION", "OPERATED_BY", "SERVES", "GIVES", "LOCATED_AT"),
    "institution": ("RUN_BY", "LOCATED_AT"),
    "location": ("IN_MUNICIPALITY",),
    "board": ("BOARD_OF",),
    "focus-area": ("CONCERNS",),
    "knowledge": ("SHARED_THROUGH", "ABOUT_GROUP"),
    **dict.fromkeys(("target-group", "service", "municipality", "representative", "agreement", "legal-basis"), ()),
    **dict.fromkeys(("offer-type", "region", "association", "authority"), ()),
}
"""What is read, by kind: nodes that are found, and those that lead to them."""

PROPERTIES: Properties = {
    "offer": ("name", "summary"),
    "institution": ("name",),
    "location": ("address", "protected", "town"),
    "board": ("name", "aliases", "purpose", "compositionRule"),
    "focus-area": ("name", "rationale"),
    "knowledge": ("title", "summary", "body"),
    "target-group": ("name", "nameEn", "definition", "synonyms"),
    "service": ("name", "nameEn", "synonyms"),
    "municipality": ("name", "mainTown", "code"),
    "representative": ("name",),
    "agreement": ("name", "purpose", "visions"),
    "legal-basis": ("code", "title", "law", "name"),
    "offer-type": ("name", "nameEn"),
    "region": ("name",),
    "association": ("name",),
    "authority": ("name", "aliases"),
}
"""What is read of each. Of a person, the name alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A node that can be found, and the ids of all else that its document was put together from."""

    document: Document
    refers: frozenset[str]


def entries(records: Iterable[Record]) -> dict[str, Entry]:
    """The entry of every record of a kind that is found, by id. What it names that is not among them says nothing."""
    nodes: dict[str, _Node] = {}
    nodes.update((record.id, _Node(record, nodes)) for record in records)
    return {
        id: Entry(make(node), frozenset(node.refers()))
        for id, node in nodes.items()
        if (make := _DOCUMENTS.get(id.partition(":")[0]))
    }


def leads_to(record: Record) -> Iterator[str]:
    """The targets of those of its edges that are read."""
    types = EDGES[record.id.partition(":")[0]]
    return (edge.target for edge in record.edges if edge.type in types)


@dataclass(frozen=True, eq=False)
class _Node:
    """A record among the nodes that it is connected to, by id."""

    record: Record
    nodes: Mapping[str, _Node]

    def name(self, property: str = "name") -> str:
        """What it is called, which the model requires."""
        return str(self.record.properties[property])

    def text(self, *names: str) -> tuple[str, ...]:
        """The properties `names`, those that are there; of a list, each."""
        values = (self.record.properties.get(name) for name in names)
        return tuple(text for value in values if value for text in ([value] if isinstance(value, str) else value))

    def at(self, *types: str) -> list[_Node]:
        """The nodes that edges of `types` lead to, those that are there, each once, by type and id."""
        edges = self.record.edges
        targets = (target for type in types for target in sorted(edge.target for edge in edges if edge.type == type))
        return [self.nodes[target] for target in dict.fromkeys(targets) if target in self.nodes]

    @cached_property
    def forms(self) -> str:
        """Everything that it is called, as one text: name, synonyms, English name."""
        if self.record.id.startswith("legal-basis:"):
            return ", ".join(self.text("code", "title"))
        return ", ".join(self.text("name", "title", "aliases", "synonyms", "nameEn"))

    def called(self, *types: str) -> tuple[str, ...]:
        """What the nodes that edges of `types` lead to are called, a text for each."""
        return tuple(node.forms for node in self.at(*types))

    def refers(self) -> Iterator[str]:
        """All that its document says anything of, or would were it there."""
        yield from leads_to(self.record)
        for location in self.at("LOCATED_AT"):
            yield from leads_to(location.record)

    def place(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Town and municipality; and the address, only where it is known not to be protected."""
        related: list[str] = []
        addresses: list[str] = []
        for location in self.at("LOCATED_AT"):
            related += (*location.text("town"), *location.called("IN_MUNICIPALITY"))
            if location.record.properties.get("protected") is False:
                addresses += location.text("address")
        return tuple(related), tuple(addresses)


def _offer(node: _Node) -> Document:
    """An offer is found by everything that its own target groups and services are called, synonyms included, but not
    by what is above or below these: who asks for a broader group is led to that group, and from it to its offers."""
    related, addresses = node.place()
    return Document(
        node.name(),
        related=tuple(dict.fromkeys((*node.called("OF_INSTITUTION", "OPERATED_BY"), *related))),
        terms=node.called("SERVES", "GIVES", "OF_TYPE", "HAS_LEGAL_BASIS"),
        texts=(*node.text("summary"), *addresses),
    )


def _institution(node: _Node) -> Document:
    related, addresses = node.place()
    return Document(node.name(), related=tuple(dict.fromkeys((*node.called("RUN_BY"), *related))), texts=addresses)


def _board(node: _Node) -> Document:
    texts = node.text("purpose", "compositionRule")
    return Document(node.name(), aliases=node.text("aliases"), related=node.called("BOARD_OF"), texts=texts)


_DOCUMENTS: Mapping[str, Callable[[_Node], Document]] = {
    "offer": _offer,
    "target-group": lambda node: Document(
        node.name(), aliases=node.text("synonyms", "nameEn"), texts=node.text("definition")
    ),
    "institution": _institution,
    "municipality": lambda node: Document(node.name(), aliases=node.text("mainTown", "code")),
    "board": _board,
    "representative": lambda node: Document(node.name()),
    "agreement": lambda node: Document(node.name(), texts=node.text("purpose", "visions")),
    "focus-area": lambda node: Document(node.name(), terms=node.called("CONCERNS"), texts=node.text("rationale")),
    "knowledge": lambda node: Document(
        node.name("title"), terms=node.called("SHARED_THROUGH", "ABOUT_GROUP"), texts=node.text("summary", "body")
    ),
    "legal-basis": lambda node: Document(node.name("code"), aliases=node.text("name", "title", "law")),
    "service": lambda node: Document(node.name(), aliases=node.text("synonyms", "nameEn")),
}
