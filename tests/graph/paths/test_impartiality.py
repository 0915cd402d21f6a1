"""Whose seats may raise a question of impartiality: against a plain reading, and in words."""

from __future__ import annotations

from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue.catalogue import Catalogue
from graph.clock import FixedClock
from graph.danish import name_order
from graph.paths.impartiality import Flag, flags
from graph.record import Edge, Record
from graph.register.register import Register

TODAY = date(2026, 11, 21)
CLOCK = FixedClock.on(TODAY)
SOURCED = {"dataStatus": "SOURCED"}
DAYS = ("2020-01-01", "2026-11-21", "2026-11-22", "2030-01-01")
HOMES = [f"municipality:{n}" for n in range(3)]
ORGANISATIONS = [*HOMES, "region:r", "institution:0", "institution:1"]


def found(records: list[Record], day: date = TODAY) -> list[Flag]:
    return flags(Register.from_records(records, CLOCK), Catalogue.from_records(records, CLOCK), day)


def thing(id: str, *edges: tuple[str, str], **properties: str | int | None) -> Record:
    given = {"name": id, **SOURCED, **properties}
    return Record(id, {k: v for k, v in given.items() if v is not None}, tuple(Edge(*edge) for edge in edges))


def held(
    person: str, board: str, n: int = 0, role: str = "MEMBER", since: str = DAYS[0], until: str | None = None
) -> list[Record]:
    seat = f"seat:{board[6:]}-{n}"
    return [
        thing(seat, ("SEAT_OF", board), label=f"Sæde {n}", order=n, termRule="OPEN"),
        thing(f"tenure:{seat[5:]}", ("IN_SEAT", seat), ("HELD_BY", person), role=role, validFrom=since, validTo=until),
    ]


DIRECTORY = [
    *(thing(id, code="1") for id in HOMES),
    thing("region:r", code="2"),
    thing("institution:0", ("RUN_BY", "region:r"), name="Centret"),
    thing("board:b", ("BOARD_OF", "institution:0"), kind="BOARD", name="Bestyrelsen"),
    thing("representative:p", ("FROM_MUNICIPALITY", HOMES[0]), name="Repræsentant P (fiktiv)"),
    *held("representative:p", "board:b"),
]


def offer(n: int, *edges: tuple[str, str], **properties: str) -> Record:
    return thing(f"offer:{n}", ("OF_INSTITUTION", "institution:0"), *edges, **{"version": 1, **properties})


def test_the_path_and_the_words() -> None:
    bought = offer(1, ("BOUGHT_BY", HOMES[0]), name="Tilbuddet")
    (flag,) = found([*DIRECTORY, bought])
    assert flag.representative == "representative:p"
    assert [(step.source, step.relation, step.target) for step in flag.path.steps] == [
        ("representative:p", "HOLDS", "seat:b-0"),
        ("seat:b-0", "SEAT_OF", "board:b"),
        ("board:b", "BOARD_OF", "institution:0"),
        ("institution:0", "HAS_OFFER", "offer:1"),
        ("offer:1", "BOUGHT_BY", HOMES[0]),
    ]
    assert flag.path.steps[0].da == "har fra 1. januar 2020 sæde i"
    assert flag.explain("DA") == (
        "Repræsentant P (fiktiv) sidder i Bestyrelsen (Centret) og kommer fra municipality:0, som køber pladser i "
        "Tilbuddet. Det kan være værd at se på reglerne om habilitet (forvaltningsloven §§ 3-6); "
        "det siger ikke, at nogen er inhabil."
    )
    assert flag.explain("EN") == (
        "Repræsentant P (fiktiv) sits on Bestyrelsen (Centret) and comes from municipality:0, which buys places from "
        "Tilbuddet. The rules on impartiality (the Danish Public Administration Act, sections 3-6) may be worth a "
        "look; this does not say that anyone is partial."
    )


def test_a_municipality_that_runs_the_institution() -> None:
    run = [*DIRECTORY, thing("institution:0", ("RUN_BY", HOMES[0]), name="Centret"), offer(1, ("BOUGHT_BY", HOMES[0]))]
    (flag,) = found(list({record.id: record for record in run}.values()))
    assert [step.relation for step in flag.path.steps] == ["HOLDS", "SEAT_OF", "BOARD_OF", "RUN_BY"]
    assert "som driver Centret." in flag.explain("DA")


def test_what_raises_nothing() -> None:
    elsewhere = offer(1, ("BOUGHT_BY", HOMES[1]))
    closed = offer(2, ("BOUGHT_BY", HOMES[0]), closedOn="2026-11-21")
    assert found([*DIRECTORY, elsewhere, closed]) == []
    assert found([*DIRECTORY, closed], date(2019, 12, 31)) == []
    assert [flag.path.steps[-1].source for flag in found([*DIRECTORY, closed], date(2026, 11, 20))] == ["offer:2"]


