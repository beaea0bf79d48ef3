"""EPW and TMY3, read by pvlib."""

import io
import warnings

import numpy as np
import pandas as pd
from pvlib import iotools

from geodata.weather.files.text import bad, lines_of
from geodata.weather.raw import RawWeather, step_of

HOUR = np.timedelta64(3600, "s")
WIND_HEIGHT_M = 10.0
MISSING_WIND = 90.0  # 99 and 999 say that there is none


def is_epw(lines: list[str]) -> bool:
    """True where the lines look like an EPW."""
    return lines[0].upper().startswith("LOCATION,")


def is_tmy3(lines: list[str]) -> bool:
    """True where the lines look like a TMY3: station, then a line of columns that begins with the date."""
    return lines[1].lower().startswith("date (mm/dd/yyyy),time (hh:mm)")


def read_epw(content: bytes, field: str) -> RawWeather:
    """EnergyPlus weather: hours 1 to 24 hold the hour that ends then; pvlib stamps their beginning."""
    lines = lines_of(content, field)
    if not is_epw(lines):
        raise bad(field, "is no EPW: its first line must begin with LOCATION")
    try:
        frame, meta = iotools.read_epw(io.StringIO("\n".join(lines)))
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise bad(field, "is no EPW that pvlib can read: 8 lines of header, then 35 columns an hour") from error
    return _raw(frame, meta, "epw", np.timedelta64(0, "s"))


def read_tmy3(content: bytes, field: str) -> RawWeather:
    """NREL's TMY3: stamps at the end of the hour."""
    lines = lines_of(content, field)
    if not is_tmy3(lines):
        raise bad(field, "is no TMY3: its second line must begin with Date (MM/DD/YYYY),Time (HH:MM)")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frame, meta = iotools.read_tmy3(io.StringIO("\n".join(lines)), map_variables=True)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise bad(field, "is no TMY3 that pvlib can read") from error
    return _raw(frame, meta, "tmy3", HOUR)


def _raw(frame: pd.DataFrame, meta: dict[str, object], name: str, back: np.timedelta64) -> RawWeather:
    index = pd.DatetimeIndex(frame.index).tz_convert("UTC").tz_localize(None)
    time = index.to_numpy().astype("datetime64[s]") - back
    step = step_of(time)
    series = {
        variable: np.asarray(pd.to_numeric(frame[column], errors="coerce"), dtype=np.float64)
        for variable, column in (
            ("ghi", "ghi"),
            ("dni", "dni"),
            ("dhi", "dhi"),
            ("temp_air", "temp_air"),
            ("pressure", "pressure" if name == "tmy3" else "atmospheric_pressure"),
        )
        if column in frame
    }
    years = pd.DatetimeIndex(frame.index).year
    wind = np.asarray(pd.to_numeric(frame["wind_speed"], errors="coerce"), dtype=np.float64)
    return RawWeather(
        time_utc=time,
        step_s=abs(step),
        series=series,
        wind={WIND_HEIGHT_M: np.where(wind > MISSING_WIND, np.nan, wind)},
        name=name,
        latitude=_float(meta.get("latitude")),
        longitude=_float(meta.get("longitude")),
        elevation_m=_float(meta.get("altitude")),
        typical=years.nunique() > 2,
    )


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float | np.floating) else None
