"""The register's records as it reads them: one flat row each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from sys import intern

from graph.danish import fold, sort_key
from graph.model import ORGANISATIONS
from graph.record import Record
from graph.register.seats import Marks, SeatRow, TenureRow

KINDS: Mapping[str, tuple[str, ...]] = {
    "board": ("BOARD_OF", "SEATS_EVERY_PARTY_OF"),
    "seat": ("SEAT_OF", "APPOINTED_BY", "REPRESENTS"),
    "representative": ("FROM_MUNICIPALITY",),
    "tenure": ("IN_SEAT", "HELD_BY"),
    "agreement": ("HAS_PARTY",),
    **dict.fromkeys(ORGANISATIONS, ()),
}
"""What the register is made of: kinds, with the edges that are read."""

MARKS = ("recordedAt", "endings")
"""By which it is known what was believed at an earlier moment: see `graph.recorded`."""

PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "board": ("name", "aliases", "kind", "statutorySize"),
    "seat": ("label", "order", "requirement", "termRule", "validFrom", "validTo", *MARKS),
    "representative": ("name", "gender"),
    "tenure": ("role", "validFrom", "validTo", *MARKS),
    **dict.fromkeys(("agreement", *ORGANISATIONS), ("name",)),
}


@dataclass(frozen=True)
class Named:
    """Something that has a name, by which it is listed and found."""

    id: str
    name: str

    @cached_property
    def sort_key(self) -> str:
        return sort_key(self.name)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(fold(self.name).split())

    def answers(self, text: str) -> bool:
        """Whether each word of `text` begins a word of a name of it, æ, ø and å typed either way."""
        return all(any(word.startswith(asked) for word in self.words) for asked in fold(text).split())


@dataclass(frozen=True)
class BoardRow(Named):
    kind: str
    statutory_size: int | None
    organisation: str | None
    every_party_of: str | None
    """The agreement each of whose parties must be represented."""
    aliases: tuple[str, ...] = ()

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(fold(" ".join((self.name, *self.aliases))).split())


@dataclass(frozen=True)
class RepresentativeRow(Named):
    gender: str | None
    municipality: str | None


@dataclass(frozen=True)
class AgreementRow(Named):
    parties: tuple[str, ...]


Row = Named | SeatRow | TenureRow


def row_of(record: Record) -> Row | None:
    """The row of a record of KINDS; of any other organisation no more than its name.

    None for a seat of no board, and for a tenure in no seat or of nobody: the commands let none be written.
    """
    get = record.properties.get
    match record.id.partition(":")[0]:
        case "board":
            return BoardRow(
                id=record.id,
                name=record.properties["name"],
                aliases=tuple(get("aliases") or ()),
                kind=record.properties["kind"],
                statutory_size=get("statutorySize"),
                organisation=_one(record, "BOARD_OF"),
                every_party_of=_one(record, "SEATS_EVERY_PARTY_OF"),
            )
        case "seat":
            return _seat(record)
        case "tenure":
            return _tenure(record)
        case "representative":
            return RepresentativeRow(
                record.id, record.properties["name"], get("gender"), _one(record, "FROM_MUNICIPALITY")
            )
        case "agreement":
            parties = sorted(edge.target for edge in record.edges if edge.type == "HAS_PARTY")
            return AgreementRow(record.id, record.properties["name"], tuple(parties))
        case _:
            return Named(record.id, record.properties["name"])


def _seat(record: Record) -> SeatRow | None:
    get = record.properties.get
    board = _one(record, "SEAT_OF")
    if board is None:
        return None
    return SeatRow(
        id=record.id,
        board=board,
        label=record.properties["label"],
        order=record.properties["order"],
        appointed_by=_one(record, "APPOINTED_BY"),
        represents=_one(record, "REPRESENTS"),
        requirement=get("requirement"),
        term_rule=get("termRule"),
        since=_day(get("validFrom")),
        until=_day(get("validTo")),
        **_marks(record),
    )


def _tenure(record: Record) -> TenureRow | None:
    seat, representative = _one(record, "IN_SEAT"), _one(record, "HELD_BY")
    if seat is None or representative is None:
        return None
    since, until = date.fromisoformat(record.properties["validFrom"]), _day(record.properties.get("validTo"))
    role = record.properties["role"]
    return TenureRow(record.id, seat, representative, role, since, until, **_marks(record))


def _marks(record: Record) -> Marks:
    get = record.properties.get
    # Interned: what was imported together has one moment.
    return {"recorded_at": (at := get("recordedAt")) and intern(at), "endings": tuple(get("endings") or ())}


def _one(record: Record, type: str) -> str | None:
    # Interned: the same few ids are counted thousands of times.
    return next((intern(edge.target) for edge in record.edges if edge.type == type), None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
