from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from graph.record import Record, faults
from seeds.generator import generate

TODAY = date(2026, 3, 1)
COUNT = 1000

Content = dict[str, Record]


@pytest.fixture(scope="module")
def made(content: Content) -> Content:
    records = generate(COUNT, 7, list(content.values()), TODAY)
    by_id = {record.id: record for record in records}
    assert len(by_id) == len(records)
    return by_id


def of_kind(records: Content, kind: str) -> list[Record]:
    return [record for record in records.values() if record.kind.name == kind]


def share(records: list[Record], edge: str) -> float:
    return sum(any(e.type == edge for e in record.edges) for record in records) / len(records)


def test_the_same_seed_gives_the_same_records(content: Content, made: Content) -> None:
    classification = list(content.values())
    assert generate(COUNT, 7, classification, TODAY) == list(made.values())
    assert generate(COUNT, 8, classification, TODAY) != list(made.values())


@pytest.mark.parametrize("count", [0, 1, 2, 37])
def test_there_are_as_many_offers_as_asked_for(count: int, content: Content) -> None:
    made = generate(count, 1, list(content.values()), TODAY)
    assert sum(record.kind.name == "offer" for record in made) == count


def test_every_record_is_one_that_the_model_allows(content: Content, made: Content) -> None:
    assert [(id, fault) for id, record in made.items() for fault in faults(record)] == []
    assert {edge.target for record in made.values() for edge in record.edges} <= content.keys() | made.keys()
    assert not content.keys() & made.keys()


def test_everything_is_recognisably_made_up(made: Content) -> None:
    for record in made.values():
        if "dataStatus" in record.kind.properties:
            assert record.properties["dataStatus"] == "ILLUSTRATIVE"
        if record.kind.named:
            assert record.properties["name"].endswith("(illustrativ)")


def test_there_is_some_of_everything(made: Content) -> None:
    offers = of_kind(made, "offer")
    assert COUNT / 6 < len(of_kind(made, "institution")) < COUNT / 4
    assert 0.1 < share(offers, "PART_OF") < 0.3
    assert 0.9 < share(offers, "SERVES") < 1
    assert 0.2 < share(offers, "EXCLUDES") < 0.5
    assert 0.7 < share(offers, "GIVES") < 1
    assert 0.5 < share(offers, "SUPPORTS") < 0.9
    assert 0.02 < sum(r.properties["protected"] for r in of_kind(made, "location")) / COUNT < 0.12
    assert {r.properties["unit"] for r in of_kind(made, "price")} == {"HOUR", "DAY", "MONTH", "YEAR"}
    assert len({r.properties["status"] for r in of_kind(made, "approval")}) == 5
    assert {r.properties["ownership"] for r in of_kind(made, "institution")} == {"MUNICIPAL", "REGIONAL", "PRIVATE"}
    for name in ("ageFrom", "ageTo", "supportLevelUpTo", "summary", "verifiedOn"):
        assert 0.3 < sum(name in r.properties for r in offers) / COUNT < 1, name
    free = Counter("free" in r.properties for r in of_kind(made, "capacity"))
    assert free[True] and free[False]


def test_numbers_and_dates_are_plausible(made: Content) -> None:
    today = TODAY.isoformat()
    for record in made.values():
        p = record.properties
        assert p.get("ageFrom", 0) <= p.get("ageTo", 120)
        assert 0 <= p.get("free", 0) <= p.get("places", 0)
        assert max(p.get("countedOn", ""), p.get("verifiedOn", ""), p.get("reportOn", "")) <= today
        assert p.get("validFrom", "") < p.get("validTo", "9999")
        if "latitude" in p:
            assert 56.4 < p["latitude"] < 57.8 and 8.1 < p["longitude"] < 11.3
        assert set(p.get("phone", "")) <= set(" 0123456789") and p.get("email", "@example.org").endswith("@example.org")


def test_an_offer_does_not_exclude_whom_it_serves(made: Content) -> None:
    for offer in of_kind(made, "offer"):
        groups = {kind: {e.target for e in offer.edges if e.type == kind} for kind in ("SERVES", "EXCLUDES")}
        assert not groups["SERVES"] & groups["EXCLUDES"]


def test_a_classification_that_lacks_something_is_refused(content: Content) -> None:
    without = [record for id, record in content.items() if id != "offer-type:krisecenter"]
    with pytest.raises(ValueError, match="the classification lacks offer-type:krisecenter"):
        generate(1, 1, without, TODAY)
