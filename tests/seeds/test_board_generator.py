from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from graph.model import ENUMS, HOLDING
from graph.record import faults
from seeds.board_generator import generate_boards
from tests.seeds.reading import Content, of_kind, targets

SIZES = (60, 600, 3000)


@pytest.fixture(scope="module")
def made(content: Content) -> Content:
    records = generate_boards(*SIZES, 7, list(content.values()))
    by_id = {record.id: record for record in records}
    assert len(by_id) == len(records)
    return by_id


def test_the_same_seed_gives_the_same_records(content: Content, made: Content) -> None:
    classification = list(content.values())
    assert generate_boards(*SIZES, 7, classification) == list(made.values())
    assert generate_boards(*SIZES, 8, classification) != list(made.values())


@pytest.mark.parametrize("sizes", [(0, 0, 0), (1, 1, 1), (3, 10, 23), (600, 6000, 30000)])
def test_there_are_as_many_as_asked_for(sizes: tuple[int, int, int], content: Content) -> None:
    counts = Counter(r.kind.name for r in generate_boards(*sizes, 1, list(content.values())))
    assert (counts["board"], counts["seat"], counts["tenure"]) == sizes


@pytest.mark.parametrize("sizes", [(0, 1, 1), (2, 1, 1), (1, 2, 1), (-1, 1, 1)])
def test_counts_that_do_not_go_together_are_refused(sizes: tuple[int, int, int], content: Content) -> None:
    with pytest.raises(ValueError, match="at least as many as the one before"):
        generate_boards(*sizes, 1, list(content.values()))


def test_more_tenures_than_days_are_refused(content: Content) -> None:
    with pytest.raises(ValueError, match="9000 tenures do not follow each other"):
        generate_boards(1, 1, 9000, 1, list(content.values()))


def test_every_record_is_one_that_the_model_allows(content: Content, made: Content) -> None:
    assert [(id, fault) for id, record in made.items() for fault in faults(record)] == []
    assert {edge.target for record in made.values() for edge in record.edges} <= content.keys() | made.keys()
    assert not content.keys() & made.keys()


def test_everything_is_recognisably_made_up(made: Content) -> None:
    for record in made.values():
        assert record.properties["dataStatus"] == "ILLUSTRATIVE"
        if record.kind.named:
            assert record.properties["name"].endswith(("(illustrativ)", "(fiktiv)"))


def test_a_seat_is_held_by_one_after_the_other_within_its_own_days(made: Content) -> None:
    held = defaultdict(list)
    for tenure in of_kind(made, "tenure"):
        held[targets(tenure, "IN_SEAT")[0]].append(tenure.properties)
    assert {len(tenures) for tenures in held.values()} == {5}
    together = 0
    for id, tenures in held.items():
        seat = made[id].properties
        spans = [(tenure["validFrom"], tenure.get("validTo", "9999")) for tenure in tenures]
        assert all(since < until for since, until in spans)
        assert all(until <= next for (_, until), (next, _) in zip(spans, spans[1:], strict=False))
        assert seat.get("validFrom", "2010-01-01") <= spans[0][0] and spans[-1][1] <= seat.get("validTo", "9999")
        together += sum(until == next for (_, until), (next, _) in zip(spans, spans[1:], strict=False))
    assert 0.7 < together / (4 * len(held)) < 0.9


def test_there_is_some_of_everything(content: Content, made: Content) -> None:
    seats, tenures, people = (of_kind(made, kind) for kind in ("seat", "tenure", "representative"))
    assert {seat.properties["termRule"] for seat in seats} == set(ENUMS["termRule"])
    assert {board.properties["kind"] for board in of_kind(made, "board")} == set(ENUMS["board.kind"])
    assert {tenure.properties["role"] for tenure in tenures} == {*HOLDING, "SUBSTITUTE", "OBSERVER"}
    assert {id for person in people for id in targets(person, "FROM_MUNICIPALITY")} == {
        municipality.id for municipality in of_kind(content, "municipality")
    }
    assert {person.properties.get("gender") for person in people} == {*ENUMS["gender"], None}
    for name in ("validFrom", "validTo"):
        assert 0 < sum(name in seat.properties for seat in seats) < len(seats) / 10
    sizes = Counter(targets(seat, "SEAT_OF")[0] for seat in seats)
    assert len(set(sizes.values())) > 5 and min(sizes.values()) >= 1
    open_ = sum("validTo" not in tenure.properties for tenure in tenures)
    assert 0.4 < open_ / len(seats) < 0.7


@pytest.mark.parametrize("kind", ["municipality", "source"])
def test_a_classification_that_lacks_something_is_refused(kind: str, content: Content) -> None:
    without = [record for record in content.values() if record.kind.name != kind]
    with pytest.raises(ValueError, match="the classification lacks"):
        generate_boards(1, 1, 1, 1, without)
