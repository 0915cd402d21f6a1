"""What is told of a board's composition, in sentences that can stand in a memo."""

from __future__ import annotations

from datetime import date

import pytest

from graph.clock import FixedClock
from graph.record import Edge, Record
from graph.register.checks import CompositionCheck
from graph.register.register import Register

DAY = date(2026, 3, 1)
PARTIES = {"morsoe": "Morsø Kommune", "laesoe": "Læsø Kommune", "aalborg": "Aalborg Kommune"}


def checks(
    *genders: str | None,
    seats: int | None = None,
    size: int | None = None,
    agreement: bool = False,
    parties: tuple[str, ...] = tuple(PARTIES),
    homes: tuple[str, ...] = (),
    represents: tuple[str, ...] = (),
) -> dict[str, CompositionCheck]:
    """The checks of a board with so many seats, the first of which people of these genders hold."""
    kkr = Record("board:kkr", {"name": "KKR Nordjylland", "kind": "FORUM"})
    rule = (Edge("SEATS_EVERY_PARTY_OF", "agreement:a"),) if agreement else ()
    board = Record("board:b", {"name": "Styregruppen", "kind": "BOARD", "statutorySize": size}, rule)
    records = [kkr, board, *(Record(f"municipality:{id}", {"name": name}) for id, name in PARTIES.items())]
    edges = tuple(Edge("HAS_PARTY", f"municipality:{id}") for id in parties)
    records.append(Record("agreement:a", {"name": "Nordjysk Socialaftale"}, edges))
    for n in range(len(genders) if seats is None else seats):
        seat = [Edge("SEAT_OF", "board:b"), Edge("APPOINTED_BY", "board:kkr")]
        seat += [Edge("REPRESENTS", f"municipality:{id}") for id in represents[n : n + 1] if id]
        records.append(Record(f"seat:{n}", {"label": f"Sæde {n + 1}", "order": n}, tuple(seat)))
    for n, gender in enumerate(genders):
        home = tuple(Edge("FROM_MUNICIPALITY", f"municipality:{id}") for id in homes[n : n + 1])
        records.append(Record(f"representative:{n}", {"name": f"Person {n + 1}", "gender": gender}, home))
        held = (Edge("IN_SEAT", f"seat:{n}"), Edge("HELD_BY", f"representative:{n}"))
        records.append(Record(f"tenure:{n}", {"role": "MEMBER", "validFrom": "2026-01-01"}, held))
    composition = Register.from_records(records, FixedClock.on(DAY)).composition("board:b", None)
    assert composition is not None
    found = {check.rule: check for check in composition.checks}
    assert len(found) == len(composition.checks)
    return found


W, M, O = "WOMAN", "MAN", "OTHER"  # noqa: E741


@pytest.mark.parametrize(
    ("held", "seats", "size", "outcome", "danish", "english"),
    [
        (1, 2, None, "UNKNOWN", "Det er ikke oplyst, hvor mange sæder Styregruppen skal have.",
         "How many seats Styregruppen must have is not stated."),
        (1, 2, 2, "MET", "Pr. 1. marts 2026 har Styregruppen 2 sæder, som det er fastsat.",
         "As of 1 March 2026, Styregruppen has 2 seats, as laid down."),
        (1, 1, 3, "PARTLY", "Pr. 1. marts 2026 er 1 af de 3 sæder oprettet, der er fastsat for Styregruppen.",
         "As of 1 March 2026, 1 of the 3 seats laid down for Styregruppen exists."),
        (0, 0, 3, "NOT_MET", "Pr. 1. marts 2026 er ingen af de 3 sæder oprettet, der er fastsat for Styregruppen.",
         "As of 1 March 2026, none of the 3 seats laid down for Styregruppen exist."),
        (2, 3, 2, "PARTLY",
         "Pr. 1. marts 2026 har Styregruppen 3 sæder, 1 mere end de 2, der er fastsat, men ikke flere medlemmer end "
         "fastsat (2).",
         "As of 1 March 2026, Styregruppen has 3 seats, 1 more than the 2 laid down, but no more members than "
         "laid down (2)."),
        (4, 4, 2, "NOT_MET",
         "Pr. 1. marts 2026 har Styregruppen 4 medlemmer, 2 mere end de 2, der er fastsat. Ud over størrelsen, regnet "
         "efter sædernes rækkefølge, er: Person 3 (Sæde 3) og Person 4 (Sæde 4).",
         "As of 1 March 2026, Styregruppen has 4 members, 2 more than the 2 laid down. Beyond the size, in the order "
         "of the seats: Person 3 (Sæde 3) and Person 4 (Sæde 4)."),
        (0, 0, 0, "MET", "Pr. 1. marts 2026 har Styregruppen 0 sæder, som det er fastsat.",
         "As of 1 March 2026, Styregruppen has 0 seats, as laid down."),
    ],
)  # fmt: skip
def test_the_statutory_size(held: int, seats: int, size: int | None, outcome: str, danish: str, english: str) -> None:
    check = checks(*[W] * held, seats=seats, size=size)["STATUTORY_SIZE"]
    assert (check.outcome, check.explain("DA"), check.explain("EN")) == (outcome, danish, english)


def sitting(counts: str) -> str:
    return f"Pr. 1. marts 2026 sidder {counts} i Styregruppen efter udpegning fra KKR Nordjylland."


