"""What offers refer to: classification, organisations, municipalities, agreements; with names in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.catalogue.vocabulary import Vocabulary
from graph.record import Record


@dataclass(frozen=True, slots=True)
class Place:
    """A place of search: degrees (WGS84), and what to call it in a sentence."""

    latitude: float
    longitude: float
    name: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that offers refer to. Which of the fields it has, its kind says."""

    id: str
    name: str
    name_en: str | None = None
    ownership: str | None = None
    needs_approval: bool = True
    has_levels: bool = False
    place: Place | None = None
    target_groups: tuple[str, ...] = ()
    run_by: str | None = None

    def called(self, language: str) -> str:
        return (self.name_en or self.name) if language == "EN" else self.name


class Numbering:
    """Ids numbered in their order, so that a column can hold them as integers."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.ids = tuple(sorted(ids))
        self._numbers = {id: n for n, id in enumerate(self.ids)}

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, id: str) -> int:
        """The number of `id`; KeyError where it is not among them."""
        return self._numbers[id]

    def __contains__(self, id: object) -> bool:
        return id in self._numbers

    def of(self, id: str | None) -> int:
        """The number of `id`, or -1 for None."""
        return -1 if id is None else self._numbers[id]


@dataclass(slots=True)
class Reference:
    """Everything but the offers, by kind and id. Never changed once made: a change makes a new one."""

    vocabulary: Vocabulary
    entries: Mapping[str, Mapping[str, Entry]]
    """Kind (`offer-type`, `legal-basis`, …) → id → entry."""
    numbers: Mapping[str, Numbering] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = {kind: Numbering(entries) for kind, entries in self.entries.items()} | {
            "organisation": Numbering(id for kind in ORGANISATIONS for id in self.entries[kind]),
        }

    @classmethod
    def from_records(cls, records: Iterable[Record]) -> Reference:
        """The reference of those among `records` that offers may refer to; others are passed over."""
        given = {record.id: record for record in records}
        entries: dict[str, dict[str, Entry]] = {kind: {} for kind in KINDS}
        for id, record in given.items():
            if (kind := id.partition(":")[0]) in entries:
                entries[kind][id] = _entry(kind, record, given)
        return cls(Vocabulary.from_records(given.values()), entries)

    def entry(self, kind: str, id: str) -> Entry:
        return self.entries[kind][id]

    def name(self, id: str, language: str = "DA") -> str:
        """The name of anything here, by its id alone."""
        if id in self.vocabulary:
            return self.vocabulary.name(id, language == "EN")
        return self.entries[id.partition(":")[0]][id].called(language)


ORGANISATIONS = ("municipality", "region", "institution", "association", "authority")
KINDS = (*ORGANISATIONS, "offer-type", "legal-basis", "theme-item", "agreement", "focus-area")
"""Kinds with entries; target groups and services are the vocabulary's."""


def _entry(kind: str, record: Record, given: Mapping[str, Record]) -> Entry:
    get = record.properties.get
    theme = next((given.get(edge.target) for edge in record.edges if edge.type == "OF_THEME"), None)
    run_by = next((edge.target for edge in record.edges if edge.type == "RUN_BY"), None)
    return Entry(
        id=record.id,
        name=(get("code") if kind == "legal-basis" else get("name")) or record.id,
        name_en=get("nameEn"),
        ownership=get("ownership"),
        needs_approval=get("needsApproval") is not False,
        has_levels=bool(theme and theme.properties.get("hasLevels")),
        place=_place(record) if kind == "municipality" else None,
        target_groups=tuple(sorted(edge.target for edge in record.edges if edge.type == "CONCERNS")),
        run_by=run_by,
    )


def _place(municipality: Record) -> Place | None:
    get = municipality.properties.get
    latitude, longitude = get("latitude"), get("longitude")
    if latitude is None or longitude is None:
        return None
    return Place(latitude, longitude, get("mainTown") or get("name"))
