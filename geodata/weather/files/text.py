"""What the readers of text files share: decoding, tables of numbers, time zones."""

import gzip
import io
import zlib
from collections.abc import Sequence

import numpy as np
import pandas as pd

from geodata.weather.raw import FileProblem, WeatherFileError

MOST_ROWS = 600_000  # ten years of 10 minutes
MOST_COLUMNS = 200
MOST_UNPACKED_BYTES = 256_000_000
MOST_CELLS = 32_000_000  # of a table: what is one byte in a file takes thirty in memory


def bad(field: str, detail: str, code: str = "unreadable") -> WeatherFileError:
    """One error of one file."""
    return WeatherFileError([FileProblem(field, detail, code)])


def unpacked(content: bytes, field: str) -> bytes:
    """The content, out of its gzip where it is in one; bounded."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.open(io.BytesIO(content)) as file:
            found = file.read(MOST_UNPACKED_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise bad(field, "is not a whole gzip file") from error
    if len(found) > MOST_UNPACKED_BYTES:
        raise bad(field, f"unpacks to more than {MOST_UNPACKED_BYTES:,} bytes", "too_large")
    return found


def lines_of(content: bytes, field: str) -> list[str]:
    """Lines of text; UTF-8, with or without its mark, or Latin-1."""
    if b"\x00" in content[:4096]:
        raise bad(field, "is not text")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    lines = text.splitlines()
    if len(lines) < 3:
        raise bad(field, "holds fewer than three lines")
    if len(lines) > MOST_ROWS:
        raise bad(field, f"holds more than {MOST_ROWS:,} lines", "too_large")
    return lines


def table_of(lines: Sequence[str], field: str) -> pd.DataFrame:
    """A table whose first line names its columns; names trimmed, cells as text."""
    if lines[0].count(",") >= MOST_COLUMNS:
        raise bad(field, f"has more than {MOST_COLUMNS} columns", "too_large")
    if lines[0].count(",") * len(lines) > MOST_CELLS:
        raise bad(field, f"has more than {MOST_CELLS:,} cells: leave columns out", "too_large")
    if max(line.count(",") for line in lines) > lines[0].count(",") and not any('"' in line for line in lines):
        raise bad(field, "its rows are not a table: a line has more cells than there are names")
    try:
        frame = pd.read_csv(io.StringIO("\n".join(lines)), dtype=str, skip_blank_lines=True, index_col=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        raise bad(field, "its rows are not a table: the number of cells differs from line to line") from error
    frame.columns = [str(name).strip() for name in frame.columns]
    return frame.dropna(how="all")


def numbers(frame: pd.DataFrame, column: str) -> np.ndarray:
    """A column as floats; what is no number is unknown (NaN)."""
    return np.asarray(pd.to_numeric(frame[column], errors="coerce"), dtype=np.float64)


def number(text: str | None) -> float | None:
    """The number in a cell; None where there is none."""
    try:
        value = float(text) if text is not None else float("nan")
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def stamps(frame: pd.DataFrame, parts: Sequence[str], field: str) -> np.ndarray:
    """`datetime64[s]` from columns of year, month, day, hour and, where there is a fifth, minute."""
    values = [numbers(frame, name) for name in parts]
    if not all(np.isfinite(part).all() for part in values):
        raise bad(field, "a date cell is empty or no number", "bad_time")
    year, month, day, hour, *minute = (part.astype(np.int64) for part in values)
    if ((month < 1) | (month > 12) | (day < 1) | (day > 31) | (year < 1800) | (year > 2200)).any():
        raise bad(field, "a date lies outside the calendar", "bad_time")
    months = (year - 1970) * 12 + month - 1
    time = months.astype("datetime64[M]").astype("datetime64[s]") + (day - 1) * np.timedelta64(86_400, "s")
    time += hour * np.timedelta64(3600, "s")
    return np.asarray(time + minute[0] * np.timedelta64(60, "s") if minute else time)


def shifted(time: np.ndarray, hours: float) -> np.ndarray:
    """Times moved by hours."""
    return time + np.timedelta64(round(hours * 3600), "s")
