"""From entries to records: the nodes and edges of the model that an entry stands for."""

from __future__ import annotations

from collections.abc import Iterator

from graph.record import Edge, Record
from seeds.format import File
from seeds.format.classification import Service, TargetGroup
from seeds.names import Names
from seeds.records.agreements import agreement, knowledge
from seeds.records.boards import board, representative
from seeds.records.nodes import ILLUSTRATIVE, edge, edges, node
from seeds.records.offers import institution, offer

__all__ = ["ILLUSTRATIVE", "records"]


def records(file: File, names: Names) -> Iterator[Record]:
    """The records of `file`."""
    for source in file.sources:
        yield node(source)
    for region in file.regions:
        yield node(region)
    for municipality in file.municipalities:
        yield node(municipality, [Edge("IN_REGION", municipality.region)])
    for body in (*file.associations, *file.authorities):
        yield node(body)
    for run in file.institutions:
        yield from institution(run, names)
    yield from _classification(file)
    for agreed in file.agreements:
        yield from agreement(agreed)
    yield from map(knowledge, file.knowledge)
    for body in file.boards:
        yield from board(body)
    yield from map(representative, file.representatives)
    for offered in file.offers:
        yield from offer(offered, names)


def _classification(file: File) -> Iterator[Record]:
    for group in file.targetGroups:
        yield from _tree(group, "NARROWER_THAN")
    for service in file.services:
        yield from _tree(service, "KIND_OF")
    for basis in file.legalBases:
        yield node(basis, name=f"{basis.code} {basis.title}")
    for n, type in enumerate(file.offerTypes, 1):
        yield node(type, edges("GIVEN_UNDER", type.legalBases), order=n)
    for n, theme in enumerate(file.themes, 1):
        yield node(theme, order=n)
        for m, item in enumerate(theme.items, 1):
            yield node(item, [Edge("OF_THEME", theme.id)], order=m)


def _tree(thing: TargetGroup | Service, up: str, broader: str | None = None) -> Iterator[Record]:
    yield node(thing, edge(up, broader))
    for child in thing.narrower:
        source = child.source or thing.source
        yield from _tree(child.model_copy(update={"source": source}), up, thing.id)
