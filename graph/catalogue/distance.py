"""Distances as the crow flies (luftlinje), in kilometres."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS = 6371.0088
"""Mean radius of the Earth in km (IUGG)."""
DECIMALS = 3
"""To a metre, which is more than addresses tell: what is judged, ordered and shown is this one number."""
SHOWN_TO = 10
"""Kilometres to which the distance of a protected address is rounded for callers who may not see it."""


def direction(latitude: float, longitude: float) -> tuple[float, float, float]:
    """Where a place, in degrees, lies from the centre of the Earth: a vector of length 1; NaN where it is not known."""
    phi, lam = math.radians(latitude), math.radians(longitude)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def kilometres(latitude: float, longitude: float, directions: NDArray[np.float64]) -> NDArray[np.float64]:
    """From a place in degrees to others by their `direction`, NaN where that is. Shapes (3, places) and (places,).

    The great circle by the straight line under it, which unlike the angle between the two is exact for near places.
    """
    away = directions - np.array(direction(latitude, longitude))[:, None]
    chords = np.sqrt(np.add.reduce(away * away))
    return np.asarray(2 * EARTH_RADIUS * np.arcsin(np.minimum(chords / 2, 1))).round(DECIMALS)


def rounded(distance: NDArray[np.float64], protected: NDArray[np.bool_]) -> NDArray[np.float64]:
    """`distance`, to the nearest 10 km where the address is protected."""
    return np.where(protected, np.round(distance / SHOWN_TO) * SHOWN_TO, distance)
