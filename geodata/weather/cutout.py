"""A local cutout of ERA5, NetCDF or Zarr, as atlite writes it or as the Climate Data Store does."""

import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from geodata.weather.assemble import Origin, weather_year
from geodata.weather.online.era5 import era5_rows
from geodata.weather.online.errors import SourceUnavailable
from geodata.weather.raw import RawWeather
from geodata.weather.year import WeatherYear, hours_of

AXES = {"latitude": ("latitude", "lat", "y"), "longitude": ("longitude", "lon", "x"), "time": ("time", "valid_time")}
ATLITE = {"influx_direct": "bhi", "influx_diffuse": "dhi"}
ERA5 = ("t2m", "sp", "ssrd", "fdir", "u10", "v10", "u100", "v100")
KNOWN_ERROR = "ERA5 wind capacity factors: mean absolute error 0.07 before correction, low over rough land"


class Cutout:
    """The file behind the protocol WeatherSource."""

    name = "cutout"
    reanalysis = True

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()
        self._origin = Origin("cutout", f"local cutout {path.name}", KNOWN_ERROR)

    def covers(self, latitude: float, longitude: float) -> bool:
        """True where the place lies in the cutout; False where it does not or the file cannot be read."""
        try:
            self._cell(latitude, longitude)
        except SourceUnavailable:
            return False
        return True

    def fetch(self, latitude: float, longitude: float, year: int | None = None) -> WeatherYear:
        """The hours of a calendar year, the last whole one where none is named. Raises SourceUnavailable."""
        column, row, axes = self._cell(latitude, longitude)
        with self._lock:  # one reader at a time: the library beneath is not safe for more
            stamps = _dataset(str(self._path))[axes["time"]].to_numpy().astype("datetime64[s]")
            wanted = _last_whole(stamps) if year is None else year
            first, last = hours_of(wanted)[[0, -1]]
            inside = np.flatnonzero((stamps >= first) & (stamps <= last + np.timedelta64(3600, "s")))
            if len(inside) < 8700:
                raise SourceUnavailable(self.name, f"it does not hold the year {wanted}")
            part = _dataset(str(self._path)).isel(
                {axes["latitude"]: row, axes["longitude"]: column, axes["time"]: slice(inside[0], inside[-1] + 1)}
            )
            columns = {
                str(name): part[name].to_numpy().astype(np.float64)
                for name in part.data_vars
                if part[name].dims == (axes["time"],)
            }
            height = float(part["height"]) if "height" in part and part["height"].ndim == 0 else None
        raw = _rows(stamps[inside[0] : inside[-1] + 1], columns, height)
        return weather_year(raw, raw, self._origin, latitude, longitude)

    def _cell(self, latitude: float, longitude: float) -> tuple[int, int, dict[str, str]]:
        """Column and row of the nearest grid point, and the names of the axes."""
        try:
            with self._lock:
                data = _dataset(str(self._path))
                axes = {axis: next(name for name in names if name in data.coords) for axis, names in AXES.items()}
                south = data[axes["latitude"]].to_numpy().astype(float)
                east = data[axes["longitude"]].to_numpy().astype(float)
        except (OSError, ValueError, StopIteration, KeyError) as error:
            raise SourceUnavailable(
                self.name, "the file cannot be read as a grid of latitude, longitude and time"
            ) from error
        turned = (east - longitude + 180.0) % 360.0 - 180.0
        row, column = int(np.abs(south - latitude).argmin()), int(np.abs(turned).argmin())
        if abs(south[row] - latitude) > _reach(south) or abs(turned[column]) > _reach(east):
            raise SourceUnavailable(self.name, "it does not cover this place")
        return column, row, axes


@lru_cache(maxsize=4)
def _dataset(path: str) -> Any:
    """The opened file, read lazily."""
    import xarray as xr  # slow to import, and most services have no cutout

    if Path(path).is_dir():
        return xr.open_zarr(path, chunks=None)
    return xr.open_dataset(path, engine="h5netcdf")


def _reach(axis: np.ndarray) -> float:
    """Half the spacing of the grid, and a little for rounding; a quarter degree where there is one point."""
    return 0.51 * float(np.abs(np.diff(axis)).max()) if len(axis) > 1 else 0.25


def _last_whole(stamps: np.ndarray) -> int:
    years, count = np.unique(stamps.astype("datetime64[Y]").astype(int) + 1970, return_counts=True)
    whole = years[count >= 8700]
    if not len(whole):
        raise SourceUnavailable("cutout", "it does not hold a whole year of hours")
    return int(whole[-1])


def _rows(time: np.ndarray, columns: dict[str, np.ndarray], height: float | None) -> RawWeather:
    """Rows of either kind of file; radiation is that of the hour before the stamp in both."""
    if "ssrd" in columns and "t2m" in columns:
        return era5_rows(time, {name: columns[name] for name in ERA5 if name in columns}, np.nan, np.nan)
    if not set(ATLITE) <= set(columns) or "temperature" not in columns or "wnd100m" not in columns:
        raise SourceUnavailable("cutout", "it holds neither atlite's nor ERA5's variables of sun, wind and temperature")

    def between(values: np.ndarray) -> np.ndarray:
        return np.asarray((values[:-1] + values[1:]) / 2.0)

    wind = {100.0: between(columns["wnd100m"])}
    if "wnd_shear_exp" in columns:
        wind[10.0] = wind[100.0] * 0.1 ** np.clip(between(columns["wnd_shear_exp"]), -0.2, 0.6)
    return RawWeather(
        time_utc=time[:-1],
        step_s=3600,
        series={name: np.maximum(columns[key][1:], 0.0) for key, name in ATLITE.items()}
        | {"temp_air": between(columns["temperature"])},
        wind=wind,
        name="cutout",
        elevation_m=height,
    )
