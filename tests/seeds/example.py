"""A small valid file, for tests that break it."""

from datetime import date

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
"""
