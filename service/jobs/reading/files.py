"""What kind of file it is, by its content; bombs and what is no table are refused before they are unpacked."""

import csv
import io
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from service.jobs.reading.columns import Columns, ColumnsError, NumberError
from service.jobs.reading.geojson import GeoJSONError, features
from service.jobs.reading.parquet import ParquetError, records

LONGEST_FIELD = 100_000
MOST_COLUMNS = 500
PACKED = {b"PK\x03\x04": "a ZIP archive or workbook", b"\x1f\x8b": "gzip", b"7z\xbc\xaf": "7-Zip", b"BZh": "bzip2"}


class FileError(Exception):
    """The file as a whole cannot be taken: (field of the form, detail, code)."""

    def __init__(self, errors: list[tuple[str, str, str]]) -> None:
        super().__init__(errors)
        self.errors = errors


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as read; `problem` where it could not be."""

    number: int
    values: dict[str, Any]
    problem: str | None = None


def read_sites(file: BinaryIO, mapping: dict[str, str] | None = None) -> Generator[RawRow]:
    """Rows of a CSV, GeoJSON, GeoParquet or Parquet file, numbered from 1. Raises FileError."""
    try:
        columns = Columns(mapping)
        yield from _READERS[_kind(file)](file, columns)
    except ColumnsError as error:
        raise FileError([(f"columns/{name}", detail, code) for name, detail, code in error.errors]) from error
    except (GeoJSONError, ParquetError) as error:
        raise FileError([("file", str(error), "malformed")]) from error


def _kind(file: BinaryIO) -> str:
    head = file.read(4096)
    file.seek(0)
    for magic, name in PACKED.items():
        if head.startswith(magic):
            raise FileError([("file", f"this is {name}: send CSV, GeoJSON or GeoParquet, not packed", "malformed")])
    if head.startswith(b"PAR1"):
        return "parquet"
    if not head.strip():
        raise FileError([("file", "the file is empty", "missing")])
    return "geojson" if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") else "csv"


def _csv(file: BinaryIO, columns: Columns) -> Iterator[RawRow]:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        head = text.read(8192)
        text.seek(0)
        csv.field_size_limit(LONGEST_FIELD)
        lines = csv.reader(text, delimiter=_delimiter(head), strict=True)
        header = next(lines)
        if len(header) > MOST_COLUMNS:
            raise FileError([("file", f"a file may have at most {MOST_COLUMNS} columns", "too_long")])
        if len(set(header)) < len(header):
            raise FileError([("file", "two columns have the same name", "duplicate")])
        columns.check(header, placed=False)
        number = 0
        for cells in lines:
            if not cells:
                continue
            number += 1
            if len(cells) != len(header):
                comma = (
                    "; write decimals with a point, or a semicolon between cells"
                    if lines.dialect.delimiter == ","
                    else ""
                )
                yield RawRow(number, {}, f"has {len(cells)} cells, the header {len(header)}{comma}")
                continue
            yield _row(number, columns, dict(zip(header, cells, strict=True)))
    except UnicodeDecodeError as error:
        raise FileError([("file", "the file is not UTF-8", "malformed")]) from error
    except (csv.Error, StopIteration) as error:
        raise FileError([("file", f"not readable as CSV: {error}"[:200], "malformed")]) from error
    finally:
        text.detach()


def _row(number: int, columns: Columns, record: Mapping[str, Any], location: Any = None) -> RawRow:
    """A row by its columns."""
    try:
        return RawRow(number, columns.row(record, location))
    except NumberError as error:
        return RawRow(number, columns.named(record), str(error))


def _delimiter(head: str) -> str:
    first = head.partition("\n")[0]
    return max(",;\t|", key=first.count)


def _geojson(file: BinaryIO, columns: Columns) -> Iterator[RawRow]:
    checked = False
    for number, (feature, problem) in enumerate(features(file), 1):
        if feature is None:
            yield RawRow(number, {}, problem)
            continue
        properties = feature.get("properties") or {}
        if not isinstance(properties, dict):
            yield RawRow(number, {}, "properties must be an object")
            continue
        if "id" in feature and not {"site_id", "id"} & set(properties):
            properties = {**properties, "id": feature["id"]}
        if not checked:
            columns.check(properties, placed=True)
            checked = True
        yield _row(number, columns, properties, feature.get("geometry") or {})


def _parquet(file: BinaryIO, columns: Columns) -> Iterator[RawRow]:
    for number, (record, location, problem) in enumerate(records(file, columns), 1):
        yield RawRow(number, {}, problem) if problem else _row(number, columns, record, location)


_READERS = {"csv": _csv, "geojson": _geojson, "parquet": _parquet}
