"""What is shown when a session ended, or another began, while someone wrote: nothing is saved, and nothing is lost."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from service.pages.changes import NAMES
from service.pages.csrf import FIELD
from service.pages.visit import Visit

OURS = frozenset({FIELD, "once", "videre", "next", "version", "position", "seen", "part", "organ"})
"""Fields that nobody typed."""


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
            (visit.gettext(NAMES[name]) if name in NAMES else name, ", ".join(texts))
            for name, texts in fields.texts.items()
            if name not in OURS and any(texts)
        ],
    )
