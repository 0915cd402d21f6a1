"""The finisher's code: it does what a plain walk over the same description does, on any data, however deep."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.plan.binding import Binding
from graph.plan.finisher import (
    ORDER,
    TYPE,
    Fault,
    Finish,
    FinishAny,
    Finishing,
    FinishList,
    FinishObject,
    FinishWith,
    Member,
    Nulled,
    compiled,
)

KEYS = ("a", "b", "select", "class", "None", "__typename", "é_1")


@dataclass(frozen=True)
class Shape:
    """What a finish is made from: a leaf, an object, a list, a choice, or a function's work."""

    kind: str
    parts: tuple[tuple[str, bool, Shape], ...] = ()
    """Of an object, its keys, whether each is required, and what it holds; of a list or a choice likewise."""
    sort: bool = False
    copy: bool = False
    rebuild: bool = False


LEAF = Shape("leaf")


def shapes(depth: int) -> st.SearchStrategy[Shape]:
    if depth == 0:
        return st.just(LEAF)
    inner = shapes(depth - 1)
    members = st.lists(st.tuples(st.sampled_from(KEYS), st.booleans(), inner), min_size=1, max_size=3)
    objects = st.builds(
        lambda parts, rebuild: Shape("object", tuple({part[0]: part for part in parts}.values()), rebuild=rebuild),
        members,
        st.booleans(),
    )
    lists = st.builds(
        lambda required, item, copy: Shape("list", (("", required, item),), copy=copy),
        st.booleans(),
        inner,
        st.booleans(),
    )
    sorted_lists = st.builds(lambda item: Shape("list", (("", True, item),), sort=True), objects)
    choices = st.builds(lambda one, other: Shape("any", (("One", True, one), ("Other", True, other))), objects, objects)
    return st.one_of(st.just(LEAF), st.just(Shape("work")), objects, lists, sorted_lists, choices)


def finish_of(shape: Shape, hidden: tuple[str, ...] = ()) -> Finish | None:
    if shape.kind == "leaf":
        return None
    if shape.kind == "work":
        return FinishWith(lambda raw, path, finishing: None if raw == "none" else [raw, raw])
    if shape.kind == "object":
        members = [Member(key, finish_of(part), required, f"T.{key}") for key, required, part in shape.parts]
        return FinishObject(members, hidden=hidden, rebuild=shape.rebuild)
    if shape.kind == "any":
        by_type = {name: finish_of(part, (*hidden, TYPE)) for name, _, part in shape.parts}
        return FinishAny({name: finish for name, finish in by_type.items() if finish is not None})
    ((_, required, item),) = shape.parts
    return FinishList(finish_of(item, (ORDER,) if shape.sort else ()), required, "T.list", shape.sort, shape.copy)


@st.composite
def raws(draw: st.DrawFn, shape: Shape, ordered: bool = False) -> Any:
    if shape.kind in ("leaf", "work"):
        return draw(st.sampled_from([0, "x", "none", False, 1.5] if shape.kind == "work" else [0, "x", False, 1.5]))
    hidden: dict[str, Any] = {ORDER: draw(st.integers(0, 3))} if ordered else {}
    if shape.kind == "object":
        return {**{key: draw(maybe(part)) for key, _, part in shape.parts}, **hidden}
    if shape.kind == "any":
        name, _, part = draw(st.sampled_from(shape.parts))
        return {**draw(raws(part)), TYPE: name, **hidden}
    ((_, _, item),) = shape.parts
    items = raws(item, ordered=True) if shape.sort else maybe(item)
    return draw(st.lists(items, max_size=3))


def maybe(shape: Shape) -> st.SearchStrategy[Any]:
    """Now and then a null."""
    return st.one_of(st.none(), raws(shape), raws(shape), raws(shape))


def plainly(shape: Shape, raw: Any, path: tuple[Any, ...], faults: list[Fault]) -> Any:
    """What the finish should give, by a walk."""
    if shape.kind == "leaf":
        return raw
    if shape.kind == "work":
        return None if raw == "none" else [raw, raw]
    if shape.kind == "object":
        return {
            key: placed(part, raw[key], required, f"T.{key}", (*path, key), faults)
            for key, required, part in shape.parts
        }
    if shape.kind == "any":
        part = next(part for name, _, part in shape.parts if name == raw[TYPE])
        return plainly(part, raw, path, faults)
    ((_, required, item),) = shape.parts
    items = sorted(raw, key=lambda one: one[ORDER]) if shape.sort else raw
    return [placed(item, one, required, "T.list", (*path, n), faults) for n, one in enumerate(items)]


def placed(shape: Shape, raw: Any, required: bool, label: str, path: tuple[Any, ...], faults: list[Fault]) -> Any:
    if raw is None:
        if required:
            faults.append(Fault(path, f"Cannot return null for non-nullable field {label}."))
            raise Nulled
        return None
    try:
        finished = plainly(shape, raw, path, faults)
        if finished is None and required:
            raise Nulled  # the work has told why
        return finished
    except Nulled:
        if required:
            raise
        return None


@st.composite
def cases(draw: st.DrawFn) -> tuple[Shape, Any]:
    shape = draw(shapes(4).filter(lambda shape: shape.kind in ("object", "list", "any")))
    return shape, draw(raws(shape))


def finished(finish: Finish, raw: Any) -> tuple[Any, list[Fault]]:
    finishing = Finishing(Binding(None, None, date(2026, 11, 21)), [])
    try:
        return compiled(finish)(raw, None, finishing), finishing.faults
    except Nulled:
        return None, finishing.faults


@given(cases())
@settings(max_examples=400, deadline=None)
def test_the_code_does_what_a_walk_does(case: tuple[Shape, Any]) -> None:
    shape, raw = case
    faults: list[Fault] = []
    try:
        expected = plainly(shape, deepcopy(raw), (), faults)
    except Nulled:
        expected = None
    finish = finish_of(shape)
    assert finish is not None
    assert finished(finish, raw) == (expected, faults)


def test_no_depth_is_too_much() -> None:
    """Python nests at most twenty blocks in a function."""
    finish: Finish | None = None
    raw: Any = None
    for _ in range(60):
        finish = FinishObject([Member("next", FinishList(finish, False, "T.next"), False, "T.next")])
        raw = {"next": [raw, None]}
    assert finish is not None
    expected = deepcopy(raw)
    assert finished(finish, raw) == (expected, [])
