"""Signing in and out. With a provider by its own pages; in development by a token; else not at all, and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hmac import compare_digest
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog
from starlette.responses import Response

from graph.clock import Clock
from graph.errors import Unavailable
from service.identity import Identity, Unauthenticated
from service.pages.fields import Fields
from service.pages.languages import N_, Language
from service.pages.page import Page
from service.pages.signing import csrf, session
from service.pages.signing.cookies import TooLong
from service.pages.signing.session import Session
from service.pages.visit import Visit
from service.settings import Settings

if TYPE_CHECKING:
    from service.identity.flow import Flow

WAY = "signin"
SECONDS = 600
"""For which the provider may take to send a visitor back."""
HOME = "/skrivebord"
BACK = "/log-ind/tilbage"

COMMAND = "tilbudsvifte token --role editor --organisation municipality:aalborg"
NEEDED = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "PUBLIC_URL", "SESSION_KEY")
ALONE = "DEVELOPMENT_KEY"

log = structlog.get_logger("pages")

FAILED = {
    "lost": N_("Det tog for lang tid, eller login blev begyndt i en anden browser. Begynd forfra."),
    "denied": N_("Login blev afbrudt hos udbyderen."),
    "silent": N_("Udbyderen af login svarer ikke. Prøv igen om lidt."),
    "refused": N_("Udbyderen af login ville ikke bekræfte, at det var dig. Begynd forfra."),
    "wrong": N_("Svaret fra udbyderen af login kan ikke bruges her. Sig det til den, der driver tjenesten."),
    "long": N_("Du har flere organisationer, end der er plads til. Sig det til den, der driver tjenesten."),
}


@dataclass(frozen=True, slots=True)
class SignIn:
    """How visitors sign in here: `flow` with a provider, or by tokens for development, or neither."""

    identity: Identity
    flow: Flow | None
    by_token: bool
    public_url: str

    @classmethod
    def of(cls, settings: Settings, clock: Clock, identity: Identity) -> SignIn:
        flow = None
        if settings.oidc_client_id:
            from service.identity.flow import Flow

            flow = Flow(settings, clock, settings.public_url + BACK)
        return cls(identity, flow, bool(settings.development_key), settings.public_url)


def local(path: str) -> str:
    """The path of a page of this site, as it is written for all languages; the desk where it is anything else."""
    there = urlsplit(path)
    plain = path.isascii() and path.isprintable() and "\\" not in path and len(path) <= 500
    if not plain or not path.startswith("/") or path.startswith("//") or there.scheme or there.netloc:
        return HOME
    return path


def asked_to(visit: Visit, status: int = HTTPStatus.OK, **context: Any) -> Response:
    """The page to sign in on, in place of one that is for those who have, or once more after `failure`."""
    given: dict[str, Any] = {"next": local(visit.here), "failure": None, "fields": Fields({}), "reason": None}
    given |= {"command": COMMAND, "needed": NEEDED, "alone": ALONE}
    return visit.page("signin.html", status, **{**given, **context})


async def show(visit: Visit) -> Response:
    return asked_to(visit, next=local(visit.query.text("videre")))


async def begin(visit: Visit) -> Response:
    fields = await visit.form()
    next, sign_in = local(fields.text("videre")), visit.site.sign_in
    if sign_in.flow is not None:
        return await _send(visit, sign_in.flow, next)
    if sign_in.by_token:
        return await _by_token(visit, fields, next)
    return asked_to(visit, next=next)


async def _send(visit: Visit, flow: Flow, next: str) -> Response:
    from service.identity.flow import NotSignedIn, Secrets

    secrets = Secrets.new()
    try:
        to = await flow.begin(secrets)
    except NotSignedIn as failed:
        return _failed(visit, failed.failure.value, next, str(failed))
    way = {**asdict(secrets), "next": next, "language": visit.language.value}
    visit.cookies.append(visit.site.cookies.made(WAY, way, _now(visit) + SECONDS))
    # Not redirected to: the policy lets forms lead to this origin only.
    return visit.page("onward.html", to=to, leaving=False)


async def back(visit: Visit) -> Response:
    """Where the provider sends the visitor back to, whichever language they came from."""
    from service.identity.flow import NotSignedIn, Secrets

    flow, query = visit.site.sign_in.flow, visit.query
    if flow is None or not (query.chosen("state") or query.chosen("error")):
        return asked_to(visit, next=HOME)
    way = visit.site.cookies.read(WAY, visit.request)
    visit.cookies.append(visit.site.cookies.gone(WAY))
    if way is None or not compare_digest(query.text("state").encode(), way["state"].encode()):
        return _failed(visit, "lost", HOME, "no sign-in was begun with that state")
    visit.language = Language(way["language"])
    if not query.chosen("code"):
        return _failed(visit, "denied", way["next"], "the provider gave no code")
    try:
        secrets = Secrets(way["state"], way["nonce"], way["verifier"])
        given = await flow.finish(secrets, query.text("code"), query.text("iss") or None)
        name = given.claims.get("name") or given.claims.get("preferred_username")
        return await _signed_in(visit, given.access_token, name if isinstance(name, str) else "", way["next"])
    except NotSignedIn as failed:
        return _failed(visit, failed.failure.value, way["next"], str(failed))
    except Unauthenticated as wrong:
        return _failed(visit, "wrong", way["next"], f"the access token is not taken: {wrong}")
    except Unavailable:
        return _failed(visit, "silent", way["next"], "the provider's keys cannot be fetched")


async def _by_token(visit: Visit, fields: Fields, next: str) -> Response:
    """A token for development. It is not shown again where it is not taken."""
    try:
        return await _signed_in(visit, fields.text("token"), "", next)
    except Unauthenticated as wrong:
        fields.faults["token"] = visit.gettext("Tokenet kan ikke bruges. Er det hele kommet med?")
        return asked_to(visit, HTTPStatus.BAD_REQUEST, next=next, fields=fields, reason=str(wrong))


async def _signed_in(visit: Visit, token: str, name: str, next: str) -> Response:
    signed = await visit.site.sign_in.identity.signed(f"Bearer {token}")
    begun = Session.begun(signed, name[:100], _now(visit))
    try:
        visit.cookies.append(begun.cookie(visit.site.cookies))
    except TooLong:
        return _failed(visit, "long", next, "the session is too long for a cookie")
    log.info("signed in")
    return visit.redirect(next)


async def sign_out(visit: Visit) -> Response:
    if not visit.known:  # the session has ended by itself
        return visit.redirect("/")
    if not await csrf.brings_token(visit):
        raise csrf.Forged
    visit.cookies.append(visit.site.cookies.gone(session.PURPOSE))
    sign_in = visit.site.sign_in
    to = await sign_in.flow.farewell(f"{sign_in.public_url}/") if sign_in.flow else None
    if to is None:
        return visit.redirect("/")
    visit.session, visit.csrf = session.NOBODY, ""
    return visit.page("onward.html", to=to, leaving=True)


def _failed(visit: Visit, kind: str, next: str, reason: str) -> Response:
    log.warning("nobody was signed in", reason=reason)
    status = HTTPStatus.SERVICE_UNAVAILABLE if kind == "silent" else HTTPStatus.BAD_REQUEST
    return asked_to(visit, status, next=next, failure=visit.gettext(FAILED[kind]))


def _now(visit: Visit) -> float:
    return visit.site.clock.now().timestamp()


PAGES = [
    Page("/log-ind", show),
    Page("/log-ind", begin, ("POST",)),
    Page(BACK, back),
    Page("/log-ud", sign_out, ("POST",)),
]
