"""Line strings to the packed form."""

import numpy as np
import shapely

from geodata.search.ellipsoid import GEOD


def polylines(geometries: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Vertices (n, 2), sizes (lines,) and the row of each line, of (multi)line strings; empty parts left out."""
    parts, row = shapely.get_parts(np.asarray(geometries, dtype=object), return_index=True)
    sizes = shapely.get_num_coordinates(parts)
    kept = sizes > 1
    return shapely.get_coordinates(parts[kept]), sizes[kept].astype(np.int64), row[kept]


def lengths_km(vertices: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Geodesic length of each polyline."""
    if not len(sizes):
        return np.empty(0)
    line = np.repeat(np.arange(len(sizes)), sizes)
    inside = line[:-1] == line[1:]
    start, end = vertices[:-1][inside], vertices[1:][inside]
    length = np.asarray(GEOD.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])[2]) / 1000.0
    return np.bincount(line[:-1][inside], length, len(sizes))
