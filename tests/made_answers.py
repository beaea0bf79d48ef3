"""Answers of weather services made of an embedded year, in the form that each service sends."""

import io
import json
import zipfile
from typing import Any

import numpy as np
import pandas as pd

from geodata.weather.year import WeatherYear


def nasa_power(year: WeatherYear) -> bytes:
    stamps = pd.DatetimeIndex(year.time_utc).strftime("%Y%m%d%H")
    series = {
        "ALLSKY_SFC_SW_DWN": year.ghi_w_per_m2,
        "ALLSKY_SFC_SW_DNI": year.dni_w_per_m2,
        "ALLSKY_SFC_SW_DIFF": year.dhi_w_per_m2,
        "T2M": year.air_c,
        "PS": np.full(len(stamps), 83.0),
        "WS10M": year.wind_10m_m_per_s,
        "WS50M": year.wind_10m_m_per_s * 5.0**0.2,
    }
    parameter = {name: dict(zip(stamps, np.round(values, 3).tolist(), strict=True)) for name, values in series.items()}
    parameter["T2M"][stamps[5]] = -999.0
    return json.dumps(
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [year.longitude, year.latitude, 1600.0]},
            "properties": {"parameter": parameter},
            "header": {"title": "made", "fill_value": -999.0, "time_standard": "UTC"},
            "parameters": {},
            "times": {},
        }
    ).encode()


def pvgis_hourly(year: WeatherYear) -> bytes:
    """Instants ten minutes past the hour."""
    stamps = pd.DatetimeIndex(year.time_utc).strftime("%Y%m%d:%H10")
    beam = year.ghi_w_per_m2 - year.dhi_w_per_m2
    rows = [
        {"time": stamp, "Gb(i)": b, "Gd(i)": d, "Gr(i)": 0.0, "H_sun": 0.0, "T2m": t, "WS10m": w, "Int": 0.0}
        for stamp, b, d, t, w in zip(stamps, beam, year.dhi_w_per_m2, year.air_c, year.wind_10m_m_per_s, strict=True)
    ]
    location = {"latitude": year.latitude, "longitude": year.longitude, "elevation": 1600.0}
    return json.dumps({"inputs": {"location": location}, "outputs": {"hourly": rows}, "meta": {}}).encode()


def open_meteo(year: WeatherYear) -> bytes:
    """The year and the day after it; a stamp ends the hour of radiation."""
    count = len(year.time_utc) + 24
    at = np.arange(count) % len(year.time_utc)
    time = year.time_utc[0] + np.arange(count) * np.timedelta64(3600, "s")

    def listed(values: np.ndarray, shift: int = 0) -> list[Any]:
        return np.round(values[(at - shift) % len(values)], 3).tolist()

    hourly: dict[str, Any] = {
        "time": pd.DatetimeIndex(time).strftime("%Y-%m-%dT%H:%M").tolist(),
        "shortwave_radiation": listed(year.ghi_w_per_m2, 1),
        "direct_normal_irradiance": listed(year.dni_w_per_m2, 1),
        "diffuse_radiation": listed(year.dhi_w_per_m2, 1),
        "temperature_2m": listed(year.air_c),
        "surface_pressure": [830.0] * count,
        "snowfall": [0.0] * count,
        "wind_speed_10m": listed(year.wind_10m_m_per_s),
        "wind_speed_100m": listed(year.wind_100m_m_per_s),
    }
    hourly["temperature_2m"][7] = None
    return json.dumps(
        {
            "latitude": year.latitude,
            "longitude": year.longitude,
            "elevation": 1600.0,
            "utc_offset_seconds": 0,
            "timezone": "GMT",
            "hourly_units": {"time": "iso8601", "wind_speed_10m": "m/s", "wind_speed_100m": "m/s"},
            "hourly": hourly,
        }
    ).encode()


def era5_frame(year: WeatherYear) -> pd.DataFrame:
    """ERA5's own variables, the first hour of the next year with them."""
    count = len(year.time_utc) + 1
    at = np.arange(count) % len(year.time_utc)
    return pd.DataFrame(
        {
            "valid_time": year.time_utc[0] + np.arange(count) * np.timedelta64(3600, "s"),
            "t2m": year.air_c[at] + 273.15,
            "sp": 83_000.0,
            "ssrd": year.ghi_w_per_m2[at - 1] * 3600.0,
            "u10": 0.6 * year.wind_10m_m_per_s[at],
            "v10": -0.8 * year.wind_10m_m_per_s[at],
            "u100": 0.6 * year.wind_100m_m_per_s[at],
            "v100": -0.8 * year.wind_100m_m_per_s[at],
            "latitude": year.latitude,
            "longitude": year.longitude,
        }
    )


def era5_zip(year: WeatherYear) -> bytes:
    """Two tables, as the Climate Data Store splits them."""
    frame, out = era5_frame(year), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, columns in (("sun.csv", ["t2m", "sp", "ssrd"]), ("wind.csv", ["u10", "v10", "u100", "v100"])):
            table = frame[["valid_time", *columns, "latitude", "longitude"]]
            archive.writestr(name, table.to_csv(index=False))
    return out.getvalue()
