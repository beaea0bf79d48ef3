"""SRW, SAM's wind resource file: place, note, names, units, heights; then rows without time stamps."""

import numpy as np
import pandas as pd

from geodata.warnings import DataWarning
from geodata.weather.files.text import bad, lines_of, number, shifted
from geodata.weather.raw import RawWeather
from geodata.weather.year import hours_of

KNOWN = {"temperature", "pressure", "speed", "direction", "temp", "windspeed", "wind speed"}
ATM_PA = 101_325.0
LAPSE_K_PER_M, PRESSURE_EXPONENT = 0.0065, 5.2559
STEPS = (1.0, 0.5, 0.25, 1.0 / 6.0, 1.0 / 12.0)  # hours, where the header gives the step in place of a zone


def is_srw(lines: list[str]) -> bool:
    """True where the lines look like one."""
    if len(lines) < 6:
        return False
    names = {part.strip().lower() for part in lines[2].split(",") if part.strip()}
    heights = [number(part) for part in lines[4].split(",") if part.strip()]
    return bool(names) and names <= KNOWN and len(heights) > 0 and all(height is not None for height in heights)


def read_srw(content: bytes, field: str) -> RawWeather:
    """A wind file; local standard time, the zone from the header or, with a warning, from the longitude."""
    lines = lines_of(content, field)
    if not is_srw(lines):
        raise bad(field, "is no SRW: line 3 must name Temperature, Pressure, Speed, Direction, line 5 their heights")
    place = [part.strip() for part in lines[0].split(",")]
    names = [part.strip().lower() for part in lines[2].split(",")]
    units = [part.strip().lower() for part in lines[3].split(",")]
    heights = [number(part) for part in lines[4].split(",")]
    table = [line.split(",") for line in lines[5:] if line.strip()]
    if len({len(row) for row in table}) != 1:
        raise bad(field, "its rows are not a table: the number of cells differs from line to line")
    values = pd.DataFrame(table).apply(pd.to_numeric, errors="coerce").to_numpy(dtype=np.float64)
    rows = len(values)
    if rows not in (8760, 8784) and rows % 8760:
        raise bad(
            field, f"holds {rows:,} rows; 8,760 or 8,784 an hour, or a whole multiple, are needed", "wrong_length"
        )
    wind, air, pressure = {}, {}, {}
    for column, (name, height) in enumerate(zip(names, heights, strict=False)):
        if height is None or column >= values.shape[1]:
            continue
        if name in ("speed", "windspeed", "wind speed"):
            wind[float(height)] = values[:, column]
        elif name.startswith("temp"):
            air[float(height)] = values[:, column]
        elif name == "pressure":
            factor = ATM_PA if units[column : column + 1] == ["atm"] else 1.0
            pressure[float(height)] = values[:, column] * factor
    if not wind:
        raise bad(field, "no column holds a wind speed", "missing")
    series = _at_the_ground(air, pressure)
    numeric = [number(part) for part in place]
    latitude, longitude, elevation, zone = (numeric[at] if at < len(numeric) else None for at in (5, 6, 7, 8))
    year = int(numeric[4]) if len(numeric) > 4 and numeric[4] and 1900 < numeric[4] < 2101 else 2019
    time, notes = _times(rows, year, zone, longitude)
    return RawWeather(
        time_utc=time,
        step_s=3600 * 8760 // rows if rows % 8760 == 0 else 3600,
        series=series,
        wind=wind,
        name="srw",
        latitude=latitude,
        longitude=longitude,
        elevation_m=elevation,
        warnings=notes,
    )


def _at_the_ground(air: dict[float, np.ndarray], pressure: dict[float, np.ndarray]) -> dict[str, np.ndarray]:
    """Temperature and pressure of the lowest height brought down to 2 m and to the ground (standard atmosphere)."""
    if not air:
        return {}
    height = min(air)
    ground = air[height] + LAPSE_K_PER_M * height
    series = {"temp_air": ground}
    if pressure:
        lowest = min(pressure)
        aloft = 1.0 - LAPSE_K_PER_M * lowest / (ground + 273.15)
        series["pressure"] = pressure[lowest] * aloft**-PRESSURE_EXPONENT
    return series


def _times(
    rows: int, year: int, zone: float | None, longitude: float | None
) -> tuple[np.ndarray, tuple[DataWarning, ...]]:
    """Beginnings of the rows in UTC: a year of local time."""
    if rows == 8784 and len(hours_of(year)) != 8784:
        year = 2020
    first = hours_of(year)[0]
    if rows == 8760 and len(hours_of(year)) == 8784:
        year, first = 2019, hours_of(2019)[0]  # the leap day was left out
    step = 3600 * 8760 // rows if rows % 8760 == 0 else 3600
    time = first + np.arange(rows) * np.timedelta64(step, "s")
    if zone is not None and zone not in STEPS and abs(zone) <= 14.0:
        return shifted(time, -zone), ()
    assumed = round((longitude or 0.0) / 15.0)
    detail = f"the header gives no time zone: the rows are taken as local time, UTC{assumed:+d}, from the longitude"
    return shifted(time, -assumed), (DataWarning("time_zone_assumed", detail),)
