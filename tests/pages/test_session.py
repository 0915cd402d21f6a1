"""Sessions and the cookies they are in, on a clock that stands where it is put."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.requests import Request

from graph.actor import ANYONE, Actor, Role
from graph.clock import FixedClock, SystemClock
from service.identity import Signed
from service.pages.notice import Notice
from service.pages.signing.cookies import Cookies, TooLong
from service.pages.signing.session import LONGEST, Session
from service.settings import Settings

ANNA = Actor.of("anna", [Role.EDITOR, Role.CASEWORKER], ["municipality:aalborg"])
KEY = "a key for sessions, of many characters"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock.on(SystemClock().today())


def cookies(clock: FixedClock, **settings: str) -> Cookies:
    return Cookies.of(Settings(**{"session_key": KEY, **settings}), clock)  # type: ignore[arg-type]


def bringing(**given: str) -> Request:
    text = "; ".join(f"{name}={value}" for name, value in given.items())
    return Request({"type": "http", "headers": [(b"cookie", text.encode())]})


def now(clock: FixedClock) -> float:
    return clock.now().timestamp()


def test_a_session_comes_back_as_it_was(clock: FixedClock) -> None:
    ours = cookies(clock)
    session = Session.begun(Signed(ANNA, now(clock) + 60), "Anna", now(clock))
    assert Session.read(ours, bringing(session=session.cookie(ours).value)) == session
    assert session.known


def test_a_session_ends_with_its_token(clock: FixedClock) -> None:
    ours = cookies(clock)
    cookie = Session.begun(Signed(ANNA, now(clock) + 60), "", now(clock)).cookie(ours)
    assert cookie.seconds == 60
    clock.moment += timedelta(seconds=59)
    assert Session.read(ours, bringing(session=cookie.value)).known
    clock.moment += timedelta(seconds=1)
    ended = Session.read(ours, bringing(session=cookie.value))
    assert not ended.known
    assert ended.signed.actor == ANYONE


def test_a_session_ends_though_its_token_would_not(clock: FixedClock) -> None:
    session = Session.begun(Signed(ANNA, now(clock) + 10 * LONGEST), "", now(clock))
    assert session.signed.expires_at == now(clock) + LONGEST


def test_another_key_takes_none_of_it(clock: FixedClock) -> None:
    session = Session.begun(Signed(ANNA, now(clock) + 60), "", now(clock))
    value = session.cookie(cookies(clock)).value
    for other in (cookies(clock, session_key=KEY + "!"), Cookies.of(Settings(), clock)):
        assert not Session.read(other, bringing(session=value)).known


def test_what_another_version_made_is_none(clock: FixedClock) -> None:
    ours, until = cookies(clock), now(clock) + 60
    held = {"actor": "anna", "roles": ["editor"], "organisations": [], "name": "", "id": "x", "until": until}
    for changed in ({"roles": ["owner"]}, {"roles": 7}, {"organisations": None}):
        made = ours.made("session", {**held, **changed}, until)
        assert not Session.read(ours, bringing(session=made.value)).known
    for name in held:
        made = ours.made("session", {key: value for key, value in held.items() if key != name}, until)
        assert not Session.read(ours, bringing(session=made.value)).known
    assert Session.read(ours, bringing(session=ours.made("session", held, until).value)).known


def test_more_than_goes_into_a_cookie_is_refused(clock: FixedClock) -> None:
    from secrets import token_hex

    many = Actor.of("anna", [Role.EDITOR], [f"institution:{token_hex(12)}" for _ in range(300)])
    with pytest.raises(TooLong):
        Session.begun(Signed(many, now(clock) + 60), "", now(clock)).cookie(cookies(clock))


@pytest.mark.parametrize(
    ("url", "name", "secure"),
    [("https://tilbud.example.dk", "__Host-session", True), ("http://127.0.0.1:8000", "session", False)],
)
def test_over_tls_a_cookie_is_bound_to_the_host(clock: FixedClock, url: str, name: str, secure: bool) -> None:
    ours = cookies(clock, public_url=url)
    header = Session.begun(Signed(ANNA, now(clock) + 60), "", now(clock)).cookie(ours).header
    assert (header["key"], header["secure"]) == (name, secure)
    assert (header["httponly"], header["samesite"], header["path"]) == (True, "lax", "/")
    assert "domain" not in header


def test_a_notice_is_short_and_for_its_purpose(clock: FixedClock) -> None:
    ours = cookies(clock)
    notice = Notice("counted", "offer:a", 7)
    value = notice.cookie(ours).value
    assert Notice.read(ours, bringing(notice=value)) == notice
    assert not Session.read(ours, bringing(session=value)).known
    clock.moment += timedelta(minutes=2)
    assert Notice.read(ours, bringing(notice=value)) is None


def test_the_key_is_never_shown(clock: FixedClock) -> None:
    assert KEY not in repr(cookies(clock))
    assert KEY not in repr(Settings(session_key=KEY, oidc_client_secret=KEY))
