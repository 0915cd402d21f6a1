"""How offers and needs are described: target groups, services, types, law, and the themes of an assessment."""

from graph.kinds.kind import DATED, INT, SS, STATED_IN, B, EdgeType, Kind, S

CLASSIFICATION = (
    Kind(
        "target-group",
        "TargetGroup",
        {"name": S, "nameEn": S, "definition": S, "synonyms": SS},
        {"NARROWER_THAN": EdgeType(("target-group",)), **STATED_IN},
        required=("name",),
        named=True,
        fulltext=("name", "nameEn", "definition", "synonyms"),
    ),
    Kind(
        "service",
        "Service",
        {"name": S, "nameEn": S, "synonyms": SS},
        {"KIND_OF": EdgeType(("service",)), **STATED_IN},
        required=("name",),
        named=True,
        fulltext=("name", "nameEn", "synonyms"),
    ),
    Kind(
        "legal-basis",
        "LegalBasis",
        {"code": S, "title": S, "law": S, "name": S, **DATED},
        STATED_IN,
        required=("code", "title", "law"),
        fulltext=("code", "title", "law"),
    ),
    Kind(
        "offer-type",
        "OfferType",
        {"name": S, "nameEn": S, "residential": B, "needsApproval": B, "order": INT},
        {"GIVEN_UNDER": EdgeType(("legal-basis",), many=True), **STATED_IN},
        required=("name", "residential", "needsApproval"),
        named=True,
    ),
    Kind(
        "theme",
        "Theme",
        {"name": S, "nameEn": S, "hasLevels": B, "order": INT},
        STATED_IN,
        required=("name", "hasLevels", "order"),
    ),
    Kind(
        "theme-item",
        "ThemeItem",
        {"name": S, "nameEn": S, "order": INT},
        {"OF_THEME": EdgeType(("theme",))},
        required=("name", "order"),
    ),
)
