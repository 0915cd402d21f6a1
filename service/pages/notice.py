"""What is said on the next page of something just done: kept in a cookie from the one answer to the next request."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from starlette.requests import Request

from service.pages.signing.cookies import Cookie, Cookies

PURPOSE = "notice"
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Notice:
    """`kind` is what was done, `about` the id of what it was done to, `position` where in the ledger it stands.

    `next` is the id of what the visitor goes on with.
    """

    kind: str
    about: str = ""
    position: int = 0
    next: str = ""

    @classmethod
    def read(cls, cookies: Cookies, request: Request) -> Notice | None:
        value = cookies.read(PURPOSE, request)
        try:
            return cls(**value) if value else None
        except TypeError:  # made by another version
            return None

    def cookie(self, cookies: Cookies) -> Cookie:
        return cookies.made(PURPOSE, asdict(self), cookies.clock.now().timestamp() + SECONDS)
