"""Readers of the real weather files beside the project, with the traps that their README names."""

import gzip
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from models.supply.sun import sun_vector
from tests.shared import SHARED

FOLDER = SHARED / "validation" / "weather"
NSRDB = (
    "P01_minnesota_ironrange_2013_nsrdb.csv",
    "P02_texas_panhandle_2012_nsrdb.csv",
    "P04_texas_west_2013_nsrdb.csv",
    "P09_geraldton_west_australia_2020_himawari8_local.csv",
    "S03_rome_italy_2008_meteosat_utc.csv",
    "S07_almeria_spain_2012_bnc.csv",
)
OPEN_METEO = (
    "P09_geraldton_west_australia_2024_openmeteo_local.csv",
    "S04_denmark_jutland_2023_openmeteo_utc.csv",
)
SRW = (
    "P01_minnesota_ironrange_2013_wtk_100_120m.srw",
    "P02_texas_panhandle_2012_wtk_80_100m.srw",
    "P04_texas_west_2013_wtk_100_120m.srw",
    "W03_arizona_eastern_typical_50-140m.srw",
    "W07_texas_gulf_offshore_2013_wtk_160_200m.srw",
)


@dataclass(frozen=True)
class SolarYear:
    """One year of solar weather; UTC, hour beginning."""

    latitude: float
    longitude: float
    elevation_m: float
    time_utc: np.ndarray
    ghi: np.ndarray
    dni: np.ndarray
    dhi: np.ndarray
    air_c: np.ndarray
    wind: np.ndarray


@dataclass(frozen=True)
class WindYear:
    """One year of wind by height; temperatures in Celsius, pressure in Pa (None where there is none)."""

    speed: dict[float, np.ndarray]
    air_c: dict[float, np.ndarray]
    pressure_pa: np.ndarray | None
    latitude: float
    longitude: float


def lines_of(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode("utf-8-sig").splitlines()


def read_nsrdb(name: str) -> SolarYear:
    """NSRDB CSV; the year in the stamps is taken as it stands, local time shifted by the header's zone."""
    lines = lines_of(FOLDER / "solar" / f"{name}.gz")
    header = dict(zip(lines[0].split(","), lines[1].split(","), strict=False))
    frame = pd.read_csv(io.StringIO("\n".join(lines[2:])))
    frame.columns = [column.strip().lower() for column in frame.columns]
    stamps = pd.to_datetime(frame[["year", "month", "day", "hour"]])
    time = stamps.to_numpy() - np.timedelta64(int(float(header["Time Zone"])), "h")
    latitude, longitude = float(header["Latitude"]), float(header["Longitude"])
    ghi, dhi = frame["ghi"].to_numpy(float), frame["dhi"].to_numpy(float)
    dni = frame["dni"].to_numpy(float)
    if not dni.any():
        up = sun_vector(time, np.array([latitude]), np.array([longitude])).up[0]
        high = up > np.cos(np.radians(87.0))
        dni = np.where(high, np.maximum(ghi - dhi, 0.0) / np.where(high, up, 1.0), 0.0)
    air = next(column for column in frame.columns if column in ("temperature", "tdry", "air temperature"))
    return SolarYear(
        latitude,
        longitude,
        float(header["Elevation"]),
        time,
        ghi,
        np.clip(dni, 0.0, 1400.0),
        dhi,
        frame[air].to_numpy(float),
        frame["wind speed"].to_numpy(float),
    )


def read_open_meteo(name: str, year: int) -> SolarYear:
    """Open-Meteo CSV: UTC stamps at the end of the hour for radiation; days beside the year are left out."""
    lines = lines_of(FOLDER / "solar" / f"{name}.gz")
    latitude, longitude, elevation = (float(value) for value in lines[1].split(",")[:3])
    frame = pd.read_csv(io.StringIO("\n".join(lines[3:])))
    frame.columns = [column.split(" (")[0] for column in frame.columns]
    time = pd.to_datetime(frame["time"]).to_numpy() - np.timedelta64(1, "h")
    inside = time.astype("datetime64[Y]").astype(int) + 1970 == year
    names = ("shortwave_radiation", "direct_normal_irradiance", "diffuse_radiation", "temperature_2m", "wind_speed_10m")
    values = [frame[column].to_numpy(float)[inside] for column in names]
    return SolarYear(latitude, longitude, elevation, time[inside], *values)


def read_srw(name: str) -> WindYear:
    """SAM's wind resource file: line 3 names the columns, line 5 their heights."""
    lines = lines_of(FOLDER / "wind" / f"{name}.gz")
    place = lines[0].split(",")
    names = [part.strip().lower() for part in lines[2].split(",")]
    heights = [float(part) for part in lines[4].split(",")]
    values = np.genfromtxt(io.StringIO("\n".join(lines[5:])), delimiter=",")
    speed = {h: values[:, i] for i, (n, h) in enumerate(zip(names, heights, strict=False)) if n.startswith("speed")}
    air = {h: values[:, i] for i, (n, h) in enumerate(zip(names, heights, strict=False)) if n.startswith("temp")}
    pressure = [values[:, i] for i, n in enumerate(names) if n.startswith("press")]
    numbers = [float(part) if part.strip("-").replace(".", "").isdigit() else 0.0 for part in place[5:7]]
    return WindYear(speed, air, pressure[0] * 101325.0 if pressure else None, *numbers)
