"""What connects two things: the edges that paths are made of, their words, and what may lie between.

An edge is told in the direction in which a path takes it. The names of the two things stand around the words:
`Neurocenter Østerskoven` *drives af* `Region Nordjylland`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True)
class Said:
    """One direction of a relation: its name for programs, and its words."""

    name: str
    da: str
    en: str


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge type, as it is told from its source to its target, and back."""

    there: Said
    back: Said


def _table(*rows: tuple[str, str, str, str, str, str, str]) -> dict[str, Relation]:
    return {type: Relation(Said(*words[:3]), Said(*words[3:])) for type, *words in rows}


# fmt: off
RELATIONS: Mapping[str, Relation] = _table(
    # Who runs it and who decides …
    ("OF_INSTITUTION", "OF_INSTITUTION", "hører under", "belongs to", "HAS_OFFER", "har tilbuddet", "has the offer"),
    ("OPERATED_BY", "OPERATED_BY", "drives af", "is operated by", "OPERATES", "driver", "operates"),
    ("RUN_BY", "RUN_BY", "drives af", "is run by", "RUNS", "driver", "runs"),
    ("BOARD_OF", "BOARD_OF", "hører til", "belongs to", "HAS_BOARD", "har", "has"),
    ("SEAT_OF", "SEAT_OF", "er sæde i", "is a seat in", "HAS_SEAT", "har sædet", "has the seat"),
    ("HOLDS", "HOLDS", "har sæde i", "holds", "HELD_BY", "har som medlem", "has as member"),
    ("APPOINTED_BY", "APPOINTED_BY", "udpeges af", "is appointed by", "APPOINTS", "udpeger", "appoints"),
    ("REPRESENTS", "REPRESENTS", "repræsenterer", "represents",
     "REPRESENTED_IN", "er repræsenteret i", "is represented in"),
    ("WITHIN", "WITHIN", "er en del af", "is part of", "HAS_WITHIN", "rummer", "includes"),
    ("PART_OF", "PART_OF", "er en afdeling af", "is a department of",
     "HAS_PART", "har afdelingen", "has the department"),
    # … what is agreed …
    ("COVERED_BY", "COVERED_BY", "er omfattet af", "is covered by", "COVERS", "omfatter", "covers"),
    ("DECIDED_BY", "DECIDED_BY", "behandles af", "is decided on by", "DECIDES_ON", "behandler", "decides on"),
    ("HAS_PARTY", "HAS_PARTY", "har som part", "has as party", "PARTY_TO", "er part i", "is a party to"),
    ("SUCCEEDS", "SUCCEEDS", "afløste", "succeeded", "SUCCEEDED_BY", "blev afløst af", "was succeeded by"),
    ("SEATS_EVERY_PARTY_OF", "SEATS_EVERY_PARTY_OF", "skal have plads til hver part i", "must seat every party to",
     "PARTIES_SEATED_IN", "giver hver part plads i", "gives every party a seat in"),
    ("FOCUS_OF", "FOCUS_OF", "er fokusområde i", "is a focus area of",
     "HAS_FOCUS", "har fokusområdet", "has the focus area"),
    ("LABORATORY_OF", "LABORATORY_OF", "er laboratorium under", "is a laboratory under",
     "HAS_LABORATORY", "har laboratoriet", "has the laboratory"),
    ("PROCESS_OF", "PROCESS_OF", "er processen for", "is the process of",
     "HAS_PROCESS", "har processen", "has the process"),
    ("TAKEN_BY", "PASSES_THROUGH", "går gennem", "passes through",
     "TAKES_STEP_IN", "tager et skridt i", "takes a step in"),
    ("SENT_TO", "SENT_TO", "sendes til", "is sent to",
     "RECEIVES", "modtager det, der kommer ud af", "receives what comes of"),
    ("DOCUMENT_OF", "DOCUMENT_OF", "er et dokument til", "is a document of",
     "HAS_DOCUMENT", "har dokumentet", "has the document"),
    ("MEETS_WITH", "MEETS_WITH", "mødes med", "meets with", "MEETS_WITH", "mødes med", "meets with"),
    ("POSSIBLY_SAME_AS", "POSSIBLY_SAME_AS", "er måske den samme som", "may be the same as",
     "POSSIBLY_SAME_AS", "er måske den samme som", "may be the same as"),
    # … and known …
    ("USED_BY", "USED_BY", "bruges af", "is used by", "USES", "bruger", "uses"),
    ("MADE_IN", "MADE_IN", "er lavet i", "was made in", "MADE", "har lavet", "made"),
    ("SHARED_THROUGH", "SHARED_THROUGH", "deles gennem", "is shared through", "SHARES", "deler", "shares"),
    # … places …
    ("BOUGHT_BY", "BOUGHT_BY", "sælger pladser til", "sells places to",
     "BUYS_FROM", "køber pladser i", "buys places from"),
    ("LIES_IN", "LIES_IN", "ligger i", "lies in", "PLACE_OF", "er stedet for", "is the place of"),
    ("FROM_MUNICIPALITY", "FROM_MUNICIPALITY", "kommer fra", "comes from", "HOME_OF", "er hjemsted for", "is home to"),
    ("IN_REGION", "IN_REGION", "ligger i", "lies in", "HAS_MUNICIPALITY", "rummer", "includes"),
    # … and how it is classified.
    ("SERVES", "SERVES", "er for målgruppen", "serves", "SERVED_BY", "er målgruppe for", "is served by"),
    ("GIVES", "GIVES", "giver ydelsen", "gives", "GIVEN_BY", "gives af", "is given by"),
    ("OF_TYPE", "OF_TYPE", "er af typen", "is of the type", "TYPE_OF", "er typen af", "is the type of"),
    ("HAS_LEGAL_BASIS", "HAS_LEGAL_BASIS", "har hjemmel i", "has its legal basis in",
     "LEGAL_BASIS_OF", "er hjemmel for", "is the legal basis of"),
    ("SUPPORTS", "SUPPORTS", "støtter ved", "supports with", "SUPPORTED_BY", "støttes af", "is supported by"),
    ("EXCLUDES", "EXCLUDES", "er ikke for", "does not take", "EXCLUDED_BY", "tages ikke imod af", "is not taken by"),
    ("CONCERNS", "CONCERNS", "handler om", "concerns", "CONCERN_OF", "er emne for", "is the concern of"),
    ("ABOUT_GROUP", "ABOUT", "handler om", "is about", "SUBJECT_OF", "er emne for", "is the subject of"),
    ("NARROWER_THAN", "NARROWER_THAN", "hører under", "is narrower than",
     "BROADER_THAN", "omfatter", "is broader than"),
    ("KIND_OF", "KIND_OF", "er en slags", "is a kind of", "HAS_KIND", "findes som", "has the kind"),
    ("GIVEN_UNDER", "GIVEN_UNDER", "gives efter", "is given under", "BASIS_OF", "er hjemmel for", "is the basis of"),
    ("OF_THEME", "OF_THEME", "hører til temaet", "belongs to the theme", "HAS_ITEM", "har emnet", "has the item"),
    ("IN_SEAT", "TENURE_IN", "er tid i", "is time in", "HAS_TENURE", "har haft besat ved", "was filled through"),
    ("HELD_BY", "TENURE_OF", "tilhører", "belongs to", "HAS_TENURE", "har tiden", "has the time"),
    ("STATED_IN", "STATED_IN", "er oplyst i", "is stated in", "SOURCE_OF", "er kilde til", "is the source of"),
)
# fmt: on
"""By edge type; of two ways equally long, the one by the relation that stands first is told first.

HOLDS, DECIDED_BY, TAKEN_BY, SENT_TO and LIES_IN are steps over a node that is left out: a tenure, a decision, a step
of a process, a location."""

