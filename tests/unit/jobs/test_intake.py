"""A whole file taken in: every bad row named, memory bounded by the rows and not by the file's objects."""

import io
import tracemalloc

import pytest

from service.http.problems import ProblemError
from service.jobs.intake import Limits, take_file
from service.schemas.batches import BatchOrder

ROWS = 5000
BAD = set(range(50, ROWS, 100))
BYTES_A_ROW = 2000


def table() -> bytes:
    lines = ["id,lat,lon"]
    lines += [f"s{n},{'north' if n in BAD else n % 90},{n % 180}" for n in range(1, ROWS + 1)]
    return "\n".join(lines).encode()


def order(on_error: str) -> BatchOrder:
    return BatchOrder.model_validate({"defaults": {"process": {"id": "steel-h2-dri-eaf"}}, "on_error": on_error})


def test_every_bad_row_is_named() -> None:
    with pytest.raises(ProblemError) as caught:
        take_file(io.BytesIO(table()), None, order("reject"), None, Limits(ROWS, 16))
    assert {int(error.pointer.split("/")[2]) for error in caught.value.errors} == BAD


def test_good_rows_are_taken_in_little_memory() -> None:
    content = table()
    take_file(io.BytesIO(content), None, order("skip"), None, Limits(ROWS, 16))  # what is loaded once, is loaded
    tracemalloc.start()
    intake = take_file(io.BytesIO(content), None, order("skip"), None, Limits(ROWS, 16))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {row.number for row in intake.bad} == BAD
    assert intake.new.total == ROWS
    assert peak < BYTES_A_ROW * ROWS


def test_too_many_rows() -> None:
    with pytest.raises(ProblemError) as caught:
        take_file(io.BytesIO(table()), None, order("skip"), None, Limits(100, 16))
    assert [error.code for error in caught.value.errors] == ["too_long"]
