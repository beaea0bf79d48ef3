"""CSV files of known services: Open-Meteo, PVGIS and the WIND Toolkit, told by their first lines."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from geodata.warnings import DataWarning
from geodata.weather.files.text import bad, lines_of, number, numbers, shifted, stamps, table_of
from geodata.weather.raw import RawWeather, step_of
from geodata.weather.zenith import hours_off

HOUR = np.timedelta64(3600, "s")
OPEN_METEO = {"shortwave_radiation": "ghi", "direct_normal_irradiance": "dni", "diffuse_radiation": "dhi"}
OPEN_METEO_INSTANT = {"temperature_2m": "temp_air", "surface_pressure": "pressure"}
KMH = 3.6
PVGIS = {"G(h)": "ghi", "Gb(n)": "dni", "Gd(h)": "dhi", "T2m": "temp_air", "SP": "pressure"}
WTK_HEIGHT = re.compile(r"wind speed at (\d+)m")


def is_open_meteo(lines: list[str]) -> bool:
    """True where the lines look like Open-Meteo's CSV."""
    return lines[0].startswith("latitude,longitude,elevation,utc_offset_seconds")


def is_pvgis(lines: list[str]) -> bool:
    """True where the lines look like a typical year of PVGIS."""
    return lines[0].startswith("Latitude (decimal degrees):") and any(row.startswith("time(UTC)") for row in lines[:30])


def is_wtk(lines: list[str]) -> bool:
    """True where the lines look like the WIND Toolkit's CSV."""
    return lines[0].startswith("SiteID,")


def read_open_meteo(content: bytes, field: str) -> RawWeather:
    """Radiation is the mean of the hour before the stamp, the rest belongs to the stamp itself."""
    lines = lines_of(content, field)
    place = [number(part) for part in lines[1].split(",")[:4]]
    start = next(at for at, line in enumerate(lines) if line.startswith("time,"))
    frame = table_of(lines[start:], field)
    units = {name.split(" (")[0]: name.partition("(")[2].rstrip(")") for name in frame.columns}
    frame.columns = [name.split(" (")[0] for name in frame.columns]
    time = _iso(frame["time"], field)
    if step_of(time) != 3600:
        raise bad(field, "Open-Meteo's hourly table is needed", "wrong_step")
    columns = {name: numbers(frame, name) for name in frame.columns if name != "time"}
    raw = open_meteo_rows(time, columns, units, place[0], place[1], place[2])
    offset = (place[3] or 0.0) / 3600.0
    return _in_zone(raw, offset, field) if offset else raw


def open_meteo_rows(
    time: np.ndarray,
    columns: dict[str, np.ndarray],
    units: dict[str, str],
    latitude: float | None,
    longitude: float | None,
    elevation_m: float | None,
) -> RawWeather:
    """Open-Meteo's columns on the hours that begin: what is stamped at an hour's end moves to its beginning."""
    begin = time[:-1]
    series = {name: columns[key][1:] for key, name in OPEN_METEO.items() if key in columns}
    for key, name in OPEN_METEO_INSTANT.items():
        if key in columns:
            series[name] = (columns[key][:-1] + columns[key][1:]) / 2.0
    if "snowfall" in columns:
        series["snowfall"] = columns["snowfall"][1:]
    wind = {}
    for key, values in columns.items():
        found = re.fullmatch(r"wind_?speed_(\d+)m", key)
        if found:
            factor = KMH if units.get(key, "m/s").strip().lower() in ("km/h", "kmh") else 1.0
            wind[float(found[1])] = (values[:-1] + values[1:]) / 2.0 / factor
    return RawWeather(
        time_utc=begin,
        step_s=3600,
        series=series,
        wind=wind,
        name="open_meteo",
        latitude=latitude,
        longitude=longitude,
        elevation_m=elevation_m,
    )


