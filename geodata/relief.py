"""How steep the country is, as far as a grid of 20 arc-minutes can say: broad slopes, no hillsides."""

import numpy as np

from geodata.search.ellipsoid import geodesic_m
from geodata.weather.table import ClimateTable

ARM_DEG = 1.0 / 6.0  # half a cell to each side: the slope across one cell
RESOLUTION = "20 arc-minutes"


def broad_slope(latitude: float, longitude: float) -> float:
    """Rise over run across a cell of 20 arc-minutes (37 km at the equator); a hillside is steeper, never flatter."""
    return float(broad_slopes(np.array([latitude]), np.array([longitude]))[0])


def broad_slopes(latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    """The same of many places at once, (n,) each."""
    north, south = np.minimum(latitude + ARM_DEG, 90.0), np.maximum(latitude - ARM_DEG, -90.0)
    east, west = _wrapped(longitude + ARM_DEG), _wrapped(longitude - ARM_DEG)
    ends = np.array([[north, longitude], [south, longitude], [latitude, east], [latitude, west]])
    up, down, right, left = ClimateTable.load().elevation_m(ends[:, 0].ravel(), ends[:, 1].ravel()).reshape(4, -1)
    ways = ((longitude, north, longitude, south), (east, latitude, west, latitude))
    pairs = np.hstack([np.array(way) for way in ways]).T
    run = np.maximum(geodesic_m(pairs[:, :2], pairs[:, 2:]), 1000.0).reshape(2, -1)  # at the pole all longitudes meet
    return np.asarray(np.hypot((up - down) / run[0], (right - left) / run[1]))


def _wrapped(longitude: np.ndarray) -> np.ndarray:
    return np.asarray((longitude + 180.0) % 360.0 - 180.0)
