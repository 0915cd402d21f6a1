"""That a form was sent from one of our own pages, by the visitor whom that page was made for.

Two things stand in the way of a page elsewhere that sends a form in a visitor's name: what the browser says of where
the form was, which holds for every form; and a token that only our pages know, for each form that changes something.
"""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from service.pages.signing.cookies import Cookies
from service.pages.signing.session import Session

if TYPE_CHECKING:
    from starlette.requests import Request

    from service.pages.visit import Visit

FIELD = "csrf"
OURS = ("same-origin", "none")
"""Values of Sec-Fetch-Site: a page of ours, or the visitor alone, such as by loading a page anew."""


class Forged(Exception):
    """The form is not one of ours, or not this visitor's: 403."""


def token(cookies: Cookies, session: Session) -> str:
    """What forms of a session bring back; empty where nobody has signed in."""
    return cookies.mark(FIELD, session.id) if session.known else ""


def must_be_ours(request: Request, public_url: str) -> None:
    """Raises Forged where the browser says that the form was on another site's page. Who is no browser says nothing."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in OURS:
        raise Forged
    origin = request.headers.get("origin")
    if origin is None:
        return
    # Without PUBLIC_URL only the host is known: a proxy in front may speak TLS.
    ours = origin.lower() == public_url if public_url else urlsplit(origin).netloc == request.headers.get("host")
    if not ours:
        raise Forged


async def brings_token(visit: Visit) -> bool:
    """Whether the form brings the token of the visitor's session. From then on it may change something."""
    brought = (await visit.form()).text(FIELD)
    visit.may_change = bool(visit.csrf) and compare_digest(brought.encode(), visit.csrf.encode())
    return visit.may_change
