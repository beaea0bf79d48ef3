"""A PostGIS table by URL: `postgresql://user:password@host/database`, the table named beside it."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.user_data import LayerError

SCHEMES = ("postgresql", "postgres")
CONNECT_SECONDS = 10


def is_database(source: str) -> bool:
    """True for the URL of a PostgreSQL database."""
    return urlsplit(source).scheme in SCHEMES


def without_password(url: str) -> str:
    """The URL as it may be shown and kept."""
    parts = urlsplit(url)
    user = f"{parts.username}@" if parts.username else ""
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit((parts.scheme, f"{user}{parts.hostname or ''}{port}", parts.path, "", ""))


def read_table(url: str, table: str | None) -> gpd.GeoDataFrame:
    """Every row of a table with one geometry column, in WGS84 degrees. Raises LayerError.

    table : `table` or `schema.table`. The database brings the geometries to degrees itself.
    """
    try:
        import psycopg
        from psycopg import sql
    except ImportError as error:
        raise LayerError("reading PostGIS needs the package psycopg: pip install 'sitewatt[postgis]'") from error
    if not table:
        raise LayerError("name the table with --layer, as in --layer public.lines")
    schema, _, name = table.rpartition(".")
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT f_table_schema, f_geometry_column FROM geometry_columns "
                "WHERE f_table_name = %s AND (f_table_schema = %s OR %s = '')",
                (name, schema, schema),
            )
            found = cursor.fetchall()
            if len(found) != 1:
                reason = "no geometry column" if not found else "several; name the schema too"
                raise LayerError(f"{without_password(url)}: the table {table!r} has {reason}")
            schema, column = found[0]
            where = sql.Identifier(schema, name)
            cursor.execute(
                "SELECT column_name FROM information_schema.columns "
                "WHERE table_schema = %s AND table_name = %s AND column_name <> %s ORDER BY ordinal_position",
                (schema, name, column),
            )
            others = [row[0] for row in cursor.fetchall()]
            cursor.execute(
                sql.SQL("SELECT ST_AsBinary(ST_Transform(ST_Force2D({}), 4326)){} FROM {}").format(
                    sql.Identifier(column),
                    sql.SQL("").join(sql.SQL(", {}::text").format(sql.Identifier(other)) for other in others),
                    where,
                )
            )
            rows: list[tuple[Any, ...]] = cursor.fetchall()
    except psycopg.Error as error:
        said = str(error).splitlines()[0][:300] if str(error) else "no answer"
        raise LayerError(f"{without_password(url)} cannot be read: {said}") from error
    wkb = np.array([None if row[0] is None else bytes(row[0]) for row in rows], dtype=object)
    frame = pd.DataFrame([row[1:] for row in rows], columns=others)
    return gpd.GeoDataFrame(frame, geometry=shapely.from_wkb(wkb), crs=4326)
