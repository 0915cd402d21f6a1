"""Who decides about an offer, as a tree to draw: offer, institution, boards, their seats, and who sits in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

WIDTH = 400
_INDENT, _LINE, _GAP, _LETTER = 22, 17, 9, 7.4


@dataclass(frozen=True, slots=True)
class Spot:
    """A thing in the tree: where it stands, and what it is called, in lines.

    `shape` and `note` say how a seat stands, the note behind the name, or `below` it where the two are too long.
    """

    kind: str
    x: int
    y: int
    height: int
    lines: tuple[str, ...]
    id: str | None = None
    shape: str = ""
    note: str = ""
    below: bool = False

    @property
    def width(self) -> int:
        return WIDTH - self.x - 1

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


@dataclass(slots=True)
class Tree:
    """Things from top to bottom, each below and to the right of what it belongs to, with a line from there."""

    spots: list[Spot] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    height: int = 1

    width = WIDTH

    def add(
        self, kind: str, text: str, under: Spot | None, id: str | None = None, shape: str = "", note: str = ""
    ) -> Spot:
        x = under.x + _INDENT if under else 1
        letters = int((WIDTH - x - 30) / _LETTER)
        lines = wrap(text, letters, max_lines=3, placeholder=" …")
        below = bool(note) and len(lines[-1]) + len(note) + 3 > letters
        height = _LINE * (len(lines) + below) + 8
        spot = Spot(kind, x, self.height, height, tuple(lines), id, shape, note, below)
        if under:
            self.lines.append(f"M{under.x + 11} {under.y + under.height}V{spot.middle}h{_INDENT - 11}")
        self.spots.append(spot)
        self.height += spot.height + _GAP
        return spot


def tree(subject: dict[str, Any], word: Callable[[str, str], str]) -> Tree | None:
    """Of an offer with its boards; None where none governs it. `word` says what a value of an enumeration is called."""
    boards, institution = subject["boards"]["nodes"], subject["institution"]
    if not boards:
        return None
    made = Tree()
    over = made.add("offer", subject["name"], None)
    if institution:
        over = made.add("institution", institution["name"], over, institution["id"])
    for board in boards:
        table = made.add("board", board["name"], over, board["id"])
        for seat in board["seats"]["nodes"]:
            note = word(seat["status"], "SeatStatus").lower()
            chair = made.add("seat", seat["label"], table, shape=seat["status"], note=note)
            if seat["holder"]:
                person = seat["holder"]["representative"]
                made.add("person", person["name"], chair, person["id"])
    return made
