"""Paths between two things: against every simple path there is, and what must hold of any answer."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.clock import FixedClock
from graph.errors import BadInput
from graph.paths import network
from graph.paths.paths import Path, Paths
from graph.record import Edge, Record
from tests.graph.paths.plain import Plain
from tests.graph.paths.worlds import SEEN, directories

TODAY = date(2026, 11, 21)
CLOCK = FixedClock.on(TODAY)
ids = st.sampled_from(SEEN)


def paths_of(*records: Record) -> Paths:
    return Paths.from_records(records, CLOCK)


def nodes(path: Path) -> list[str]:
    return [path.steps[0].source, *(step.target for step in path.steps)]


@settings(max_examples=500, deadline=None)
@given(directories, ids, ids, st.integers(1, 6), st.integers(1, 10), st.sampled_from([0, 100]))
def test_they_are_the_first_of_all_simple_paths(
    records: dict[str, Record], start: str, end: str, max_length: int, first: int, few: int
) -> None:
    with patch.object(network, "_FEW", few):
        found = paths_of(*records.values()).between(start, end, max_length, first)
    assert [nodes(path) for path in found] == Plain(records.values(), TODAY).between(start, end, max_length, first)


@settings(max_examples=200, deadline=None)
@given(directories, ids, ids, st.integers(1, 8), st.integers(1, 10))
def test_what_holds_of_any_answer(
    records: dict[str, Record], start: str, end: str, max_length: int, first: int
) -> None:
    paths = paths_of(*records.values())
    found = paths.between(start, end, max_length, first)
    rows = [nodes(path) for path in found]
    assert len(found) <= first
    assert all(path.length == len(path.steps) <= max_length for path in found)
    assert [path.length for path in found] == sorted(path.length for path in found)
    assert len({tuple(row) for row in rows}) == len(rows)
    for path, row in zip(found, rows, strict=True):
        assert (row[0], row[-1]) == (start, end)
        assert len(set(row)) == len(row)
        assert all(one.target == other.source for one, other in zip(path.steps, path.steps[1:], strict=False))
        assert all(step.label("DA") and step.label("EN") and step.relation.isupper() for step in path.steps)
    assert [nodes(path)[::-1] for path in paths.between(end, start, max_length, first)] == rows
    assert paths.between(start, end, max_length, max(1, first - 1)) == found[: max(1, first - 1)]


def thing(id: str, *edges: tuple[str, str], **properties: str) -> Record:
    return Record(id, {"name": id, **properties}, tuple(Edge(*edge) for edge in edges))


def test_who_decides_about_an_offer_in_words() -> None:
    paths = paths_of(
        thing("offer:x", ("OF_INSTITUTION", "institution:i"), ("OPERATED_BY", "region:r")),
        thing("institution:i", ("RUN_BY", "region:r")),
        thing("region:r"),
        thing("board:b", ("BOARD_OF", "institution:i"), kind="BOARD"),
        thing("board:kkr", kind="FORUM"),
        thing("seat:1", ("SEAT_OF", "board:b"), ("APPOINTED_BY", "board:kkr"), label="Sæde 1"),
        thing("representative:a"),
        Record(
            "tenure:t",
            {"role": "MEMBER", "validFrom": "2026-01-01", "validTo": "2030-01-01"},
            (Edge("IN_SEAT", "seat:1"), Edge("HELD_BY", "representative:a")),
        ),
    )
    (path,) = paths.between("offer:x", "representative:a")
    assert [step.relation for step in path.steps] == ["OF_INSTITUTION", "HAS_BOARD", "HAS_SEAT", "HELD_BY"]
    assert [step.label("DA") for step in path.steps] == [
        "hører under",
        "styres af bestyrelsen",
        "har sædet",
        "har fra 1. januar 2026 til og med 31. december 2029 som medlem",
    ]
    assert path.steps[-1].label("EN") == "has from 1 January 2026 to 31 December 2029 as member"
    (path,) = paths.between("board:kkr", "institution:i")
    assert [step.label("DA") for step in path.steps] == ["udpeger", "er sæde i", "styrer"]


def test_what_both_merely_share_does_not_connect_them() -> None:
    shared = (
        *(("SERVES", "target-group:g"), ("GIVES", "service:s"), ("OF_TYPE", "offer-type:t")),
        *(("HAS_LEGAL_BASIS", "legal-basis:l"), ("STATED_IN", "source:s"), ("COVERED_BY", "agreement:a")),
        *(("OPERATED_BY", "municipality:m"), ("BOUGHT_BY", "municipality:m"), ("LOCATED_AT", "location:p")),
    )
    paths = paths_of(
        thing("offer:a", *shared),
        thing("offer:b", *shared),
        thing("location:p", ("IN_MUNICIPALITY", "municipality:m")),
        *(thing(target) for _, target in shared if not target.startswith("location:")),
    )
    assert paths.between("offer:a", "offer:b", 8, 10) == []
    for _, target in shared[:-1]:
        assert [path.length for path in paths.between("offer:a", target, 1)] == [1]


def test_a_municipality_leads_from_what_it_runs_to_who_decides_there() -> None:
    paths = paths_of(
        thing("offer:a", ("OPERATED_BY", "municipality:m")),
        thing("offer:b", ("LOCATED_AT", "location:p"), ("BOUGHT_BY", "municipality:m")),
        thing("location:p", ("IN_MUNICIPALITY", "municipality:m")),
        thing("municipality:m"),
        thing("board:b", ("BOARD_OF", "municipality:m"), kind="COUNCIL"),
    )
    assert [nodes(path) for path in paths.between("offer:a", "board:b")] == [["offer:a", "municipality:m", "board:b"]]
    assert paths.between("offer:b", "board:b") == []


def tenure(slug: str, seat: str, since: str, until: str | None, role: str = "MEMBER") -> Record:
    dates = {"validFrom": since} | ({"validTo": until} if until else {})
    edges = (Edge("IN_SEAT", seat), Edge("HELD_BY", "representative:a"))
    return Record(f"tenure:{slug}", {"role": role, **dates}, edges)


def test_a_tenure_that_is_over_says_so_and_comes_after_one_that_holds() -> None:
    paths = paths_of(
        thing("board:b"),
        *(thing(f"seat:{n}", ("SEAT_OF", "board:b"), label=f"Sæde {n}") for n in (1, 2, 3)),
        thing("representative:a"),
        tenure("over", "seat:1", "2018-01-01", "2026-11-21"),
        tenure("again", "seat:2", "2018-01-01", "2022-01-01"),
        tenure("now", "seat:2", "2026-11-21", None, "SUBSTITUTE"),
        tenure("to-come", "seat:3", "2026-11-22", None, "CHAIR"),
    )
    found = paths.between("representative:a", "board:b")
    assert [path.steps[0].label("DA") for path in found] == [
        "er fra 21. november 2026 suppleant for",
        "havde fra 1. januar 2018 til og med 20. november 2026 sæde i",
        "bliver fra 22. november 2026 formand i",
    ]
    assert [path.steps[0].label("EN") for path in found] == [
        "is from 21 November 2026 substitute for",
        "held from 1 January 2018 to 20 November 2026 the seat",
        "will be from 22 November 2026 chair in",
    ]
    assert [path.steps[0].relation for path in found] == ["SUBSTITUTES", "HOLDS", "HOLDS"]


def test_what_a_body_decided_is_in_the_words() -> None:
    decision = Record(
        "decision:d", {"decision": "RECOMMENDED"}, (Edge("DECISION_ON", "agreement:a"), Edge("DECIDED_BY", "board:b"))
    )
    paths = paths_of(thing("agreement:a"), thing("board:b"), decision)
    assert [path.steps[0].da for path in paths.between("agreement:a", "board:b")] == ["er anbefalet af"]
    assert [path.steps[0].da for path in paths.between("board:b", "agreement:a")] == ["har anbefalet"]


def test_nothing_connects_a_thing_with_itself_or_with_what_is_not_there() -> None:
    paths = paths_of(thing("offer:a", ("PART_OF", "offer:b")), thing("board:b"))
    assert paths.between("offer:a", "offer:a") == []
    assert paths.between("offer:a", "offer:b") == []
    assert paths.between("offer:gone", "board:b") == []


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("nothing", "offer:a", 6, 3), "from"),
        (("offer:a", "price:p", 6, 3), "to"),
        (("offer:a", "offer:", 6, 3), "to"),
        (("offer:a", "offer:b", 0, 3), "maxLength"),
        (("offer:a", "offer:b", 9, 3), "maxLength"),
        (("offer:a", "offer:b", 6, 0), "first"),
        (("offer:a", "offer:b", 6, 11), "first"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(arguments: tuple[str, str, int, int], path: str) -> None:
    with pytest.raises(BadInput) as refused:
        paths_of().between(*arguments)
    assert refused.value.path == (path,)
