"""Areas on the ellipsoid: geodesic area of what is drawn in degrees, and circles of kilometres."""

import numpy as np
import shapely

from geodata.dateline import cut
from geodata.search.ellipsoid import GEOD

VERTEX_DEG = 0.05  # an edge is straight in degrees (RFC 7946); cut so short, its geodesic is the same line
CIRCLE_VERTICES = 180


def area_km2(geometry: shapely.Geometry) -> float:
    """Geodesic area (Karney 2013, through PROJ) of a (multi)polygon in degrees whose edges are straight in degrees."""
    if geometry.is_empty:
        return 0.0
    edges = shapely.orient_polygons(shapely.segmentize(geometry, VERTEX_DEG))
    return abs(float(GEOD.geometry_area_perimeter(edges)[0])) / 1e6


def circle(latitude: float, longitude: float, radius_km: float) -> shapely.MultiPolygon:
    """All within a geodesic distance of a place, cut at the date line; around a pole down to the pole.

    The polygon's corners lie so that its area is the circle's. Raises ValueError for a radius not above 0 or over
    5,000 km.
    """
    if not 0.0 < radius_km <= 5000.0:
        raise ValueError("radius_km must lie between 0 and 5000")
    step = 2.0 * np.pi / CIRCLE_VERTICES
    corners_m = 1000.0 * radius_km * np.sqrt(step / np.sin(step))
    azimuth = np.degrees(step) * np.arange(CIRCLE_VERTICES)
    flat = np.ones(CIRCLE_VERTICES)
    lon, lat, _ = GEOD.fwd(longitude * flat, latitude * flat, azimuth, corners_m * flat)
    ring = np.column_stack([lon, lat])
    for pole in (-90.0, 90.0):
        if GEOD.inv(longitude, latitude, longitude, pole)[2] < corners_m:
            return shapely.MultiPolygon([_cap(ring, pole)])
    return shapely.MultiPolygon(cut(shapely.Polygon(ring)))


def _cap(ring: np.ndarray, pole: float) -> shapely.Polygon:
    """A ring around a pole as a polygon in degrees: along the ring from west to east, back along the pole."""
    on_edge = np.abs(ring[:, 0]) > 180.0 - 1e-9
    ordered = ring[~on_edge][np.argsort(ring[~on_edge, 0])]
    edge = ring[on_edge, 1].mean() if on_edge.any() else (ordered[0, 1] + ordered[-1, 1]) / 2.0
    return shapely.Polygon([(-180.0, edge), *ordered, (180.0, edge), (180.0, pole), (-180.0, pole)])