@st.composite
def directories(draw: st.DrawFn) -> list[Record]:
    random = Random(draw(st.integers(0, 2**32 - 1)))

    def some(type: str, ids: list[str], often: float = 0.7) -> list[tuple[str, str]]:
        return [(type, random.choice(ids))] if random.random() < often else []

    people = [f"representative:{n}" for n in range(4)]
    records = [*(thing(id, code="1") for id in HOMES), thing("region:r", code="2")]
    records += [thing(id, *some("RUN_BY", HOMES, 0.3)) for id in ORGANISATIONS if id.startswith("institution:")]
    for n in range(4):
        buyers = [("BOUGHT_BY", home) for home in random.sample(HOMES, random.randint(0, 1))]
        edges = (*some("OF_INSTITUTION", ORGANISATIONS[4:]), *some("OPERATED_BY", ORGANISATIONS), *buyers)
        closed = random.choice([None, None, *DAYS])
        records.append(thing(f"offer:{n}", *edges, name=random.choice("ÆØA"), version=1, closedOn=closed))
    for n in range(3):
        kind = random.choice(["BOARD", "BOARD", "COUNCIL", "COMMITTEE", "FORUM"])
        records.append(thing(f"board:{n}", *some("BOARD_OF", ORGANISATIONS, 0.9), kind=kind, name=random.choice("ÆØA")))
        for place in range(3):
            since, until = sorted(random.sample(DAYS, 2))
            role = random.choice(["MEMBER", "CHAIR", "SUBSTITUTE"])
            records += held(random.choice(people), f"board:{n}", place, role, since, until)
    records += [thing(id, *some("FROM_MUNICIPALITY", HOMES, 0.9), name=random.choice("ÆØA")) for id in people]
    return records


def plainly(records: list[Record], day: date) -> dict[tuple[str, str], int]:
    """Each person and board that raises a question, and in how few steps."""
    by_id = {record.id: record for record in records}

    def to(id: str, type: str) -> list[str]:
        return [edge.target for edge in by_id[id].edges if edge.type == type]

    def holds(since: str | None, until: str | None) -> bool:
        return (since is None or since <= day.isoformat()) and (until is None or day.isoformat() < until)

    raised: dict[tuple[str, str], int] = {}
    for tenure in (record for id, record in by_id.items() if id.startswith("tenure:")):
        get = tenure.properties.get
        (person,), (seat,) = to(tenure.id, "HELD_BY"), to(tenure.id, "IN_SEAT")
        (board,) = to(seat, "SEAT_OF")
        if get("role") == "SUBSTITUTE" or not holds(get("validFrom"), get("validTo")):
            continue
        if by_id[board].properties["kind"] == "FORUM":
            continue
        for organisation in to(board, "BOARD_OF"):
            for home in to(person, "FROM_MUNICIPALITY"):
                dealings = [4] if home in to(organisation, "RUN_BY") else []
                for id, record in by_id.items():
                    if id.startswith("offer:") and holds(None, record.properties.get("closedOn")):
                        of = organisation in (*to(id, "OF_INSTITUTION"), *to(id, "OPERATED_BY"))
                        if of and home in (*to(id, "BOUGHT_BY"), *to(id, "OPERATED_BY")):
                            dealings.append(5)
                if dealings and home != organisation:
                    raised[person, board] = min(dealings)
    return raised


@settings(max_examples=300, deadline=None)
@given(directories(), st.sampled_from(DAYS[:3]).map(date.fromisoformat))
def test_everyone_whom_a_plain_reading_finds_and_no_one_else(records: list[Record], day: date) -> None:
    raised = found(records, day)
    names = {record.id: record.properties["name"] for record in records}
    pairs = [(flag.representative, flag.path.steps[1].target) for flag in raised]
    assert {pair: flag.path.length for pair, flag in zip(pairs, raised, strict=True)} == plainly(records, day)
    assert pairs == sorted(pairs, key=lambda pair: [name_order(names[id], id) for id in pair])
    edges = {(record.id, edge.type, edge.target) for record in records for edge in record.edges}
    for flag in raised:
        first, *rest = flag.path.steps
        assert first.source == flag.representative
        assert any(
            (id, "HELD_BY", first.source) in edges
            for id, type, seat in edges
            if type == "IN_SEAT" and seat == first.target
        )
        for step in rest:
            back = {"HAS_OFFER": "OF_INSTITUTION", "OPERATES": "OPERATED_BY"}.get(step.relation)
            link = (step.target, back, step.source) if back else (step.source, step.relation, step.target)
            assert link in edges
        assert all(one.target == other.source for one, other in zip(flag.path.steps, rest, strict=False))
        assert all(names[id] in flag.explain("DA") for id in (flag.representative, rest[-1].target))
