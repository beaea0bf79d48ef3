"""Sets of polygons, packed small, and quick to ask which of them a place lies in or an area touches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

import numpy as np
import shapely

NEAR_DEG = 2.0  # places this close have few polygons about them, which are looked for once
STEP = 1e4  # steps a degree: 11 m, below what 1:10 million maps are worth


@dataclass(frozen=True, eq=False)
class PolygonSet:
    """Polygons in degrees, holes included. Threads may ask at once."""

    areas: np.ndarray
    # GEOS builds the index of a prepared polygon when it is first asked: two threads at once break the heap.
    _alone: Lock = field(default_factory=Lock, init=False, repr=False)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """The index over all of them."""
        shapely.prepare(self.areas)
        return shapely.STRtree(self.areas)

    def contain(self, lon_lat: np.ndarray) -> np.ndarray:
        """True for each (n, 2) place inside one of them."""
        inside = np.zeros(len(lon_lat), dtype=bool)
        if len(lon_lat) and (np.ptp(lon_lat, axis=0) < NEAR_DEG).all():
            with self._alone:
                for area in self.tree.query(shapely.box(*lon_lat.min(axis=0), *lon_lat.max(axis=0))):
                    inside |= shapely.intersects_xy(self.areas[area], *lon_lat.T)
            return inside
        with self._alone:
            place, area = self.tree.query(shapely.points(lon_lat))
            # Area by area: a prepared polygon is asked in the logarithm of its vertices, a tree's predicate in all.
            for number in np.unique(area):
                places = place[area == number]
                inside[places] |= shapely.intersects_xy(self.areas[number], *lon_lat[places].T)
        return inside

    def within(self, area: shapely.Geometry) -> shapely.Geometry:
        """What of an area they cover."""
        with self._alone:
            touching = self.areas[np.unique(self.tree.query(area, predicate="intersects"))]
        # Cut first: what is joined is then small, whatever the continent.
        with self._alone:
            whole = shapely.contains_properly(touching, area)
        if whole.any():
            return area
        cut = [shapely.intersection(part, area) for part in touching]
        return shapely.union_all([part for part in cut if part.area > 0.0])

    def rings(self) -> tuple[np.ndarray, np.ndarray]:
        """Every boundary as (n, 4) segments of lon, lat, lon, lat, and the polygon of each."""
        rings, owner = shapely.get_rings(self.areas, return_index=True)
        points, ring = shapely.get_coordinates(rings, return_index=True)
        inside = ring[:-1] == ring[1:]
        return np.hstack([points[:-1], points[1:]])[inside], owner[ring[:-1][inside]]

    def packed(self, name: str) -> dict[str, np.ndarray]:
        """Arrays for a file, under a name. On the file's grid polygons stay valid, some fall into parts."""
        areas = polygons_of(shapely.set_precision(self.areas, 1.0 / STEP))
        rings, owner = shapely.get_rings(areas, return_index=True)
        steps = [np.round(shapely.get_coordinates(ring) * STEP).astype(np.int32) for ring in rings]
        return {
            f"{name}_steps": np.vstack([np.diff(ring, axis=0, prepend=np.zeros((1, 2), np.int32)) for ring in steps]),
            f"{name}_sizes": np.array([len(ring) for ring in steps], np.int32),
            f"{name}_owner": owner.astype(np.int32),
        }

    @classmethod
    def unpacked(cls, file: Mapping[str, np.ndarray], name: str) -> "PolygonSet":
        """The set that was packed under a name."""
        rings = np.split(file[f"{name}_steps"].astype(np.int64), np.cumsum(file[f"{name}_sizes"])[:-1])
        linear = np.array([shapely.linearrings(np.cumsum(ring, axis=0) / STEP) for ring in rings])
        owner = file[f"{name}_owner"]
        first = np.flatnonzero(np.diff(owner, prepend=-1))
        ends = [*first[1:], len(linear)]
        return cls(
            np.array(
                [shapely.polygons(linear[i], linear[i + 1 : end]) for i, end in zip(first, ends, strict=True)],
                dtype=object,
            )
        )


def polygons_of(geometries: Iterable[shapely.Geometry]) -> np.ndarray:
    """The polygons of any geometries, invalid ones of a trusted map mended, the rest left out."""
    found = []
    for geometry in geometries:
        mended = geometry if geometry.is_valid else shapely.make_valid(geometry)
        for part in shapely.get_parts(shapely.get_parts(np.array([mended]))):
            if part.area > 0.0:
                found += list(shapely.get_parts(part))
    return np.array(found, dtype=object)
