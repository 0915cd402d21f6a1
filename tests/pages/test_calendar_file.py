"""The calendar file of endings: as RFC 5545 has it, and with what GraphQL says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from icalendar import Calendar

from tests.pages.test_seats import DAYS, KKR, data
from tests.service.served import Served

ENDING = """
query ($filter: SeatFilter!, $day: Date!) {
  seats(filter: $filter, first: 200) {
    totalCount
    nodes {
      label
      endsOn(asOf: $day)
      board { id name }
      appointedBy { name }
      holder(asOf: $day) { id representative { name } }
    }
  }
}
"""


def ending(site: Served, day: str, days: int, **filter: Any) -> list[dict[str, Any]]:
    before = (date.fromisoformat(day) + timedelta(days + 1)).isoformat()
    narrowed = {"asOf": day, "statuses": ["FILLED", "ENDING"], "endingBefore": before, **filter}
    found: list[dict[str, Any]] = data(site, ENDING, filter=narrowed, day=day)["seats"]["nodes"]
    return found


def file_of(site: Served, address: str) -> bytes:
    answer = site.client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return answer.content


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


@pytest.mark.parametrize("day", DAYS)
def test_one_event_for_each_seat_that_ends(site: Served, day: str) -> None:
    asked = ending(site, day, 90)
    found = events(file_of(site, f"/saeder.ics?paa={day}&dage=90"))
    assert len(found) == len(asked)
    for event, seat in zip(found, asked, strict=True):
        over = date.fromisoformat(seat["endsOn"])
        assert event.decoded("dtend") == over
        assert event.decoded("dtstart") == over - timedelta(days=1)
        assert date.fromisoformat(day) < over <= date.fromisoformat(day) + timedelta(90)
        assert event["uid"] == f"{seat['holder']['id']}@tilbudsvifte"
        assert event["summary"] == f"Sidste dag: {seat['label']}, {seat['board']['name']}"
        assert seat["holder"]["representative"]["name"] in event["description"]
        if seat["appointedBy"]:
            assert f"Skal udpege en ny: {seat['appointedBy']['name']}" in event["description"]
        assert unquote(urlsplit(event["url"]).path) == f"/raad/{seat['board']['id']}"
        assert abs(event.decoded("dtstamp") - datetime.now(UTC)) < timedelta(minutes=5)
    assert len({event["uid"] for event in found}) == len(found)


def test_filters_and_the_whole_term(site: Served) -> None:
    day = "2025-03-01"
    for query, filter in (
        ("", {}),
        (f"&udpeger={KKR}", {"appointers": [KKR]}),
        (f"&organ={KKR}", {"boards": [KKR]}),
    ):
        found = events(file_of(site, f"/saeder.ics?paa={day}{query}"))
        assert [event["uid"].partition("@")[0] for event in found] == [
            seat["holder"]["id"] for seat in ending(site, day, 1461, **filter)
        ]
        assert found


def test_it_says_the_same_when_asked_again_and_in_the_language_of_its_address(site: Served) -> None:
    danish, again, english = (
        events(file_of(site, f"{prefix}/saeder.ics?paa=2025-12-31")) for prefix in ("", "", "/en")
    )
    assert (
        [event["uid"] for event in danish] == [event["uid"] for event in again] == [event["uid"] for event in english]
    )
    assert all(event["summary"].startswith("Sidste dag: ") for event in danish)
    assert all(event["summary"].startswith("Last day: ") for event in english)
    assert all("/en/raad/" in event["url"] for event in english)


def test_it_is_written_as_the_standard_says(site: Served) -> None:
    content = file_of(site, "/saeder.ics?paa=2025-12-31")
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)  # folded
    content.decode("utf-8")
    for line in lines:
        line.decode("utf-8")  # no letter is torn by a fold
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines.count(b"VERSION:2.0") == 1
    assert sum(line.startswith(b"PRODID:") for line in lines) == 1
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") == len(ending(site, "2025-12-31", 1461))
    assert sum(line.startswith(b"DTSTART;VALUE=DATE:") for line in lines) == lines.count(b"BEGIN:VEVENT")
    assert sum(line.startswith(b"DTSTAMP:") and line.endswith(b"Z") for line in lines) == lines.count(b"BEGIN:VEVENT")


@pytest.mark.parametrize("query", ["paa=x", "paa=2030-01-01", "dage=0", "dage=x"])
def test_what_cannot_be_read_is_refused_with_a_sentence(site: Served, query: str) -> None:
    for path in ("/saeder.ics", "/saeder.xlsx"):
        answer = site.client.get(f"{path}?{query}")
        assert answer.status_code == 400
        assert answer.text.startswith("Skriv ")


@pytest.mark.parametrize("name", ["organ", "udpeger"])
def test_a_body_that_is_not_there_is_refused_with_a_sentence(site: Served, name: str) -> None:
    answer = site.client.get(f"/saeder.ics?{name}=board:findes-ikke")
    assert (answer.status_code, answer.text) == (400, "Vælg et organ fra listen.")


def test_a_day_on_which_nothing_ends_has_a_calendar_too(site: Served) -> None:
    assert ending(site, "2026-02-01", 1) == []
    assert events(file_of(site, "/saeder.ics?paa=2026-02-01&dage=1")) == []
