"""Pages of hits: best first, ties by id, with cursors that survive inserts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from graph.keyset import Column, Order
from graph.search.index import Found, TextIndex


class _Ids(Sequence[str]):
    """The ids of the hits, each read when it is asked for: of thousands, a page shows the first few."""

    def __init__(self, ids: list[str], rows: NDArray[np.intp]) -> None:
        self._ids, self._rows = ids, rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, hit: int) -> str: ...
    @overload
    def __getitem__(self, hit: slice) -> _Ids: ...
    def __getitem__(self, hit: int | slice) -> str | _Ids:
        return _Ids(self._ids, self._rows[hit]) if isinstance(hit, slice) else self._ids[self._rows[hit]]


class Ranking(Order):
    """The order of what was found. A cursor holds the score and the id of its hit.

    Every write changes how rare a word is, and with it all scores a little. So a cursor whose hit is still found
    stands where that hit now stands; only where it has gone does the score that it had decide.
    """

    @classmethod
    def of(cls, found: Found, index: TextIndex, asked: str) -> Ranking:
        """The order of what `index` found. Its cursors serve no other question than the one that `asked` stands for."""
        scores = Column.numbers(found.scores, "DESC")
        # Even keys, so that an id that has gone finds its place at the odd key between two.
        ids = Column(_Ids(index.ids, found.rows), np.multiply(found.rows, 2, dtype=np.float64), 1, index.ids)
        return cls(f"SEARCH {crc32(asked.encode(errors='replace')):08x}", "DESC", (scores, ids))

    def place(self, cursor: str, argument: str) -> list[float]:
        score, id = super().place(cursor, argument)
        scores, ids = self.keys
        hit = int(np.searchsorted(ids, id))
        return [float(scores[hit]) if hit < len(ids) and ids[hit] == id else score, id]
