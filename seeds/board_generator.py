"""Made-up boards at any size, for tests and benchmarks: ILLUSTRATIVE, their seats held in turn since 2010."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from graph.model import ENUMS
from graph.record import Edge, Record
from seeds.records import ILLUSTRATIVE

FIRST, LAST = date(2010, 1, 1), date(2030, 1, 1)
"""The days between which seats are held: five municipal terms. The last holder of a seat may stay on."""
_TITLES = {
    "COUNCIL": "Råd",
    "COMMITTEE": "Udvalg",
    "BOARD": "Bestyrelse",
    "FORUM": "Forum",
    "STEERING_GROUP": "Styregruppe",
    "PANEL": "Panel",
    "CHAIR_GROUP": "Formandskab",
}
_PARTIES = "ACFIOVØÆ"
_SEATS_A_PERSON = 5


def generate_boards(boards: int, seats: int, tenures: int, seed: int, classification: Sequence[Record]) -> list[Record]:
    """As many boards, seats and tenures as asked for, with a fifth as many representatives as tenures.

    Seats are spread over the boards, tenures evenly over the seats; within a seat they follow each other, most of them
    on the same day. `classification` is what `read` gives for the real content: the records refer to its organisations,
    and do not repeat them. The same arguments give the same records. Raises ValueError where the counts do not go
    together, or the classification lacks what is needed.
    """
    if not 0 <= boards <= seats <= tenures or (seats and not boards):
        raise ValueError(
            f"{boards} boards, {seats} seats, {tenures} tenures: each must be at least as many as the one before"
        )
    return list(_Generator(Random(seed), classification).records(boards, seats, tenures))


class _Generator:
    def __init__(self, random: Random, classification: Sequence[Record]) -> None:
        self.random = random
        known = {record.id: record for record in classification}
        if ILLUSTRATIVE not in known:
            raise ValueError(f"the classification lacks {ILLUSTRATIVE}")
        self.municipalities = [id for id, record in known.items() if record.kind.name == "municipality"]
        if not self.municipalities:
            raise ValueError("the classification lacks municipalities")
        self.organisations = [
            id for id, record in known.items() if record.kind.name in ("institution", "municipality", "region")
        ]
        self.agreements = [id for id, record in known.items() if any(edge.type == "HAS_PARTY" for edge in record.edges)]
        self.appointers: list[str] = []
        self.people: list[str] = []

    def records(self, boards: int, seats: int, tenures: int) -> Iterator[Record]:
        yield from self._representatives(-(-tenures // _SEATS_A_PERSON))
        ids = [f"board:illustrativt-organ-{n:04}" for n in range(1, boards + 1)]
        self.appointers = ids[: -(-boards // 20)]
        sizes = Counter([*range(boards), *(self.random.randrange(boards) for _ in range(seats - boards))])
        each, more = divmod(tenures, seats) if seats else (0, 0)
        for n, id in enumerate(ids):
            yield self._board(n, id, sizes[n])
            for order in range(1, sizes[n] + 1):
                yield from self._seat(id, order, each + (more > 0))
                more -= 1

    def _representatives(self, count: int) -> Iterator[Record]:
        """People of every municipality in turn. Of some neither gender nor party is known."""
        for n in range(count):
            id = f"representative:illustrativ-{n + 1:05}"
            about: dict[str, Any] = {"name": f"Repræsentant {n + 1:05} (fiktiv)"}
            if self._chance(0.95):
                about["gender"] = self.random.choices(ENUMS["gender"], (48, 49, 3))[0]
            if self._chance(0.9):
                about["party"] = self.random.choice(_PARTIES)
            self.people.append(id)
            from_ = Edge("FROM_MUNICIPALITY", self.municipalities[n % len(self.municipalities)])
            yield self._made_up(id, about, [from_] if self._chance(0.9) else [])

    def _board(self, n: int, id: str, size: int) -> Record:
        kind = "COUNCIL" if id in self.appointers else self.random.choice(ENUMS["board.kind"])
        about: dict[str, Any] = {"name": f"{_TITLES[kind]} {n + 1:04} (illustrativ)", "kind": kind}
        if self._chance(0.7):
            about["statutorySize"] = max(1, size + self.random.choices((0, -1, 1), (80, 10, 10))[0])
        edges = [Edge("BOARD_OF", self.random.choice(self.organisations))] if self._chance(0.9) else []
        if self.agreements and self._chance(0.05):
            edges.append(Edge("SEATS_EVERY_PARTY_OF", self.random.choice(self.agreements)))
        return self._made_up(id, about, edges)

    def _seat(self, board: str, order: int, tenures: int) -> Iterator[Record]:
        """A seat with its tenures. A few seats are abolished at the end of a term, or begin late."""
        id = f"seat:{board.partition(':')[2]}-{order}"
        about: dict[str, Any] = {
            "label": f"Plads {order}",
            "order": order,
            "termRule": self.random.choice(ENUMS["termRule"]),
        }
        first, last = FIRST, LAST
        if self._chance(0.03):
            last = date(self.random.choice((2018, 2022, 2026)), 1, 1)
            about["validTo"] = last.isoformat()
        elif self._chance(0.03):
            first = date(self.random.choice((2014, 2022, 2029)), 1, 1)
            about["validFrom"] = first.isoformat()
        edges = [Edge("SEAT_OF", board)]
        if self._chance(0.7):
            edges.append(Edge("APPOINTED_BY", self.random.choice(self.appointers)))
        if self._chance(0.4):
            edges.append(Edge("REPRESENTS", self.random.choice(self.organisations)))
        yield self._made_up(id, about, edges)
        role = {1: "CHAIR", 2: "VICE_CHAIR"}.get(order, "MEMBER")
        for n, (since, until) in enumerate(self._spans(first, last, tenures), 1):
            open_ = n == tenures and "validTo" not in about and self._chance(0.6)
            yield self._made_up(
                f"tenure:{id.partition(':')[2]}-{n}",
                {
                    "role": self.random.choices((role, "SUBSTITUTE", "OBSERVER"), (94, 4, 2))[0],
                    "validFrom": since.isoformat(),
                    **({} if open_ else {"validTo": until.isoformat()}),
                },
                [Edge("IN_SEAT", id), Edge("HELD_BY", self.random.choice(self.people))],
            )

    def _spans(self, first: date, last: date, count: int) -> Iterator[tuple[date, date]]:
        """`count` spans in a row from `first` to `last`, each up to two months late, one in five early to end."""
        step = (last - first).days / count
        if step < 4:
            raise ValueError(f"{count} tenures do not follow each other between {first} and {last}")
        most = int(min(60, step / 4))
        starts = [first + timedelta(days=round(n * step) + self.random.randint(0, most)) for n in range(count)] + [last]
        for since, until in zip(starts, starts[1:], strict=False):
            gap = self.random.randint(1, most) if self._chance(0.2) else 0
            yield since, until - timedelta(days=gap)

    def _made_up(self, id: str, properties: dict[str, Any], edges: list[Edge]) -> Record:
        return Record(id, {**properties, "dataStatus": "ILLUSTRATIVE"}, (*edges, Edge("STATED_IN", ILLUSTRATIVE)))

    def _chance(self, probability: float) -> bool:
        return self.random.random() < probability
