"""Seats: who sits where on any day, as a picture, by board or by who appoints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from service.pages.governance import days
from service.pages.narrowing import narrowed
from service.pages.page import Page
from service.pages.visit import Visit
from service.pages.words import WORDS

STATUSES = {"filled": "FILLED", "ending": "ENDING", "carryOver": "CARRY_OVER", "vacant": "VACANT"}
"""How a seat that exists can stand, by the name of its count."""

Thing = Mapping[str, Any]


@dataclass(slots=True)
class Group:
    """The seats of a board, or those that one body fills. `counts` are of all its seats, shown or not."""

    body: Thing | None
    counts: dict[str, int] = field(default_factory=dict)
    seats: list[Thing] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.counts["filled"] + self.counts.get("carryOver", 0) + self.counts["vacant"]


async def seats(visit: Visit) -> Response:
    query = visit.query
    day = days.asked(visit)
    by = query.one_of(
        "efter", ("organ", "udpeger"), visit.gettext("Vælg, om der skal vises efter organ eller udpeger.")
    )
    kind = query.one_of("art", WORDS["BoardKind"], visit.gettext("Vælg en slags organ fra listen."))
    status = query.one_of("status", STATUSES.values(), visit.gettext("Vælg en status fra listen."))
    data = await narrowed(
        visit,
        "seats",
        {
            "appointers": ("udpeger", visit.gettext("Vælg et udpegende organ fra listen.")),
            "municipalities": ("kommune", visit.gettext("Vælg en kommune fra listen.")),
        },
        day=day,
        statuses=[status] if status else None,
        kinds=[kind] if kind else None,
        ofKind=kind is not None,
    )
    boards = data["boards"]["nodes"]
    appointer = query.text("udpeger")
    appointing = {
        part["appointedBy"]["id"] for board in boards for part in _by_appointer(board) if part["appointedBy"]
    } | {appointer}
    parts = data["ofKind"]["nodes"] if kind else [data]
    shown = [seat for part in parts for seat in part["seats"]["nodes"]]
    pages = data["ofKind"] if kind else data["seats"]
    return visit.page(
        "seats_part.html" if query.chosen("del") else "seats.html",
        HTTPStatus.BAD_REQUEST if query.faults else HTTPStatus.OK,
        day=day,
        by=by or "organ",
        status=status,
        filtered=bool(status or query.chosen("kommune")),
        counts={name: sum(part[name]["totalCount"] for part in parts) for name in STATUSES},
        matching=sum(part["seats"]["totalCount"] for part in parts),
        shown=len(shown),
        next=pages["pageInfo"]["endCursor"] if pages["pageInfo"]["hasNextPage"] else None,
        groups=_appointed(shown, boards) if by == "udpeger" else _boards(shown, boards),
        appointers=names(board for board in boards if board["id"] in appointing),
        municipalities=names(data["municipalities"]["nodes"]),
        seatless=[] if kind or appointer else [board for board in boards if not board["composition"]["seats"]],
        statuses=STATUSES,
        standings={value: name for value, name in words(visit, "SeatStatus").items() if value in STATUSES.values()},
        kinds=words(visit, "BoardKind"),
        turns=days.turns(),
    )


def names(things: Iterable[Thing]) -> dict[str, str]:
    """What things are called, by their ids."""
    return {thing["id"]: thing["name"] for thing in things}


def words(visit: Visit, kind: str) -> dict[str, str]:
    """What the values of an enumeration are called."""
    return {value: visit.gettext(name) for value, name in WORDS[kind].items()}


def _by_appointer(board: Thing) -> Iterable[Thing]:
    found: Iterable[Thing] = board["composition"]["byAppointer"]
    return found


def _boards(seats: Iterable[Thing], boards: Iterable[Thing]) -> list[Group]:
    """Seats by the board that they belong to, as they come."""
    counted = {board["id"]: board["composition"] for board in boards}
    groups: dict[str, Group] = {}
    for seat in seats:
        board = seat["board"]
        if board["id"] not in groups:
            groups[board["id"]] = Group(board, dict(counted.get(board["id"], {})))
        groups[board["id"]].seats.append(seat)
    return list(groups.values())


def _appointed(seats: Iterable[Thing], boards: Iterable[Thing]) -> list[Group]:
    """Seats by who fills them, in the order of the boards; last those of which nobody says who does."""
    counted: dict[str | None, dict[str, int]] = {}
    for board in boards:
        for part in _by_appointer(board):
            counts = counted.setdefault(part["appointedBy"] and part["appointedBy"]["id"], {"filled": 0, "vacant": 0})
            for name in counts:
                counts[name] += part[name]
    groups: dict[str | None, Group] = {board["id"]: Group(board, counted.get(board["id"], {})) for board in boards}
    groups[None] = Group(None, counted.get(None, {}))
    for seat in seats:
        body = seat["appointedBy"]
        groups.setdefault(body and body["id"], Group(body)).seats.append(seat)
    return [group for group in groups.values() if group.seats]


PAGES = [Page("/saeder", seats)]
