"""A user's own lines and substations: read, checked row by row, packed, put in force."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geodata import user_data
from geodata.grid.geometry import lengths_km, polylines
from geodata.grid.table import GridTable, kilovolts, tables_of
from geodata.grid.voltage import UNITS, read_kv, voltage_column
from geodata.user_data import Layer, LayerError, LayerKind
from geodata.vector_files import bounds_of, check_rows, origin_of, read_vector, refuse

LINES = ("LineString", "MultiLineString")
POINTS = ("Point", "MultiPoint")
AREAS = ("Polygon", "MultiPolygon")
NAMES = ("name", "nome", "tags.name", "station", "bezeichnung")
CIRCUITS = ("circuits", "tags.circuits", "num_lines")


def add_grid(
    name: str,
    sources: list[str],
    *,
    layer: str | None = None,
    voltage: str | None = None,
    voltage_unit: str = "auto",
    crs: str | None = None,
    beside: bool = False,
    source: str | None = None,
    licence: str = "as stated by the user",
    as_of: str | None = None,
) -> Layer:
    """Put the lines and substations of files or a PostGIS table in force under a name.

    Lines are line strings; points and areas are substations. Nothing is added where a single row is wrong.
    beside : it hides nothing of what ships, as suits a map of a few voltages.
    Raises LayerError with every wrong row, up to 20.
    """
    user_data.check_name(name)
    if voltage_unit not in UNITS:
        raise LayerError(f"the unit of the voltage is one of {', '.join(UNITS)}")
    tables, geometry = [], []
    for place in sources:
        frame = read_vector(place, layer, crs)
        check_rows(frame, (*LINES, *POINTS, *AREAS))
        tables.append(table_of(frame, voltage, voltage_unit))
        geometry.append(frame.geometry.to_numpy())
    table = tables_of(tables)
    with user_data.staging(LayerKind.GRID, ".npz") as staged:
        table.save(staged)
        return user_data.add(
            LayerKind.GRID,
            name,
            staged,
            as_of=as_of or datetime.now(UTC).date().isoformat(),
            source=source or f"user's layer {name}",
            licence=licence,
            origin="; ".join(origin_of(place, layer) for place in sources),
            bounds=bounds_of(np.concatenate(geometry)),
            counts={"lines": table.lines, "substations": len(table.places)},
            options={"beside": True} if beside else {},
        )


def table_of(frame: gpd.GeoDataFrame, voltage: str | None = None, unit: str = "auto") -> GridTable:
    """Checked features as a packed table. Raises LayerError with the rows whose voltage cannot be read."""
    columns = [str(column) for column in frame.columns if column != frame.geometry.name]
    column = voltage_column(columns, voltage)
    kv, wrong = (np.zeros(len(frame)), {}) if column is None else read_kv(list(frame[column]), column, unit)
    refuse(wrong, len(frame))
    geometry = frame.geometry.to_numpy()
    kind = frame.geometry.geom_type.to_numpy()
    names = _texts(frame, columns, NAMES)
    line = np.isin(kind, LINES)
    vertices, sizes, row = polylines(shapely.force_2d(geometry[line]))
    row = np.flatnonzero(line)[row]
    circuits = np.array([_count(text) for text in _texts(frame, columns, CIRCUITS)])
    areas = shapely.centroid(geometry[~line]) if (~line).any() else np.empty(0, dtype=object)
    return GridTable(
        vertices=vertices,
        sizes=sizes,
        line_kv=kilovolts(kv)[row],
        circuits=circuits[row],
        length_km=lengths_km(vertices, sizes),
        line_names=[names[index] for index in row],
        places=shapely.get_coordinates(areas).reshape(-1, 2),
        station_kv=kilovolts(kv)[~line],
        station_names=[names[index] for index in np.flatnonzero(~line)],
    )


def earth_osm(country: str, folder: Path) -> list[str]:
    """Lines, cables and substations of a country by earth-osm, as the CSV files it writes.

    country : a code or name earth-osm knows, as in `BJ` or `benin`. folder : its data; an extract that lies there under
    `pbf/` is used, otherwise it is downloaded from Geofabrik. Raises LayerError.
    """
    try:
        from earth_osm.eo import save_osm_data
    except ImportError as error:
        raise LayerError("this needs the package earth-osm: pip install 'sitewatt[osm]'") from error
    features = ["line", "cable", "substation"]
    try:
        save_osm_data(
            region_list=[country],
            primary_name="power",
            feature_list=features,
            out_format="csv",
            out_dir=str(folder),
            data_dir=str(folder),
            mp=False,
            progress_bar=False,
        )
    except Exception as error:  # a download can fail in as many ways as there are networks
        raise LayerError(f"earth-osm brought nothing of {country}: {error}") from error
    files = [path for path in sorted((folder / "out").glob("*.csv")) if path.read_bytes().count(b"\n") > 1]
    if not files:
        raise LayerError(f"OpenStreetMap shows no power line and no substation in {country}")
    return [str(path) for path in files]


def _texts(frame: gpd.GeoDataFrame, columns: list[str], wanted: tuple[str, ...]) -> list[str]:
    """The texts of the first column of one of the wanted names, empty where there is none."""
    by_name = {column.lower(): column for column in columns}
    column = next((by_name[name] for name in wanted if name in by_name), None)
    if column is None:
        return [""] * len(frame)
    return ["" if value is None or value != value else str(value)[:200] for value in frame[column]]


def _count(text: Any) -> int:
    """Circuits, 1 where it is not said."""
    try:
        return min(max(int(float(text)), 1), 50)
    except ValueError:
        return 1
