"""A Parquet table of weather: its plain columns, after what they would unpack to is known."""

import io

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geodata.parquet_pages import PagesError, unpacked_bytes
from geodata.weather.files.text import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_UNPACKED_BYTES, bad

TOO_LARGE = f"holds more than {MOST_ROWS:,} rows, {MOST_COLUMNS} columns or {MOST_UNPACKED_BYTES // 1_000_000} MB"


def parquet_frame(content: bytes, field: str) -> pd.DataFrame:
    """Numbers, times and texts, an index among them; lists and structures are left out.

    Raises WeatherFileError, and what pyarrow raises where it is no Parquet.
    """
    file = pq.ParquetFile(io.BytesIO(content))
    meta = file.metadata
    rows = sum(meta.row_group(group).num_rows for group in range(meta.num_row_groups))
    if rows > MOST_ROWS or meta.num_columns > MOST_COLUMNS:
        raise bad(field, TOO_LARGE, "too_large")
    if len(set(file.schema_arrow.names)) < len(file.schema_arrow.names):  # one of them might be a list
        raise bad(field, "has two columns of the same name", "duplicate")
    texts = [part.name for part in file.schema_arrow if _is_text(part.type)]
    names = [part.name for part in file.schema_arrow if part.name in texts or _is_plain(part.type)]
    try:
        unpacked = unpacked_bytes(io.BytesIO(content), meta, set(names))
    except PagesError as error:
        raise bad(field, "is no Parquet file that can be read") from error
    # A run of one value is a few bytes in a page, and as many values as there are rows outside of it.
    if unpacked > MOST_UNPACKED_BYTES or rows * len(names) > MOST_CELLS:
        raise bad(field, TOO_LARGE, "too_large")
    file = pq.ParquetFile(io.BytesIO(content), read_dictionary=texts)  # a text that is repeated is unpacked once
    table = file.read(columns=names, use_threads=False)
    _check_texts(table, field)
    frame: pd.DataFrame = table.to_pandas(ignore_metadata=True)
    frame.columns = [str(name) for name in frame.columns]
    frame = frame.astype(dict.fromkeys(frame.columns[frame.dtypes == "category"], object))
    return frame.rename(columns={"__index_level_0__": "index"})  # as pandas writes an index without a name


def _check_texts(table: pa.Table, field: str) -> None:
    """Refuse texts that come to too many bytes when each is written out."""
    total = 0
    for column in table.columns:
        if pa.types.is_dictionary(column.type):
            for chunk in column.chunks:
                total += pc.sum(pc.take(pc.binary_length(chunk.dictionary), chunk.indices)).as_py() or 0
    if total > MOST_UNPACKED_BYTES:
        raise bad(field, TOO_LARGE, "too_large")


def _is_plain(kind: pa.DataType) -> bool:
    of = pa.types
    return bool(
        of.is_floating(kind)
        or of.is_integer(kind)
        or of.is_boolean(kind)
        or of.is_temporal(kind)
        or of.is_decimal128(kind)
    )


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
