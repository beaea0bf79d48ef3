"""Records of a GeoParquet or Parquet file, a few at a time; what it claims to hold is checked before it is unpacked."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geodata.parquet_pages import PagesError, unpacked_bytes
from service.jobs.reading.columns import Columns

MOST_UNPACKED = 512_000_000  # bytes of the columns that are read
ROWS_AT_ONCE = 1000
LONGEST_VALUE = 1_000_000  # bytes of one cell
PLAIN_CRS = ("OGC:CRS84", "EPSG:4326")


class ParquetError(Exception):
    """The file cannot be read, or claims more than any list of sites holds."""


def records(file: BinaryIO, columns: Columns) -> Iterator[tuple[dict[str, Any], Any, str | None]]:
    """Record, location of its geometry (None without one) and what is wrong with it, row by row."""
    try:
        table = pq.ParquetFile(file, memory_map=False, thrift_string_size_limit=10_000_000)
        schema = table.schema_arrow
        if len(set(schema.names)) < len(schema.names):  # one of them might be a list
            raise ParquetError("two columns have the same name")
        geometry = _geometry(schema)
        names = [field.name for field in schema if _is_plain(field.type)]
        columns.check(names, placed=geometry is not None)
        wanted = [column for _, column in columns.found(tuple(names))] + ([geometry] if geometry else [])
        _check_size(file, table.metadata, set(wanted))
        words = [name for name in wanted if pa.types.is_string(schema.field(name).type) or name == geometry]
        table = pq.ParquetFile(file, read_dictionary=words)  # a value that is repeated is unpacked once
        for batch in table.iter_batches(ROWS_AT_ONCE, columns=wanted, use_threads=False):
            yield from _rows(batch, geometry)
    except UnicodeDecodeError as error:
        raise ParquetError("a text is not UTF-8") from error
    except (pa.ArrowException, OSError, MemoryError) as error:
        raise ParquetError("not readable as Parquet") from error


def _rows(batch: pa.RecordBatch, geometry: str | None) -> Iterator[tuple[dict[str, Any], Any, str | None]]:
    for column in batch.columns:
        values = column.dictionary if pa.types.is_dictionary(column.type) else column
        if pa.types.is_large_binary(values.type) or pa.types.is_binary(values.type) or pa.types.is_string(values.type):
            longest = pa.compute.max(pa.compute.binary_length(values)).as_py() or 0
            if longest > LONGEST_VALUE:
                raise ParquetError(f"a value is longer than {LONGEST_VALUE:,} bytes")
    for index in range(batch.num_rows):
        record = {name: batch.column(name)[index].as_py() for name in batch.schema.names}
        location, problem = None, None
        if geometry is not None:
            try:
                location = json.loads(shapely.to_geojson(shapely.from_wkb(record.pop(geometry))))
            except (shapely.errors.ShapelyError, TypeError, ValueError):
                problem = "the geometry is missing or is not well-known binary"
        yield record, location, problem


def _geometry(schema: pa.Schema) -> str | None:
    """The column of the geometry. Raises ParquetError where it is not in degrees of WGS84."""
    notes = (schema.metadata or {}).get(b"geo")
    if notes is None:
        return None
    try:
        geo = json.loads(notes)
        name = geo["primary_column"]
        column = geo["columns"][name]
        crs, encoding = column.get("crs"), column.get("encoding")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ParquetError("the metadata `geo` are not those of GeoParquet 1.0 or 1.1") from error
    if encoding != "WKB" or name not in schema.names:
        raise ParquetError("the geometry must be a column of well-known binary")
    if crs is not None:
        known = crs.get("id", {}) if isinstance(crs, dict) else {}
        if f"{known.get('authority')}:{known.get('code')}" not in PLAIN_CRS:
            raise ParquetError("the geometry must be in longitude and latitude (OGC:CRS84 or EPSG:4326)")
    return str(name)


def _check_size(file: BinaryIO, metadata: Any, wanted: set[str]) -> None:
    try:
        unpacked = unpacked_bytes(file, metadata, wanted)
    except PagesError as error:
        raise ParquetError("not readable as Parquet") from error
    if unpacked > MOST_UNPACKED:
        raise ParquetError(f"its columns would unpack to {unpacked:,} bytes; at most {MOST_UNPACKED:,} are read")


def _is_plain(kind: Any) -> bool:
    return bool(
        pa.types.is_string(kind) or pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_boolean(kind)
    )
