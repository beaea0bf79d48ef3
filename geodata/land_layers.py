"""A user's layer of land: what may not be used (protected areas, any polygons or raster), and what covers it."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import rasterio
import rasterio.warp
import shapely

from geodata import user_data
from geodata.cover import COVERS
from geodata.dateline import cut
from geodata.user_data import Layer, LayerError, LayerKind
from geodata.vector_files import bounds_of, check_rows, origin_of, read_vector, refuse

RASTERS = (".tif", ".tiff", ".img")


def add_land(
    name: str,
    source: str,
    *,
    layer: str | None = None,
    exclude: Sequence[int] = (),
    cover: Mapping[str, Sequence[int]] | str | None = None,
    crs: str | None = None,
    attribution: str | None = None,
    licence: str = "as stated by the user",
    as_of: str | None = None,
) -> Layer:
    """Put a layer in force under a name. Polygons are excluded whole; of a raster the pixels with a value in `exclude`.

    cover : of polygons, the kind of cover they are, and then they are not excluded; of a raster, its values by kind.
    Raises LayerError, with every wrong row up to 20.
    """
    user_data.check_name(name)
    kinds = [cover] if isinstance(cover, str) else list(cover or ())
    if unknown := [kind for kind in kinds if kind not in COVERS]:
        raise LayerError(f"{', '.join(unknown)} is not a kind of cover; they are {', '.join(COVERS)}")
    of_kind = cover if isinstance(cover, str) else None
    by_kind = {} if cover is None or isinstance(cover, str) else cover
    classes = {kind: list(values) for kind, values in by_kind.items() if values}
    about = {
        "as_of": as_of or datetime.now(UTC).date().isoformat(),
        "source": attribution or f"user's layer {name}",
        "licence": licence,
        "origin": origin_of(source, layer),
    }
    if Path(source).suffix.lower() in RASTERS:
        if of_kind:
            raise LayerError("a raster has values for each kind of cover, as in --forest 10 --wetland 90")
        return _raster(name, Path(source), list(exclude), classes, about)
    if exclude or classes:
        raise LayerError("values are for a raster; polygons are excluded whole, or of one kind with --cover")
    return _polygons(name, source, layer, crs, of_kind, about)


def _polygons(
    name: str, source: str, layer: str | None, crs: str | None, cover: str | None, about: dict[str, str]
) -> Layer:
    frame = read_vector(source, layer, crs)
    check_rows(frame, ("Polygon", "MultiPolygon"))
    geometry = shapely.force_2d(frame.geometry.to_numpy())
    # Cut at the date line before the check: a ring that jumps there crosses itself on paper only.
    parts = [part for area in geometry for polygon in shapely.get_parts(np.array([area])) for part in cut(polygon)]
    owner = [
        row
        for row, area in enumerate(geometry)
        for polygon in shapely.get_parts(np.array([area]))
        for _ in cut(polygon)
    ]
    valid = shapely.is_valid(parts)
    refuse({owner[i] + 1: "the area crosses itself or is not valid" for i in np.flatnonzero(~valid)}, len(frame))
    with user_data.staging(LayerKind.LAND, ".parquet") as staged:
        pq.write_table(pa.table({"geometry": shapely.to_wkb(np.array(parts, dtype=object))}), staged)
        return user_data.add(
            LayerKind.LAND,
            name,
            staged,
            bounds=bounds_of(np.array(parts, dtype=object)),
            counts={"polygons": len(frame)},
            options={"cover": cover} if cover else {},
            **about,
        )


def _raster(name: str, path: Path, exclude: list[int], cover: dict[str, list[int]], about: dict[str, str]) -> Layer:
    if not exclude and not cover:
        raise LayerError(
            "say which values of the raster are excluded land, as in --exclude 50 --exclude 80, "
            "or what covers it, as in --forest 10 --wetland 90"
        )
    try:
        with rasterio.open(path) as file:
            if file.crs is None:
                raise LayerError(f"{path.name} states no coordinate reference system")
            if not np.issubdtype(np.dtype(file.dtypes[0]), np.integer):
                raise LayerError(f"{path.name} holds {file.dtypes[0]}, not classes in whole numbers")
            west, south, east, north = rasterio.warp.transform_bounds(file.crs, "EPSG:4326", *file.bounds)
            counts = {"columns": file.width, "rows": file.height}
            file.read(1, out_shape=(min(file.height, 64), min(file.width, 64)))  # a cut-off file shows here
    except rasterio.errors.RasterioError as error:
        raise LayerError(f"{path.name} cannot be read: {str(error).splitlines()[0][:300]}") from error
    boxes = (
        ((west, south, east, north),) if west < east else ((west, south, 180.0, north), (-180.0, south, east, north))
    )
    with user_data.staging(LayerKind.LAND, path.suffix.lower()) as staged:
        shutil.copyfile(path, staged)
        return user_data.add(
            LayerKind.LAND,
            name,
            staged,
            bounds=boxes,
            counts=counts,
            options={"exclude": exclude, "cover": cover},
            **about,
        )
