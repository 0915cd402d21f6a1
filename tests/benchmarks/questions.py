"""What is asked: the page that a list of offers shows, and a need that every criterion has something to say about."""

from __future__ import annotations

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
}
"""A need that every criterion has something to say about."""

CRITERIA = 15
"""How many there are."""
