"""Logs to standard error: plain lines, or JSON lines for a collector. No bodies, keys, query strings or coordinates.

A traceback names files, lines and the kind of error; its message, which may hold what a caller sent, is written at the
level debug alone.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

from service.operation.call import current

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "request_id",
    "color_message",
    "taskName",
}
QUIET = ("httpx", "httpcore", "urllib3", "alembic", "distributed", "numba", "rasterio")  # httpx logs whole addresses


def configure(log_format: str, level: str) -> None:
    """Send this process's logs to standard error. log_format : plain or json."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter((_Json if log_format == "json" else _Plain)(messages=level == "debug"))
    handler.addFilter(_with_request_id)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("sitewatt", "uvicorn", "uvicorn.error"):
        logging.getLogger(name).setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").addFilter(_is_news)


def _with_request_id(record: logging.LogRecord) -> bool:
    call = current()
    record.request_id = getattr(record, "request_id", None) or (call.request_id if call else None)
    return True


def _is_news(record: logging.LogRecord) -> bool:
    """False for the server's own report of an error that was logged with its request."""
    return not str(record.msg).startswith("Exception in ASGI application")


class _Plain(logging.Formatter):
    """A line to read."""

    def __init__(self, *, messages: bool) -> None:
        super().__init__()
        self._messages = messages

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, what, and what stands beside it."""
        found = _fields(record, messages=self._messages)
        trace = found.pop("traceback", None)
        head = f"{found.pop('time')} {found.pop('level'):7} {found.pop('message')}"
        found.pop("logger")
        return " ".join([head, *(f"{name}={value}" for name, value in found.items())]) + (f"\n{trace}" if trace else "")


class _Json(_Plain):
    """A JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        return json.dumps(_fields(record, messages=self._messages), default=str, ensure_ascii=False)


def _fields(record: logging.LogRecord, *, messages: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": record.getMessage(),
    }
    if getattr(record, "request_id", None):
        found["request_id"] = record.request_id  # type: ignore[attr-defined]  # the filter's
    found |= {name: value for name, value in vars(record).items() if name not in STANDARD}
    if record.exc_info and record.exc_info[1] is not None:
        found["traceback"] = _traceback(record.exc_info[1], messages=messages)
    return found


def _traceback(error: BaseException, *, messages: bool) -> str:
    if messages:
        return "".join(traceback.format_exception(error)).rstrip()
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([*lines, f"{type(error).__module__}.{type(error).__qualname__}"])
