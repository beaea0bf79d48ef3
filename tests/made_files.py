"""Weather files made of an embedded year, in every format that is read: the tests need no data beside the project."""

import io
import json
from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geodata.weather.climatology import Climatology
from geodata.weather.year import WeatherYear

PLACE = (40.0, -105.0)
ZONE = -7
ROLL = -ZONE  # the first local hour of the year is this hour of the UTC year


def made_year(year: int | None = None, place: tuple[float, float] = PLACE) -> WeatherYear:
    return Climatology.load().fetch(*place, year)


def local(values: np.ndarray) -> np.ndarray:
    """A UTC year as a year of local time."""
    return np.roll(values, -ROLL)


def sam_csv(year: WeatherYear, **columns: np.ndarray) -> bytes:
    """NSRDB: local time, stamped at half past."""
    time = pd.DatetimeIndex(year.time_utc)
    frame = pd.DataFrame(
        {
            "Year": time.year, "Month": time.month, "Day": time.day, "Hour": time.hour, "Minute": 30,
            "GHI": local(year.ghi_w_per_m2), "DHI": local(year.dhi_w_per_m2), "DNI": local(year.dni_w_per_m2),
            "Wind Speed": local(year.wind_10m_m_per_s), "Temperature": local(year.air_c), "Pressure": 830.0,
        }
        | columns
    ).round(3)  # fmt: skip
    head = "Source,Location ID,City,State,Country,Latitude,Longitude,Time Zone,Elevation\n"
    return (head + f"made,0,-,-,-,{year.latitude},{year.longitude},{ZONE},1600\n" + frame.to_csv(index=False)).encode()


def srw(year: WeatherYear, zone: str = str(ZONE)) -> bytes:
    """SAM's wind file at 80 and 120 m."""
    rows = np.column_stack(
        [local(year.air_c), np.full(len(year.air_c), 0.83)]
        + [local(year.wind_100m_m_per_s) * (height / 100.0) ** 0.14 for height in (80.0, 120.0)]
    )
    head = [
        f"0,city,CO,USA,{year.year},{year.latitude},{year.longitude},1600,{zone},{len(rows)}", "made",
        "Temperature,Pressure,Speed,Speed", "C,atm,m/s,m/s", "80,80,80,120",
    ]  # fmt: skip
    return "\n".join([*head, *(",".join(f"{value:.3f}" for value in row) for row in rows)]).encode()


def epw(year: WeatherYear) -> bytes:
    """EnergyPlus: 8 lines of header, hours 1 to 24."""
    time = pd.DatetimeIndex(year.time_utc)
    ghi, dni, dhi, air, wind = (
        local(part)
        for part in (year.ghi_w_per_m2, year.dni_w_per_m2, year.dhi_w_per_m2, year.air_c, year.wind_10m_m_per_s)
    )
    head = [f"LOCATION,Made,CO,USA,test,0,{year.latitude},{year.longitude},{ZONE}.0,1600.0"]
    head += ["DESIGN CONDITIONS,0", "TYPICAL/EXTREME PERIODS,0", "GROUND TEMPERATURES,0"]
    head += [
        "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0",
        "COMMENTS 1,made",
        "COMMENTS 2,",
        "DATA PERIODS,1,1,Data,Sunday,1/1,12/31",
    ]
    rows = []
    for at, stamp in enumerate(time):
        cells = [stamp.year, stamp.month, stamp.day, stamp.hour + 1, 60, "?", f"{air[at]:.2f}", 0, 50, 83000, 0, 0, 0]
        cells += [f"{ghi[at]:.2f}", f"{dni[at]:.2f}", f"{dhi[at]:.2f}", 0, 0, 0, 0, 180, f"{wind[at]:.2f}"]
        cells += [0, 0, 20, 777, 9, 999999999, 0, 0.1, 0, 88, 0.2, 0, 1]
        rows.append(",".join(map(str, cells)))
    return "\n".join(head + rows).encode()


