"""The map: outlines against the towns that lie in them, marks against the places of the hits."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from math import asin, cos, hypot, radians, sin, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from service.pages.drawing import outline
from tests.pages.conftest import Checked, asked, narrow
from tests.service.served import Served

Ring = list[tuple[int, int]]

MUNICIPALITIES = "{ municipalities(first: 200) { nodes { id name code mainTown location { latitude longitude } } } }"
MATCH = """query($need: NeedInput!) { matchOffers(need: $need) { fits(first: 20) { nodes {
  rank offer { id name location { protected town point { latitude longitude } } } } } } }"""


def rings(path: str) -> list[Ring]:
    """The closed lines of an SVG path that has nothing but M, l and z."""
    found = []
    for part in path.split("z")[:-1]:
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        ring = [points[0]]
        for dx, dy in points[1:]:
            ring.append((ring[-1][0] + dx, ring[-1][1] + dy))
        found.append(ring)
    return found


def inside(ring: Ring, x: float, y: float) -> bool:
    """Whether a ray from the point crosses the line an odd number of times."""
    crossed = 0
    for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossed += 1
    return crossed % 2 == 1


def holds(code: str, x: float, y: float) -> bool:
    return any(inside(ring, x, y) for ring in rings(outline.outlines()[code]))


def test_each_main_town_lies_in_its_own_outline_and_in_no_other(site: Served) -> None:
    municipalities = asked(site, MUNICIPALITIES)["municipalities"]["nodes"]
    assert {one["code"] for one in municipalities} == set(outline.outlines())
    for one in municipalities:
        at = outline.drawn(one["location"])
        assert [code for code in outline.outlines() if holds(code, *at)] == [one["code"]], one["name"]


def test_the_outlines_are_whole_light_and_on_the_map() -> None:
    paths = outline.outlines()
    assert sum(map(len, paths.values())) <= 16_000
    for code, path in paths.items():
        assert re.fullmatch(r"(M\d+ \d+l(-?\d+[ ]?)+z)+", path), code
        for ring in rings(path):
            assert len(ring) > 2
            assert all(0 <= x <= outline.WIDTH and 0 <= y <= outline.HEIGHT for x, y in ring)


@pytest.mark.parametrize(
    ("place", "latitude", "longitude"),
    [("Løgstør Bredning", 56.97, 9.10), ("Thisted Bredning", 56.91, 8.76), ("Ålbæk Bugt", 57.6, 10.6)],
)
def test_water_is_in_no_outline(place: str, latitude: float, longitude: float) -> None:
    at = outline.drawn({"latitude": latitude, "longitude": longitude})
    assert not any(holds(code, *at) for code in outline.outlines()), place


def test_kilometres_are_true_all_over_the_map(site: Served) -> None:
    towns = [one["location"] for one in asked(site, MUNICIPALITIES)["municipalities"]["nodes"]]
    for one, other in combinations(towns, 2):
        (x1, y1), (x2, y2) = outline.drawn(one), outline.drawn(other)
        assert hypot(x1 - x2, y1 - y2) / outline.PER_KM == pytest.approx(_apart(one, other), rel=0.02, abs=0.3)


def _apart(one: dict[str, float], other: dict[str, float]) -> float:
    """Kilometres along the great circle."""
    lat1, lat2 = radians(one["latitude"]), radians(other["latitude"])
    lon = radians(other["longitude"] - one["longitude"])
    return 2 * 6371.0 * asin(sqrt(sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(lon / 2) ** 2))


def _hit(rank: int, latitude: float | None, longitude: float = 10.0, *, protected: bool = False) -> dict[str, Any]:
    point = None if latitude is None else {"latitude": latitude, "longitude": longitude}
    return {"rank": rank, "offer": {"id": f"offer:{rank}", "location": {"protected": protected, "point": point}}}


@given(st.lists(st.tuples(st.sampled_from([56.8, 57.0, 57.001, 57.2]), st.sampled_from([9.0, 9.9, 9.91])), max_size=60))
def test_no_mark_hides_another_and_none_leaves_the_map(places: list[tuple[float, float]]) -> None:
    home = {"location": {"latitude": 57.0, "longitude": 9.9}}
    picture = outline.picture([_hit(n, *place) for n, place in enumerate(places, 1)], home)
    assert [mark.hit["rank"] for mark in picture.marks] == list(range(1, len(places) + 1))
    spots = [(mark.x, mark.y) for mark in picture.marks] + [picture.home or (0, 0)]
    for (x1, y1), (x2, y2) in combinations(spots, 2):
        assert hypot(x1 - x2, y1 - y2) >= outline.SPACE
    for mark, (latitude, longitude) in zip(picture.marks, places, strict=True):
        assert 0 <= mark.x <= outline.WIDTH and 0 <= mark.y <= outline.HEIGHT
        assert mark.at == outline.drawn({"latitude": latitude, "longitude": longitude})


def test_the_best_hit_at_a_place_stands_on_it() -> None:
    picture = outline.picture([_hit(1, 57.0), _hit(2, 57.0)], None)
    assert [mark.moved for mark in picture.marks] == [False, True]
    assert picture.rings == []


def test_what_cannot_be_shown_is_told_apart() -> None:
    nowhere = {"rank": 4, "offer": {"id": "offer:4", "location": None}}
    hits = [_hit(1, None, protected=True), _hit(2, None), _hit(3, 55.7, 12.6), nowhere]
    picture = outline.picture(hits, None)
    assert picture.marks == []
    assert [hit["rank"] for hit in picture.protected] == [1]
    assert [hit["rank"] for hit in picture.unknown] == [2, 4]
    assert [hit["rank"] for hit in picture.outside] == [3]


def test_the_hits_on_the_start_page_stand_on_the_map(site: Served, page: Page, axe: Checked) -> None:
    need = {"age": 34, "homeMunicipality": "municipality:hjoerring", "words": ["autisme"]}
    fits = asked(site, MATCH, {"need": need})["matchOffers"]["fits"]["nodes"]
    shown = [hit for hit in fits if hit["offer"]["location"] and hit["offer"]["location"]["point"]]
    assert len(shown) > 3, "the content has autism offers in several towns"

    page.goto("/")
    page.get_by_label("Alder", exact=True).fill("34")
    page.get_by_label("Hjemkommune").select_option("municipality:hjoerring")
    page.get_by_label("Primær målgruppe").fill("autisme")
    page.get_by_role("button", name="Find tilbud").click()
    page.get_by_text("Vis på kort").click()
    marks = page.locator(".map a.at")
    expect(marks).to_have_count(len(shown))
    for hit, mark in zip(shown, marks.all(), strict=True):
        assert mark.get_attribute("href") == f"#hit-{hit['offer']['id']}"
        assert f"{hit['rank']}. {hit['offer']['name']}" in str(mark.get_attribute("aria-label"))
        # An SVG link has no text of its own in Playwright's eyes: the number is what people see.
        assert mark.locator("text").text_content() == str(hit["rank"])
    caption = page.locator(".map figcaption")
    for hit in fits:
        if hit not in shown:
            expect(caption.get_by_role("link", name=hit["offer"]["name"])).to_be_visible()

    # By keyboard to a mark, and from there to its hit.
    marks.nth(1).focus()
    expect(page.locator(f"[id='hit-{shown[1]['offer']['id']}']")).to_have_class(re.compile("lit"))
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='hit-{shown[1]['offer']['id']}']")).to_be_in_viewport()
    assert page.url.endswith(f"#hit-{shown[1]['offer']['id']}")
    axe(page)
    narrow(page)
    boxes = [mark.locator("circle").bounding_box() for mark in marks.all()]
    assert min(box["width"] for box in boxes if box) >= 24, "large enough for a finger"