ALONE = (
    " Med færre end to udpegede kan kønnene ikke fordeles ligeligt i dette organ alene; se det sammen med de øvrige "
    "poster, som KKR Nordjylland udpeger til."
)


@pytest.mark.parametrize(
    ("genders", "outcome", "danish"),
    [
        ((W, M), "MET",
         sitting("1 kvinde og 1 mand") + " Forskellen er højst én, som ligestillingsloven (kapitel 4) lægger op til."),
        ((W, W, M), "MET",
         sitting("2 kvinder og 1 mand") + " Forskellen er højst én, som ligestillingsloven (kapitel 4) lægger op til."),
        ((M, M, M), "NOT_MET",
         sitting("ingen kvinder og 3 mænd") + " Forskellen er 3; efter ligestillingsloven (kapitel 4) bør den højst "
         "være én."),
        ((W, W), "NOT_MET",
         sitting("2 kvinder og ingen mænd") + " Forskellen er 2; efter ligestillingsloven (kapitel 4) bør den højst "
         "være én."),
        ((W, M, O), "MET",
         sitting("1 kvinde, 1 mand og 1 af andet køn") + " Forskellen er højst én, som ligestillingsloven (kapitel 4) "
         "lægger op til."),
        ((W, M, None), "UNKNOWN",
         sitting("1 kvinde, 1 mand og 1 uden oplyst køn") + " Hvor køn ikke er oplyst, kan fordelingen ikke bedømmes "
         "(ligestillingsloven, kapitel 4)."),
        ((W,), "MET", sitting("1 kvinde") + ALONE),
        ((None,), "UNKNOWN", sitting("1 uden oplyst køn") + ALONE),
        ((), "UNKNOWN",
         "Pr. 1. marts 2026 er ingen af de sæder i Styregruppen, som KKR Nordjylland udpeger til, besat; "
         "kønsfordelingen kan ikke bedømmes."),
    ],
)  # fmt: skip
def test_the_balance_of_the_genders(genders: tuple[str | None, ...], outcome: str, danish: str) -> None:
    check = checks(*genders, seats=max(1, len(genders)))["GENDER_BALANCE"]
    assert (check.outcome, check.explain("DA")) == (outcome, danish)
    english = check.explain("EN")
    assert english.startswith("As of 1 March 2026, ")
    assert "KKR Nordjylland" in english


def test_a_balance_for_each_who_appoints_and_for_no_one_else() -> None:
    boards = [
        Record(f"board:{id}", {"name": name, "kind": "BOARD"}) for id, name in (("b", "B"), ("å", "Å"), ("a", "A"))
    ]
    appointers = ("board:å", "board:a", None)
    seats = [
        Record(
            f"seat:{n}",
            {"label": "1", "order": n},
            (Edge("SEAT_OF", "board:b"), *([Edge("APPOINTED_BY", id)] if id else [])),
        )
        for n, id in enumerate(appointers)
    ]
    composition = Register.from_records([*boards, *seats], FixedClock.on(DAY)).composition("board:b", None)
    assert composition is not None
    told = [check.explain() for check in composition.checks if check.rule == "GENDER_BALANCE"]
    assert [" A udpeger" in told[0], " Å udpeger" in told[1], len(told)] == [True, True, 2]


@pytest.mark.parametrize(
    ("given", "outcome", "danish", "english"),
    [
        ({"homes": ("laesoe",), "represents": ("", "morsoe")}, "PARTLY",
         "Pr. 1. marts 2026 er 1 af de 3 parter i Nordjysk Socialaftale repræsenteret i Styregruppen. Uden medlem: "
         "Morsø Kommune og Aalborg Kommune.",
         "As of 1 March 2026, 1 of the 3 parties to Nordjysk Socialaftale is represented on Styregruppen. Without a "
         "member: Morsø Kommune and Aalborg Kommune."),
        ({"homes": ("laesoe",), "represents": ("morsoe",), "parties": ("laesoe", "morsoe")}, "MET",
         "Pr. 1. marts 2026 er alle 2 parter i Nordjysk Socialaftale repræsenteret i Styregruppen.",
         "As of 1 March 2026, all 2 parties to Nordjysk Socialaftale are represented on Styregruppen."),
        ({"parties": ("aalborg",)}, "NOT_MET",
         "Pr. 1. marts 2026 er ingen af de 1 parter i Nordjysk Socialaftale repræsenteret i Styregruppen. Uden medlem: "
         "Aalborg Kommune.",
         "As of 1 March 2026, none of the 1 parties to Nordjysk Socialaftale are represented on Styregruppen. "
         "Without a member: Aalborg Kommune."),
        ({"parties": ()}, "UNKNOWN",
         "Alle parter i Nordjysk Socialaftale skal være repræsenteret i Styregruppen, men parterne er ikke oplyst.",
         "Every party to Nordjysk Socialaftale must be represented on Styregruppen, but the parties are not stated."),
    ],
)  # fmt: skip
def test_every_party(given: dict[str, tuple[str, ...]], outcome: str, danish: str, english: str) -> None:
    check = checks(W, seats=2, agreement=True, **given)["EVERY_PARTY_REPRESENTED"]  # type: ignore[arg-type]
    assert (check.outcome, check.explain("DA"), check.explain("EN")) == (outcome, danish, english)
    assert "EVERY_PARTY_REPRESENTED" not in checks(W)
