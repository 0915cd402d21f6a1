"""Combinations: small sets of offers that together cover more of the services wanted than the best single fit.

A home and a day offer are seldom one offer, so an offer of another type or legal basis than asked for may take
part. Every member adds a service that the others lack: a set with an idle member is no smallest set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from heapq import nsmallest
from itertools import combinations, product
from operator import or_

import numpy as np

from graph.catalogue.criteria.rule import Case, Flags, Numbers
from graph.catalogue.criteria.services import given_services

LARGEST_SET = 3
MASKS_LOOKED_AT = 64
"""Of the different selections of services that offers give, how many are combined: the largest ones."""

Set = tuple[list[int], int, float]
"""Rows, best first; the services covered, as bits in the order of the need; mean score to 9 decimals."""


def sets(case: Case, fitting: Flags, allowed: Flags, scores: Numbers, first: int) -> list[Set]:
    """The `first` best sets among `allowed`: fewest offers, then most services, then mean score, then ids."""
    if not case.need.services or first < 1:
        return []
    given = given_services(case)
    single = int(given[:, fitting].sum(axis=0).max(initial=0))
    rows = np.flatnonzero(allowed & given.any(axis=0))
    rows = rows[np.argsort(-scores[rows], kind="stable")]
    # Of offers that give the same services, only the best few can be in one of the best sets.
    alike: dict[int, list[int]] = defaultdict(list)
    packed = np.packbits(given[:, rows].T, axis=1, bitorder="little")
    for row, flags in zip(rows.tolist(), packed, strict=True):
        same = alike[int.from_bytes(flags.tobytes(), "little")]
        if len(same) < first:
            same.append(row)
    masks = sorted(alike, key=lambda mask: (-mask.bit_count(), -scores[alike[mask][0]], mask))[:MASKS_LOOKED_AT]
    found: list[Set] = []
    for size in range(2, LARGEST_SET + 1):
        missing = first - len(found)
        if missing > 0:
            best = nsmallest(missing, _of_size(size, masks, alike, scores, single, missing))
            found += [(sorted(rows, key=lambda r: (-scores[r], r)), covered, -mean) for _, mean, rows, covered in best]
    return found


def _of_size(
    size: int, masks: list[int], alike: dict[int, list[int]], scores: Numbers, single: int, enough: int
) -> Iterator[tuple[int, float, list[int], int]]:
    """Sets as (-services, -mean score, rows ascending, services covered): the least is the best."""
    by_services: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for several in combinations(masks, size):
        services = _union(several).bit_count()
        if services > single and _each_adds(several):
            by_services[services].append(several)
    seen = 0
    for services in sorted(by_services, reverse=True):
        for several in by_services[services]:
            for rows in product(*(alike[mask] for mask in several)):
                mean = round(sum(float(scores[row]) for row in rows) / size, 9)
                yield -services, -mean, sorted(rows), _union(several)
                seen += 1
        if seen >= enough:
            return


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks)


def _each_adds(several: tuple[int, ...]) -> bool:
    return all(mask & ~_union(several[:n] + several[n + 1 :]) for n, mask in enumerate(several))
