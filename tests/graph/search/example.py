"""A small directory of everything that can be found, which a person can hold in the head."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.clock import FixedClock
from graph.model import KINDS
from graph.record import Edge, Record
from graph.search.search import Search

CLOCK = FixedClock.on(date(2026, 3, 1))
SECRET, PUBLIC = "Hemmelighedsvej 7, 9000", "Engvejen 12, 9500"


_REQUIRED = {
    "dataStatus": "SOURCED",
    "version": 1,
    "order": 1,
    "residential": True,
    "needsApproval": False,
    "code": "1",
}


def record(id: str, *edges: tuple[str, str], **properties: Any) -> Record:
    """A record, with what the model requires and nobody searches for."""
    required = {name: _REQUIRED[name] for name in KINDS[id.partition(":")[0]].required if name in _REQUIRED}
    return Record(id, {**required, **properties}, tuple(Edge(type, target) for type, target in edges))


RECORDS = [
    record("municipality:aalborg", name="Aalborg Kommune", mainTown="Aalborg", code="851"),
    record("municipality:mariagerfjord", name="Mariagerfjord Kommune", mainTown="Hobro", code="846"),
    record("region:nordjylland", name="Region Nordjylland"),
    record("authority:socialtilsyn", name="Socialtilsyn Nord", aliases=["STN"]),
    record("association:blindesamfund", name="Dansk Blindesamfund"),
    record(
        "target-group:hjerneskade",
        name="Hjerneskade",
        nameEn="Brain injury",
        definition="Skade på hjernen, opstået før eller efter fødslen.",
        synonyms=["hjerneskadet"],
    ),
    record(
        "target-group:erhvervet",
        ("NARROWER_THAN", "target-group:hjerneskade"),
        name="Erhvervet hjerneskade",
        synonyms=["senhjerneskade", "apopleksi"],
    ),
    record("target-group:adhd", name="Opmærksomhedsforstyrrelse", synonyms=["ADHD", "DAMP"]),
    record("service:ophold", name="Ophold", nameEn="Stay", synonyms=["bosted"]),
    record("offer-type:botilbud", name="Midlertidigt botilbud", nameEn="Temporary home"),
    record("legal-basis:sel-107", code="SEL § 107", title="Midlertidigt botilbud", law="Lov om social service"),
    record(
        "institution:neuro", ("RUN_BY", "region:nordjylland"), ("LOCATED_AT", "location:neuro"), name="Neurocenter Nord"
    ),
    record(
        "location:neuro",
        ("IN_MUNICIPALITY", "municipality:mariagerfjord"),
        address=PUBLIC,
        town="Hobro",
        protected=False,
    ),
    record(
        "location:krise", ("IN_MUNICIPALITY", "municipality:aalborg"), address=SECRET, town="Aalborg", protected=True
    ),
    record(
        "offer:oesterskoven",
        *(("OF_TYPE", "offer-type:botilbud"), ("HAS_LEGAL_BASIS", "legal-basis:sel-107")),
        *(("OF_INSTITUTION", "institution:neuro"), ("OPERATED_BY", "region:nordjylland")),
        *(("SERVES", "target-group:erhvervet"), ("GIVES", "service:ophold"), ("LOCATED_AT", "location:neuro")),
        name="Østerskoven",
        summary="Rehabilitering af voksne, der har fået en hjerneskade.",
    ),
    record(
        "offer:krise",
        *(("OPERATED_BY", "municipality:aalborg"), ("SERVES", "target-group:adhd"), ("LOCATED_AT", "location:krise")),
        name="Krisecenter Ærø",
    ),
    record(
        "board:bestyrelsen",
        ("BOARD_OF", "institution:neuro"),
        name="Bestyrelsen for Neurocenter Nord",
        kind="BOARD",
        aliases=["NeuroRåd"],
        purpose="Fører tilsyn med driften.",
        compositionRule="Fem medlemmer, heraf to pårørende.",
    ),
    record(
        "representative:anna",
        ("FROM_MUNICIPALITY", "municipality:aalborg"),
        name="Anna Østergård",
        party="Fjordlisten",
        gender="WOMAN",
    ),
    record(
        "agreement:socialaftale",
        name="Nordjysk Socialaftale",
        purpose="Kommunerne og regionen samarbejder om det specialiserede område.",
        visions=["Borgeren først.", "Stærke fællesskaber."],
    ),
    record("focus-area:hjerne", ("CONCERNS", "target-group:adhd"), name="Unge", rationale="Mange venter for længe."),
    record(
        "knowledge:guide",
        *(("SHARED_THROUGH", "focus-area:hjerne"), ("ABOUT_GROUP", "target-group:erhvervet")),
        title="Guide til neuropædagogik",
        kind="GUIDE",
        summary="Sådan begynder man.",
        body="Først kortlægges borgerens hverdag. Dernæst vælges metode.",
    ),
]


def search(*changed: Record, without: tuple[str, ...] = ()) -> Search:
    """The search over the example, `changed` in it, and some left out."""
    records = {record.id: record for record in (*RECORDS, *changed) if record.id not in without}
    return Search.from_records(records.values(), CLOCK)
