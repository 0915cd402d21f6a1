"""What is shown when a session ended, or another began, while someone wrote: nothing is saved, and nothing is lost."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from service.pages.languages import N_
from service.pages.offers.changes import NAMES
from service.pages.signing.csrf import FIELD
from service.pages.visit import Visit
from service.pages.words import WORDS, YES_OR_NO

OURS = frozenset({FIELD, "once", "videre", "next", "version", "position", "seen", "part", "organ"})
"""Fields that nobody typed."""

LABELS = {
    **NAMES,
    "priceFrom": NAMES["validFrom"],
    "priceText": N_("Bemærkning"),
    "approvalFrom": NAMES["validFrom"],
    "type": NAMES["OF_TYPE"],
    "services": NAMES["GIVES"],
    "serves": NAMES["SERVES"],
    "approved": N_("Målgrupper, som tilsynet har godkendt"),
    "narrower": N_("Målgrupper med alle de snævrere"),
    "excludes": NAMES["EXCLUDES"],
    "supports": N_("Støtter op til"),
    "addServes": N_("Tilføj en målgruppe"),
    "addApproved": N_("Godkendt af tilsynet"),
    "addNarrower": N_("Også snævrere grupper"),
    "addExcludes": N_("Tilføj en, som det ikke tager"),
    "authority": N_("Tilsyn"),
    "seat": N_("Sæde"),
    "representative": N_("Person"),
    "newName": N_("Personens navn"),
    "municipality": N_("Kommune"),
    "gender": N_("Køn, til optælling"),
    "party": N_("Parti eller liste, kun for folkevalgte"),
    "role": N_("Som"),
    "tenure": N_("Hvem og hvor"),
    "on": N_("Første dag, den er forbi"),
    "reason": N_("Hvorfor"),
    "agreement": N_("Aftale"),
    "body": N_("Hvem besluttede"),
    "decision": N_("Hvad"),
    "decidedOn": N_("Hvornår"),
}
CHOICES = {
    "unit": "PriceUnit",
    "model": "PriceModel",
    "status": "ApprovalStatus",
    "supportLevelUpTo": "SupportLevel",
    "gender": "Gender",
    "role": "TenureRole",
    "decision": "Decision",
}


async def unsaved(visit: Visit) -> Response:
    """The form once more, to be sent by a visitor who has seen what it says."""
    fields = await visit.form()
    if fields.text("part"):
        said = visit.gettext("Det blev ikke gemt: du er ikke længere logget ind. Indlæs siden igen.")
        return visit.answer(said, "text/plain; charset=utf-8", HTTPStatus.FORBIDDEN)
    return visit.page(
        "desk/unsaved.html",
        HTTPStatus.FORBIDDEN,
        action=visit.here,
        hidden=[(name, text) for name, texts in fields.texts.items() if name != FIELD for text in texts],
        typed=[
            (
                visit.gettext(LABELS[name]) if name in LABELS else name,
                ", ".join(_said(visit, name, text) for text in texts),
            )
            for name, texts in fields.texts.items()
            if name not in OURS and any(texts)
        ],
    )


def _said(visit: Visit, name: str, text: str) -> str:
    words = YES_OR_NO if name == "protected" else WORDS.get(CHOICES.get(name, ""), {})
    return visit.gettext(words[text]) if text in words else text
