"""What the form lets choose among, in the order in which people look for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Node = Mapping[str, Any]


CHILDREN = "Barnets lov"


def kinds(types: Iterable[Node]) -> dict[str, list[Node]]:
    """The offer types by what they are to the citizen: somewhere to live, something else, or for children and young people."""
    found: dict[str, list[Node]] = {"live": [], "other": [], "children": []}
    for type in types:
        children = any(basis["code"].startswith(CHILDREN) for basis in type["legalBases"])
        found["children" if children else "live" if type["residential"] else "other"].append(type)
    return found


def sections(types: Iterable[Node]) -> list[Node]:
    """The sections of law under which offers are given, each once: § 82 a before § 101, by law."""
    found = {basis["id"]: basis for type in types for basis in type["legalBases"]}
    return sorted(found.values(), key=_section)


def _section(basis: Node) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", basis["code"])]


def families(nodes: Sequence[Node]) -> list[tuple[Node, list[Node]]]:
    """Each node at the top of a tree, with everything below it; all in the order in which they come."""
    above = {node["id"]: node["broader"] and node["broader"]["id"] for node in nodes}

    def top(id: str) -> str:
        while above.get(id):
            id = above[id]
        return id

    below: dict[str, list[Node]] = {id: [] for id, broader in above.items() if broader is None}
    for node in nodes:
        if node["id"] not in below:
            below[top(node["id"])].append(node)
    return [(node, below[node["id"]]) for node in nodes if node["id"] in below]
