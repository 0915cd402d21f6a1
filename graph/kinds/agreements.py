"""Agreements: what they lay down, share and go through."""

from graph.kinds.kind import DATED, INT, ORGANISATIONS, SOURCED, SS, STATED_IN, D, EdgeType, Kind, S

AGREEMENTS = (
    Kind(
        "agreement",
        "Agreement",
        {"name": S, "purpose": S, "visions": SS, **DATED, **SOURCED},
        {
            "SUCCEEDS": EdgeType(("agreement",)),
            "HAS_PARTY": EdgeType(ORGANISATIONS, many=True),
            "HAS_CONTACT": EdgeType(("contact",)),
            **STATED_IN,
        },
        required=("name", "dataStatus"),
        named=True,
        fulltext=("name", "purpose"),
    ),
    Kind(
        "focus-area",
        "FocusArea",
        {"name": S, "rationale": S, "order": INT, **SOURCED},
        {
            "FOCUS_OF": EdgeType(("agreement",)),
            "CONCERNS": EdgeType(("target-group",), many=True),
            **STATED_IN,
        },
        required=("name", "order", "dataStatus"),
        named=True,
        fulltext=("name", "rationale"),
    ),
    Kind(
        "principle",
        "Principle",
        {"kind": S, "text": S, "order": INT},
        {"PRINCIPLE_OF": EdgeType(("agreement",)), **STATED_IN},
        required=("kind", "text", "order"),
    ),
    Kind(
        "document",
        "Document",
        {"title": S, "url": S, "publishedOn": D},
        {"DOCUMENT_OF": EdgeType(("agreement",)), **STATED_IN},
        required=("title",),
    ),
    Kind(
        "laboratory",
        "Laboratory",
        {"name": S, "order": INT, **SOURCED},
        {"LABORATORY_OF": EdgeType(("focus-area",)), **STATED_IN},
        required=("order", "dataStatus"),
    ),
    Kind(
        "knowledge",
        "Knowledge",
        {"title": S, "kind": S, "summary": S, "body": S, "publishedOn": D, **SOURCED},
        {
            "SHARED_THROUGH": EdgeType(("focus-area",), many=True),
            "MADE_IN": EdgeType(("laboratory",)),
            "ABOUT_GROUP": EdgeType(("target-group",), many=True),
            "USED_BY": EdgeType(("offer",), many=True),
            **STATED_IN,
        },
        required=("title", "kind", "dataStatus"),
        named=True,
    ),
    Kind(
        "process",
        "Process",
        {"name": S, **SOURCED},
        {"PROCESS_OF": EdgeType(("agreement",)), **STATED_IN},
        required=("name", "dataStatus"),
        named=True,
    ),
    Kind(
        "process-step",
        "ProcessStep",
        {
            "order": INT,
            "action": S,
            "forum": S,
            "validFrom": D,
            "validTo": D,
            "precision": S,
            "timeText": S,
            "doneOn": D,
        },
        {"STEP_OF": EdgeType(("process",)), "TAKEN_BY": EdgeType(("board",)), "SENT_TO": EdgeType(("authority",))},
        required=("order", "action", "validFrom", "validTo", "precision", "timeText"),
    ),
    # Of one board on one agreement the latest counts; one that another replaced is told by WAS_DECISION_ON.
    Kind(
        "decision",
        "Decision",
        {"decision": S, "decidedOn": D, "order": INT, "wording": S},
        {
            "DECISION_ON": EdgeType(("agreement",)),
            "WAS_DECISION_ON": EdgeType(("agreement",)),
            "DECIDED_BY": EdgeType(("board",)),
            "REPLACES": EdgeType(("decision",)),
            **STATED_IN,
        },
        required=("decision", "order"),
    ),
)
