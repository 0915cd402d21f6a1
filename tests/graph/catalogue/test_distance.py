"""Distances against a table of the region's main towns, computed elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from graph.catalogue.distance import direction, kilometres, rounded

TOWNS = {
    "Aalborg": (57.0480, 9.9187),
    "Brønderslev": (57.2702, 9.9410),
    "Frederikshavn": (57.4407, 10.5366),
    "Hjørring": (57.4642, 9.9823),
    "Aabybro": (57.1625, 9.7300),
    "Byrum": (57.2568, 10.9974),
    "Hobro": (56.6431, 9.7903),
    "Nykøbing M": (56.7933, 8.8528),
    "Støvring": (56.8854, 9.8384),
    "Thisted": (56.9552, 8.6949),
    "Aars": (56.8040, 9.5144),
}
TABLE = {
    "Aalborg": (0, 25, 57, 46, 17, 69, 46, 71, 19, 75, 37),
    "Brønderslev": (25, 0, 40, 22, 17, 64, 70, 85, 43, 83, 58),
    "Frederikshavn": (57, 40, 0, 33, 57, 34, 100, 125, 75, 123, 94),
    "Hjørring": (46, 22, 33, 0, 37, 65, 92, 101, 65, 96, 79),
    "Aabybro": (17, 17, 57, 37, 0, 77, 58, 67, 32, 67, 42),
    "Byrum": (69, 64, 34, 65, 77, 0, 100, 140, 81, 143, 103),
    "Hobro": (46, 70, 100, 92, 58, 100, 0, 60, 27, 75, 25),
    "Nykøbing M": (71, 85, 125, 101, 67, 140, 60, 0, 61, 20, 40),
    "Støvring": (19, 43, 75, 65, 32, 81, 27, 61, 0, 70, 22),
    "Thisted": (75, 83, 123, 96, 67, 143, 75, 20, 70, 0, 53),
    "Aars": (37, 58, 94, 79, 42, 103, 25, 40, 22, 53, 0),
}


def directions(*places: tuple[float, float]) -> np.ndarray:
    return np.array([direction(*place) for place in places]).T


@pytest.mark.parametrize("town", TOWNS)
def test_from_main_town_to_main_town(town: str) -> None:
    distances = kilometres(*TOWNS[town], directions(*TOWNS.values()))
    assert np.round(distances).astype(int).tolist() == list(TABLE[town])


def test_a_place_is_no_way_from_itself_and_the_antipode_half_way_round() -> None:
    there = directions((57.0480, 9.9187), (-57.0480, 9.9187 - 180))
    assert kilometres(57.0480, 9.9187, there).tolist() == [0, pytest.approx(20015.1, abs=0.1)]


def test_a_few_steps_are_measured_to_the_metre() -> None:
    there = directions((57.04801, 9.9187), (57.0480, 9.91871), (57.0482, 9.9187))
    assert kilometres(57.0480, 9.9187, there).tolist() == [0.001, 0.001, 0.022]


def test_an_unknown_place_has_no_distance() -> None:
    assert np.isnan(kilometres(57.0, 9.9, directions((np.nan, np.nan)))).all()


def test_only_protected_places_are_rounded() -> None:
    distances = np.array([4.9, 5.1, 74.9, 75.1, 74.9, np.nan])
    protected = np.array([True, True, True, True, False, True])
    assert rounded(distances, protected)[:-1].tolist() == [0, 10, 70, 80, 74.9]
