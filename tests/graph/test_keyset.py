"""Keyset pages against a plain sorted list: nulls, ties, both directions, and rows that come and go in between."""

from __future__ import annotations

import base64
import json
from functools import cmp_to_key

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.keyset import Column, Direction, Order, PageRequest, page, pages_by

Item = tuple[float | None, str | None, str]

scores = st.none() | st.sampled_from([0.0, 0.1 + 0.2, 0.5, -3.0, 1e-12])
words = st.none() | st.sampled_from(["", "a", "b", "ab", "ø"])
directions = st.tuples(st.sampled_from(["ASC", "DESC"]), st.sampled_from(["ASC", "DESC"]))
items = st.lists(st.tuples(scores, words, st.integers(0, 60).map("offer:{:02}".format)), unique_by=lambda item: item[2])
sizes = st.integers(1, 7)


def order_of(listed: list[Item], directions: tuple[Direction, Direction], *, standing: bool = False) -> Order:
    return Order(
        "TEST",
        directions[0],
        (
            Column.numbers(np.array([np.nan if i[0] is None else i[0] for i in listed], float), directions[0]),
            Column.strings([i[1] for i in listed], directions[1]),
            Column.strings([i[2] for i in listed]),
        ),
        standing,
    )


def plainly(listed: list[Item], directions: tuple[Direction, Direction]) -> list[Item]:
    def compare(a: Item, b: Item) -> int:
        for x, y, direction in zip(a, b, (*directions, "ASC"), strict=True):
            if x == y:
                continue
            if x is None or y is None:
                return 1 if x is None else -1
            less = x < y  # type: ignore[operator]
            return -1 if less == (direction == "ASC") else 1
        return 0

    return sorted(listed, key=cmp_to_key(compare))


def everything(listed: list[Item]) -> np.ndarray:
    return np.ones(len(listed), bool)


@pytest.mark.parametrize("standing", [False, True])
@given(items, directions, sizes)
def test_pages_forward_give_the_sorted_list(
    standing: bool, listed: list[Item], directions: tuple[Direction, Direction], size: int
) -> None:
    order, expected = order_of(listed, directions, standing=standing), plainly(listed, directions)
    seen: list[Item] = []
    after = None
    while True:
        rows, has_next, has_previous = page(everything(listed), order, PageRequest(first=size, after=after))
        assert has_previous == bool(seen)
        seen += [listed[row] for row in rows]
        assert seen == expected[: len(seen)]
        assert has_next == (len(seen) < len(expected))
        if not has_next:
            break
        after = order.cursor(rows[-1])
    assert seen == expected


@pytest.mark.parametrize("standing", [False, True])
@given(items, directions, sizes)
def test_pages_backward_give_the_sorted_list(
    standing: bool, listed: list[Item], directions: tuple[Direction, Direction], size: int
) -> None:
    order, expected = order_of(listed, directions, standing=standing), plainly(listed, directions)
    seen: list[Item] = []
    before = None
    while True:
        rows, has_next, has_previous = page(everything(listed), order, PageRequest(last=size, before=before))
        assert has_next == bool(seen)
        seen = [listed[row] for row in rows] + seen
        assert seen == expected[len(expected) - len(seen) :]
        assert has_previous == (len(seen) < len(expected))
        if not has_previous:
            break
        before = order.cursor(rows[0])
    assert seen == expected


@given(items, items, directions, sizes, st.data())
def test_a_cursor_outlives_its_own_row_and_finds_its_place_among_new_ones(
    listed: list[Item], later: list[Item], directions: tuple[Direction, Direction], size: int, data: st.DataObject
) -> None:
    if not listed:
        return
    at = data.draw(st.integers(0, len(listed) - 1))
    cursor = order_of(listed, directions).cursor(at)
    gone = listed[at]
    order, merged = order_of(later, directions), plainly([*(i for i in later if i != gone), gone], directions)
    position = merged.index(gone)
    rows, has_next, has_previous = page(everything(later), order, PageRequest(first=size, after=cursor))
    assert [later[row] for row in rows] == merged[position + 1 :][:size]
    assert has_next == (len(merged) > position + 1 + size)
    assert has_previous == (position > 0 or gone in later)
    rows, _, _ = page(everything(later), order, PageRequest(last=size, before=cursor))
    assert [later[row] for row in rows] == merged[:position][-size:]


@pytest.mark.parametrize("standing", [False, True])
@given(items, directions, sizes, st.data())
def test_between_two_cursors_lies_what_lies_between(
    standing: bool, listed: list[Item], directions: tuple[Direction, Direction], size: int, data: st.DataObject
) -> None:
    order, expected = order_of(listed, directions, standing=standing), plainly(listed, directions)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(listed), max_size=len(listed))), bool)
    if not listed:
        return
    low = data.draw(st.integers(0, len(listed) - 1))
    high = data.draw(st.integers(0, len(listed) - 1))
    after, before = (order.cursor(listed.index(expected[n])) for n in (low, high))
    inside = [item for n, item in enumerate(expected) if low < n < high and mask[listed.index(item)]]
    rows, has_next, _ = page(mask, order, PageRequest(first=size, after=after, before=before))
    assert [listed[row] for row in rows] == inside[:size]
    beyond = [item for n, item in enumerate(expected) if n >= high and mask[listed.index(item)]]
    assert has_next == (len(inside) > size or bool(beyond))


