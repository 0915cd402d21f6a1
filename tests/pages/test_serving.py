"""Whom an offer is for, as its editors change it: groups with what is said of each, and whom it does not take."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pages.desk import serving as form
from service.pages.desk.conflict import merged
from service.pages.fields import Fields
from tests.pages.conftest import Checked, Watched, narrow, text_of
from tests.pages.desks import OFFER, filled, sign_in, signed_in
from tests.service.served import Served

HERE = f"/skrivebord/{OFFER}"
THERE = f"{HERE}/tilbud"
ASKED = """query ($id: ID!) { offer(id: $id) {
  name version supports { item { id } upTo }
  targetGroups { targetGroup { id } approved coversNarrower } excludes { id } } }"""


@pytest.fixture(scope="module")
def site(desk: Served) -> Served:
    """What is watched in the browser."""
    return desk


def told(desk: Served) -> dict[str, Any]:
    found: dict[str, Any] = desk.ask(ASKED, {"id": OFFER}).json()["data"]["offer"]
    return found


def groups(desk: Served) -> dict[str, tuple[bool, bool]]:
    return {one["targetGroup"]["id"]: (one["approved"], one["coversNarrower"]) for one in told(desk)["targetGroups"]}


def test_groups_are_added_changed_and_taken_away(desk: Served, watched: Watched, axe: Checked) -> None:
    before = groups(desk)
    assert "target-group:demens" not in before and "target-group:autismespektrum" not in before
    page = sign_in(watched, "anna")
    page.goto(HERE)
    page.get_by_label("Tilføj en målgruppe").select_option("target-group:demens")
    page.get_by_role("checkbox", name="Også snævrere grupper", exact=True).check()
    page.get_by_label("Tilføj en, som det ikke tager").select_option("target-group:autismespektrum")
    page.get_by_role("button", name="Gem rettelser").click()
    page.get_by_text("Rettelserne er gemt.").wait_for()
    assert groups(desk) == {**before, "target-group:demens": (False, True)}
    assert "target-group:autismespektrum" in [one["id"] for one in told(desk)["excludes"]]
    page.goto(HERE)
    page.get_by_role("checkbox", name="Godkendt af tilsynet: Demens").check()
    page.get_by_role("checkbox", name="Også snævrere grupper: Demens").uncheck()
    page.get_by_role("checkbox", name="Autismespektrum").uncheck()
    axe(page)
    narrow(page)
    page.get_by_role("button", name="Gem rettelser").click()
    page.get_by_text("Rettelserne er gemt.").wait_for()
    assert groups(desk) == {**before, "target-group:demens": (True, False)}
    assert "target-group:autismespektrum" not in [one["id"] for one in told(desk)["excludes"]]
    page.goto(HERE)
    page.get_by_role("checkbox", name="Tager imod: Demens").uncheck()
    page.get_by_role("button", name="Gem rettelser").click()
    page.get_by_text("Rettelserne er gemt.").wait_for()
    assert groups(desk) == before


def levels(desk: Served) -> dict[str, str]:
    return {one["item"]["id"]: one["upTo"] for one in told(desk)["supports"]}


def test_levels_are_given_and_taken_back(desk: Served, watched: Watched) -> None:
    themes = desk.ask("{ themes { hasLevels items { id name } } }").json()["data"]["themes"]
    item = next(theme for theme in themes if theme["hasLevels"])["items"][0]
    others = {id: level for id, level in levels(desk).items() if id != item["id"]}
    page = sign_in(watched, "emil")
    for chosen, added in ((f"{item['id']} SEVERE", {item["id"]: "SEVERE"}), ("", {})):
        page.goto(HERE)
        page.evaluate("for (const one of document.querySelectorAll('#tilbud details')) one.open = true")
        page.locator("#tilbud").get_by_label(item["name"], exact=True).select_option(chosen)
        page.get_by_role("button", name="Gem rettelser").click()
        page.get_by_text("Rettelserne er gemt.").wait_for()
        assert levels(desk) == {**others, **added}


def test_what_is_to_be_added_is_not_lost_where_something_else_is_wrong(desk: Served) -> None:
    before = told(desk)
    with signed_in(desk, "bo") as editor:
        page = editor.get(HERE).text
        typed = {"ageFrom": "x", "addServes": "target-group:demens", "addApproved": "on"}
        wrong = editor.post(THERE, data={**filled(page, THERE), **typed})
        assert wrong.status_code == 400
        assert "target-group:demens" in filled(wrong.text, THERE)["serves"]
        assert "target-group:demens" in filled(wrong.text, THERE)["approved"]
        assert told(desk) == before
        right = {**filled(wrong.text, THERE), "ageFrom": "18"}
        assert editor.post(THERE, data=right).is_redirect
    assert groups(desk)["target-group:demens"] == (True, False)


def test_what_another_changed_meanwhile_stays(desk: Served) -> None:
    with signed_in(desk, "carl") as mine, signed_in(desk, "dora") as other:
        page = mine.get(HERE).text
        theirs = {**filled(other.get(HERE).text, THERE), "addServes": "target-group:angst"}
        assert other.post(THERE, data=theirs).is_redirect
        there = groups(desk)
        clash = mine.post(THERE, data={**filled(page, THERE), "name": "Et andet navn"})
        assert clash.status_code == 409
        again = {**filled(clash.text, THERE), "name": "Et andet navn"}
        assert mine.post(THERE, data=again).is_redirect
    assert groups(desk) == there
    assert told(desk)["name"] == "Et andet navn"


def test_what_two_add_at_once_is_there(desk: Served) -> None:
    with signed_in(desk, "ella") as mine, signed_in(desk, "finn") as other:
        page = mine.get(HERE).text
        before = groups(desk)
        assert not before.keys() & {"target-group:doevblindhed", "target-group:autismespektrum"}
        [gone, *_] = before
        typed = filled(page, THERE)
        theirs = {**filled(other.get(HERE).text, THERE), "addServes": "target-group:autismespektrum"}
        theirs["serves"] = [id for id in typed["serves"] if id != gone]
        assert other.post(THERE, data=theirs).is_redirect
        clash = mine.post(THERE, data={**typed, "addServes": "target-group:doevblindhed", "addApproved": "on"})
        assert clash.status_code == 409
        assert "begges rettelser står i formularen: Målgrupper" in text_of(clash.text)
        assert "choose-serves" not in clash.text
        assert mine.post(THERE, data=filled(clash.text, THERE)).is_redirect
    kept = {id: said for id, said in before.items() if id != gone}
    assert groups(desk) == {
        **kept,
        "target-group:autismespektrum": (False, False),
        "target-group:doevblindhed": (True, False),
    }


texts = st.lists(st.sampled_from(["a NONE", "a MILD", "b MILD", "c"]), unique_by=lambda value: value[0])


@given(texts, texts, texts)
def test_what_two_change_is_put_together(was: list[str], typed: list[str], there: list[str]) -> None:
    whole = merged(was, typed, there)
    other = merged(was, there, typed)
    if whole is None or other is None:
        assert whole is other
        changed = set(typed) ^ set(was), set(there) ^ set(was)
        assert all(any(value[0] == "a" for value in some) for some in changed), "only where both changed the same item"
        return
    assert set(whole) == set(other)
    assert len(whole) == len(set(whole))
    assert {*typed, *there} - {*was} <= set(whole), "what either added"
    assert not ({*was} - {*typed} | {*was} - {*there}) & set(whole), "nothing that either took away"
    assert set(typed) & set(was) & set(there) <= set(whole), "what neither touched"
    assert set(whole) <= {*typed, *there}


IDS = ("target-group:a", "target-group:b", "target-group:c")
ids = st.lists(st.sampled_from(IDS), max_size=3, unique=True)
maybe = st.sampled_from([[], [""], *([id] for id in IDS)])
ticks = st.sampled_from([[], ["on"]])


@given(ids, ids, ids, maybe, ticks, ticks, maybe, ids)
def test_each_group_is_there_once_with_what_is_said_of_it(
    serves: list[str], approved: list[str], narrower: list[str], add: list[str], is_approved: list[str],
    with_narrower: list[str], no_more: list[str], excludes: list[str]
) -> None:  # fmt: skip
    fields = Fields(
        {"serves": serves, "approved": approved, "narrower": narrower, "addServes": add, "addApproved": is_approved}
        | {"addNarrower": with_narrower, "addExcludes": no_more, "excludes": excludes}
    )
    form.settle(fields)
    added = "".join(add)
    expected = {id: (id in approved, id in narrower) for id in serves}
    if added:
        was = (added in approved, added in narrower)
        expected[added] = (was[0] or bool(is_approved), was[1] or bool(with_narrower))
    given = form.given(fields)
    assert {one["targetGroup"]: (one["approved"], one["coversNarrower"]) for one in given} == expected
    assert len(given) == len(expected)
    assert set(fields.all("excludes")) == {*excludes, "".join(no_more)} - {""}
    settled = {name: list(texts) for name, texts in fields.texts.items()}
    form.settle(fields)
    assert fields.texts == settled, "to settle what is settled changes nothing"
