"""Combinations: small sets of offers that together cover more of the services wanted than the best single fit.

A home and a day offer are seldom one offer, so an offer of another type or legal basis than asked for may take
part. Every member adds a service that the others lack: a set with an idle member is no smallest set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from heapq import nsmallest
from itertools import combinations, product

import numpy as np

from graph.catalogue.criteria.rule import Case, Flags, Numbers
from graph.catalogue.criteria.services import given_services
from graph.catalogue.keyset import Order

LARGEST_SET = 3
MASKS_LOOKED_AT = 64
"""Of the different selections of services that offers give, the most that are combined: the largest ones."""

Set = tuple[list[int], int, float]
"""Rows, best first; the services covered, as bits in the order of the need; mean score."""


def sets(case: Case, fitting: Flags, allowed: Flags, order: Order, scores: Numbers, first: int) -> list[Set]:
    """The `first` best sets among `allowed`: fewest offers, then most services, then mean score, then rank."""
    wanted = len(case.need.services)
    if not wanted or first < 1:
        return []
    given = given_services(case)
    rows = np.flatnonzero(allowed & given.any(axis=0))
    rows = rows[np.lexsort(tuple(keys[rows] for keys in reversed(order.keys)))]
    single = int(given[:, fitting].sum(axis=0).max(initial=0))
    # Offers that give the same services differ by rank alone: only the best few of each kind can be in a best set.
    alike: dict[int, list[tuple[int, int]]] = defaultdict(list)
    packed = np.packbits(given[:, rows].T, axis=1, bitorder="little")
    for rank, row in enumerate(rows.tolist()):
        mask = int.from_bytes(packed[rank].tobytes(), "little")
        if len(alike[mask]) < first:
            alike[mask].append((rank, row))
    masks = sorted(alike, key=lambda mask: (-mask.bit_count(), alike[mask][0]))[:MASKS_LOOKED_AT]
    found: list[Set] = []
    for size in range(2, LARGEST_SET + 1):
        if len(found) < first:
            best = nsmallest(first - len(found), _of_size(size, masks, alike, scores, single, first))
            found += [([row for _, row in members], covered, -score) for _, score, members, covered in best]
    return found


def _of_size(
    size: int, masks: list[int], alike: dict[int, list[tuple[int, int]]], scores: Numbers, single: int, first: int
) -> Iterator[tuple[int, float, list[tuple[int, int]], int]]:
    """Sets as (-services, -mean score, (rank, row) of each member, services): the least is the best."""
    most = single
    chosen: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for several in combinations(masks, size):
        covered = 0
        for mask in several:
            covered |= mask
        if covered.bit_count() > most and _each_adds(several):
            chosen[covered.bit_count()].append(several)
    kept = 0
    for services in sorted(chosen, reverse=True):
        if kept >= first:
            return
        for several in chosen[services]:
            covered = 0
            for mask in several:
                covered |= mask
            for members in product(*(alike[mask] for mask in several)):
                ordered = sorted(members)
                yield -services, -float(np.mean([scores[row] for _, row in ordered])), ordered, covered
                kept += 1


def _each_adds(several: tuple[int, ...]) -> bool:
    for n, mask in enumerate(several):
        others = 0
        for m, other in enumerate(several):
            if m != n:
                others |= other
        if not mask & ~others:
            return False
    return True
