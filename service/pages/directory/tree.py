"""A classification as the tree that it is, of its terms as a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Branch:
    """A term, how far below the top it is, and what is directly below it."""

    term: Mapping[str, Any]
    depth: int
    below: tuple[Branch, ...]


def tree(terms: Iterable[Mapping[str, Any]]) -> tuple[Branch, ...]:
    """The branches at the top of terms with `id` and `broader { id }`, in the order of the list."""
    known = {term["id"]: term for term in terms}
    under: dict[str | None, list[Mapping[str, Any]]] = {}
    for term in known.values():
        broader = term["broader"] and term["broader"]["id"]
        under.setdefault(broader if broader in known else None, []).append(term)

    def below(id: str | None, depth: int) -> tuple[Branch, ...]:
        return tuple(Branch(term, depth, below(term["id"], depth + 1)) for term in under.get(id, ()))

    return below(None, 0)


def branches(terms: Iterable[Mapping[str, Any]]) -> list[Branch]:
    """Every branch, each before what is below it."""

    def walk(level: tuple[Branch, ...]) -> list[Branch]:
        return [found for branch in level for found in (branch, *walk(branch.below))]

    return walk(tree(terms))


def chain(term: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What a term is part of, the broadest first, as far as it is nested in `broader`."""
    found: list[Mapping[str, Any]] = []
    while (broader := term.get("broader")) is not None:
        found.insert(0, broader)
        term = broader
    return found
