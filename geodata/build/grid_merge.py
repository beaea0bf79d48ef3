"""What two sources show twice: a line all along one of a better source, a station beside one."""

import numpy as np

from geodata.grid.table import GridTable
from geodata.search import NearestSearch

SAME_CLASS = 0.1  # voltages within 10 % are names of one class: 220 and 230, 380 and 400
LINE_KM = 3.0  # straight runs stray that far from a surveyed route
STATION_KM = 1.5
TWIN_STATION_KM = 0.3  # within one source
SHARES = np.array([0.0, 0.25, 0.5, 0.75, 1.0])


def doubled_lines(lines: GridTable, better: GridTable) -> np.ndarray:
    """True for each straight line whose whole length lies by lines of its voltage class in a better source.

    A line of unknown voltage is compared with all of them.
    """
    ends, _ = lines.segments()
    assert len(ends) == lines.lines  # straight runs: one segment a line
    places = ends[:, None, :2] + SHARES[None, :, None] * (ends[:, None, 2:] - ends[:, None, :2])
    segments, owner = better.segments()
    doubled = np.zeros(lines.lines, dtype=bool)
    for kv in np.unique(better.line_kv):
        same = (lines.line_kv == 0.0) | (np.abs(lines.line_kv - kv) <= SAME_CLASS * np.maximum(lines.line_kv, kv))
        of_class = np.abs(better.line_kv - kv) <= SAME_CLASS * kv
        search = NearestSearch(segments, owner, np.where(of_class[owner], 0.0, -1.0))
        rows = np.flatnonzero(same & ~doubled)
        flat = places[rows].reshape(-1, 2)
        distance = search.nearest(flat[:, 1], flat[:, 0]).distance_km[:, 0].reshape(-1, len(SHARES))
        doubled[rows] = (distance <= LINE_KM).all(axis=1)
    return doubled


def doubled_stations(stations: GridTable, better: GridTable, within_km: float = STATION_KM) -> np.ndarray:
    """True for each station beside one of a better source, of the same class or unknown."""
    found = NearestSearch.of_points(better.places).nearest(stations.places[:, 1], stations.places[:, 0])
    return np.asarray((found.distance_km[:, 0] <= within_km) & _alike(stations.station_kv, better, found.owner[:, 0]))


def twin_stations(stations: GridTable) -> np.ndarray:
    """True for each station that a source shows twice: the poorer of two within 300 m, by voltage, then by name."""
    search = NearestSearch.of_points(stations.places)
    found = search.nearest(stations.places[:, 1], stations.places[:, 0], 2)
    other = np.where(found.owner[:, 0] == np.arange(len(stations.places)), found.owner[:, 1], found.owner[:, 0])
    near = (found.distance_km[:, 1] <= TWIN_STATION_KM) & _alike(stations.station_kv, stations, other)
    named = np.array([bool(name) for name in stations.station_names])
    worth = 4.0 * (stations.station_kv > 0.0) + 2.0 * named
    rank = worth - np.arange(len(worth)) / (len(worth) + 1.0)  # of equals the first stays
    return np.asarray(near & (rank < rank[other]))


def _alike(kv: np.ndarray, table: GridTable, other: np.ndarray) -> np.ndarray:
    there = table.station_kv[other]
    close = np.abs(kv - there) <= SAME_CLASS * np.maximum(kv, there)
    return np.asarray((kv == 0.0) | (there == 0.0) | close)
