"""A board that is hard to answer for: hand-overs on the day, carry-over, seats to come and gone, every role."""

from __future__ import annotations

from graph.record import Edge, Record

ILLUSTRATIVE = {"dataStatus": "ILLUSTRATIVE"}


def seat(number: int, rule: str | None, since: str | None = None, until: str | None = None, *edges: Edge) -> Record:
    given = {"label": f"Sæde {number}", "order": number, "termRule": rule, "validFrom": since, "validTo": until}
    known = {name: value for name, value in given.items() if value is not None}
    return Record(f"seat:haard-{number}", {**known, **ILLUSTRATIVE}, (Edge("SEAT_OF", "board:haard"), *edges))


def tenure(number: int, who: str, role: str, since: str, until: str | None = None, n: int = 1) -> Record:
    given = {"role": role, "validFrom": since, **({"validTo": until} if until else {}), **ILLUSTRATIVE}
    edges = (Edge("IN_SEAT", f"seat:haard-{number}"), Edge("HELD_BY", f"representative:haard-{who}"))
    return Record(f"tenure:haard-{number}-{who}-{n}", given, edges)


def person(letter: str, gender: str | None, municipality: str | None) -> Record:
    given = {
        "name": f"Repræsentant Hård {letter.upper()} (fiktiv)",
        **ILLUSTRATIVE,
        **({"gender": gender} if gender else {}),
    }
    edges = (Edge("FROM_MUNICIPALITY", municipality),) if municipality else ()
    return Record(f"representative:haard-{letter}", given, edges)


HARD_SEATS = (
    Record(
        "board:haard",
        {"name": "Den hårde bestyrelse", "kind": "BOARD", "statutorySize": 3, "aliases": ["Hård"], **ILLUSTRATIVE},
        (
            Edge("BOARD_OF", "institution:navnloes-2"),
            Edge("SEATS_EVERY_PARTY_OF", "agreement:nordjysk-socialaftale-2021-2022"),
            Edge("MEETS_WITH", "municipality:laesoe"),
        ),
    ),
    Record(
        "board:haard-formandskab",
        {"name": "Ål & ø", "kind": "CHAIR_GROUP", **ILLUSTRATIVE},
        (
            Edge("BOARD_OF", "association:haard"),
            Edge("WITHIN", "board:haard"),
            Edge("POSSIBLY_SAME_AS", "board:haard"),
            Edge("MEETS_WITH", "board:haard"),
        ),
    ),
    Record("association:haard", {"name": "Foreningen Å"}),
    Record("institution:navnloes-2", {"name": "Ærens institution", **ILLUSTRATIVE}),
    person("a", "WOMAN", "municipality:aalborg"),
    person("b", "MAN", "municipality:aalborg"),
    person("c", None, None),
    # One leaves on the day on which the other comes.
    seat(
        1, "CALENDAR_TERM", None, None, Edge("APPOINTED_BY", "board:haard"), Edge("REPRESENTS", "municipality:morsoe")
    ),
    tenure(1, "a", "CHAIR", "2018-01-01", "2022-01-01"),
    tenure(1, "b", "MEMBER", "2022-01-01"),
    tenure(1, "c", "SUBSTITUTE", "2020-01-01"),
    tenure(1, "a", "OBSERVER", "2023-01-01", "2027-01-01", 2),
    # Long since out of time, and still there.
    seat(2, "SCHOOL_YEAR"),
    tenure(2, "c", "MEMBER", "2019-09-01"),
    # A substitute alone fills no seat.
    seat(3, "MONTH_OF_ELECTION", None, None, Edge("APPOINTED_BY", "board:haard-formandskab")),
    tenure(3, "a", "SUBSTITUTE", "2019-01-01"),
    # More holders than the statutes know.
    seat(4, "OFFICE"),
    tenure(4, "a", "VICE_CHAIR", "2018-01-01"),
    seat(5, None),
    tenure(5, "b", "MEMBER", "2018-01-01", "2030-01-01"),
    # Gone, and to come.
    seat(6, "OPEN", "2010-01-01", "2021-12-31"),
    tenure(6, "c", "MEMBER", "2011-01-01", "2021-12-31"),
    seat(7, "OPEN", "2027-01-01"),
    Record(
        "knowledge:haard",
        {"title": "Æblet falder", "kind": "CASE", **ILLUSTRATIVE},
        (
            Edge("USED_BY", "offer:aa-bar"),
            Edge("USED_BY", "offer:zz-lukket"),
            Edge("ABOUT_GROUP", "target-group:angst"),
        ),
    ),
    Record(
        "document:haard", {"title": "Uden adresse"}, (Edge("DOCUMENT_OF", "agreement:nordjysk-socialaftale-2021-2022"),)
    ),
)
