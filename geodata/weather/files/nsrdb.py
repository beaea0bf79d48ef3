"""SAM CSV, the format of the NSRDB: two lines of header, then year, month, day, hour, minute and the rest."""

import numpy as np

from geodata.weather.files.text import bad, lines_of, number, numbers, shifted, stamps, table_of
from geodata.weather.raw import RawWeather, step_of

NAMES = {
    "ghi": ("ghi", "gh", "global horizontal irradiance"),
    "dni": ("dni", "dn", "beam", "direct normal irradiance"),
    "dhi": ("dhi", "df", "diffuse horizontal irradiance"),
    "temp_air": ("temperature", "tdry", "air temperature", "temp", "dry-bulb"),
    "pressure": ("pressure", "pres", "surface pressure"),
}
WIND = ("wind speed", "wspd", "windspeed")
WIND_HEIGHT_M = 10.0
DATE = ("year", "month", "day", "hour", "minute")


def is_sam_csv(lines: list[str]) -> bool:
    """True where the lines look like one."""
    head, names = lines[0].lower(), lines[2].lower()
    return "latitude" in head and "time zone" in head and names.replace(" ", "").startswith("year,month,day,hour")


def read_sam_csv(content: bytes, field: str) -> RawWeather:
    """A solar file; the header gives place and time zone, a minute says which instant a row stands for."""
    lines = lines_of(content, field)
    if not is_sam_csv(lines):
        raise bad(
            field, "is no SAM CSV: line 1 must name Latitude, Longitude, Time Zone, line 3 Year, Month, Day, Hour"
        )
    header = dict(zip((n.strip().lower() for n in lines[0].split(",")), lines[1].split(","), strict=False))
    frame = table_of(lines[2:], field)
    frame.columns = [name.lower() for name in frame.columns]
    parts = [name for name in DATE if name in frame.columns]
    zone = number(header.get("time zone"))
    if zone is None:
        raise bad(field, "the header gives no Time Zone", "missing")
    time = stamps(frame, parts, field)
    step = step_of(time)
    minute = int(numbers(frame, "minute")[0]) if "minute" in parts else None
    if minute is not None:
        time = time - np.timedelta64(60 * (minute % max(step // 60, 1)), "s")
    series = {}
    for variable, known in NAMES.items():
        column = next((name for name in known if name in frame.columns), None)
        if (column is not None and variable != "pressure") or (
            column is not None and np.nanmax(numbers(frame, column)) > 0.0
        ):
            series[variable] = numbers(frame, column)
    wind = next((name for name in WIND if name in frame.columns), None)
    years = np.unique(frame["year"])
    return RawWeather(
        time_utc=shifted(time, -zone),
        step_s=step,
        series=series,
        wind={} if wind is None else {WIND_HEIGHT_M: numbers(frame, wind)},
        name="sam_csv",
        latitude=number(header.get("latitude")),
        longitude=number(header.get("longitude")),
        elevation_m=number(header.get("elevation")),
        instant_at=None if minute is None or step != 3600 else minute / 60.0,
        typical=len(years) > 2,
    )
