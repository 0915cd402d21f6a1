"""A small valid file, for tests that break it."""

from datetime import date
from pathlib import Path

TODAY = date(2026, 3, 31)

EXAMPLE = """\
sources:
  - slug: illustrative
    title: Made up
  - slug: s1
    title: A public page
    url: https://example.org/page
    publishedOn: 2025-02-11
towns:
  - {name: Brovst, latitude: 57.0975, longitude: 9.5226}
regions:
  - {slug: nord, name: Region Nord, code: "1081", dataStatus: SOURCED, source: S1}
municipalities:
  - slug: aalborg
    name: Aalborg Kommune
    code: "851"
    mainTown: Aalborg
    latitude: 57.048
    longitude: 9.9187
    region: nord
    dataStatus: SOURCED
    source: S1
authorities:
  - name: Socialtilsyn Nord
  - name: Styrelsen
    aliases: [Direktoratet]
institutions:
  - name: Huset
    ownership: MUNICIPAL
    operator: municipality:aalborg
    dataStatus: SOURCED
    source: S1
targetGroups:
  - name: Hjerneskade
    source: S1
    narrower:
      - name: Erhvervet hjerneskade
        synonyms: [senhjerneskade]
      - name: Medfødt hjerneskade
  - name: Misbrug
services:
  - name: Ophold
    narrower:
      - name: Akut ophold
legalBases:
  - code: SEL § 107
    title: Midlertidigt ophold
    law: Lov om social service
  - code: SEL § 67
    title: Døgninstitutioner
    law: Lov om social service
    validTo: 2024-01-01
offerTypes:
  - name: Midlertidigt botilbud
    residential: true
    needsApproval: true
    legalBases: [SEL § 107]
themes:
  - name: Kommunikation
    hasLevels: true
    items:
      - name: Samtale
      - name: Forstå meddelelser
  - name: Mentale funktioner
    hasLevels: false
    items:
      - name: Hukommelse
agreements:
  - name: Aftalen
    validFrom: 2021-01-01
    validTo: 2023-01-01
    parties: [municipality:aalborg, region:nord]
    dataStatus: SOURCED
    source: S1
    focusAreas:
      - name: Den gode alderdom
        targetGroups: [Hjerneskade]
        dataStatus: SOURCED
        source: S1
        laboratories:
          - dataStatus: ILLUSTRATIVE
          - name: Det andet
            dataStatus: ILLUSTRATIVE
    contact: {name: Forvaltningen, address: Gaden 2, phone: 99 99 99 98}
    principles:
      - kind: FINANCING
        text: Fælles kasse
    documents:
      - title: Teksten
    process:
      name: Processen
      dataStatus: ILLUSTRATIVE
      steps:
        - timeText: Forår 2020
          precision: SEASON
          validFrom: 2020-03-01
          validTo: 2020-06-01
          forum: Udvalget, som det hed
          board: Udvalget
          action: Drøfter
        - timeText: Juni 2020
          precision: MONTH
          validFrom: 2020-06-01
          validTo: 2020-07-01
          action: Sendes
          sentTo: Styrelsen
    decisions:
      - boards: [Rådet]
        decision: RECOMMENDED
        wording: Anbefaler
      - boards: [Udvalget, Bestyrelsen]
        decision: UNKNOWN
offers:
  - name: Åhuset
    summary: Et hus.
    type: Midlertidigt botilbud
    legalBases: [SEL § 107]
    institution: Huset
    operator: municipality:aalborg
    targetGroups:
      - Erhvervet hjerneskade
      - group: Medfødt hjerneskade
        approved: false
    excludes:
      - group: Misbrug
        note: Ikke foreneligt
    services: [Akut ophold]
    supports:
      Kommunikation: MODERATE
      Samtale: SEVERE
    supportLevelUpTo: HIGH
    ageFrom: 18
    ageTo: 65.5
    openFrom: 2015-01-01
    closedOn: 2027-01-01
    location:
      town: Brovst
      municipality: Aalborg
      address: Vejen 1
    contact: {email: huset@example.org, phone: 99 99 99 99}
    coveredBy: [Aftalen]
    boughtBy: [Aalborg]
    dataStatus: ILLUSTRATIVE
    verifiedOn: {ago: 12 days}
    capacities:
      - places: 10
        free: 2
        countedOn: {ago: 1 month}
        dataStatus: ILLUSTRATIVE
    prices:
      - amount: 2190.5
        unit: DAY
        model: AVERAGE
        validFrom: {yearStart: 0}
        dataStatus: ILLUSTRATIVE
    approvals:
      - status: APPROVED
        authority: Socialtilsyn Nord
        validFrom: {ago: 2 years}
        validTo: {in: 3 weeks}
        dataStatus: ILLUSTRATIVE
    departments:
      - name: Vest
        dataStatus: SOURCED
        source: S1
        verifiedOn: 2025-02-11
knowledge:
  - title: En metode
    kind: METHOD
    body: |
      Første trin.

      Andet trin.
    focusAreas: [Den gode alderdom]
    laboratory: den-gode-alderdom-2
    targetGroups: [Hjerneskade]
    offers: [Åhuset]
    dataStatus: ILLUSTRATIVE
boards:
  - name: Rådet
    kind: FORUM
    dataStatus: ILLUSTRATIVE
  - name: Udvalget
    kind: COMMITTEE
    within: Rådet
    dataStatus: ILLUSTRATIVE
  - name: Bestyrelsen
    kind: BOARD
    aliases: [bestyrelse]
    organisation: Huset
    legalBasis: SEL § 107
    possiblySameAs: Udvalget
    meetsWith: [Rådet, region:nord]
    meetingsPerYear: To
    statutorySize: 2
    compositionRule: Én fra hver.
    seatsEveryPartyOf: Aftalen
    dataStatus: ILLUSTRATIVE
    seats:
      - label: Kommunal
        appointedBy: Rådet
        represents: municipality:aalborg
        requirement: Medlem af byrådet
        termRule: CALENDAR_TERM
        validFrom: 2018-01-01
        validTo: 2026-07-01
        dataStatus: ILLUSTRATIVE
        tenures:
          - {representative: Person B, role: CHAIR, validFrom: 2022-01-01, validTo: 2026-01-01}
          - {representative: Person A, validFrom: 2018-01-01, validTo: 2022-01-01, endReason: Udløb}
          - {representative: Person A, role: SUBSTITUTE, validFrom: 2022-01-01, validTo: 2025-01-01}
      - label: Åben
        dataStatus: ILLUSTRATIVE
representatives:
  - slug: person-a
    name: Person A (fiktiv)
    gender: WOMAN
    party: A
    municipality: aalborg
  - slug: person-b
    name: Person B (fiktiv)
"""


def written(folder: Path, **files: str) -> Path:
    """The folder, with files of these names and texts."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
