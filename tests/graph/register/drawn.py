"""Boards, seats and tenures drawn at random: such as the commands let be written, with every corner made likely."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from graph.record import Edge, Record

SOURCED = {"dataStatus": "SOURCED"}
RULES = ("CALENDAR_TERM", "MONTH_OF_ELECTION", "SCHOOL_YEAR", "OFFICE", "OPEN", None)
NAMES = ("Ærø Råd", "Aalborg Skolebestyrelse", "Østerskovens bestyrelse", "KKR Nordjylland", "Zoneudvalget", "Anlægget")
MUNICIPALITIES = tuple(f"municipality:{n}" for n in range(4))
BOARD_KINDS = ("COUNCIL", "BOARD", "FORUM")
BOARDS = tuple(f"board:{n}" for n in range(5))
PEOPLE = tuple(f"representative:{n}" for n in range(8))
AGREEMENT = "agreement:a"
FIRST, LAST = date(2021, 7, 1), date(2027, 3, 1)
CORNERS = (
    *(date(year, 1, 1) for year in (2022, 2026)),
    *(date(year, 12, 1) for year in (2021, 2025)),
    *(date(year, 8, 1) for year in (2022, 2025)),
)
"""Days on which a term begins by one of the rules."""


def day(random: Random) -> date:
    """Any day, or one at or beside a corner."""
    if random.random() < 0.5:
        return random.choice(CORNERS) + timedelta(days=random.choice((-91, -90, -89, -1, 0, 1)))
    return FIRST + timedelta(days=random.randrange((LAST - FIRST).days))


def reference() -> list[Record]:
    """What boards, seats and people refer to."""
    parties = tuple(Edge("HAS_PARTY", id) for id in MUNICIPALITIES[:3])
    return [
        *(Record(id, {"name": f"{name} Kommune", "code": id[-1], **SOURCED})
          for id, name in zip(MUNICIPALITIES, ("Læsø", "Aalborg", "Morsø", "Thisted"), strict=True)),
        Record(AGREEMENT, {"name": "Nordjysk Socialaftale", **SOURCED}, parties),
    ]  # fmt: skip


def directory(random: Random) -> list[Record]:
    records = reference()
    records += [board(id, random) for id in BOARDS]
    records += [person(id, random) for id in PEOPLE]
    for n in range(random.randrange(12)):
        records += seat(f"seat:{n}", random)
    return records


def board(id: str, random: Random) -> Record:
    edges = []
    if random.random() < 0.7:
        edges.append(Edge("BOARD_OF", random.choice(MUNICIPALITIES)))
    if random.random() < 0.5:
        edges.append(Edge("SEATS_EVERY_PARTY_OF", AGREEMENT))
    kind = random.choice(BOARD_KINDS)
    size = {} if random.random() < 0.3 else {"statutorySize": random.randrange(5)}
    return Record(id, {"name": random.choice(NAMES), "kind": kind, **size, **SOURCED}, tuple(edges))


def person(id: str, random: Random) -> Record:
    gender = random.choice(("WOMAN", "WOMAN", "MAN", "MAN", "OTHER", None))
    home = () if random.random() < 0.2 else (Edge("FROM_MUNICIPALITY", random.choice(MUNICIPALITIES)),)
    stated = {} if gender is None else {"gender": gender}
    name = f"{random.choice(('Åse', 'Bo', 'Øjvind', 'Anne-Mette'))} {random.choice(('Sørensen', 'Ærø', 'Aagaard'))}"
    return Record(id, {"name": name, **stated, **SOURCED}, home)


def seat(id: str, random: Random) -> list[Record]:
    """A seat and its tenures: holders one after the other, at times with a gap between, and others beside them."""
    edges = [Edge("SEAT_OF", random.choice(BOARDS))]
    if random.random() < 0.8:
        edges.append(Edge("APPOINTED_BY", random.choice(BOARDS[:2])))
    if random.random() < 0.4:
        edges.append(Edge("REPRESENTS", random.choice(MUNICIPALITIES)))
    bounds = sorted(day(random) for _ in range(random.randrange(2, 8)))
    first, last = bounds[0], bounds[-1]
    properties: dict[str, Any] = {"label": f"Sæde {id[-1]}", "order": random.randrange(3), **SOURCED}
    if random.random() < 0.5:
        properties["validFrom"] = first.isoformat()
    if random.random() < 0.4:
        properties["validTo"] = last.isoformat()
    if rule := random.choice(RULES):
        properties["termRule"] = rule
    records = [Record(id, properties, tuple(edges))]
    people = random.sample(PEOPLE, len(PEOPLE))
    for n, (since, until) in enumerate(zip(bounds, bounds[1:], strict=False)):
        if since == until or random.random() < 0.2:
            continue
        ends: date | None = until if random.random() < 0.8 or n < len(bounds) - 2 else None
        role = random.choice(("MEMBER", "MEMBER", "CHAIR", "VICE_CHAIR", "SUBSTITUTE", "OBSERVER"))
        records.append(tenure(f"tenure:{id[5:]}-{n}", id, people[n], role, since, ends))
    for n in range(random.randrange(3)):
        since, until = sorted((random.choice(bounds), random.choice(bounds)))
        if since < until:
            role = random.choice(("SUBSTITUTE", "OBSERVER"))
            records.append(tenure(f"tenure:{id[5:]}-x{n}", id, people[-1 - n], role, since, until))
    return records


def tenure(id: str, seat: str, person: str, role: str, since: date, until: date | None) -> Record:
    ends = {} if until is None else {"validTo": until.isoformat()}
    properties = {"role": role, "validFrom": since.isoformat(), **ends, **SOURCED}
    return Record(id, properties, (Edge("IN_SEAT", seat), Edge("HELD_BY", person)))