def read_pvgis(content: bytes, field: str) -> RawWeather:
    """A typical year; satellite irradiance belongs to an instant some minutes past the stamp."""
    lines = lines_of(content, field)
    head = {name: number(value) for name, _, value in (line.partition(":") for line in lines[:12])}
    start = next(at for at, line in enumerate(lines) if line.startswith("time(UTC)"))
    rows = [lines[start], *(line for line in lines[start + 1 :] if re.match(r"\d{8}:\d{4},", line))]
    frame = table_of(rows, field)
    time = pd.to_datetime(frame["time(UTC)"], format="%Y%m%d:%H%M").to_numpy().astype("datetime64[s]")
    return RawWeather(
        time_utc=time.astype("datetime64[h]").astype("datetime64[s]"),
        step_s=3600,
        series={name: numbers(frame, column) for column, name in PVGIS.items() if column in frame},
        wind={10.0: numbers(frame, "WS10m")} if "WS10m" in frame else {},
        name="pvgis",
        latitude=head.get("Latitude (decimal degrees)"),
        longitude=head.get("Longitude (decimal degrees)"),
        elevation_m=head.get("Elevation (m)"),
        instant_at=head.get("Irradiance Time Offset (h)") or 0.0,
        typical=True,
    )


def read_wtk(content: bytes, field: str) -> RawWeather:
    """The WIND Toolkit at many heights; the first line gives place and the zone of the data."""
    lines = lines_of(content, field)
    cells = lines[0].split(",")
    head = dict(zip(cells[::2], cells[1::2], strict=False))
    zone = number(head.get("Data Timezone"))
    if zone is None:
        raise bad(field, "the first line gives no Data Timezone", "missing")
    frame = table_of(lines[1:], field)
    time = stamps(frame, ("Year", "Month", "Day", "Hour"), field)
    wind, series = {}, {}
    for name in frame.columns:
        found = WTK_HEIGHT.match(name)
        if found:
            wind[float(found[1])] = numbers(frame, name)
        elif name.startswith("surface air pressure"):
            series["pressure"] = numbers(frame, name)
        elif name.startswith("air temperature at 2m"):
            series["temp_air"] = numbers(frame, name)
    if "temp_air" not in series:
        lowest = next((name for name in frame.columns if name.startswith("air temperature at")), None)
        if lowest:
            series["temp_air"] = numbers(frame, lowest)
    return RawWeather(
        time_utc=shifted(time, -zone),
        step_s=step_of(time),
        series=series,
        wind=wind,
        name="wtk",
        latitude=number(head.get("Latitude")),
        longitude=number(head.get("Longitude")),
    )


def _iso(column: "pd.Series[str]", field: str) -> np.ndarray:
    try:
        return pd.to_datetime(column).to_numpy().astype("datetime64[s]")
    except (ValueError, TypeError) as error:
        raise bad(field, "a time stamp cannot be read", "bad_time") from error


def _in_zone(raw: RawWeather, offset: float, field: str) -> RawWeather:
    """The header names a zone, but copies of such files often hold UTC all the same: the sun decides."""
    light = raw.series.get("ghi")
    if light is None or raw.latitude is None or raw.longitude is None:
        detail = f"the header names a zone, UTC{offset:+g}, and there is no sun to check it by: stamps are taken as UTC"
        return replace(raw, warnings=(*raw.warnings, DataWarning("time_zone_assumed", detail)))
    as_utc = hours_off(raw.time_utc, light, raw.latitude, raw.longitude)
    moved = shifted(raw.time_utc, -offset)
    as_local = hours_off(moved, light, raw.latitude, raw.longitude)
    if as_utc is None or as_local is None:
        raise bad(field, "the zone of the stamps cannot be told: there is no light in the file", "time_zone_unknown")
    if abs(as_utc) <= abs(as_local):
        detail = f"the header names UTC{offset:+g}, the light follows the sun in UTC: stamps are taken as UTC"
        return replace(raw, warnings=(*raw.warnings, DataWarning("time_zone_checked", detail)))
    return replace(raw, time_utc=moved)