@given(items, directions, st.integers(0, 4), st.booleans(), st.data())
def test_pages_by_group_are_the_pages_of_each_group(
    listed: list[Item], directions: tuple[Direction, Direction], size: int, backward: bool, data: st.DataObject
) -> None:
    order = order_of(listed, directions)
    numbers = st.lists(st.integers(-1, 3), min_size=len(listed), max_size=len(listed))
    groups = np.array(data.draw(numbers), int)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(listed), max_size=len(listed))), bool)
    cursor = order.cursor(data.draw(st.integers(0, len(listed) - 1))) if listed and data.draw(st.booleans()) else None
    request = PageRequest(last=size, before=cursor) if backward else PageRequest(first=size, after=cursor)
    pages = pages_by(mask, groups, 4, order, request)
    # The same again, as a list of memberships, with every row in group 4 besides.
    members = np.concatenate([np.arange(len(listed)), np.arange(len(listed))])
    several = pages_by(mask, np.concatenate([groups, np.full(len(listed), 4)]), 5, order, request, members)
    for n, (one, other) in enumerate(zip([*pages, several[4]], several, strict=True)):
        expected = page(mask & ((groups == n) | (n == 4)), order, request)
        for given_page in (one, other):
            np.testing.assert_array_equal(given_page.rows, expected.rows)
            assert given_page[1:] == expected[1:]


@given(st.lists(scores))
def test_a_reversed_column_is_the_column_of_the_other_direction(values: list[float | None]) -> None:
    numbers = np.array([np.nan if value is None else value for value in values], float)
    column, other = Column.numbers(numbers).reversed(), Column.numbers(numbers, "DESC")
    np.testing.assert_array_equal(column.keys, other.keys)
    assert [column.key(value) for value in values] == [other.key(value) for value in values]


def test_a_page_of_nothing_still_says_what_is_there() -> None:
    listed: list[Item] = [(1.0, "a", "offer:01")]
    order = order_of(listed, ("ASC", "ASC"))
    rows, has_next, has_previous = page(everything(listed), order, PageRequest(first=0))
    assert (len(rows), has_next, has_previous) == (0, True, False)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ({"first": 1, "last": 1}, "last"),
        ({"first": -1}, "first"),
        ({"first": 100_000}, "first"),
        ({"last": 201}, "last"),
        ({"last": -5}, "last"),
    ],
)
def test_page_sizes_that_cannot_be_meant_are_refused_by_name(arguments: dict[str, int], name: str) -> None:
    with pytest.raises(BadInput) as refused:
        PageRequest(**arguments)  # type: ignore[arg-type]
    assert refused.value.path == (name,)


def test_without_a_size_the_first_fifty_are_meant() -> None:
    assert (PageRequest().size, PageRequest(first=200).size, PageRequest(last=0).size) == (50, 200, 0)
    assert (PageRequest().backward, PageRequest(last=0).backward) == (False, True)


def encoded(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "garbage",
        "å",
        "\ud800",
        "bm90IGpzb24",
        "a" * 5,
        encoded({"a": 1}),
        encoded([]),
        encoded(["TEST"]),
        encoded(["TEST", "ASC", 1.0, "a"]),
        encoded(["TEST", "ASC", 1.0, "a", "offer:01", "more"]),
        encoded(["TEST", "DESC", 1.0, "a", "offer:01"]),
        encoded(["OTHER", "ASC", 1.0, "a", "offer:01"]),
        encoded(["TEST", "ASC", "1", "a", "offer:01"]),
        encoded(["TEST", "ASC", True, "a", "offer:01"]),
        encoded(["TEST", "ASC", 1.0, 2, "offer:01"]),
        encoded(["TEST", "ASC", [1.0], "a", "offer:01"]),
    ],
)
def test_what_is_no_cursor_of_the_order_is_refused_by_the_argument(cursor: str) -> None:
    listed: list[Item] = [(1.0, "a", "offer:01")]
    order = order_of(listed, ("ASC", "ASC"))
    with pytest.raises(BadInput) as refused:
        page(everything(listed), order, PageRequest(after=cursor))
    assert refused.value.path == ("after",)
    with pytest.raises(BadInput) as refused:
        page(everything(listed), order, PageRequest(last=3, before=cursor))
    assert refused.value.path == ("before",)


def test_ties_in_every_leading_column_still_give_the_first_ids() -> None:
    n = 5_000
    ids = [f"offer:{i * 7919 % n:04}" for i in range(n)]
    order = Order("T", "ASC", (Column.numbers(np.ones(n)), Column.numbers(np.full(n, np.nan)), Column.strings(ids)))
    rows, _, _ = page(np.ones(n, bool), order, PageRequest(first=3))
    assert [ids[row] for row in rows] == ["offer:0000", "offer:0001", "offer:0002"]
