"""Impartiality (habilitet, forvaltningsloven §§ 3-6): where someone sits on a board that their own municipality has
dealings with. Each flag is a pointer to look, with the path that raises it, and never a finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph.catalogue.catalogue import Catalogue
from graph.catalogue.rows import EVER, NEVER, OfferRow
from graph.danish import name_order
from graph.paths.links import Holding
from graph.paths.paths import Path, Step
from graph.paths.relations import BOARD_OF, RELATIONS
from graph.phrases import in_danish
from graph.register.register import Held, Register

GOVERNING = tuple(BOARD_OF)
"""Kinds of boards that govern the organisation they belong to; a forum or a panel governs no offers."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Someone (`representative`, an id) whose seat may raise a question, and what raises it."""

    representative: str
    path: Path
    names: Mapping[str, str]
    """What the things on the path are called, by their ids: all but the seat."""

    def explain(self, language: str) -> str:
        """What there is to look at, in `DA` or `EN`, in two sentences."""
        _, within, governs, *_, last = self.path.steps
        person, board, organisation = (self.names[id] for id in (self.representative, within.target, governs.target))
        what, municipality = self.names[last.source], self.names[last.target]
        bought = last.relation == RELATIONS["BOUGHT_BY"].there.name
        if in_danish(language):
            return (
                f"{person} sidder i {board} ({organisation}) og kommer fra {municipality}, som "
                f"{'køber pladser i' if bought else 'driver'} {what}. Det kan være værd at se på reglerne om habilitet "
                "(forvaltningsloven §§ 3-6); det siger ikke, at nogen er inhabil."
            )
        return (
            f"{person} sits on {board} ({organisation}) and comes from {municipality}, which "
            f"{'buys places from' if bought else 'runs'} {what}. The rules on impartiality (the Danish Public "
            "Administration Act, sections 3-6) may be worth a look; this does not say that anyone is partial."
        )


def flags(register: Register, catalogue: Catalogue, day: date) -> list[Flag]:
    """Of everyone who holds a seat that day on a board that governs an organisation which the person's own
    municipality runs, or whose offers open that day it buys from or runs: one flag a person and board, with the
    shortest path, by the names of both.
    """
    found: dict[tuple[str, str], tuple[tuple[int, str, str], Flag]] = {}
    dealings = _Dealings(register, catalogue, day)
    for held in register.held_on(day):
        flag = dealings.flag(held)
        if flag is None:
            continue
        first = flag.path.steps[-1].source
        best = (flag.path.length, name_order(flag.names[first], first), held.seat)
        key = held.representative, held.board
        if key not in found or best < found[key][0]:
            found[key] = best, flag
    return [flag for _, flag in sorted(found.values(), key=lambda pair: _by_names(pair[1]))]


def _by_names(flag: Flag) -> tuple[str, str]:
    board = flag.path.steps[1].target
    return name_order(flag.names[flag.representative], flag.representative), name_order(flag.names[board], board)


class _Dealings:
    """What municipalities have to do with the organisations that boards govern, on one day."""

    def __init__(self, register: Register, catalogue: Catalogue, day: date) -> None:
        self._content, self._day = register.content, day
        self._columns, number = catalogue.columns, day.toordinal()
        self._offers: dict[str, list[tuple[OfferRow, str]]] = defaultdict(list)
        """By organisation: each offer of it that is open that day, and by which type of edge."""
        for row in self._columns.rows:
            if (row.open_from or EVER) <= number < (row.closed_on or NEVER):
                for organisation, type in ((row.institution, "OF_INSTITUTION"), (row.operator, "OPERATED_BY")):
                    if organisation:
                        self._offers[organisation].append((row, type))

    def flag(self, held: Held) -> Flag | None:
        """The flag that a seat held raises, if it does."""
        board, home, organisation = self._content.boards.get(held.board), held.municipality, held.organisation
        if board is None or board.kind not in GOVERNING or organisation is None or home is None or home == organisation:
            return None
        onward = self._onward(organisation, home)
        tenure = self._content.tenures[held.tenure]
        if not onward:
            return None
        steps = (
            Step.by(
                Holding(tenure.role, tenure.since, tenure.until).relation(self._day), held.representative, held.seat
            ),
            Step.by(RELATIONS["SEAT_OF"], held.seat, held.board),
            Step.by(BOARD_OF[board.kind], held.board, organisation),
            *onward,
        )
        ids = (held.representative, *(step.target for step in steps[1:]))
        return Flag(held.representative, Path(steps), {id: self._name(id) for id in ids})

    def _onward(self, organisation: str, home: str) -> tuple[Step, ...]:
        """The shortest way from an organisation to a municipality that has dealings with it; empty without any."""
        institution = self._columns.reference.entries["institution"].get(organisation)
        if institution and institution.run_by == home:
            return (Step.by(RELATIONS["RUN_BY"], organisation, home),)
        offers = [
            (("BOUGHT_BY", "OPERATED_BY").index(dealing), name_order(row.name, row.id), row, type, dealing)
            for row, type in self._offers.get(organisation, ())
            for dealing, by in (("BOUGHT_BY", row.buyers), ("OPERATED_BY", (row.operator,)))
            if home in by
        ]
        if not offers:
            return ()
        _, _, row, type, dealing = min(offers, key=lambda offer: offer[:2])
        return (
            Step.by(RELATIONS[type], organisation, row.id, forward=False),
            Step.by(RELATIONS[dealing], row.id, home),
        )

    def _name(self, id: str) -> str:
        kind = id.partition(":")[0]
        if kind == "offer":
            return self._columns.rows[self._columns.row_of[id]].name
        return self._content.person(id) if kind == "representative" else self._content.name(id)
