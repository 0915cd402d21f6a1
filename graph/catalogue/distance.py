"""Distances as the crow flies (luftlinje), in kilometres."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS = 6371.0088
"""Mean radius of the Earth in km (IUGG)."""
SHOWN_TO = 10
"""Kilometres to which the distance of a protected address is rounded for callers who may not see it."""


def kilometres(
    latitude: float, longitude: float, latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Haversine distance from a point in degrees to points in radians; NaN where a point is. Shape (points,)."""
    phi, lam = math.radians(latitude), math.radians(longitude)
    half = np.sin((latitudes - phi) / 2) ** 2 + math.cos(phi) * np.cos(latitudes) * np.sin((longitudes - lam) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(half, 1))))


def rounded(distance: NDArray[np.float64], protected: NDArray[np.bool_]) -> NDArray[np.float64]:
    """`distance`, to the nearest 10 km where the address is protected."""
    return np.where(protected, np.round(distance / SHOWN_TO) * SHOWN_TO, distance)
