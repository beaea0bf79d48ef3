"""CSV and Parquet with columns that the caller names: `{"time": "stamp", "ghi": "GHI", "wind_speed_80m": "ws80"}`."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from geodata.weather.files.parquet import parquet_frame
from geodata.weather.files.text import bad, lines_of, shifted, table_of
from geodata.weather.raw import VARIABLES, FileProblem, RawWeather, WeatherFileError, step_of

WIND = re.compile(r"wind_speed_(\d+(?:\.\d+)?)m")
OPTIONS = ("time", "utc_offset_hours", "stamp")
STAMPS = ("begin", "middle", "end", "instant")


def read_csv(content: bytes, field: str, columns: Mapping[str, Any]) -> RawWeather:
    """A table of text; one line of names, or windpowerlib's two of names and heights."""
    lines = lines_of(content, field)
    if lines[0].startswith("variable_name") and lines[1].startswith("height"):
        names, heights = lines[0].split(","), lines[1].split(",")
        lines = [",".join(["time"] + [f"{n}_{h}m" for n, h in zip(names[1:], heights[1:], strict=True)]), *lines[2:]]
    if lines[0].startswith(","):
        lines[0] = "time" + lines[0]
    return _mapped(table_of(lines, field), field, columns, "csv")


def read_parquet(content: bytes, field: str, columns: Mapping[str, Any]) -> RawWeather:
    """A Parquet table; what it would unpack to is known before it is unpacked."""
    try:
        frame = parquet_frame(content, field)
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, WeatherFileError):
            raise
        raise bad(field, "is no Parquet file that can be read") from error
    return _mapped(frame, field, columns, "parquet")


def _mapped(frame: pd.DataFrame, field: str, columns: Mapping[str, Any], name: str) -> RawWeather:
    errors: list[FileProblem] = []
    offset, stamp = columns.get("utc_offset_hours", 0.0), columns.get("stamp")
    if not isinstance(offset, int | float) or isinstance(offset, bool) or not -14.0 <= offset <= 14.0:
        errors.append(FileProblem("columns/utc_offset_hours", "hours from UTC, -14 to 14", "out_of_range"))
    if stamp is not None and stamp not in STAMPS:
        errors.append(FileProblem("columns/stamp", "must be one of " + ", ".join(STAMPS), "unknown_value"))
    mapping = {key: value for key, value in columns.items() if key not in OPTIONS}
    if not mapping:
        mapping = {key: key for key in frame.columns if key in VARIABLES or WIND.fullmatch(key)}
    for key, column in mapping.items():
        if key not in VARIABLES and not WIND.fullmatch(key):
            detail = "no variable of this name; known: " + ", ".join((*VARIABLES, "wind_speed_<height>m", *OPTIONS))
            errors.append(FileProblem(f"columns/{key}", detail, "unknown_field"))
        elif not isinstance(column, str) or column not in frame.columns:
            detail = "the file has no such column; it has: " + ", ".join(list(frame.columns)[:40])
            errors.append(FileProblem(f"columns/{key}", detail, "unknown_column"))
    time_column = columns.get("time", "time")
    if not isinstance(time_column, str) or time_column not in frame.columns:
        detail = "name the column of time stamps; the file has: " + ", ".join(list(frame.columns)[:40])
        errors.append(FileProblem("columns/time", detail, "unknown_column"))
    if not mapping:
        detail = "no column is mapped: name at least one of " + ", ".join((*VARIABLES, "wind_speed_<height>m"))
        errors.append(FileProblem("columns", detail, "missing"))
    if errors:
        raise WeatherFileError(errors)
    time, step, instant = _times(frame[time_column], float(offset), stamp, field)
    values = {
        key: np.asarray(pd.to_numeric(frame[column], errors="coerce"), np.float64) for key, column in mapping.items()
    }
    return RawWeather(
        time_utc=time,
        step_s=step,
        series={key: series for key, series in values.items() if key in VARIABLES},
        wind={float(found[1]): values[key] for key in values if (found := WIND.fullmatch(key))},
        name=name,
        instant_at=instant,
        typical=len(np.unique(time.astype("datetime64[Y]"))) > 2 and len(time) * step <= 8784 * 3600,
    )


def _times(
    column: "pd.Series[Any]", offset: float, stamp: str | None, field: str
) -> tuple[np.ndarray, int, float | None]:
    """Beginnings of the rows in UTC, their step, and where the instants lie (None: means)."""
    try:
        index = pd.DatetimeIndex(pd.to_datetime(column, utc=True))
    except (ValueError, TypeError, OverflowError) as error:
        raise bad(field, "a time stamp cannot be read: ISO 8601 is needed", "bad_time") from error
    if index.isna().any():
        raise bad(field, "a time stamp is missing", "bad_time")
    time = index.tz_localize(None).to_numpy().astype("datetime64[s]")
    zoned = column.astype(str).str.contains(r"[+-]\d\d:?\d\d$|Z$", regex=True).all()
    time = time if zoned else shifted(time, -offset)
    step = step_of(time)
    if step <= 0:
        raise bad(field, "time stamps must ascend", "bad_time")
    if stamp is None:
        own = re.search(r"[T ]\d{1,2}:(\d\d)", str(column.iloc[0]))  # the minute on the file's own clock
        stamp = "middle" if own and int(own[1]) * 120 == step else "begin"
    if stamp == "middle":
        return time - np.timedelta64(step // 2, "s"), step, None
    if stamp == "end":
        return time - np.timedelta64(step, "s"), step, None
    if stamp == "instant" and step == 3600:
        past = int(time[0].astype(np.int64) % 3600)
        return time - np.timedelta64(past, "s"), step, past / 3600.0
    return time, step, None
