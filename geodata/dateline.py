"""Polygons across the date line: written as one ring that jumps from 180 to -180, cut there into honest parts.

RFC 7946 asks for the cut; many files and people leave it out. A step of more than 180 degrees between two vertices is
the short way around, over the date line.
"""

import numpy as np
import shapely

HALF, WHOLE = 180.0, 360.0


def crosses(polygon: shapely.Polygon) -> bool:
    """True where a ring of the polygon jumps across the date line."""
    return any(bool((np.abs(np.diff(_points(ring)[:, 0])) > HALF).any()) for ring in _rings(polygon))


def unwrapped(polygon: shapely.Polygon) -> shapely.Polygon | None:
    """The polygon with longitudes that run on over 180; None where it goes around a pole."""
    shell, *holes = (_run_on(_points(ring)) for ring in _rings(polygon))
    if shell is None or any(hole is None for hole in holes):
        return None
    middle = (shell[:, 0].min() + shell[:, 0].max()) / 2.0
    # A hole is brought to the turn of the globe in which its shell lies.
    near = [hole - [WHOLE * np.round((hole[:, 0].mean() - middle) / WHOLE), 0.0] for hole in holes if hole is not None]
    return shapely.Polygon(shell, near)


def cut(polygon: shapely.Polygon) -> list[shapely.Polygon]:
    """The polygon's parts within -180 to 180; itself where it does not cross, or goes around a pole."""
    if not crosses(polygon):
        return [polygon]
    whole = unwrapped(polygon)
    if whole is None:
        return [polygon]
    if not whole.is_valid:
        whole = shapely.make_valid(whole)
    parts = []
    for turn in (-1, 0, 1):
        box = shapely.box(WHOLE * turn - HALF, -90.0, WHOLE * turn + HALF, 90.0)
        inside = shapely.transform(shapely.intersection(whole, box), lambda xy, shift=WHOLE * turn: xy - [shift, 0.0])
        parts += [part for part in shapely.get_parts(inside) if part.area > 0.0]
    return parts


def _rings(polygon: shapely.Polygon) -> list[shapely.LinearRing]:
    return [polygon.exterior, *polygon.interiors]


def _points(ring: shapely.LinearRing) -> np.ndarray:
    return np.asarray(shapely.get_coordinates(ring))


def _run_on(points: np.ndarray) -> np.ndarray | None:
    """Longitudes without jumps; None where the ring does not come back to where it began."""
    turns = np.concatenate([[0.0], -np.cumsum(np.round(np.diff(points[:, 0]) / WHOLE))])
    return None if turns[-1] != 0.0 else np.column_stack([points[:, 0] + WHOLE * turns, points[:, 1]])
