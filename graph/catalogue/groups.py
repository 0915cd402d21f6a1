"""Pages of target groups: a level of the tree by name, or what a text may mean, best first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.catalogue.vocabulary import Vocabulary
from graph.danish import sort_key
from graph.errors import BadInput
from graph.keyset import Column, Order, PageRequest, page


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Target groups in order; `total` counts all that were found."""

    ids: list[str]
    cursors: list[str]
    has_next: bool
    has_previous: bool
    total: int


def target_groups(vocabulary: Vocabulary, root: str | None, text: str | None, request: PageRequest) -> GroupPage:
    """Without a text, the groups directly below `root`, or the top of the tree, by name in Danish order.

    With one, every group below `root`, or of the whole tree, that the text may mean: see `Vocabulary.search`.
    BadInput at `root` where it names no target group, and at the page's arguments.
    """
    tree = vocabulary.target_groups
    if root is not None and root not in tree:
        raise BadInput(f"root: there is no target group {root[:80]!r}.", ("root",))
    if text is None:
        found = [term.id for term in tree.terms if term.broader == root]
        first = Column.strings([sort_key(tree.term(id).name) for id in found])
    else:
        found = [id for id in vocabulary.search(text) if root is None or _below(vocabulary, id, root)]
        first = Column.numbers(np.arange(len(found), dtype=np.float64))
    order = Order("NAME" if text is None else "RELEVANCE", "ASC", (first, Column.strings(found)))
    taken = page(np.ones(len(found), np.bool_), order, request)
    rows: list[int] = taken.rows.tolist()
    return GroupPage(
        [found[row] for row in rows],
        [order.cursor(row) for row in rows],
        taken.has_next,
        taken.has_previous,
        len(found),
    )


def _below(vocabulary: Vocabulary, id: str, root: str) -> bool:
    broader = vocabulary.target_groups.term(id).broader
    return broader is not None and (broader == root or _below(vocabulary, broader, root))
