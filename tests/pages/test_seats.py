"""Boards and seats on any day: the picture, its numbers and its filters, and the questions that secretariats ask."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from service.pages.governance.days import turns
from tests.pages.conftest import Checked, narrow, text_of
from tests.service.served import Served

DAYS = sorted(
    {day.isoformat() for day in turns()}
    | {"2019-06-15", "2021-11-30", "2021-12-01", "2023-01-01", "2025-03-01", "2025-12-01", "2026-07-31", "2026-08-01"}
)
STATUSES = ("FILLED", "ENDING", "CARRY_OVER", "VACANT")
KKR = "board:kkr-nordjylland"

COUNTS = """
query ($day: Date!, $appointers: [ID!], $municipalities: [ID!]) {
  FILLED: seats(filter: { asOf: $day, appointers: $appointers, municipalities: $municipalities, statuses: [FILLED] }) {
    ...Seats
  }
  ENDING: seats(filter: { asOf: $day, appointers: $appointers, municipalities: $municipalities, statuses: [ENDING] }) {
    ...Seats
  }
  CARRY_OVER: seats(
    filter: { asOf: $day, appointers: $appointers, municipalities: $municipalities, statuses: [CARRY_OVER] }
  ) {
    ...Seats
  }
  VACANT: seats(filter: { asOf: $day, appointers: $appointers, municipalities: $municipalities, statuses: [VACANT] }) {
    ...Seats
  }
}
fragment Seats on SeatConnection { totalCount }
"""

COMPOSITIONS = """
query ($day: Date!, $kinds: [BoardKind!]) {
  boards(filter: { kinds: $kinds }, first: 200) {
    nodes {
      id
      name
      composition(asOf: $day) {
        seats filled carryOver vacant overfilled
        byAppointer { appointedBy { id name } filled vacant }
      }
    }
  }
}
"""


def counts(site: Served, day: str, **filter: Any) -> dict[str, int]:
    found = data(site, COUNTS, day=day, **filter)
    return {status: found[status]["totalCount"] for status in STATUSES}


def data(site: Served, query: str, **variables: Any) -> dict[str, Any]:
    answer = site.ask(query, variables).json()
    assert "errors" not in answer, answer
    found: dict[str, Any] = answer["data"]
    return found


def html_of(site: Served, address: str, status: int = 200) -> str:
    answer = site.client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.text
    return answer.text


def legend(html: str) -> dict[str, int]:
    """What the page says of how many there are of each status."""
    part = html[html.index('<ul class="legend"') :]
    return {
        status: int(n) for status, n in re.findall(r'class="symbol (\w+)".*?<b>(\d+)</b>', part[: part.index("</ul>")])
    }


def drawn(html: str) -> dict[str, int]:
    """How many signs of each status there are in the picture."""
    signs = re.findall(r'<a class="seat"[^>]*><svg class="symbol (\w+)"', html)
    return {status: signs.count(status) for status in STATUSES}


def groups(html: str) -> dict[str, str]:
    """The numbers of each group, by its heading."""
    found = re.findall(r'<section class="group">\s*<h2>(.*?)</h2>\s*<p class="numbers">(.*?)</p>', html, re.DOTALL)
    return {text_of(heading): text_of(numbers) for heading, numbers in found}


def numbers(total: int, filled: int, carry_over: int, vacant: int, overfilled: int = 0) -> str:
    """As the page says it."""
    if filled == total:
        said = f"{total} sæder, alle besat" if total != 1 else "1 sæde, besat"
    else:
        said = f"{total} sæde{'r' if total != 1 else ''}: {filled} besat"
        said += f", {carry_over} fortsætter" if carry_over else ""
        said += f", {vacant} ledig{'t' if vacant == 1 else 'e'}" if vacant else ""
    return said + (f", {overfilled} over det fastsatte." if overfilled else ".")


@pytest.mark.parametrize("day", DAYS)
def test_the_numbers_of_a_day_are_those_of_graphql(site: Served, day: str) -> None:
    html = html_of(site, f"/saeder?paa={day}")
    asked = counts(site, day)
    assert legend(html) == drawn(html) == asked
    compositions = {
        board["name"]: board["composition"] for board in data(site, COMPOSITIONS, day=day)["boards"]["nodes"]
    }
    assert sum(one["seats"] for one in compositions.values()) == sum(asked.values())
    assert sum(one["filled"] for one in compositions.values()) == asked["FILLED"] + asked["ENDING"]
    assert groups(html) == {
        name: numbers(one["seats"], one["filled"], one["carryOver"], one["vacant"], one["overfilled"])
        for name, one in compositions.items()
        if one["seats"]
    }


@pytest.mark.parametrize("day", ["2025-03-01", "2025-12-31"])
def test_by_who_appoints_the_numbers_are_those_of_the_compositions(site: Served, day: str) -> None:
    sums: dict[str, list[int]] = {}
    for board in data(site, COMPOSITIONS, day=day)["boards"]["nodes"]:
        for part in board["composition"]["byAppointer"]:
            name = part["appointedBy"]["name"] if part["appointedBy"] else "Det er ikke oplyst, hvem der udpeger"
            filled, vacant = sums.setdefault(name, [0, 0])
            sums[name] = [filled + part["filled"], vacant + part["vacant"]]
    html = html_of(site, f"/saeder?efter=udpeger&paa={day}")
    assert groups(html) == {name: numbers(f + v, f, 0, v) for name, (f, v) in sums.items()}
    assert drawn(html) == counts(site, day)


@pytest.mark.parametrize(
    ("query", "filter"),
    [
        (f"udpeger={KKR}", {"appointers": [KKR]}),
        ("kommune=municipality:aalborg", {"municipalities": ["municipality:aalborg"]}),
        (
            f"udpeger={KKR}&kommune=municipality:mariagerfjord",
            {"appointers": [KKR], "municipalities": ["municipality:mariagerfjord"]},
        ),
    ],
)
def test_filters_are_those_of_graphql(site: Served, query: str, filter: dict[str, Any]) -> None:
    day = "2025-12-31"
    asked = counts(site, day, **filter)
    assert 0 < sum(asked.values()) < sum(counts(site, day).values())
    html = html_of(site, f"/saeder?paa={day}&{query}")
    assert legend(html) == drawn(html) == asked
    # A status narrows the picture, and not the numbers of the legend that one chooses from.
    html = html_of(site, f"/saeder?paa={day}&{query}&status=ENDING")
    assert legend(html) == asked
    assert drawn(html) == {**dict.fromkeys(STATUSES, 0), "ENDING": asked["ENDING"]}


@pytest.mark.parametrize("kind", ["COMMITTEE", "PANEL"])
def test_a_kind_of_body(site: Served, kind: str) -> None:
    html = html_of(site, f"/saeder?paa=2025-12-31&art={kind}")
    boards = data(site, COMPOSITIONS, day="2025-12-31", kinds=[kind])["boards"]["nodes"]
    assert list(groups(html)) == [board["name"] for board in boards]
    assert sum(drawn(html).values()) == sum(board["composition"]["seats"] for board in boards)
    assert legend(html) == drawn(html)


@pytest.mark.parametrize(
    ("path", "name", "typed"),
    [
        *(("/saeder", "paa", day) for day in ("igår", "2017-12-31", "2030-01-01", "31.2.2025", "2025-13-01", "<b>")),
        ("/saeder", "efter", "parti"),
        ("/saeder", "art", "LOGE"),
        ("/saeder", "status", "NOT_YET"),
        ("/saeder", "udpeger", "board:findes-ikke"),
        ("/saeder", "kommune", "municipality:findes-ikke"),
        ("/saeder/ophoer", "paa", "x"),
        *(("/saeder/ophoer", "dage", days) for days in ("0", "1462", "-1", "ni", "1,5")),
        ("/saeder/ophoer", "organ", "board:findes-ikke"),
        ("/saeder/ophoer", "udpeger", "x"),
        ("/kommuner-og-saeder", "udpeger", "x"),
        ("/kommuner-og-saeder", "paa", "x"),
        ("/personer", "mindst", "51"),
        ("/personer", "mindst", "mange"),
        ("/habilitet", "paa", "x"),
        ("/raad/board:kkr-nordjylland", "paa", "x"),
        ("/personer/representative:mariagerfjord-f", "paa", "x"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_cannot_be_read_comes_back_with_a_sentence(
    site: Served, prefix: str, path: str, name: str, typed: str
) -> None:
    answer = site.client.get(f"{prefix}{path}", params={name: typed}, headers={"Accept": "text/html"})
    assert answer.status_code == 400
    field = re.search(rf'<(?:input|select) id="{name}"[^>]*>', answer.text)
    assert field
    assert 'aria-invalid="true"' in field[0]
    assert f'id="{name}-fault"' in answer.text
    if field[0].startswith("<input"):
        value = re.search(r'value="([^"]*)"', field[0])
        assert value
        assert unescape(value[1]) == typed
    assert '<ul class="legend"' not in answer.text


def test_a_day_may_be_typed_as_danes_do(site: Served) -> None:
    assert legend(html_of(site, "/saeder?paa=1.3.2025")) == counts(site, "2025-03-01")


def test_a_page_that_is_continued_from_nowhere_begins_anew(site: Served) -> None:
    html = html_of(site, "/saeder?fortsaet=ingen-steder", 400)
    assert "Listen kan ikke fortsættes herfra" in text_of(html)


def test_the_slider_moves_the_day_and_the_picture(page: Page, site: Served, axe: Checked) -> None:
    page.goto("/saeder?paa=2025-03-01")
    slider = page.get_by_label("Træk gennem tiden, måned for måned")
    assert slider.input_value() == "86"
    for _ in range(10):
        slider.press("ArrowRight")
    expect(page.get_by_label("Dag", exact=True)).to_have_value("2026-01-01")
    expect(page.locator("#part .summary")).to_contain_text("1. januar 2026")
    assert legend(page.content()) == drawn(page.content()) == counts(site, "2026-01-01")
    expect(page.get_by_role("status")).to_contain_text("1. januar 2026")
    assert "paa=2026-01-01" in page.url
    assert slider.get_attribute("aria-valuetext") == "januar 2026"
    page.get_by_label("Udpeget af").select_option(label="KKR Nordjylland")
    expect(page.locator("#part .summary")).to_contain_text(
        f"{sum(counts(site, '2026-01-01', appointers=[KKR]).values())} sæder"
    )
    axe(page)
    page.get_by_role("link", name="English").click()
    expect(page.locator("#part .summary")).to_contain_text("1 January 2026")
    assert legend(page.content()) == counts(site, "2026-01-01", appointers=[KKR])
    narrow(page)


def test_without_scripts_a_date_and_a_button_do(plain_page: Page, site: Served) -> None:
    plain_page.goto("/saeder")
    expect(plain_page.locator("#slide")).to_be_hidden()
    plain_page.get_by_label("Dag", exact=True).fill("2021-12-31")
    plain_page.get_by_role("button", name="Vis", exact=True).click()
    assert legend(plain_page.content()) == counts(site, "2021-12-31")
    plain_page.get_by_role("link", name="Ny valgperiode 1. januar 2022").click()
    assert legend(plain_page.content()) == counts(site, "2022-01-01")
    plain_page.get_by_role("link", name=re.compile("^Ledig ")).click()
    assert drawn(plain_page.content())["VACANT"] == counts(site, "2022-01-01")["VACANT"] > 0


SEATS = """
query ($day: Date!, $appointers: [ID!], $before: Date, $statuses: [SeatStatus!]) {
  seats(filter: { asOf: $day, appointers: $appointers, endingBefore: $before, statuses: $statuses }, first: 200) {
    totalCount
    nodes {
      label
      status(asOf: $day)
      endsOn(asOf: $day)
      board { name }
      appointedBy { name }
      holder(asOf: $day) { representative { name } }
    }
  }
}
"""


def test_question_1_which_seats_does_kkr_fill(page: Page, site: Served) -> None:
    page.goto("/saeder")
    page.get_by_label("Udpeget af").select_option(label="KKR Nordjylland")
    asked = data(site, SEATS, day=page.get_by_label("Dag", exact=True).input_value(), appointers=[KKR])["seats"]
    expect(page.locator("#part .summary")).to_contain_text(f"{asked['totalCount']} sæder")
    said = [text_of(seat) for seat in page.locator(".seats .tip").evaluate_all("all => all.map(one => one.innerHTML)")]
    assert len(said) == asked["totalCount"]
    for line, seat in zip(said, asked["nodes"], strict=True):
        name = seat["holder"]["representative"]["name"] if seat["holder"] else "Ledig"
        assert line.startswith(f"{seat['label']}: {name}")


def test_question_2_who_sat_where_on_a_day(page: Page, site: Served) -> None:
    page.goto("/saeder")
    page.get_by_label("Dag", exact=True).fill("2025-03-01")
    expect(page.locator("#part .summary")).to_contain_text("1. marts 2025")
    asked = data(site, SEATS, day="2025-03-01")["seats"]["nodes"]
    said = [text_of(seat) for seat in page.locator(".seats .tip").evaluate_all("all => all.map(one => one.innerHTML)")]
    held = [seat["holder"]["representative"]["name"] if seat["holder"] else "Ledig" for seat in asked]
    assert [line.partition(": ")[2].partition(",")[0].removesuffix(" (illustrativ)").strip() for line in said] == held
    # Who sits there is one step away.
    seat = page.locator(".seat").first
    seat.focus()
    expect(seat.locator(".tip")).to_have_css("clip-path", "none")
    seat.press("Escape")
    expect(seat.locator(".tip")).not_to_have_css("clip-path", "none")
    seat.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(held[0])


def test_question_3_what_ends_and_who_must_act(page: Page, site: Served) -> None:
    page.goto("/saeder")
    page.get_by_role("link", name="31. december 2025", exact=True).click()
    page.get_by_role("link", name="Hvad ophører, og hvem skal handle").click()
    page.get_by_label("Dage frem").fill("31")
    page.get_by_label("Dage frem").press("Enter")
    expect(page.locator("#part .summary")).to_contain_text("Inden for 31 dage fra 31. december 2025")
    day, before = "2025-12-31", "2026-02-01"
    for heading, statuses, until in (
        ("Ophører i perioden", ["FILLED", "ENDING"], before),
        ("Tiden er udløbet", ["CARRY_OVER"], None),
        ("Ledige sæder", ["VACANT"], None),
    ):
        asked = data(site, SEATS, day=day, before=until, statuses=statuses)["seats"]
        expect(page.get_by_role("heading", level=2, name=heading)).to_contain_text(f"({asked['totalCount']})")
        names: dict[str, int] = {}
        for seat in asked["nodes"]:
            name = seat["appointedBy"]["name"] if seat["appointedBy"] else "Udpeger ikke oplyst"
            names[name] = names.get(name, 0) + 1
        for name, count in names.items():
            table = page.get_by_role("region", name=re.compile(f"^{heading}.*: {name}$"))
            expect(table.locator("tbody tr")).to_have_count(count)


def test_question_5_which_municipalities_hold_no_seat(plain_page: Page, site: Served) -> None:
    plain_page.goto("/kommuner-og-saeder")
    plain_page.get_by_label("Udpeget af").select_option(label="KKR Nordjylland")
    plain_page.get_by_role("button", name="Vis", exact=True).click()
    day = plain_page.get_by_label("Dag", exact=True).input_value()
    query = """query ($f: SeatFilter!, $all: SeatFilter!) {
      municipalities { nodes { name population seatsHeld(filter: $f) all: seatsHeld(filter: $all) } } }"""
    asked = data(site, query, f={"asOf": day, "appointers": [KKR]}, all={"asOf": day})["municipalities"]["nodes"]
    rows = [text_of(row) for row in plain_page.locator("tbody tr").evaluate_all("all => all.map(one => one.innerHTML)")]
    people = sum(one["population"] for one in asked)
    for row, one in zip(rows, asked, strict=True):
        share = f"{round(100 * one['population'] / people, 1):g}".replace(".", ",")
        assert row.split() == f"{one['name']} {one['population']:,}".replace(",", ".").split() + [
            share, "%", str(one["seatsHeld"]), str(one["all"]),
        ]  # fmt: skip
    without = plain_page.locator("h2 + p strong").all_inner_texts()
    assert without == [one["name"] for one in asked if not one["seatsHeld"]]
