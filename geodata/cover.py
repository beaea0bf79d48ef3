"""Land cover at places, as far as the user's layers tell it: suburbs, forest, wetland."""

import logging

import numpy as np
import pyarrow.parquet as pq
import rasterio
import shapely
from rasterio.warp import transform
from rasterio.windows import Window

from geodata.in_force import InForce
from geodata.polygons import PolygonSet
from geodata.user_data import Layer, LayerKind, path_of

COVERS = ("suburban", "forest", "wetland")
MOST_PIXELS = 4_000_000  # of a raster in one look: coarser beyond
log = logging.getLogger("sitewatt")


class Covers:
    """Every layer in force that tells a kind of cover."""

    def __init__(self, found: tuple[Layer, ...]) -> None:
        self._polygons: list[tuple[Layer, str, PolygonSet]] = []
        self._rasters: list[Layer] = []
        for layer in found:
            cover = layer.options.get("cover")
            if not cover:
                continue
            path = path_of(LayerKind.LAND, layer)
            try:
                if layer.file.endswith(".parquet"):
                    wkb = pq.read_table(path, columns=["geometry"])["geometry"].to_numpy()
                    self._polygons.append((layer, str(cover), PolygonSet(shapely.from_wkb(wkb))))
                else:
                    with rasterio.open(path):
                        self._rasters.append(layer)
            except (OSError, ValueError, rasterio.errors.RasterioError):
                log.exception("the land layer %s cannot be read and is left out", layer.id)

    def at(self, places: np.ndarray) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
        """By kind, for (n, 2) places: whether it is there, and whether a layer would know."""
        is_there, known = ({kind: np.zeros(len(places), bool) for kind in COVERS} for _ in range(2))
        if not len(places):
            return is_there, known
        for layer, kind, polygons in self._polygons:
            known[kind] |= _within(places, layer)
            is_there[kind] |= polygons.contain(places)
        for layer in self._rasters:
            values, seen = _values(layer, places)
            for kind, classes in layer.options["cover"].items():
                known[kind] |= seen
                is_there[kind] |= seen & np.isin(values, classes)
        return is_there, known


def _within(places: np.ndarray, layer: Layer) -> np.ndarray:
    inside = np.zeros(len(places), bool)
    for west, south, east, north in layer.bounds:
        x, y = places.T
        inside |= (west <= x) & (x <= east) & (south <= y) & (y <= north)
    return inside


def _values(layer: Layer, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pixel of each place, and whether the raster says anything there."""
    seen = _within(places, layer)
    values = np.zeros(len(places), np.int64)
    if not seen.any():
        return values, seen
    with rasterio.open(path_of(LayerKind.LAND, layer)) as file:
        x, y = transform("EPSG:4326", file.crs, *places[seen].T)
        column, row = ~file.transform @ (np.array(x), np.array(y))
        inside = (column >= 0) & (column < file.width) & (row >= 0) & (row < file.height)
        rows = np.flatnonzero(seen)
        seen[rows[~inside]] = False
        rows, column, row = rows[inside], column[inside].astype(int), row[inside].astype(int)
        if not len(rows):
            return values, seen
        left, top = column.min(), row.min()
        wide, high = column.max() - left + 1, row.max() - top + 1
        coarser = max(np.sqrt(wide * high / MOST_PIXELS), 1.0)
        shape = max(int(high / coarser), 1), max(int(wide / coarser), 1)
        window = Window(left, top, wide, high)
        pixels = file.read(1, window=window, out_shape=shape)
        found = pixels[((row - top) * shape[0]) // high, ((column - left) * shape[1]) // wide]
        values[rows] = found
        if file.nodata is not None:
            seen[rows[found == file.nodata]] = False
    return values, seen


_current = InForce(LayerKind.LAND, Covers)


def covers() -> Covers:
    """The layers in force now."""
    return _current.get()
