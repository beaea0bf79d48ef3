"""A user's vector data in degrees, from a file or a PostGIS table; what is wrong is said row by row.

GeoPackage, GeoJSON, shapefile, FlatGeobuf and the like through GDAL (pyogrio); GeoParquet; CSV with a WKT column, or
as earth-osm writes it; a PostGIS table by URL. Rows are counted from 1, as the reader sees them.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyproj.exceptions import ProjError

from geodata.postgis import is_database, read_table, without_password
from geodata.user_data import LayerError

MOST_SHOWN = 20
WGS84 = 4326
WKT = re.compile(r"\s*(SRID=\d+;)?(POINT|LINESTRING|POLYGON|MULTI|GEOMETRY)", re.IGNORECASE)


def read_vector(source: str, layer: str | None = None, crs: str | None = None) -> gpd.GeoDataFrame:
    """Every feature with its attributes, WGS84 degrees. Raises LayerError where it cannot be read at all.

    source : a path, or a postgresql:// URL, then `layer` is the table. crs : of a file that states none, as EPSG:4326.
    A row whose geometry cannot be read has None.
    """
    if is_database(source):
        return _placed(read_table(source, layer), without_password(source), None)
    path = Path(source)
    if not path.exists():
        raise LayerError(f"there is no file {source}")
    try:
        if path.suffix in (".parquet", ".geoparquet"):
            frame = gpd.read_parquet(path)
        elif path.suffix == ".csv":
            frame = _from_csv(path)
        else:
            frame = _from_gdal(path, layer)
    except LayerError:
        raise
    except Exception as error:  # the readers raise dozens of kinds
        raise LayerError(f"{path.name} cannot be read: {str(error).splitlines()[0][:300]}") from error
    return _placed(frame, path.name, crs)


def check_rows(frame: gpd.GeoDataFrame, allowed: Iterable[str]) -> None:
    """Raise LayerError naming the rows whose geometry is missing, of another kind, not finite or off the globe."""
    geometry = frame.geometry.to_numpy()
    types = shapely.get_type_id(geometry)
    names = {name: number for number, name in enumerate(_TYPES)}
    right = np.isin(types, [names[name] for name in allowed])
    empty = shapely.is_missing(geometry) | shapely.is_empty(geometry)
    bounds = shapely.bounds(geometry)
    with np.errstate(invalid="ignore"):  # the bounds of what is empty are NaN, and lie nowhere
        placed = (np.abs(bounds) <= [180.0 + 1e-9, 90.0 + 1e-9, 180.0 + 1e-9, 90.0 + 1e-9]).all(axis=1)
    points, owner = shapely.get_coordinates(geometry, return_index=True)
    finite = np.ones(len(geometry), dtype=bool)
    finite[owner[~np.isfinite(points).all(axis=1)]] = False
    reasons = [
        (empty, "its geometry is missing, empty or malformed"),
        (~right, f"its geometry is not one of {', '.join(allowed)}"),
        (~finite, "a coordinate is not a finite number"),
        (~placed, "a coordinate lies off the globe: degrees expected, longitude -180 to 180, latitude -90 to 90"),
    ]
    wrong: dict[int, str] = {}
    for flags, reason in reasons:
        for row in np.flatnonzero(flags):
            wrong.setdefault(int(row) + 1, reason)
    refuse(wrong, len(frame))


def refuse(wrong: dict[int, str], rows: int) -> None:
    """Raise LayerError for the wrong rows, if there are any."""
    if wrong:
        shown = sorted(wrong.items())[:MOST_SHOWN]
        raise LayerError(f"{len(wrong)} of {rows} rows are wrong; nothing was added", shown)


def bounds_of(geometry: np.ndarray) -> tuple[tuple[float, float, float, float], ...]:
    """Boxes around everything: the globe less the widest band of longitudes where nothing is; two over the date line.

    A feature whose vertices are more than 180 degrees apart, one after the other, goes over the date line.
    """
    boxes = shapely.bounds(geometry)
    south, north = float(boxes[:, 1].min()), float(boxes[:, 3].max())
    points, owner = shapely.get_coordinates(geometry, return_index=True)
    jumps = (np.abs(np.diff(points[:, 0])) > 180.0) & (np.diff(owner) == 0)
    crossing = np.isin(np.arange(len(geometry)), owner[:-1][jumps])
    spans = [boxes[~crossing][:, [0, 2]]]
    for row in np.flatnonzero(crossing):
        longitude = points[owner == row, 0]
        spans.append(np.array([[longitude[longitude >= 0.0].min(), 180.0], [-180.0, longitude[longitude < 0.0].max()]]))
    span = np.vstack(spans)
    span = span[np.argsort(span[:, 0])]
    reach = np.maximum.accumulate(span[:, 1])
    starts = np.append(span[1:, 0], span[0, 0] + 360.0)  # the next span begins there, the last gap goes round
    gaps = starts - reach
    widest = int(np.argmax(gaps))
    if widest == len(gaps) - 1:
        return ((float(span[0, 0]), south, float(reach[-1]), north),)
    west, east = float(starts[widest]), float(reach[widest])
    return ((west, south, 180.0, north), (-180.0, south, east, north))


def origin_of(source: str, layer: str | None) -> str:
    """Where data came from, without a password."""
    named = without_password(source) if is_database(source) else Path(source).name
    return f"{named} ({layer})" if layer else named


_TYPES = (
    "Point",
    "LineString",
    "LinearRing",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
)


def _placed(frame: gpd.GeoDataFrame, name: str, crs: str | None) -> gpd.GeoDataFrame:
    """In degrees; a missing reference system is refused, for a guess may be off by half the globe."""
    if frame.empty:
        raise LayerError(f"{name} holds no features")
    if frame.crs is None and crs is not None:
        try:
            frame = frame.set_crs(crs)
        except ProjError as error:
            raise LayerError(f"there is no coordinate reference system {crs!r}") from error
    if frame.crs is None:
        raise LayerError(f"{name} states no coordinate reference system: say it, as in --crs EPSG:4326")
    return frame if frame.crs.to_epsg() == WGS84 else frame.to_crs(WGS84)


def _from_gdal(path: Path, layer: str | None) -> gpd.GeoDataFrame:
    layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    if layer is None and len(layers) > 1:
        raise LayerError(f"{path.name} holds several layers, name one of {', '.join(layers)}")
    if layer is not None and layer not in layers:
        raise LayerError(f"{path.name} holds no layer {layer!r}; it holds {', '.join(layers)}")
    frame = pyogrio.read_dataframe(path, layer=layer, on_invalid="ignore")
    if not isinstance(frame, gpd.GeoDataFrame):
        raise LayerError(f"{path.name} holds no geometries")
    return frame


def _from_csv(path: Path) -> gpd.GeoDataFrame:
    head = path.read_text("utf-8", errors="replace")[:100_000]
    # Programs of the GridKit family quote with an apostrophe.
    quote = "'" if "'LINESTRING" in head or "'POINT" in head else '"'
    table = pd.read_csv(path, quotechar=quote, dtype=str, keep_default_na=True)
    if {"lonlat", "Type"} <= set(table.columns):
        geometry = [_earth_osm(kind, text) for kind, text in zip(table["Type"], table["lonlat"], strict=True)]
    else:
        columns = [name for name in table.columns if table[name].astype(str).str.match(WKT).any()]
        if not columns:
            raise LayerError(f"{path.name} has no column of well-known text, and is not earth-osm's")
        geometry = list(shapely.from_wkt(table[columns[0]].to_numpy(dtype=object), on_invalid="ignore"))
        table = table.drop(columns=columns[0])
    return gpd.GeoDataFrame(table, geometry=np.array(geometry, dtype=object), crs=WGS84)


def _earth_osm(kind: Any, text: Any) -> shapely.Geometry | None:
    """A node, way or area as earth-osm writes it."""
    try:
        points = json.loads(text)
        if kind == "node":
            return shapely.Point(points[0])
        return shapely.Polygon(points) if kind == "area" else shapely.LineString(points)
    except (TypeError, ValueError, IndexError, shapely.errors.ShapelyError):
        return None
