"""Results as files: GeoParquet and a workbook; written to disk row by row, for as long as they are wanted.

Minutes for a large batch: every function raises Stopped when whoever asked has left, or the deadline passes.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from service.jobs.exports import FIRST, LAST, columns, harmless, record
from service.jobs.results import Results
from service.operation.call import check

ROWS_AT_ONCE = 2000
CHECKED_ROWS = 100
MOST_SHEET_ROWS = 1_048_575
GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


class TooManyRowsError(Exception):
    """A sheet holds no more."""


def write_geoparquet(results: Results, file: Path) -> None:
    """GeoParquet 1.1: points in OGC:CRS84, figures under dotted names."""
    kinds = _kinds(results)
    schema = pa.schema([*((name, kind) for name, kind in kinds.items()), ("geometry", pa.binary())])
    with pq.ParquetWriter(file, schema.with_metadata({"geo": json.dumps(GEO)}), compression="zstd") as writer:
        for rows in _pages(results):
            values = {name: pa.array([_fit(row.get(name), kind) for row in rows], kind) for name, kind in kinds.items()}
            geometry = [
                None if row["latitude"] is None else shapely.to_wkb(shapely.Point(row["longitude"], row["latitude"]))
                for row in rows
            ]
            values["geometry"] = pa.array(geometry, pa.binary())
            writer.write_table(pa.table(values, schema=writer.schema))


def write_workbook(results: Results, file: Path) -> None:
    """A sheet of a workbook, nothing in it a formula or a link. Raises TooManyRowsError."""
    import xlsxwriter

    if len(results) > MOST_SHEET_ROWS:
        raise TooManyRowsError
    plain = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(file), plain) as book:
        sheet = book.add_worksheet("results")
        names = columns(_wanted(results))
        sheet.write_row(0, 0, names)
        sheet.freeze_panes(1, 1)
        for number, row in enumerate(_wanted(results), 1):
            values = record(row)
            for place, name in enumerate(names):
                value = harmless(values.get(name))
                if isinstance(value, str):
                    sheet.write_string(number, place, value[:32_767])
                elif value is not None:
                    sheet.write(number, place, value)


def _kinds(results: Results) -> dict[str, Any]:
    """The type of each column, found by going through the rows once."""
    kinds: dict[str, Any] = dict.fromkeys(FIRST, pa.string()) | {
        "number": pa.int64(),
        "rank": pa.int64(),
        "latitude": pa.float64(),
        "longitude": pa.float64(),
    }
    for row in _wanted(results):
        for name, value in record(row).items():
            if name not in kinds or kinds[name] == pa.null():
                kinds[name] = _kind(value)
            elif kinds[name] != pa.string() and isinstance(value, str):
                kinds[name] = pa.string()
    kinds = {name: pa.float64() if kind == pa.null() else kind for name, kind in kinds.items()}
    kinds[LAST] = pa.string()
    return kinds


def _kind(value: Any) -> Any:
    if isinstance(value, bool):
        return pa.bool_()
    if isinstance(value, int | float):
        return pa.float64()
    return pa.null() if value is None else pa.string()


def _fit(value: Any, kind: Any) -> Any:
    return str(value) if value is not None and kind == pa.string() else value


def _pages(results: Results) -> Iterator[list[dict[str, Any]]]:
    page: list[dict[str, Any]] = []
    for row in _wanted(results):
        page.append(record(row))
        if len(page) == ROWS_AT_ONCE:
            yield page
            page = []
    if page:
        yield page


def _wanted(results: Results) -> Iterator[dict[str, Any]]:
    """The rows, for as long as the answer is wanted."""
    for index, row in enumerate(results):
        if index % CHECKED_ROWS == 0:
            check()
        yield row
