"""A board on any day, against what GraphQL answers."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from service.pages.drawing import timeline
from tests.pages.conftest import text_of
from tests.pages.test_seats import KKR, data, html_of
from tests.service.served import Served

BOARD = """
query ($id: ID!, $day: Date!) {
  board(id: $id) {
    name
    composition(asOf: $day) {
      seats filled carryOver vacant
      byGender { gender count }
      byMunicipality { municipality { name } count }
      byAppointer { appointedBy { name } filled vacant }
      checks { explanation }
    }
    seats(filter: { asOf: $day }, first: 200) {
      nodes { label holder(asOf: $day) { representative { name } } substitutes(asOf: $day) { representative { name } } }
    }
  }
}
"""
GENDERS = {"WOMAN": "Kvinde", "MAN": "Mand", "OTHER": "Andet", None: "ikke oplyst"}


def boards(site: Served) -> list[str]:
    return [board["id"] for board in data(site, "{ boards(first: 200) { nodes { id } } }")["boards"]["nodes"]]


@pytest.mark.parametrize("day", ["2018-01-01", "2025-03-01", "2025-12-31", "2029-12-31"])
def test_every_board_on_a_day(site: Served, day: str) -> None:
    for id in boards(site):
        board = data(site, BOARD, id=id, day=day)["board"]
        composition = board["composition"]
        said = text_of(html_of(site, f"/raad/{id}?paa={day}"))
        vacant = composition["vacant"]
        assert (
            f"{composition['seats']} sæde{'' if composition['seats'] == 1 else 'r'}: {composition['filled']} besat, "
            f"{composition['carryOver']} fortsætter efter tiden, {vacant} ledig{'t' if vacant == 1 else 'e'}"
        ) in said
        for row in composition["byGender"]:
            assert f"{GENDERS[row['gender']]} {row['count']} " in said
        for row in composition["byMunicipality"]:
            name = row["municipality"]["name"] if row["municipality"] else "ingen eller ikke oplyst"
            assert f"{name} {row['count']} " in said
        for row in composition["byAppointer"]:
            name = row["appointedBy"]["name"] if row["appointedBy"] else "ikke oplyst"
            assert f"{name} {row['filled']} {row['vacant']} " in said
        for check in composition["checks"]:
            assert check["explanation"] in said


def test_question_4_the_balance_of_gender(page: Page, site: Served) -> None:
    query = "query ($f: BoardFilter!) { boards(filter: $f) { nodes { id name } } }"
    for board in data(site, query, f={"appointers": [KKR]})["boards"]["nodes"]:
        page.goto("/saeder?efter=organ")
        page.get_by_label("Udpeget af").select_option(label="KKR Nordjylland")
        page.wait_for_url("**udpeger=**")
        page.get_by_role("link", name=board["name"], exact=True).click()
        day = page.get_by_label("Dag", exact=True).input_value()
        composition = data(site, BOARD, id=board["id"], day=day)["board"]["composition"]
        rows = page.get_by_role("table", name="Køn").locator("tbody tr").all()
        assert [row.inner_text().split()[:2] for row in rows] == [
            [GENDERS[row["gender"]], str(row["count"])] for row in composition["byGender"]
        ]
        for check in composition["checks"]:
            expect(page.get_by_text(check["explanation"])).to_be_visible()


def test_a_click_that_begins_before_another_list_comes_ends_on_the_link(page: Page) -> None:
    held: list[Route] = []
    page.route("**del=1**", lambda route: held.append(route))
    page.goto("/saeder?efter=organ")
    with page.expect_request("**del=1**"):
        page.get_by_label("Dag", exact=True).fill("2025-03-01")
    link = page.locator("#part").get_by_role("link", name="KKR Nordjylland", exact=True).first
    link.hover()
    page.mouse.down()
    with page.expect_response("**del=1**") as found:
        held[0].continue_()
    found.value.finished()
    page.wait_for_timeout(200)  # in which it would be put in its place
    page.mouse.up()
    page.wait_for_url(f"**/raad/{KKR}**")


def test_a_choice_by_mouse_shows_its_list(page: Page) -> None:
    """Browsers do not tell of the button's up where a list of choices opened under it: nothing may wait for that."""
    page.goto("/saeder?efter=organ")
    choice = page.get_by_label("Udpeget af")
    choice.hover()
    page.mouse.down()
    choice.select_option(label="KKR Nordjylland")
    page.wait_for_url("**udpeger=**")


def test_who_sits_in_which_seat(plain_page: Page, site: Served) -> None:
    id = "board:skolebestyrelsen-cdh"
    plain_page.goto(f"/raad/{id}")
    plain_page.get_by_label("Dag", exact=True).fill("2025-03-01")
    plain_page.get_by_role("button", name="Vis dagen").click()
    seats = data(site, BOARD, id=id, day="2025-03-01")["board"]["seats"]["nodes"]
    rows = plain_page.get_by_role("region", name="Sæder", exact=True).locator("tbody tr")
    expect(rows).to_have_count(len(seats))
    for row, seat in zip(rows.all(), seats, strict=True):
        expect(row.get_by_role("rowheader")).to_contain_text(seat["label"])
        for time in [seat["holder"], *seat["substitutes"]]:
            if time:
                expect(row).to_contain_text(time["representative"]["name"])


def test_nobodys_gender_is_told(site: Served) -> None:
    html = html_of(site, f"/raad/{KKR}?paa=2025-03-01")
    table = html[html.index('class="seatlist"') : html.index("Sammensætning", html.index('class="seatlist"'))]
    assert not {"Kvinde", "Mand"} & set(text_of(table).replace(",", " ").split())


def test_a_board_that_is_not_there(site: Served) -> None:
    html_of(site, "/raad/board:findes-ikke", 404)
    html_of(site, "/raad/offer:neurocenter-oesterskoven", 404)
    html_of(site, "/en/raad/x", 404)


def time(since: str | None, until: str | None, role: str = "MEMBER") -> dict[str, Any]:
    return {"validFrom": since, "validTo": until, "role": role}


def test_time_as_bars() -> None:
    after, before, long_ago = (
        time("2024-01-01", None),
        time("2018-01-01", "2024-01-01"),
        time("2010-01-01", "2018-01-01"),
    )
    middle = pytest.approx(50, abs=0.02)
    assert [(bar.x, bar.end, bar.tenure) for bar in timeline.bars([after, before, long_ago])] == [
        (0, middle, before),
        (middle, 100, after),
    ]
    assert timeline.bars([time(None, None)])[0].width == 100
    assert timeline.bars([time("2030-01-01", None)]) == []
    assert [year for year, _ in timeline.years()] == list(range(2018, 2030))
    assert timeline.place("2030-01-01") == 100


def test_no_bar_covers_another() -> None:
    first, second = time("2018-01-01", "2022-01-01"), time("2022-01-01", None)
    stands_in, meanwhile = time("2019-01-01", "2023-01-01", "SUBSTITUTE"), time("2020-01-01", None, "CHAIR")
    lanes = timeline.lanes([stands_in, second, meanwhile, first])
    assert [[bar.tenure for bar in lane] for lane in lanes] == [[first, second], [meanwhile], [stands_in]]
