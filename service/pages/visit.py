"""One request for a page: who asks, in which language, and how it asks and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from babel.support import NullTranslations
from starlette.requests import Request
from starlette.responses import Response

from service.identity.identity import Signed
from service.pages.asking import Answer
from service.pages.fields import Fields, WrongForm
from service.pages.formats import Formats
from service.pages.languages import Language, translations
from service.pages.notice import Notice
from service.pages.signing.cookies import Cookie
from service.pages.signing.session import Session
from service.pages.templates import rendered
from service.pages.words import WORDS

if TYPE_CHECKING:
    from service.pages.site import Site

FORM = "application/x-www-form-urlencoded"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Vary": "Cookie",
    # With no referrer at all, browsers do not say where a form was either.
    "Referrer-Policy": "same-origin",
}


class Missing(Exception):
    """The page is about something that is not there."""


@dataclass(slots=False)
class Visit:
    """A request for a page. `session` is who asks; `csrf` what forms that change something must bring back."""

    site: Site
    request: Request
    language: Language
    session: Session
    csrf: str = ""
    may_change: bool = False
    """Whether a mutation may be asked: the visitor's form has brought `csrf` back."""
    notice: Notice | None = None
    """What the visitor has just done, for the page to say."""
    position: int | None = None
    """How far in the ledger answers must have come: a visitor sees what they have just written."""
    headers: dict[str, str] = field(default_factory=dict)
    """Headers of the answer, beside the usual ones."""
    cookies: list[Cookie] = field(default_factory=list)
    """What the answer gives the browser to keep."""

    async def ask(self, operation: str, **variables: Any) -> dict[str, Any]:
        """The data of a committed operation, which is given the page's `language` too. Raises NotAnswered."""
        self.request.scope["operation"] = operation
        answer: Answer = await self.site.asking.ask(
            operation,
            {"language": self.language.value, **variables},
            self.signed.actor,
            self.request.client and self.request.client.host,
            self.position,
            self.request.scope.get("deadline"),
            changing=self.may_change,
            request=self.request.scope.get("request_id"),
        )
        self.headers["Tilbudsvifte-Position"] = str(answer.position)
        return answer.data

    def page(self, template: str, status: int = HTTPStatus.OK, /, **context: Any) -> Response:
        """A whole page, or the part of one that a template makes."""
        text = rendered(self.language, template, {"visit": self, **context}, self.site.reload)
        return self.answer(text, "text/html; charset=utf-8", status)

    def answer(self, content: str | bytes, media_type: str, status: int = HTTPStatus.OK, **headers: str) -> Response:
        """Any content. What was asked in a body, or by someone who is known, is kept by nobody."""
        keep = "no-cache" if self.request.method == "GET" and not self.known else "no-store"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = Response(content, status, {**HEADERS, "Cache-Control": keep, **self.headers, **named}, media_type)
        for cookie in self.cookies:
            response.set_cookie(**cookie.header)
        return response

    def redirect(self, path: str, **headers: str) -> Response:
        """To another page of this site, which is then asked for by GET."""
        return self.answer(b"", "text/plain", HTTPStatus.SEE_OTHER, Location=self.language.href(path), **headers)

    async def form(self) -> Fields:
        """The fields in the body. Raises WrongForm."""
        media_type = self.request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != FORM:
            raise WrongForm
        return Fields.read(await self.request.body())

    @cached_property
    def query(self) -> Fields:
        """The fields in the address."""
        return Fields.of(self.request.query_params.multi_items())

    @property
    def signed(self) -> Signed:
        return self.session.signed

    @property
    def known(self) -> bool:
        """Whether the visitor has signed in."""
        return self.session.known

    @property
    def here(self) -> str:
        """The path of this page without its language's prefix, with its query."""
        path = self.request.url.path.removeprefix(self.language.prefix) or "/"
        return f"{path}?{self.request.url.query}" if self.request.url.query else path

    @property
    def elsewhere(self) -> str:
        """The address of this page in the other language."""
        return self.language.other.href(self.here)

    def again(self, path: str = "", **changes: object) -> str:
        """The address of this page, or of the one at `path`, with the same parameters but for those that change.

        What is None is left out.
        """
        kept = {name: texts[0] for name, texts in self.query.texts.items() if texts and texts[0]} | changes
        query = urlencode({name: value for name, value in kept.items() if value is not None})
        address = self.language.href(path or self.here.partition("?")[0])
        return f"{address}?{query}" if query else address

    @property
    def today(self) -> str:
        return self.site.clock.today().isoformat()

    @property
    def formats(self) -> Formats:
        return self.site.formats[self.language]

    @property
    def _texts(self) -> NullTranslations:
        return translations(self.language)

    def gettext(self, text: str, **values: object) -> str:
        """A text in the page's language, its gaps filled: `%(name)s`."""
        said: str = self._texts.gettext(text)
        return said % values if values else said

    def word(self, kind: str, value: str) -> str:
        """What a value of an enumeration is called."""
        said: str = self._texts.gettext(WORDS[kind][value])
        return said

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        said: str = self._texts.ngettext(one, many, count)
        return said % {"num": count, **values}

    def option(self, name: str, default: str, choices: Mapping[str, Any]) -> str:
        """What the address chooses among `choices`; what it does not know counts as not said."""
        text = self.query.text(name)
        return text if text in choices else default
