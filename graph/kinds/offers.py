"""Offers, and the dated facts about them."""

from graph.kinds.kind import DATED, DEC, INT, ORGANISATIONS, SOURCED, STATED_IN, B, D, EdgeType, F, Kind, S

# Dated facts point at the offer that they are about: recording one never rewrites the offer.
OFFERS = (
    Kind(
        "offer",
        "Offer",
        {
            "name": S,
            "summary": S,
            "supportLevelUpTo": S,
            "ageFrom": F,
            "ageTo": F,
            "admission": S,
            "admissionEn": S,
            "openFrom": D,
            "closedOn": D,
            "version": INT,
            **SOURCED,
        },
        {
            "OF_TYPE": EdgeType(("offer-type",)),
            "HAS_LEGAL_BASIS": EdgeType(("legal-basis",), many=True),
            "OF_INSTITUTION": EdgeType(("institution",)),
            "OPERATED_BY": EdgeType(ORGANISATIONS),
            "PART_OF": EdgeType(("offer",)),
            "SERVES": EdgeType(("target-group",), many=True, properties={"approved": B, "coversNarrower": B}),
            "EXCLUDES": EdgeType(("target-group",), many=True, properties={"note": S}),
            "GIVES": EdgeType(("service",), many=True),
            "SUPPORTS": EdgeType(("theme-item",), many=True, properties={"upTo": S}),
            "LOCATED_AT": EdgeType(("location",)),
            "HAS_CONTACT": EdgeType(("contact",)),
            "COVERED_BY": EdgeType(("agreement",), many=True),
            "BOUGHT_BY": EdgeType(("municipality",), many=True),
            **STATED_IN,
        },
        required=("name", "dataStatus", "version"),
        named=True,
        fulltext=("name", "summary"),
    ),
    Kind(
        "capacity",
        "Capacity",
        {"places": INT, "free": INT, "waitingDays": INT, "countedOn": D, **DATED, **SOURCED},
        {"CAPACITY_OF": EdgeType(("offer",)), **STATED_IN},
        required=("dataStatus",),
    ),
    Kind(
        "price",
        "Price",
        {
            "amount": DEC,
            "unit": S,
            "model": S,
            "year": INT,
            "assumedOccupancyPercent": F,
            "ownPayment": DEC,
            "text": S,
            **DATED,
            **SOURCED,
        },
        {"PRICE_OF": EdgeType(("offer",)), **STATED_IN},
        required=("amount", "unit", "dataStatus"),
    ),
    Kind(
        "approval",
        "Approval",
        {"status": S, "conditions": S, "reportOn": D, "reportUrl": S, **DATED, **SOURCED},
        {"APPROVAL_OF": EdgeType(("offer",)), "GRANTED_BY": EdgeType(("authority",)), **STATED_IN},
        required=("status", "dataStatus"),
    ),
)
