"""What the tools log of a bug: where it is, not what was asked."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from service.mcp.server import server
from service.mcp.tools import TOOLS, call
from service.settings import Settings
from service.supply.weather import settings_in_use, use

ASKED = {"site": {"location": {"type": "Point", "coordinates": [21.69, 65.83]}}, "process": {"id": "cement"}}


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    handlers, settings = logging.getLogger().handlers[:], settings_in_use()
    yield
    logging.getLogger().handlers[:] = handlers
    use(settings)


@pytest.mark.usefixtures("logging_as_before")
def test_a_bug_is_logged_without_what_was_sent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(request: Any, full: bool) -> Any:  # noqa: ARG001  # as tools are called
        raise ValueError(f"no luck at {request.site.location.coordinates}")

    server(Settings(data_folder=tmp_path))
    text, wrong = call(replace(TOOLS["assess"], run=broken), ASKED)
    assert wrong
    assert "internal-error" in text
    logged = capsys.readouterr().err
    assert "tool call" in logged
    assert "builtins.ValueError" in logged
    assert "65.83" not in logged + text
