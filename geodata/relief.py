"""How steep the country is, as far as a grid of 20 arc-minutes can say: broad slopes, no hillsides."""

import numpy as np

from geodata.search.ellipsoid import geodesic_m
from geodata.weather.table import ClimateTable

ARM_DEG = 1.0 / 6.0  # half a cell to each side: the slope across one cell
RESOLUTION = "20 arc-minutes"


def broad_slope(latitude: float, longitude: float) -> float:
    """Rise over run across a cell of 20 arc-minutes (37 km at the equator); a hillside is steeper, never flatter."""
    table = ClimateTable.load()
    north, south = min(latitude + ARM_DEG, 90.0), max(latitude - ARM_DEG, -90.0)
    east, west = _wrapped(longitude + ARM_DEG), _wrapped(longitude - ARM_DEG)
    ends = ((north, longitude), (south, longitude), (latitude, east), (latitude, west))
    up, down, right, left = (table.at(*end).elevation_m for end in ends)
    pairs = np.array([[longitude, north, longitude, south], [east, latitude, west, latitude]])
    run = np.maximum(geodesic_m(pairs[:, :2], pairs[:, 2:]), 1000.0)  # at the pole all longitudes meet
    return float(np.hypot((up - down) / run[0], (right - left) / run[1]))


def _wrapped(longitude: float) -> float:
    return (longitude + 180.0) % 360.0 - 180.0
