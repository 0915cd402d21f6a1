"""A spreadsheet of all seats on a day: the seats, the composition of each board, what ends."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from starlette.responses import Response
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from service.pages.governance import days
from service.pages.governance.endings import asked_days
from service.pages.governance.seats import Thing, words
from service.pages.page import Page
from service.pages.visit import Visit

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""A text stays a text, whatever it begins with."""

Cell = str | int | date | None
Columns = dict[str, Callable[[Thing], Cell]]


async def workbook(visit: Visit) -> Response:
    day, within = days.asked(visit), asked_days(visit)
    if visit.query.faults:
        return visit.answer("\n".join(visit.query.faults.values()), "text/plain; charset=utf-8", 400)
    seats, boards = await everything(visit, day)
    # Written aside: others are answered in the meantime.
    content = await to_thread(_book, visit, day, days.after(day, within), seats, boards)
    return visit.answer(content, MEDIA_TYPE, Content_Disposition=f'attachment; filename="saeder-{day}.xlsx"')


def _book(visit: Visit, day: str, horizon: str, seats: list[Thing], boards: list[Thing]) -> bytes:
    ends = [seat for seat in seats if seat["status"] == "VACANT" or (seat["endsOn"] and seat["endsOn"] <= horizon)]
    file = BytesIO()
    with Workbook(file, PLAIN) as book:
        sheets = Sheets(book, visit.gettext("Dag"), date.fromisoformat(day))
        columns = seat_columns(visit)
        sheets.add(visit.gettext("Sæder"), columns, seats)
        sheets.add(visit.gettext("Sammensætning"), board_columns(visit, boards), boards)
        sheets.add(visit.gettext("Ophør"), columns, sorted(ends, key=lambda seat: str(seat["endsOn"] or "")))
    return file.getvalue()


async def everything(visit: Visit, day: str) -> tuple[list[Thing], list[Thing]]:
    """All seats and boards of the day: a file has no pages, so all are read."""
    found: dict[str, list[Thing]] = {"seats": [], "boards": []}
    after: dict[str, str | None] = {"seats": None, "boards": None}
    while after:
        data = await visit.ask(
            "workbook",
            day=day,
            seats="seats" in after,
            boards="boards" in after,
            after=after.get("seats"),
            boardsAfter=after.get("boards"),
        )
        for name in list(after):
            found[name] += data[name]["nodes"]
            page = data[name]["pageInfo"]
            after[name] = page["endCursor"]
            if not page["hasNextPage"]:
                del after[name]
    return found["seats"], found["boards"]


class Sheets:
    """The sheets of a book: a row of headings that stays in sight, cells of the type of what they hold."""

    def __init__(self, book: Any, day_label: str, day: date) -> None:
        self._book = book
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._date = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._day_label, self._day = day_label, day

    def add(self, name: str, columns: Columns, things: Iterable[Thing]) -> None:
        rows = [{title: cell(thing) for title, cell in columns.items()} for thing in things]
        titles = [self._day_label, *columns]
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, self._head)
            widest = max((len(str(row.get(title) or "")) for row in rows), default=0)
            sheet.set_column(column, column, min(max(widest, len(title), 10), 50))
        for number, row in enumerate(rows, 1):
            sheet.write_datetime(number, 0, self._day, self._date)
            for column, cell in enumerate(row.values(), 1):
                self._write(sheet, number, column, cell)
        sheet.autofilter(0, 0, len(rows), len(titles) - 1)

    def _write(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, date):
            sheet.write_datetime(row, column, cell, self._date)
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell)
        elif cell is not None:
            sheet.write_string(row, column, cell)


def seat_columns(visit: Visit) -> Columns:
    _ = visit.gettext

    def word(kind: str, value: str | None) -> str | None:
        return words(visit, kind)[value] if value else None

    def holder(seat: Thing) -> Thing:
        return seat["holder"] or {}

    def person(seat: Thing) -> Thing:
        return holder(seat).get("representative") or {}

    def names(times: Iterable[Thing]) -> str | None:
        return ", ".join(time["representative"]["name"] for time in times) or None

    return {
        _("Organ"): lambda seat: _name(seat["board"]),
        _("Slags"): lambda seat: word("BoardKind", seat["board"]["kind"]),
        _("Sæde"): lambda seat: seat["label"],
        _("Status"): lambda seat: word("SeatStatus", seat["status"]),
        _("Sidder der"): lambda seat: person(seat).get("name"),
        _("Rolle"): lambda seat: word("TenureRole", holder(seat).get("role")),
        _("Kommune"): lambda seat: _name(person(seat).get("municipality")),
        _("Parti eller liste"): lambda seat: person(seat).get("party"),
        _("Siden"): lambda seat: _day(holder(seat).get("validFrom")),
        _("Sidste dag"): lambda seat: _day(seat["endsOn"], -1),
        _("Regel"): lambda seat: word("TermRule", seat["termRule"]),
        _("Udpeget af"): lambda seat: _name(seat["appointedBy"]),
        _("Taler for"): lambda seat: _name(seat["represents"]),
        _("Krav"): lambda seat: seat["requirement"],
        _("Suppleanter"): lambda seat: names(seat["substitutes"]),
        _("Observatører"): lambda seat: names(seat["observers"]),
        _("Oplysningen er"): lambda seat: word("DataStatus", seat["dataStatus"]),
    }


def board_columns(visit: Visit, boards: Iterable[Thing]) -> Columns:
    """Counts as the page of the board has them; a column for each municipality that anyone comes from."""
    _, kinds = visit.gettext, words(visit, "BoardKind")
    columns: Columns = {
        _("Organ"): lambda board: _name(board),
        _("Slags"): lambda board: kinds[board["kind"]],
        _("Fastsat antal sæder"): lambda board: board["composition"]["statutorySize"],
    }

    def count(title: str, name: str) -> None:
        columns[title] = lambda board: board["composition"][name]

    def counted(title: str, list: str, of: str, which: object) -> None:
        columns[title] = lambda board: next((row["count"] for row in board["composition"][list] if row[of] == which), 0)

    for title, name in (
        (_("Sæder"), "seats"),
        (_("Besat"), "filled"),
        (_("Fortsætter til ny er valgt"), "carryOver"),
        (_("Ledig"), "vacant"),
        (_("Over det fastsatte"), "overfilled"),
    ):
        count(title, name)
    for gender, said in words(visit, "Gender").items():
        counted(said, "byGender", "gender", gender)
    counted(_("Køn ikke oplyst"), "byGender", "gender", None)
    municipalities = {
        row["municipality"]["name"] for board in boards for row in _by_municipality(board) if row["municipality"]
    }
    for name in sorted(municipalities):
        counted(name, "byMunicipality", "municipality", {"name": name})
    counted(_("Ingen eller ikke oplyst kommune"), "byMunicipality", "municipality", None)
    return columns


def _by_municipality(board: Thing) -> Iterable[Thing]:
    found: Iterable[Thing] = board["composition"]["byMunicipality"]
    return found


def _name(thing: Thing | None) -> str | None:
    return str(thing["name"]) if thing else None


def _day(day: str | None, days: int = 0) -> date | None:
    return date.fromisoformat(day) + timedelta(days) if day else None


PAGES = [Page("/saeder.xlsx", workbook, file=True)]
