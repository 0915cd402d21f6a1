"""Bit sets: which of n numbered things each offer has, as rows of 64-bit words.

Asking ten thousand offers whether they have one of several target groups is one pass over a few columns of
integers, whatever the number of groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
"""A bit set of shape (words,), or one row for each of several sets: (rows, words)."""

_WORD = 64


def words(size: int) -> int:
    """How many 64-bit words a set of `size` numbered things takes: never 0, so that empty sets have a shape."""
    return max(1, -(-size // _WORD))


def bits(members: Iterable[int], size: int) -> Bits:
    """The set of `members`, each in 0 … size - 1. Shape (words(size),)."""
    row = np.zeros(words(size), dtype=np.uint64)
    for member in members:
        if not 0 <= member < size:
            raise IndexError(f"{member} is not in 0 … {size - 1}")
        row[member // _WORD] |= np.uint64(1 << member % _WORD)
    return row


def matrix(rows: Sequence[Iterable[int]], size: int) -> Bits:
    """One set a row. Shape (len(rows), words(size))."""
    sets = np.zeros((len(rows), words(size)), dtype=np.uint64)
    for n, members in enumerate(rows):
        sets[n] = bits(members, size)
    return sets


def members(row: Bits) -> list[int]:
    """The numbers in one set, ascending: the inverse of `bits`."""
    return np.flatnonzero(np.unpackbits(row.view(np.uint8), bitorder="little")).tolist()


def any_of(sets: Bits, wanted: Bits) -> NDArray[np.bool_]:
    """Which rows of `sets` have at least one of `wanted`. Shape (rows,)."""
    found = np.zeros(len(sets), dtype=bool)
    for column in np.flatnonzero(wanted):
        found |= (sets[:, column] & wanted[column]) != 0
    return found


def all_of(sets: Bits, wanted: Bits) -> NDArray[np.bool_]:
    """Which rows of `sets` have every one of `wanted`; all of them where nothing is wanted. Shape (rows,)."""
    found = np.ones(len(sets), dtype=bool)
    for column in np.flatnonzero(wanted):
        found &= (sets[:, column] & wanted[column]) == wanted[column]
    return found


def empty(sets: Bits) -> NDArray[np.bool_]:
    """Which rows of `sets` are empty. Shape (rows,)."""
    return np.asarray((sets == 0).all(axis=1))
