"""The user's layers of land that may not be used: polygons (protected areas, any) and rasters (land cover)."""

import logging
from dataclasses import dataclass

import numpy as np
import pyarrow.parquet as pq
import rasterio
import rasterio.features
import rasterio.windows
import shapely
from rasterio.enums import Resampling
from rasterio.warp import transform_geom

from geodata.area import area_km2
from geodata.in_force import InForce
from geodata.polygons import PolygonSet
from geodata.user_data import Layer, LayerKind, path_of
from geodata.warnings import DataWarning

MOST_PIXELS = 4_000_000  # of a raster in one look: coarser beyond
log = logging.getLogger("sitewatt")


@dataclass(frozen=True, slots=True)
class Excluded:
    """What layers take of an area; `layers` were applied, their bounds met the area."""

    area_km2: float
    layers: tuple[str, ...]
    warnings: tuple[DataWarning, ...]


class Exclusions:
    """Every exclusion layer in force."""

    def __init__(self, found: tuple[Layer, ...]) -> None:
        self._polygons: list[tuple[Layer, PolygonSet]] = []
        self._rasters: list[Layer] = []
        for layer in found:
            if layer.options.get("cover") and not layer.options.get("exclude"):
                continue  # it tells the cover of land, and takes none off
            try:
                if layer.file.endswith(".parquet"):
                    wkb = pq.read_table(path_of(LayerKind.LAND, layer), columns=["geometry"])["geometry"].to_numpy()
                    self._polygons.append((layer, PolygonSet(shapely.from_wkb(wkb))))
                else:
                    with rasterio.open(path_of(LayerKind.LAND, layer)):
                        self._rasters.append(layer)
            except (OSError, ValueError, rasterio.errors.RasterioError):
                log.exception("the land layer %s cannot be read and is left out", layer.id)

    def of(self, area: shapely.Geometry, whole_km2: float) -> Excluded:
        """What the layers exclude of an area of `whole_km2`."""
        used, warnings, left = [], [], area
        for layer, polygons in self._polygons:
            if left.is_empty or not _meets(left, layer):
                continue
            left = shapely.difference(left, polygons.within(left))
            used.append(layer.id)
        left_km2 = area_km2(left) if used else whole_km2
        for layer in self._rasters:
            if left.is_empty or not _meets(left, layer):
                continue
            share, seen = _raster_share(layer, left)
            left_km2 *= 1.0 - share
            used.append(layer.id)
            if seen < 0.99:
                detail = f"{layer.id} covers {seen:.0%} of the area; the rest counts as not excluded"
                warnings.append(DataWarning("land_layer_partial", detail))
        return Excluded(max(whole_km2 - left_km2, 0.0), tuple(used), tuple(warnings))


def _meets(area: shapely.Geometry, layer: Layer) -> bool:
    return any(bool(shapely.intersects(area, shapely.box(*box))) for box in layer.bounds)


def _raster_share(layer: Layer, area: shapely.Geometry) -> tuple[float, float]:
    """Shares of an area: whose pixels hold an excluded value, and which the raster covers.

    Pixels are weighted by their size on the ground where the raster is in degrees.
    """
    with rasterio.open(path_of(LayerKind.LAND, layer)) as file:
        local = transform_geom("EPSG:4326", file.crs, shapely.geometry.mapping(area))
        shape = shapely.geometry.shape(local)
        whole = rasterio.windows.from_bounds(*shape.bounds, transform=file.transform)
        window = whole.intersection(rasterio.windows.Window(0, 0, file.width, file.height))
        coarser = max(np.sqrt(window.width * window.height / MOST_PIXELS), 1.0)
        size = max(int(window.height / coarser), 1), max(int(window.width / coarser), 1)
        values = file.read(1, window=window, out_shape=size, resampling=Resampling.nearest)
        nothing = file.nodata
        transform = rasterio.windows.transform(window, file.transform) @ rasterio.Affine.scale(
            window.width / size[1], window.height / size[0]
        )
        inside = rasterio.features.geometry_mask([local], size, transform, invert=True, all_touched=max(size) < 50)
        weight = inside.astype(float)
        if file.crs.is_geographic:
            rows = transform.f + transform.e * (np.arange(size[0]) + 0.5)
            weight *= np.cos(np.radians(np.clip(rows, -90.0, 90.0)))[:, None]
        covered_by_window = float(shapely.intersection(shape, shapely.box(*file.bounds)).area / shape.area)
    known = weight if nothing is None else weight * (values != nothing)
    if weight.sum() <= 0.0:
        return 0.0, 0.0
    bad = (known * np.isin(values, layer.options["exclude"])).sum() / weight.sum()
    return float(bad) * covered_by_window, float(known.sum() / weight.sum()) * covered_by_window


_current = InForce(LayerKind.LAND, Exclusions)


def exclusions() -> Exclusions:
    """The exclusions in force now."""
    return _current.get()
