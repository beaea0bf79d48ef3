"""What is written: lines that a collector reads, errors without what they say of the input."""

import json
import logging
from collections.abc import Callable, Iterator
from contextvars import copy_context

import pytest

from service.operation import logs
from service.operation.call import Call, enter


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """What standard error got; logging is as it was afterwards."""
    root, names = logging.getLogger(), ("sitewatt", "uvicorn", "uvicorn.error", *logs.QUIET)
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in names}
    yield lambda: capsys.readouterr().err
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, old in levels.items():
        logging.getLogger(name).setLevel(old)
    logging.getLogger("uvicorn.error").filters.clear()


def fail() -> None:
    try:
        raise ValueError("no weather at 65.83, 21.69")
    except ValueError:
        logging.getLogger("sitewatt").exception("it failed")


def test_json_lines(written: Callable[[], str]) -> None:
    logs.configure("json", "info")

    def answer() -> None:
        enter(Call("mine", 1.0))
        logging.getLogger("sitewatt").info("batch %s", "b1", extra={"sites": 3})
        fail()

    copy_context().run(answer)  # a call that stayed would stop what later tests compute
    text = written()
    first, second = map(json.loads, text.splitlines())
    assert first["message"] == "batch b1"
    assert (first["level"], first["request_id"], first["sites"]) == ("info", "mine", 3)
    assert second["traceback"].endswith("builtins.ValueError")
    assert "test_logs.py" in second["traceback"]
    assert "65.83" not in text


def test_plain_lines(written: Callable[[], str]) -> None:
    logs.configure("plain", "info")
    logging.getLogger("sitewatt").debug("not this")
    logging.getLogger("sitewatt").info("request", extra={"route": "/v1/batches/{batch_id}"})
    (line,) = written().splitlines()
    assert "info    request" in line
    assert line.endswith("route=/v1/batches/{batch_id}")


def test_debug_tells_what_an_error_says(written: Callable[[], str]) -> None:
    logs.configure("plain", "debug")
    fail()
    assert "no weather at 65.83" in written()


def test_libraries_that_log_addresses_are_quiet(written: Callable[[], str]) -> None:
    logs.configure("json", "debug")
    logging.getLogger("httpx").info("HTTP Request: GET https://weather.example/?lat=65.83&key=secret")
    logging.getLogger("uvicorn.error").error("Exception in ASGI application\n")  # logged with its request already
    assert written() == ""
