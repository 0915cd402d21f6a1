"""Which offers are like one, who decides about it as a tree, and changes in words: of made-up offers."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from service.pages.formats import Formats
from service.pages.languages import Language
from service.pages.offers.changes import EDGES, NAMES, Value, lines
from service.pages.offers.deciding import WIDTH, tree
from service.pages.offers.similar import MOST, similar

DANISH = Formats(Language.DA)


def say(text: str) -> str:
    return text


def an_offer(id: str, type: str | None = "home", point: tuple[float, float] | None = None) -> dict[str, Any]:
    place = {"point": point and {"latitude": point[0], "longitude": point[1]}}
    kind = type and {"id": type, "residential": type != "day"}
    return {"id": id, "name": id, "type": kind, "location": place}


def subject(*groups: list[dict[str, Any]], **given: Any) -> dict[str, Any]:
    served = [{"targetGroup": {"id": f"g{n}", "offers": {"nodes": offers}}} for n, offers in enumerate(groups)]
    return {**an_offer("self", point=(57.05, 9.92)), "partOf": None, "departments": [], "targetGroups": served, **given}


def test_the_same_type_comes_first_then_more_groups_then_the_nearest() -> None:
    near, far = an_offer("near", point=(57.06, 9.92)), an_offer("far", point=(56.64, 9.79))
    both, hidden, some = an_offer("both"), an_offer("hidden"), an_offer("some", None)
    other, day = an_offer("other", "hostel", (57.05, 9.92)), an_offer("day", "day", (57.05, 9.92))
    found = similar(subject([hidden, other, some, far, near, both], [both, day, some], [day, both, some]))
    assert [one.offer["id"] for one in found] == ["both", "near", "far", "hidden", "some", "other"]
    assert [group["id"] for group in found[0].groups] == ["g0", "g1", "g2"]
    assert [one.same_type for one in found] == [True] * 4 + [False] * 2
    # From Aalborg to Hobro.
    assert found[2].km is not None and 45 < found[2].km < 48
    assert found[0].km is None


def test_an_offer_is_not_like_itself_nor_its_parts() -> None:
    family = [an_offer(id) for id in ("self", "whole", "part")]
    whole, parts = {"id": "whole"}, [{"id": "part"}]
    assert similar(subject(family, partOf=whole, departments=parts)) == []
    assert len(similar(subject([an_offer(str(n)) for n in range(9)]))) == MOST


NAMES_OF = st.text("abcdefgh ÆØÅ", min_size=1, max_size=90).filter(str.strip)


@given(st.lists(st.lists(st.tuples(NAMES_OF, st.booleans()), max_size=6), min_size=1, max_size=3), NAMES_OF)
def test_a_tree_has_everything_once_and_nothing_over_another(given: list[list[tuple[str, bool]]], name: str) -> None:
    def seat(label: str, filled: bool) -> dict[str, Any]:
        holder = {"representative": {"id": f"representative:{label}", "name": label}} if filled else None
        return {"label": label, "status": "FILLED" if filled else "VACANT", "holder": holder}

    boards = [
        {"id": f"board:{n}", "name": name, "seats": {"nodes": [seat(*one) for one in seats]}}
        for n, seats in enumerate(given)
    ]
    institution = {"id": "institution:a", "name": name}
    made = tree({"name": name, "institution": institution, "boards": {"nodes": boards}}, lambda value, kind: value)
    assert made is not None
    kinds = [spot.kind for spot in made.spots]
    seats = [one for board in given for one in board]
    assert (kinds.count("board"), kinds.count("seat")) == (len(given), len(seats))
    assert kinds.count("person") == sum(filled for _, filled in seats)
    for above, below in zip(made.spots, made.spots[1:], strict=False):
        assert above.y + above.height < below.y
    assert len(made.lines) == len(made.spots) - 1
    assert all(0 < spot.x < WIDTH / 2 and spot.y + spot.height <= made.height and spot.lines for spot in made.spots)


def test_no_board_no_tree() -> None:
    assert tree({"name": "a", "institution": None, "boards": {"nodes": []}}, lambda value, kind: value) is None


def test_changes_are_told_in_words() -> None:
    groups = [json.dumps([{"target": f"target-group:{id}", "approved": True} for id in ids]) for ids in ("ab", "bc")]
    change = {
        "fields": [
            {"name": "SERVES", "before": groups[0], "after": groups[1]},
            {"name": "capacity.id", "before": "capacity:1", "after": "capacity:2"},
            {"name": "price.amount", "before": "1250.50", "after": "2000"},
            {"name": "price.year", "before": None, "after": "2027"},
            {"name": "approval.status", "before": "APPROVED", "after": "ENDED"},
            {"name": "closedOn", "before": None, "after": "2026-11-22"},
            {"name": "address", "before": None, "after": None},
            {"name": "protected", "before": "false", "after": "true"},
            {"name": "unheardOf", "before": "x", "after": "y"},
        ]
    }
    told = {line.name: line for line in lines(change, {"target-group:a": "Angst"}, DANISH, say)}
    assert "capacity.id" not in told and len(told) == 8
    assert told["Målgrupper"].before == (Value("Angst (godkendt)", "target-group:a"),)
    assert told["Målgrupper"].after == (Value("c (godkendt)", "target-group:c"),)
    assert [value.text for value in told["Pris i kr."].before + told["Pris i kr."].after] == ["1.250,5", "2.000"]
    assert told["År"].after == (Value("2027"),)
    assert [value.text for value in told["Godkendelse"].after] == ["Godkendelsen er ophørt"]
    assert told["Lukker"].after == (Value("22. november 2026"),)
    assert told["Adresse"].before == told["Adresse"].after == ()
    assert told["Adressen er beskyttet"].after == (Value("ja"),)
    assert told["unheardOf"].after == (Value("y"),)


TEXTS = st.none() | st.text(max_size=30) | st.sampled_from(["2026-13-45", "[1]", "{", "[", "null", ""])


@given(st.lists(st.tuples(st.sampled_from([*sorted(NAMES.keys() - EDGES), "x.y"]), TEXTS, TEXTS), max_size=6))
def test_no_text_of_the_log_is_too_odd_to_be_told(given: list[tuple[str, str | None, str | None]]) -> None:
    fields = [{"name": name, "before": before, "after": after} for name, before, after in given]
    assert len(lines({"fields": fields}, {}, DANISH, say)) == len(fields)
