"""A region as sites: points at a spacing over an area."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from geodata.sea import LandMap

KM_PER_DEGREE = 111.195  # of a meridian on a sphere of the Earth's mean radius, 6,371 km


def points_over(area: shapely.Geometry, spacing_km: float, *, land_only: bool) -> np.ndarray:
    """Longitudes and latitudes, (points, 2), from south to north: rows `spacing_km` apart, and so far within a row.

    area : cut at the date line. A region too small for any gets one point inside it.
    """
    west, south, east, north = area.bounds
    step = spacing_km / KM_PER_DEGREE
    shapely.prepare(area)
    rows = [
        _row(area, latitude, west, east, step) for latitude in np.arange(south + 0.5 * step, north, step, dtype=float)
    ]
    places = np.vstack(rows) if rows else np.empty((0, 2))
    if not len(places):
        inside = shapely.point_on_surface(area)
        places = np.array([[inside.x, inside.y]])
    return np.asarray(places[LandMap.load().land.contain(places)]) if land_only else places


def most_points(area: shapely.Geometry, spacing_km: float) -> float:
    """How many there may be, by the bounds alone: to refuse before they are made."""
    west, south, east, north = area.bounds
    widest = 1.0 if south <= 0.0 <= north else float(np.cos(np.radians(min(abs(south), abs(north)))))
    step = spacing_km / KM_PER_DEGREE
    return float(((north - south) / step + 1.0) * ((east - west) * widest / step + 1.0))


def sites_at(places: np.ndarray) -> Iterator[tuple[int, dict[str, Any]]]:
    """Numbered sites of points, positions to a metre."""
    for number, (longitude, latitude) in enumerate(places.round(5).tolist(), 1):
        yield number, {"location": {"type": "Point", "coordinates": [longitude, latitude]}}


def _row(area: shapely.Geometry, latitude: float, west: float, east: float, step: float) -> np.ndarray:
    across = step / max(np.cos(np.radians(latitude)), 1e-3)
    longitude = np.arange(west + 0.5 * across, east, across)
    inside = shapely.contains_xy(area, longitude, latitude)
    return np.column_stack([longitude[inside], np.full(int(inside.sum()), latitude)])
