"""Pages of Parquet files, counted by their headers: whatever wrote them, and whatever the footer says."""

import io
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geodata.parquet_pages import PagesError, unpacked_bytes
from tests.made_files import lying

TABLE = pa.table({"a": np.linspace(0.0, 1.0, 5000), "b.c": ["some text"] * 5000, "d": np.arange(5000)})
OPTIONS: list[dict[str, Any]] = [
    {},
    {"compression": "zstd"},
    {"use_dictionary": False},
    {"data_page_version": "2.0"},
    {"row_group_size": 300},
    {"data_page_size": 1000, "write_page_index": True},
    {"write_page_checksum": True, "write_statistics": False},
]


def written(table: pa.Table, **options: Any) -> tuple[io.BytesIO, Any]:
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out, pq.ParquetFile(out).metadata


@pytest.mark.parametrize("options", OPTIONS)
def test_pages_come_to_what_an_honest_footer_says(options: dict[str, Any]) -> None:
    """The footer counts the headers with them, some tens of bytes a page."""
    file, metadata = written(TABLE, **options)
    said = sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))
    found = unpacked_bytes(file, metadata, {"a", "b.c", "d"})
    assert 0.8 * said < found <= said
    assert unpacked_bytes(file, metadata, {"a"}) < found
    assert unpacked_bytes(file, metadata, set()) == 0


def test_a_footer_that_lies_is_not_believed() -> None:
    content = lying(TABLE)
    metadata = pq.ParquetFile(io.BytesIO(content)).metadata
    assert metadata.row_group(0).total_byte_size == 1
    assert unpacked_bytes(io.BytesIO(content), metadata, {"a"}) >= 40_000


@pytest.mark.parametrize("filler", [b"\x00", b"\xff", b"\x1c", b"\x15"])
def test_pages_that_are_none(filler: bytes) -> None:
    file, metadata = written(TABLE)
    content = file.getvalue()
    with pytest.raises(PagesError):
        unpacked_bytes(io.BytesIO(filler * len(content)), metadata, {"a", "d"})
