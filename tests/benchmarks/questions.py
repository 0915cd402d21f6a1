"""What is asked: what a list of offers shows, a need that every criterion has something to say about, who boards are
made of, and what someone types who searches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

SHOWN = """
fragment Shown on Offer {
  id name
  operator { name }
  location { municipality { name } }
  targetGroups { approved targetGroup { name } }
}
"""

OFFERS = (
    """
query Offers($first: Int) {
  offers(first: $first) { nodes { ...Shown } pageInfo { hasNextPage endCursor } }
}
"""
    + SHOWN
)

MATCH = (
    """
query Match($need: NeedInput!, $first: Int) {
  matchOffers(need: $need) {
    fits(first: $first) {
      nodes {
        rank score distanceKm
        criteria { criterion required outcome weight explanation }
        offer { ...Shown }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""
    + SHOWN
)

NEED: dict[str, Any] = {
    "age": 34,
    "homeMunicipality": "municipality:broenderslev",
    "primaryTargetGroup": "target-group:erhvervet-hjerneskade",
    "secondaryTargetGroups": ["target-group:angst"],
    "circumstances": ["target-group:kriminalitet"],
    "levels": [
        {"item": "theme-item:spise", "level": "MODERATE"},
        {"item": "theme-item:vaske-sig", "level": "MILD"},
    ],
    "supportLevel": "MODERATE",
    "offerTypes": [
        "offer-type:midlertidigt-botilbud",
        "offer-type:laengerevarende-botilbud",
        "offer-type:botilbudslignende-tilbud",
    ],
    "legalBases": ["legal-basis:sel-107", "legal-basis:sel-108", "legal-basis:sel-85"],
    "services": ["service:midlertidigt-ophold", "service:stoette-til-psykisk-trivsel"],
    "near": {"municipality": "municipality:aalborg", "withinKm": 80},
    "maxPrice": {"amount": "9000", "unit": "DAY"},
    "reportSince": "2020-01-01",
}
"""A need that every criterion has something to say about."""

CRITERIA = 16
"""How many there are."""


def compositions(pages: Iterable[str]) -> str:
    """The composition on `$day` of boards, a page of 200 for each variable in `pages`, which holds its `after`."""
    declared = "".join(f", ${page}: String" for page in pages)
    asked = "\n".join(f"  {page}: boards(first: 200, after: ${page}) {{ ...Page }}" for page in pages)
    return f"query Compositions($day: Date!{declared}) {{\n{asked}\n}}\n{_COMPOSED}"


_COMPOSED = """
fragment Page on BoardConnection {
  nodes {
    id name
    composition(asOf: $day) {
      asOf statutorySize seats filled vacant carryOver overfilled
      byGender { gender count }
      byMunicipality { municipality { id name } count }
      byAppointer { appointedBy { id name } filled vacant }
      checks { rule outcome explanation }
    }
  }
  pageInfo { hasNextPage endCursor }
}
"""

COUNTED = """
MATCH (b:Board)<-[:SEAT_OF]-(s:Seat)
WHERE (s.validFrom IS NULL OR s.validFrom <= $day) AND (s.validTo IS NULL OR s.validTo > $day)
OPTIONAL MATCH (s)-[:APPOINTED_BY]->(a:Board)
OPTIONAL MATCH (s)<-[:IN_SEAT]-(t:Tenure) WHERE t.validFrom <= $day AND (t.validTo IS NULL OR t.validTo > $day)
OPTIONAL MATCH (t)-[:HELD_BY]->(r:Representative)
OPTIONAL MATCH (r)-[:FROM_MUNICIPALITY]->(m:Municipality)
RETURN collect([b.id, b.statutorySize, s.id, s.termRule, a.id, a.name,
  t.id, t.role, t.validFrom, t.validTo, r.gender, m.id, m.name]) AS rows
"""
"""What compositions are counted from: each seat that exists on the day, with every tenure in it that is valid then,
by whom it is filled, and the gender and the municipality of who has it. Of several ways to write it the fastest."""

TYPED = (
    *("a", "aa", "aal", "aalb", "aalborg"),
    *("h", "hj", "hje", "hjern", "hjerneskade"),
    *("støt", "støt h", "støt hjer"),
    *("au", "autis"),
    *("b", "bo", "bos", "botilbud", "botilbud a"),
)
"""What is in the field as someone types."""

SEARCH = """
query Search($text: String!) {
  search(text: $text, first: 10) {
    edges {
      node {
        __typename
        ... on Offer { id name }
        ... on TargetGroup { id name }
        ... on Institution { id name }
        ... on Municipality { id name }
        ... on Board { id name }
        ... on Representative { id name }
        ... on Agreement { id name }
        ... on FocusArea { id name }
        ... on Knowledge { id title }
        ... on LegalBasis { id code }
        ... on Service { id name }
      }
      snippet
    }
  }
}
"""

OFFER = """
query Offer($id: ID!) { offer(id: $id) { id name operator { name } } }
"""
