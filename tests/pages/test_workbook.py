"""The spreadsheet of a day, read back: its numbers are those of the page and of GraphQL."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook

from service.pages.governance.workbook import MEDIA_TYPE, PLAIN, Sheets
from service.pages.words import WORDS
from tests.pages.test_seats import DAYS, counts, data, html_of, legend
from tests.service.served import Served

BOARDS = """
query ($day: Date!) {
  boards(first: 200) {
    nodes {
      name
      kind
      composition(asOf: $day) {
        statutorySize seats filled carryOver vacant overfilled
        byGender { gender count }
        byMunicipality { municipality { name } count }
      }
    }
  }
}
"""
SEATS = """
query ($day: Date!) {
  seats(filter: { asOf: $day }, first: 200) {
    nodes {
      label
      status(asOf: $day)
      endsOn(asOf: $day)
      board { name }
      appointedBy { name }
      holder(asOf: $day) { validFrom representative { name municipality { name } } }
      substitutes(asOf: $day) { representative { name } }
    }
  }
}
"""


def book_of(site: Served, address: str) -> Workbook:
    answer = site.client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    return load_workbook(BytesIO(answer.content))


def rows(book: Workbook, name: str) -> list[dict[str, Any]]:
    head, *found = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in found]


def last(ends_on: str | None) -> datetime | None:
    return datetime.fromisoformat(ends_on) - timedelta(days=1) if ends_on else None


@pytest.mark.parametrize("day", DAYS)
def test_every_number_is_that_of_graphql_and_of_the_page(site: Served, day: str) -> None:
    book = book_of(site, f"/saeder.xlsx?paa={day}")
    assert book.sheetnames == ["Sæder", "Sammensætning", "Ophør"]
    seats = data(site, SEATS, day=day)["seats"]["nodes"]
    status = WORDS["SeatStatus"]
    assert [
        (row["Dag"], row["Organ"], row["Sæde"], row["Status"], row["Sidder der"], row["Kommune"], row["Siden"],
         row["Sidste dag"], row["Udpeget af"], row["Suppleanter"])
        for row in rows(book, "Sæder")
    ] == [
        (
            datetime.fromisoformat(day),
            seat["board"]["name"],
            seat["label"],
            status[seat["status"]],
            seat["holder"] and seat["holder"]["representative"]["name"],
            seat["holder"] and (seat["holder"]["representative"]["municipality"] or {}).get("name"),
            seat["holder"] and seat["holder"]["validFrom"] and datetime.fromisoformat(seat["holder"]["validFrom"]),
            last(seat["endsOn"]),
            (seat["appointedBy"] or {}).get("name"),
            ", ".join(time["representative"]["name"] for time in seat["substitutes"]) or None,
        )
        for seat in seats
    ]  # fmt: skip
    shown = legend(html_of(site, f"/saeder?paa={day}"))
    listed = [row["Status"] for row in rows(book, "Sæder")]
    assert {key: listed.count(status[key]) for key in shown} == shown == counts(site, day)


@pytest.mark.parametrize("day", ["2018-01-01", "2025-03-01", "2025-12-31", "2026-01-01"])
def test_compositions(site: Served, day: str) -> None:
    found = rows(book_of(site, f"/saeder.xlsx?paa={day}"), "Sammensætning")
    boards = data(site, BOARDS, day=day)["boards"]["nodes"]
    assert [row["Organ"] for row in found] == [board["name"] for board in boards]
    for row, board in zip(found, boards, strict=True):
        own = board["composition"]
        assert (row["Fastsat antal sæder"], row["Sæder"], row["Besat"]) == (
            own["statutorySize"],
            own["seats"],
            own["filled"],
        )
        assert (row["Fortsætter til ny er valgt"], row["Ledig"]) == (own["carryOver"], own["vacant"])
        assert row["Over det fastsatte"] == own["overfilled"]
        genders = {part["gender"]: part["count"] for part in own["byGender"]}
        assert (row["Kvinde"], row["Mand"], row["Andet"], row["Køn ikke oplyst"]) == tuple(
            genders.get(gender, 0) for gender in ("WOMAN", "MAN", "OTHER", None)
        )
        towns = {part["municipality"] and part["municipality"]["name"]: part["count"] for part in own["byMunicipality"]}
        places = {name: count for name, count in row.items() if name.endswith(" Kommune") and count}
        assert places == {name: count for name, count in towns.items() if name}
        assert row["Ingen eller ikke oplyst kommune"] == towns.get(None, 0)


@pytest.mark.parametrize(("day", "days"), [("2025-12-31", 90), ("2025-03-01", 365), ("2026-11-21", 1)])
def test_endings_are_those_of_their_page(site: Served, day: str, days: int) -> None:
    found = rows(book_of(site, f"/saeder.xlsx?paa={day}&dage={days}"), "Ophør")
    until = (date.fromisoformat(day) + timedelta(days)).isoformat()
    seats = data(site, SEATS, day=day)["seats"]["nodes"]
    due = [seat for seat in seats if seat["status"] == "VACANT" or (seat["endsOn"] and seat["endsOn"] <= until)]
    assert sorted((row["Organ"], row["Sæde"]) for row in found) == sorted(
        (seat["board"]["name"], seat["label"]) for seat in due
    )
    html = html_of(site, f"/saeder/ophoer?paa={day}&dage={days}")
    tables = html[html.index('class="seatlist"') :] if due else ""
    assert tables.count('<th scope="row">') == len(due)


def test_cells_are_of_their_type_and_the_headings_stay(site: Served) -> None:
    book = book_of(site, "/en/saeder.xlsx?paa=2025-12-31")
    assert book.sheetnames == ["Seats", "Composition", "Endings"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
        for row in sheet.iter_rows(min_row=2):
            assert row[0].is_date
            assert all(cell.data_type in "snd" for cell in row)  # texts, numbers and empty cells, days; no formulas
    seats = book["Seats"]
    column = [cell.value for cell in seats[1]].index("Last day") + 1
    assert all(seats.cell(row, column).is_date for row in range(2, seats.max_row + 1) if seats.cell(row, column).value)


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "http://a.example", "007"])
def test_a_text_is_never_a_formula(text: str) -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file, PLAIN) as book:
        Sheets(book, "Dag", date(2025, 3, 1)).add("Ark", {"Navn": lambda thing: thing["name"]}, [{"name": text}])
    cell = load_workbook(BytesIO(file.getvalue()))["Ark"]["B2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
