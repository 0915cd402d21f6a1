"""The site: every page's address, in each language, and what is shown where there is no page to show."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from graph.clock import Clock
from service.identity import Identity
from service.pages.agreements import agreement, focus_area, knowledge
from service.pages.asking import Answering, Asking, NotAnswered
from service.pages.desk import appointments, desk, edit, recording
from service.pages.desk.unsaved import unsaved
from service.pages.directory import connections, legal_basis, operation, organisation, search, services, target_group
from service.pages.fields import WrongForm
from service.pages.finding import compare, find, printed
from service.pages.formats import Formats
from service.pages.governance import board, calendar_file, endings, municipality_seats, people, seats, workbook
from service.pages.languages import Language
from service.pages.notice import PURPOSE, Notice
from service.pages.offers import offer, offers
from service.pages.page import Page
from service.pages.signing import csrf, signin
from service.pages.signing.cookies import Cookies
from service.pages.signing.session import Session
from service.pages.signing.signin import SignIn
from service.pages.visit import Missing, Visit
from service.rates import Rates
from service.settings import Settings

PAGES = (
    *find.PAGES,
    *printed.PAGES,
    *compare.PAGES,
    *seats.PAGES,
    *endings.PAGES,
    *board.PAGES,
    *people.PAGES,
    *municipality_seats.PAGES,
    *calendar_file.PAGES,
    *workbook.PAGES,
    *offer.PAGES,
    *offers.PAGES,
    *operation.PAGES,
    *agreement.PAGES,
    *signin.PAGES,
    *desk.PAGES,
    *appointments.PAGES,
    *edit.PAGES,
    *recording.PAGES,
    *connections.PAGES,
    *focus_area.PAGES,
    *knowledge.PAGES,
    *legal_basis.PAGES,
    *organisation.PAGES,
    *search.PAGES,
    *services.PAGES,
    *target_group.PAGES,
)
"""Every page there is."""

log = structlog.get_logger("pages")


class Site:
    """All pages. `routes` are for the application, as is `failure`, for what no route answers."""

    def __init__(self, service: Answering, settings: Settings, clock: Clock, identity: Identity, rates: Rates) -> None:
        self.asking = Asking(service, settings, rates)
        self.clock = clock
        self.settings = settings
        self.cookies = Cookies.of(settings, clock)
        self.sign_in = SignIn.of(settings, clock, identity)
        self.reload = settings.log_level == "debug"
        self.formats = {language: Formats(language) for language in Language}

    @property
    def routes(self) -> list[BaseRoute]:
        return [
            Route(language.href(page.path), self._endpoint(page, language), methods=list(page.methods))
            for page in PAGES
            for language in Language
        ]

    async def failure(self, request: Request, failure: Exception) -> Response:
        """What stands where no route answers, for people; others get what they always got."""
        assert isinstance(failure, HTTPException)
        if "text/html" not in request.headers.get("accept", ""):
            return Response(failure.detail, failure.status_code, failure.headers, "text/plain; charset=utf-8")
        visit = self._visit(request, Language.of(request.url.path))
        visit.headers |= dict(failure.headers or {})
        return visit.page("failure.html", failure.status_code, code=failure.status_code)

    def _visit(self, request: Request, language: Language) -> Visit:
        session = Session.read(self.cookies, request)
        visit = Visit(self, request, language, session, csrf.token(self.cookies, session))
        if request.method == "GET" and (notice := Notice.read(self.cookies, request)):
            visit.notice, visit.position = notice, notice.position
            visit.cookies.append(self.cookies.gone(PURPOSE))
        return visit

    def _endpoint(self, page: Page, language: Language) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            # The pattern, not what stands in its places: nothing that a client wrote is logged.
            request.scope["page"] = page.path
            visit = self._visit(request, language)
            try:
                if request.method == "POST":
                    csrf.must_be_ours(request, self.settings.public_url)
                if page.changes and not await csrf.brings_token(visit):
                    return await unsaved(visit)
                return await page.handler(visit)
            except Missing:
                return visit.page("failure.html", HTTPStatus.NOT_FOUND, code=HTTPStatus.NOT_FOUND)
            except csrf.Forged:
                return visit.page("failure.html", HTTPStatus.FORBIDDEN, code=HTTPStatus.FORBIDDEN)
            except WrongForm:
                return visit.page("failure.html", HTTPStatus.BAD_REQUEST, code=HTTPStatus.BAD_REQUEST)
            except NotAnswered as failed:
                return visit.page("failure.html", failed.status, code=failed.status)
            except ClientDisconnect:
                raise
            except Exception as failure:
                log.error("a page failed", page=page.path, request=request.scope.get("request_id"), exc_info=failure)
                status = HTTPStatus.INTERNAL_SERVER_ERROR
                return visit.page("failure.html", status, code=status)

        return answer
