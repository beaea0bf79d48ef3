"""Files of results end when nobody wants them any more."""

from collections.abc import Callable
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest

from models.sizing.solution import Stopped
from service.jobs.export_files import write_geoparquet, write_workbook
from service.operation.call import Call, enter

Write = Callable[[Any, Path], None]
ROW = dict.fromkeys(("rank", "latitude", "longitude", "assessment", "problem")) | {"status": "failed"}


class Rows(list[dict[str, Any]]):
    """Results whose caller leaves after some of them."""

    def __init__(self, call: Call, after: int) -> None:
        super().__init__({"site_id": str(number), "number": number, **ROW} for number in range(1, 1001))
        self.call, self.after, self.seen = call, after, 0

    def __iter__(self) -> Any:
        """The rows in turn."""
        for row in super().__iter__():
            self.seen += 1
            if self.seen == self.after:
                self.call.stop("gone")
            yield row


@pytest.mark.parametrize("write", [write_workbook, write_geoparquet])
@pytest.mark.parametrize("after", [1, 1500])  # while its columns are looked for, and while it is written
def test_a_file_is_not_written_on_for_a_caller_who_has_left(write: Write, after: int, tmp_path: Path) -> None:
    call = Call("", 3600.0)
    rows = Rows(call, after)

    def run() -> None:
        enter(call)
        write(rows, tmp_path / "results")

    with pytest.raises(Stopped):
        copy_context().run(run)
    assert rows.seen < after + 200


@pytest.mark.parametrize("write", [write_workbook, write_geoparquet])
def test_a_command_has_no_deadline(write: Write, tmp_path: Path) -> None:
    rows = Rows(Call("", 3600.0), 0)
    write(rows, tmp_path / "results")
    assert (tmp_path / "results").stat().st_size > 0
