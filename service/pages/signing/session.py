"""A session: who has signed in with a browser, and until when. It is all in a cookie; the service keeps none of it."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_urlsafe

from starlette.requests import Request

from graph.actor import ANYONE, Actor, Role
from service.identity import Signed
from service.pages.signing.cookies import Cookie, Cookies

PURPOSE = "session"
LONGEST = 12 * 3600
"""Seconds that a session lasts at most, however long its token would."""


@dataclass(frozen=True, slots=True)
class Session:
    """`name` is what the visitor is called on pages; `id` is another with each sign-in."""

    signed: Signed
    name: str = ""
    id: str = ""

    @property
    def known(self) -> bool:
        return self.signed.expires_at is not None

    @classmethod
    def begun(cls, signed: Signed, name: str, now: float) -> Session:
        """A new one, for as long as the token says, and no longer."""
        assert signed.expires_at is not None
        until = min(signed.expires_at, now + LONGEST)
        return cls(Signed(signed.actor, until), name or signed.actor.name, token_urlsafe(16))

    @classmethod
    def read(cls, cookies: Cookies, request: Request) -> Session:
        """That of a request; nobody's where it brings none that is taken."""
        value = cookies.read(PURPOSE, request)
        if value is None:
            return NOBODY
        try:
            actor = Actor.of(value["actor"], map(Role, value["roles"]), value["organisations"])
            return cls(Signed(actor, value["until"]), value["name"], value["id"])
        except (KeyError, ValueError, TypeError):  # made by another version
            return NOBODY

    def cookie(self, cookies: Cookies) -> Cookie:
        """Raises TooLong where the organisations are too many to go into one."""
        actor, until = self.signed.actor, self.signed.expires_at
        assert until is not None
        value = {
            "actor": actor.name,
            "roles": sorted(actor.roles),
            "organisations": sorted(actor.organisations),
            "name": self.name,
            "id": self.id,
            "until": until,
        }
        return cookies.made(PURPOSE, value, until)


NOBODY = Session(Signed(ANYONE))
