"""Nearest points or lines by geodesic distance: right at the date line and the poles, vectorised over places.

The search runs on straight coordinates in space, where no meridian and no pole is special; the distance of what it
finds is the geodesic on WGS84. Lines are geodesics between their mapped vertices. Against brute force on the
ellipsoid distances agree within metres (`tests/unit/geodata/test_search.py`).
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass

import numpy as np

from geodata.search.ellipsoid import ecef_m, geodesic_m, lon_lat_deg, short_pieces
from geodata.search.kernel import LEAF, search

HIDDEN = -1.0  # rank of what no search finds


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The k nearest of each place, nearest first.

    owner : (places, k) row numbers, -1 where there are fewer than k. distance_km : (places, k), infinite there.
    closest_deg : (places, k, 2) lon, lat of the closest point.
    """

    owner: np.ndarray
    distance_km: np.ndarray
    closest_deg: np.ndarray


class NearestSearch:
    """Points or segments with a rank each (a voltage, a capacity), ready to be searched."""

    def __init__(self, ends_deg: np.ndarray, owner: np.ndarray, rank: np.ndarray) -> None:
        """ends_deg : (n, 4) lon, lat, lon, lat; a point is a segment whose ends agree. owner : (n,) what it is part of.

        rank : (n,), 0 or more, or HIDDEN.
        """
        pieces, row = short_pieces(np.asarray(ends_deg, dtype=float))
        start, end = ecef_m(pieces[:, :2]), ecef_m(pieces[:, 2:])
        order = _space_order(start + end)
        self._start, self._end = np.ascontiguousarray(start[order]), np.ascontiguousarray(end[order])
        self._owner = np.ascontiguousarray(np.asarray(owner, dtype=np.int64)[row[order]])
        self._leaves = 1 << max(int(np.ceil(np.log2(max(len(order), 1) / LEAF))), 0)
        self._low = self._over_tree(np.minimum(self._start, self._end), np.inf, np.minimum)
        self._high = self._over_tree(np.maximum(self._start, self._end), -np.inf, np.maximum)
        self._set_rank(np.asarray(rank, dtype=float)[row[order]])

    @classmethod
    def of_points(cls, lon_lat: np.ndarray, rank: np.ndarray | None = None) -> "NearestSearch":
        """Points, (n, 2) degrees; every point is its own owner."""
        places = np.asarray(lon_lat, dtype=float)
        return cls(np.hstack([places, places]), np.arange(len(places)), np.zeros(len(places)) if rank is None else rank)

    def __len__(self) -> int:
        return len(self._owner)

    def without(self, hidden: Callable[[np.ndarray], np.ndarray]) -> "NearestSearch":
        """The same without the pieces (of at most 10 km) whose middle, (n, 2) degrees, is `hidden`."""
        other = copy(self)
        middle = lon_lat_deg((self._start + self._end) / 2.0)
        other._set_rank(np.where(hidden(middle), HIDDEN, self._rank))
        return other

    def _set_rank(self, rank: np.ndarray) -> None:
        self._rank = np.ascontiguousarray(rank)
        self._top = self._over_tree(self._rank[:, None], -np.inf, np.maximum)[:, 0].copy()

    def nearest(
        self, latitude: np.ndarray, longitude: np.ndarray, k: int = 1, least: np.ndarray | float = 0.0
    ) -> Found:
        """The k nearest owners of each place with a rank of at least `least`, (places,) or one for all.

        Raises ValueError outside the globe or for k < 1.
        """
        places = np.column_stack([np.atleast_1d(longitude), np.atleast_1d(latitude)]).astype(float)
        if k < 1:
            raise ValueError("k must be 1 or more")
        if not (np.abs(places) <= [180.0, 90.0]).all():  # a NaN fails too
            raise ValueError("latitude must lie between -90 and 90, longitude between -180 and 180")
        needed = np.broadcast_to(np.maximum(np.asarray(least, dtype=float), 0.0), len(places)).copy()
        owner, feet = search(
            ecef_m(places),
            needed,
            self._start,
            self._end,
            self._owner,
            self._rank,
            self._low,
            self._high,
            self._top,
            k,
        )
        closest = lon_lat_deg(feet.reshape(-1, 3)).reshape(len(places), k, 2)
        known = owner >= 0
        distance = np.full(owner.shape, np.inf)
        distance[known] = geodesic_m(np.repeat(places, k, axis=0)[known.ravel()], closest[known]) / 1000.0
        order = np.argsort(distance, axis=1, kind="stable")
        return Found(
            np.take_along_axis(owner, order, axis=1),
            np.take_along_axis(distance, order, axis=1),
            np.take_along_axis(closest, order[..., None], axis=1),
        )

    def _over_tree(self, values: np.ndarray, nothing: float, join: np.ufunc) -> np.ndarray:
        """Per-piece values joined over every node of the heap; (2 x leaves, columns)."""
        padded = np.full((self._leaves * LEAF, values.shape[1]), nothing)
        padded[: len(values)] = values
        levels = [join.reduce(padded.reshape(self._leaves, LEAF, -1), axis=1)]
        while len(levels[-1]) > 1:
            levels.append(join.reduce(levels[-1].reshape(len(levels[-1]) // 2, 2, -1), axis=1))
        unused = np.full((1, values.shape[1]), nothing)  # heap numbers begin at 1
        return np.ascontiguousarray(np.vstack([unused, *reversed(levels)]))


def _space_order(places: np.ndarray) -> np.ndarray:
    """An order in which neighbours in space stand near each other: by interleaved bits (Morton 1966)."""
    if not len(places):
        return np.empty(0, dtype=np.int64)
    low = places.min(axis=0)
    extent = max(float(np.max(places.max(axis=0) - low)), 1.0)
    cells = ((places - low) / extent * ((1 << 20) - 1)).astype(np.uint64)
    code = np.zeros(len(places), dtype=np.uint64)
    for bit in range(20):
        for axis in range(3):
            code |= ((cells[:, axis] >> np.uint64(bit)) & np.uint64(1)) << np.uint64(3 * bit + axis)
    return np.argsort(code, kind="stable")