def tmy3(year: WeatherYear) -> bytes:
    """TMY3: stamps at the end of the hour, 01:00 to 24:00; the columns that matter, months of several years."""
    time = pd.DatetimeIndex(year.time_utc)
    names = ["Date (MM/DD/YYYY)", "Time (HH:MM)", "ETR (W/m^2)", "GHI (W/m^2)", "DNI (W/m^2)", "DHI (W/m^2)"]
    names += ["Dry-bulb (C)", "Pressure (mbar)", "Wspd (m/s)", "Alb (unitless)", "Lprecip depth (mm)"]
    values = np.column_stack(
        [
            local(part)
            for part in (year.ghi_w_per_m2, year.dni_w_per_m2, year.dhi_w_per_m2, year.air_c, year.wind_10m_m_per_s)
        ]
    ).round(2)
    lines = [f"724666,MADE,CO,{ZONE}.0,{year.latitude},{year.longitude},1600", ",".join(names)]
    for stamp, row in zip(time, values, strict=True):
        day = f"{stamp.month:02d}/{stamp.day:02d}/{1990 + stamp.month % 5}"
        lines.append(f"{day},{stamp.hour + 1:02d}:00,0,{row[0]},{row[1]},{row[2]},{row[3]},830,{row[4]},0.2,0")
    return "\n".join(lines).encode()


def frame_of(year: WeatherYear) -> pd.DataFrame:
    """Columns under names of their own."""
    return pd.DataFrame(
        {
            "stamp": pd.DatetimeIndex(year.time_utc).strftime("%Y-%m-%dT%H:%M:%SZ"), "G": year.ghi_w_per_m2,
            "B": year.dni_w_per_m2, "D": year.dhi_w_per_m2, "T": year.air_c, "V": year.wind_100m_m_per_s,
        }
    )  # fmt: skip


COLUMNS = {"time": "stamp", "ghi": "G", "dni": "B", "dhi": "D", "temp_air": "T", "wind_speed_100m": "V"}


def csv(year: WeatherYear) -> bytes:
    return frame_of(year).to_csv(index=False).encode()


def parquet(year: WeatherYear) -> bytes:
    out = io.BytesIO()
    frame_of(year).to_parquet(out)
    return out.getvalue()


def open_meteo(year: WeatherYear) -> bytes:
    """UTC stamps at the hour's end for radiation, with a day before and after the year."""
    before = np.arange(-24, len(year.time_utc) + 25)
    time = year.time_utc[0] + before * np.timedelta64(3600, "s")
    at = before % len(year.time_utc)
    frame = pd.DataFrame(
        {
            "time": pd.DatetimeIndex(time).strftime("%Y-%m-%dT%H:%M"),
            "wind_speed_10m (m/s)": year.wind_10m_m_per_s[at],
            "wind_speed_100m (km/h)": 3.6 * year.wind_100m_m_per_s[at],
            "temperature_2m (C)": year.air_c[at], "surface_pressure (hPa)": 830.0,
            "shortwave_radiation (W/m2)": year.ghi_w_per_m2[at - 1],
            "direct_normal_irradiance (W/m2)": year.dni_w_per_m2[at - 1],
            "diffuse_radiation (W/m2)": year.dhi_w_per_m2[at - 1],
        }
    )  # fmt: skip
    head = "latitude,longitude,elevation,utc_offset_seconds,timezone,timezone_abbreviation\n"
    head += f"{year.latitude},{year.longitude},1600,-25200,America/Denver,GMT-7\n\n"
    return (head + frame.to_csv(index=False)).encode()


MAKERS: dict[str, tuple[Callable[[WeatherYear], bytes], str | None]] = {
    "sam_csv": (sam_csv, None),
    "epw": (epw, None),
    "tmy3": (tmy3, None),
    "srw": (srw, None),
    "csv": (csv, json.dumps(COLUMNS)),
    "parquet": (parquet, json.dumps(COLUMNS)),
}


def lying(table: pa.Table) -> bytes:
    """A Parquet file whose footer says of every size that it is a byte; its pages are as they are."""
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd", use_dictionary=False, store_schema=False)
    content = out.getvalue()
    start = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    footer, meta = content[start:], pq.ParquetFile(out).metadata
    groups = [meta.row_group(index) for index in range(meta.num_row_groups)]
    sizes = {group.total_byte_size for group in groups}
    sizes |= {group.column(index).total_uncompressed_size for group in groups for index in range(meta.num_columns)}
    for size in sizes:
        told = varint(2 * size)
        footer = footer.replace(told, b"\x82" + b"\x80" * (len(told) - 2) + b"\x00")  # as long as before
    return content[:start] + footer


def varint(value: int) -> bytes:
    """Seven bits a byte, the least first."""
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])
