"""Where an offer lies, as its editors change it: whole, and not by those who may not see it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.actor import Role
from service.pages.desk import place
from service.pages.fields import Fields
from tests.pages.conftest import Checked, Watched, narrow, text_of
from tests.pages.desks import OFFER, filled, sign_in, signed_in, token
from tests.service.served import Served

HERE = f"/skrivebord/{OFFER}"
THERE = f"{HERE}/tilbud"
ASKED = """query ($id: ID!) { offer(id: $id) { name summary location {
  address town protected municipality { id } point { latitude longitude } } } }"""
BOTH = (Role.EDITOR, Role.CASEWORKER)
SECRET = "Hemmelig Vej 7"


@pytest.fixture(scope="module")
def site(desk: Served) -> Served:
    """What is watched in the browser."""
    return desk


def told(desk: Served) -> dict[str, Any]:
    """The place as one sees it who may see all."""
    answer = desk.ask(ASKED, {"id": OFFER}, Authorization=f"Bearer {token('vera', Role.CASEWORKER)}")
    found: dict[str, Any] = answer.json()["data"]["offer"]
    return found


def changed(desk: Served, name: str, *roles: Role, **typed: str) -> int:
    """The status of a form that is sent with what is typed."""
    with signed_in(desk, name, *roles) as editor:
        return editor.post(THERE, data={**filled(editor.get(HERE).text, THERE), **typed}).status_code


def test_an_offer_moves(desk: Served, watched: Watched, axe: Checked) -> None:
    before = told(desk)
    page = sign_in(watched, "anna")
    page.goto(HERE)
    form = page.locator("#tilbud")
    form.get_by_label("By", exact=True).fill("Nibe")
    form.get_by_label("Adresse", exact=True).fill("Havnen 2")
    form.get_by_label("Kommune").select_option("municipality:aalborg")
    form.get_by_label("Breddegrad").fill("56,98")
    form.get_by_label("Længdegrad").fill("9.64125")
    axe(page)
    narrow(page)
    page.get_by_role("button", name="Gem rettelser").click()
    page.get_by_text("Rettelserne er gemt.").wait_for()
    point = {"latitude": 56.98, "longitude": 9.64125}
    home = {"id": "municipality:aalborg"}
    moved = {"address": "Havnen 2", "town": "Nibe", "protected": False, "municipality": home, "point": point}
    assert told(desk) == {**before, "location": moved}
    page.goto(HERE)
    assert form.get_by_label("Længdegrad").input_value() == "9,64125"


def test_who_may_not_see_the_place_is_not_asked_for_it_and_does_not_lose_it(
    desk: Served, watched: Watched, axe: Checked
) -> None:
    assert changed(desk, "anna", address=SECRET, protected="yes") == 303
    there = told(desk)["location"]
    assert (there["address"], there["protected"]) == (SECRET, True)
    page = sign_in(watched, "anna")
    page.goto(HERE)
    assert page.get_by_text("Adressen er beskyttet, og du kan ikke se den.").is_visible()
    assert not page.locator("#tilbud").get_by_label("By", exact=True).count()
    assert SECRET not in page.content()
    axe(page)
    assert changed(desk, "anna", summary="Kun beskrivelsen") == 303
    assert told(desk)["summary"] == "Kun beskrivelsen" and told(desk)["location"] == there


def test_who_may_see_it_changes_it_and_it_stays_protected(desk: Served) -> None:
    assert changed(desk, "berit", *BOTH, address=SECRET, protected="yes") == 303
    there = told(desk)["location"]
    assert changed(desk, "berit", *BOTH, town="Skørping") == 303
    assert told(desk)["location"] == {**there, "town": "Skørping"}
    nothing = dict.fromkeys(place.PLACE, "") | {"protected": "no"}
    assert changed(desk, "berit", *BOTH, **nothing) == 303
    assert told(desk)["location"] is None
    assert changed(desk, "berit", *BOTH, town="Nibe") == 303
    known = {"address": None, "town": "Nibe", "protected": False, "municipality": None, "point": None}
    assert told(desk)["location"] == known


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"latitude": "nord", "longitude": "9"}, "latitude", "Skriv grader"),
        ({"latitude": "57", "longitude": "181"}, "longitude", "Skriv grader"),
        ({"latitude": "57", "longitude": ""}, "latitude", "længdegrad"),
        ({"municipality": "municipality:findes-ikke"}, "municipality", "findes ikke"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(desk: Served, typed: dict[str, str], field: str, said: str) -> None:
    before = told(desk)
    with signed_in(desk, "anna") as editor:
        answer = editor.post(THERE, data={**filled(editor.get(HERE).text, THERE), "town": "Løgstør", **typed})
    assert answer.status_code in (400, 404)
    _, at, rest = answer.text.partition(f'id="{field}-fault">')
    assert at and said in text_of(rest.partition("</p>")[0])
    assert filled(answer.text, THERE)["town"] == ["Løgstør"]
    assert told(desk) == before


def test_a_place_that_is_protected_meanwhile_stays_so(desk: Served) -> None:
    """Who typed another one may not see any more what it would replace."""
    assert changed(desk, "berit", *BOTH, address="Gammel Vej 1", town="Gammelby", protected="no") == 303
    with signed_in(desk, "carl") as mine:
        seen = filled(mine.get(HERE).text, THERE)
        assert changed(desk, "berit", *BOTH, address=SECRET, protected="yes") == 303
        there = told(desk)["location"]
        typed = {"address": "Havnen 9", "municipality": "municipality:thisted", "name": "Carls navn"}
        wrong = mine.post(THERE, data={**seen, **typed, "ageFrom": "x"})
        clash = mine.post(THERE, data={**seen, **typed})
        assert (wrong.status_code, clash.status_code) == (400, 409)
        for answer in (wrong, clash):
            assert "Det, du skrev om stedet, er derfor ikke med: Havnen 9, Thisted Kommune" in text_of(answer.text)
            assert SECRET not in answer.text
            assert "Gammel" not in answer.text, "it may be what is protected now"
            assert not filled(answer.text, THERE).keys() & set(place.PLACE)
        mended = mine.post(THERE, data={**filled(wrong.text, THERE), "ageFrom": "18", "name": "Carls navn"})
        assert mended.status_code == 409, "another has changed it meanwhile"
        assert mine.post(THERE, data=filled(clash.text, THERE)).is_redirect
    assert told(desk)["location"] == there
    assert told(desk)["name"] == "Carls navn"


words = st.sampled_from([None, "Havnen 2", "Ærø Allé 1, 2. th."])
points = st.none() | st.fixed_dictionaries({"latitude": st.floats(-90, 90), "longitude": st.floats(-180, 180)})
places = st.fixed_dictionaries(
    {"address": words, "town": words, "protected": st.booleans(), "point": points}
    | {"municipality": st.none() | st.just({"id": "municipality:aalborg"})}
)
UNKNOWN = {"address": None, "town": None, "protected": False, "point": None, "municipality": None}


class _Reader:
    """What reading takes of a visit."""

    def gettext(self, text: str) -> str:
        return text


@given(places)
def test_a_form_that_is_sent_untouched_says_what_it_was_made_of(location: dict[str, Any]) -> None:
    fields = Fields(place.texts({"location": location}, unseen=False))
    told = place.given(_Reader(), fields)  # type: ignore[arg-type]
    assert not fields.faults
    point = location["point"] or {"latitude": None, "longitude": None}
    home = (location["municipality"] or {}).get("id")
    own = {name: location[name] for name in ("address", "town", "protected")}
    assert told == (None if location == UNKNOWN else {**own, "municipality": home, **point})