BOARD_OF: Mapping[str, Relation] = _table(
    ("COUNCIL", "BOARD_OF", "styrer", "governs", "HAS_BOARD", "styres af", "is governed by"),
    ("BOARD", "BOARD_OF", "styrer", "governs", "HAS_BOARD", "styres af bestyrelsen", "is governed by the board"),
    ("COMMITTEE", "BOARD_OF", "er udvalg i", "is a committee of", "HAS_BOARD", "har udvalget", "has the committee"),
)
"""What a board is to its organisation, by the board's kind; other kinds govern nothing."""

# fmt: off
DECISIONS: Mapping[str, Relation] = _table(
    ("APPROVED", "DECIDED_BY", "er godkendt af", "was approved by", "DECIDES_ON", "har godkendt", "approved"),
    ("RECOMMENDED", "DECIDED_BY", "er anbefalet af", "was recommended by",
     "DECIDES_ON", "har anbefalet", "recommended"),
    ("REJECTED", "DECIDED_BY", "er afvist af", "was rejected by", "DECIDES_ON", "har afvist", "rejected"),
    ("PENDING", "DECIDED_BY", "afventer beslutning i", "awaits the decision of",
     "DECIDES_ON", "skal tage stilling til", "has yet to decide on"),
)
# fmt: on
"""By what was decided; of other decisions it is only known who takes them."""


FREELY = ("offer", "institution", "board", "seat", "representative", "focus-area", "laboratory", "knowledge", "process")
"""Kinds that lie between any two edges: each says something of its own about the things on either side.

Kinds that are neither here nor in `TURNS` only begin and end paths. That two offers serve one target group, give one
service or were found in one source does not connect them."""


def _turns(*pairs: tuple[Iterable[str], Iterable[str]]) -> dict[str, frozenset[str]]:
    """Which edges follow an edge, whichever way the pairs are taken."""
    turns: dict[str, set[str]] = {}
    for one, other in ((one, other) for ones, others in pairs for one, other in product(ones, others)):
        turns.setdefault(one, set()).add(other)
        turns.setdefault(other, set()).add(one)
    return {type: frozenset(others) for type, others in turns.items()}


# What an authority runs, and who decides there or sits for it. Not two things that it both runs, nor anything that
# merely lies or comes from there: a municipality has thousands of such.
_BODY = _turns(
    (["BOARD_OF"], ["BOARD_OF", "OPERATED_BY", "RUN_BY", "REPRESENTS", "HAS_PARTY", "MEETS_WITH"]),
    (["REPRESENTS"], ["OPERATED_BY", "RUN_BY", "HAS_PARTY"]),
)
# What an agreement consists of, who made it and who decides on it. Two offers that it both covers have that in common
# with thousands; so have an offer and a party, and the offers of an agreement and of the one before it.
_PARTS = ("DECIDED_BY", "SEATS_EVERY_PARTY_OF", "FOCUS_OF", "PROCESS_OF", "DOCUMENT_OF")
TURNS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "municipality": _BODY,
    "region": _BODY,
    "association": _BODY,
    "authority": _BODY,
    "agreement": _turns(
        (_PARTS, (*_PARTS, "COVERED_BY", "HAS_PARTY", "SUCCEEDS")),
        (["HAS_PARTY", "SUCCEEDS"], ["HAS_PARTY", "SUCCEEDS"]),
    ),
}
"""Kinds that many things share, and between which of their edges they may lie: by edge type, those that may follow.

A path passes one of them at most: over two of them everything is connected with everything."""
