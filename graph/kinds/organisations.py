"""Sources, and who there is: region, municipalities, institutions, associations, authorities, with their places."""

from graph.kinds.kind import INT, ORGANISATIONS, SOURCED, SS, STATED_IN, B, D, EdgeType, F, Kind, S

ORGANISATION_KINDS = (
    Kind("source", "Source", {"title": S, "publisher": S, "url": S, "publishedOn": D}, required=("title",)),
    Kind(
        "region",
        "Region",
        {"name": S, "code": S, **SOURCED},
        STATED_IN,
        required=("name", "code", "dataStatus"),
        named=True,
    ),
    Kind(
        "municipality",
        "Municipality",
        {"name": S, "code": S, "mainTown": S, "latitude": F, "longitude": F, "population": INT, **SOURCED},
        {"IN_REGION": EdgeType(("region",)), **STATED_IN},
        required=("name", "code", "dataStatus"),
        named=True,
        fulltext=("name", "mainTown"),
    ),
    Kind("association", "Association", {"name": S}, STATED_IN, required=("name",), named=True),
    Kind("authority", "Authority", {"name": S, "aliases": SS}, STATED_IN, required=("name",), named=True),
    Kind(
        "location",
        "Location",
        {"address": S, "protected": B, "town": S, "latitude": F, "longitude": F},
        {"IN_MUNICIPALITY": EdgeType(("municipality",))},
        required=("protected",),
    ),
    Kind("contact", "Contact", {"name": S, "address": S, "email": S, "phone": S, "url": S}),
    Kind(
        "institution",
        "Institution",
        {"name": S, "ownership": S, **SOURCED},
        {
            "RUN_BY": EdgeType(ORGANISATIONS),
            "LOCATED_AT": EdgeType(("location",)),
            "HAS_CONTACT": EdgeType(("contact",)),
            **STATED_IN,
        },
        required=("name", "dataStatus"),
        named=True,
        fulltext=("name",),
    ),
)
