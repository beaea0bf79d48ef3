"""Nearest points and segments on the Earth: a search on the unit sphere, the answer measured on the ellipsoid.

Candidates are found on the sphere, where a segment is the arc of the great circle between its ends, with bounds that
never drop the nearest; distances are geodesics on WGS84 (Karney 2013, through PROJ).
"""

import numpy as np
from pyproj import Geod

GEOD = Geod(ellps="WGS84")
FLATTENING_MARGIN = 1.01  # the sphere misjudges a distance by at most 0.6 %; candidates within 1 % are measured
ROUNDING = 1e-7  # of a chord found from a dot product: 0.6 m


def unit_vectors(lon_lat_deg: np.ndarray) -> np.ndarray:
    """(n, 3) unit vectors of (n, 2) degrees."""
    longitude, latitude = np.radians(lon_lat_deg).T
    flat = np.cos(latitude)
    return np.column_stack([flat * np.cos(longitude), flat * np.sin(longitude), np.sin(latitude)])


def chords(vectors: np.ndarray, here: np.ndarray) -> np.ndarray:
    """Straight distances from one unit vector to (n, 3) others, of a unit sphere."""
    return np.asarray(np.sqrt(np.maximum(2.0 - 2.0 * (vectors @ here), 0.0)))


def degrees(vectors: np.ndarray) -> np.ndarray:
    """(n, 2) longitude and latitude of (n, 3) vectors of any length."""
    x, y, z = np.atleast_2d(vectors).T
    return np.asarray(np.degrees(np.column_stack([np.arctan2(y, x), np.arctan2(z, np.hypot(x, y))])))


def geodesic_km(longitude: float, latitude: float, lon_lat_deg: np.ndarray) -> np.ndarray:
    """Geodesic distances from one point to (n, 2) points."""
    count = len(lon_lat_deg)
    there = GEOD.inv(np.full(count, longitude), np.full(count, latitude), lon_lat_deg[:, 0], lon_lat_deg[:, 1])
    return np.asarray(there[2]) / 1000.0


class PointSearch:
    """Points, ready to be searched."""

    def __init__(self, lon_lat_deg: np.ndarray) -> None:
        self.places, self.vectors = lon_lat_deg, unit_vectors(lon_lat_deg)

    def nearest(self, longitude: float, latitude: float, allowed: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        """Row numbers and distances (km) of the `k` nearest rows among `allowed` (row numbers), nearest first."""
        here = unit_vectors(np.array([[longitude, latitude]]))[0]
        chord = chords(self.vectors, here)[allowed]
        k = min(k, len(allowed))
        near = allowed[chord <= FLATTENING_MARGIN * np.partition(chord, k - 1)[k - 1] + ROUNDING]
        distance = geodesic_km(longitude, latitude, self.places[near])
        order = np.argsort(distance, kind="stable")[:k]
        return near[order], distance[order]


class SegmentSearch:
    """Great-circle segments, ready to be searched."""

    def __init__(self, ends_deg: np.ndarray) -> None:
        self.start, self.end = unit_vectors(ends_deg[:, :2]), unit_vectors(ends_deg[:, 2:])
        middle = self.start + self.end
        self.middle = middle / np.linalg.norm(middle, axis=1)[:, None]
        self.reach = np.linalg.norm(self.start - self.middle, axis=1)

    def nearest(
        self, longitude: float, latitude: float, allowed: np.ndarray, k: int
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Row numbers, distances (km) and closest points (degrees) of the `k` nearest segments among `allowed`."""
        here = unit_vectors(np.array([[longitude, latitude]]))[0]
        to_middle, reach = chords(self.middle, here)[allowed], self.reach[allowed]
        k = min(k, len(allowed))
        at_most = np.partition(to_middle + reach, k - 1)[k - 1]
        near = allowed[to_middle - reach <= FLATTENING_MARGIN * at_most + ROUNDING]
        closest = self._closest(here, near)
        chord = np.linalg.norm(closest - here, axis=1)
        kept = chord <= FLATTENING_MARGIN * np.partition(chord, k - 1)[k - 1] + ROUNDING
        near, places = near[kept], degrees(closest[kept])
        distance = geodesic_km(longitude, latitude, places)
        order = np.argsort(distance, kind="stable")[:k]
        return near[order], distance[order], places[order]

    def _closest(self, here: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Unit vectors of the points of the segments that are closest to `here`."""
        start, end = self.start[rows], self.end[rows]
        normal = np.cross(start, end)
        length = np.linalg.norm(normal, axis=1)
        normal = np.divide(normal, length[:, None], out=np.zeros_like(normal), where=length[:, None] > 1e-15)
        foot = here - (normal @ here)[:, None] * normal
        norm = np.linalg.norm(foot, axis=1)
        foot = np.divide(foot, norm[:, None], out=np.zeros_like(foot), where=norm[:, None] > 1e-15)
        inside = (
            (np.einsum("ij,ij->i", np.cross(start, foot), normal) >= 0.0)
            & (np.einsum("ij,ij->i", np.cross(foot, end), normal) >= 0.0)
            & (length > 1e-15)
            & (norm > 1e-15)
        )
        start_nearer = np.linalg.norm(start - here, axis=1) <= np.linalg.norm(end - here, axis=1)
        return np.asarray(np.where(inside[:, None], foot, np.where(start_nearer[:, None], start, end)))
