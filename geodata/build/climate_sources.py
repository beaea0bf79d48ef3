"""Readers of the named climate files; all give arrays south first, longitude from -180, NaN where nothing is known."""

import gzip
import io
from pathlib import Path

import numpy as np
from scipy.interpolate import RegularGridInterpolator
from scipy.io import netcdf_file
from scipy.ndimage import distance_transform_edt
from scipy.special import gamma

MISSING = 1e19
CUT_IN, RATED, CUT_OUT = 3.0, 12.0, 25.0  # of the cubic turbine behind the reanalysis's capacity factors
WEIBULL_K = 2.3
ORIGINS = {
    "wind": ("Global Wind Atlas, mean wind speed at 100 m on ERA5 cells, via RESKit", "CC-BY-4.0"),
    "ghi": ("Global Solar Atlas, long-term GHI on ERA5 cells, via RESKit", "CC-BY-4.0"),
    "dni": ("Global Solar Atlas, long-term DNI on ERA5 cells, via RESKit", "CC-BY-4.0"),
    "nasa": ("NASA Surface meteorology and Solar Energy 6.0, 22-year monthly averages", "no restriction"),
    "cru_wind": ("CRU CL 1.0, 1961-90, New et al. 1999, at 1 degree", "citation"),
    "cru_temp": ("CRU CL 1.0, 1961-90, New et al. 1999, at 1 degree", "citation"),
    "cru_range": ("CRU CL 1.0, 1961-90, New et al. 1999, at 1 degree", "citation"),
    "marine": ("COADS climatology, NOAA", "redistributable"),
    "elevation": ("ETOPO 20 minute, NOAA", "redistributable"),
    "reanalysis": ("ERA5 annual capacity factors 2009-2020, Create_Wind_and_Solar_Resource_Files", "MIT, Copernicus"),
}


def centres(count: int, low: float, high: float) -> np.ndarray:
    """Middles of `count` cells between `low` and `high`."""
    step = (high - low) / count
    return np.asarray(low + step * (np.arange(count) + 0.5))


def onto(values: np.ndarray, latitude: np.ndarray, longitude: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """A global field on the middles of `shape` cells, linearly, closed at the antimeridian and held at the poles.

    An odd number of rows means nodes: rows from pole to pole, columns from the antimeridian on.
    """
    around = np.concatenate([longitude[-1:] - 360.0, longitude, longitude[:1] + 360.0])
    wrapped = np.concatenate([values[:, -1:], values, values[:, :1]], axis=1)
    rows, columns = centres(shape[0], -90.0, 90.0), centres(shape[1], -180.0, 180.0)
    if shape[0] % 2:
        rows, columns = np.linspace(-90.0, 90.0, shape[0]), -180.0 + 360.0 / shape[1] * np.arange(shape[1])
    held = np.clip(rows, latitude[0], latitude[-1])
    field = RegularGridInterpolator((latitude, around), wrapped)
    return np.asarray(field(np.stack(np.meshgrid(held, columns, indexing="ij"), axis=-1)))


def filled(months: np.ndarray) -> np.ndarray:
    """NaN cells of (12, rows, columns) take the nearest known cell's values, across the antimeridian too."""
    doubled = np.concatenate([months, months, months], axis=2)
    rows, columns = distance_transform_edt(np.isnan(doubled[0]), return_distances=False, return_indices=True)
    width = months.shape[2]
    return np.asarray(doubled[:, rows, columns][:, :, width : 2 * width])


def one_degree(field: np.ndarray) -> np.ndarray:
    """(180, 360) means of a (540, 1080) field."""
    return np.asarray(field.reshape(180, 3, 360, 3).mean(axis=(1, 3)))


def _netcdf(path: Path) -> netcdf_file:
    return netcdf_file(io.BytesIO(gzip.decompress(path.read_bytes())), mmap=False)


def read_cru(path: Path, name: str) -> tuple[np.ndarray, np.ndarray]:
    """(12, 180, 360) monthly means over land, and where they are known."""
    values = np.array(_netcdf(path).variables[name][:, 0, ::-1, :], dtype=float)
    values = np.where(np.abs(values) < MISSING, values, np.nan)
    return values, np.isfinite(values).all(axis=0)


def read_marine(path: Path, name: str) -> tuple[np.ndarray, np.ndarray]:
    """(12, 180, 360) monthly means at sea, from cells of 2 degrees that begin at 20 E."""
    values = np.array(_netcdf(path).variables[name][:], dtype=float)
    values = np.where(np.abs(values) < MISSING, values, np.nan)
    values = np.roll(values, 100, axis=2)  # 21 E ... 19 E becomes -179 ... 179
    fine = np.repeat(np.repeat(values, 2, axis=1), 2, axis=2)
    return fine, np.isfinite(fine).all(axis=0)


def read_elevation(path: Path) -> np.ndarray:
    """(540, 1080) metres above the sea, on cells of 20 minutes; negative below it."""
    file = _netcdf(path)
    values = np.array(file.variables["ROSE"][:, :1080], dtype=float)
    longitude = (np.array(file.variables["ETOPO20X1_1081"][:1080]) + 180.0) % 360.0 - 180.0
    return np.asarray(values[:, np.argsort(longitude)])


def read_nasa_ghi(path: Path) -> np.ndarray:
    """(12, 180, 360) GHI, kWh/m2/day."""
    rows = [line.split() for line in gzip.decompress(path.read_bytes()).decode("latin-1").splitlines()]
    numbers = np.array([row for row in rows if len(row) == 15 and row[0].lstrip("-").isdigit()], dtype=float)
    monthly = np.full((12, 180, 360), np.nan)
    monthly[:, (numbers[:, 0] + 90).astype(int), (numbers[:, 1] + 180).astype(int)] = numbers[:, 2:14].T
    if np.isnan(monthly).any():
        raise ValueError(f"{path.name}: cells are missing")
    return monthly


def read_reanalysis_speed(path: Path) -> np.ndarray:
    """(721, 1440) mean wind at 100 m behind ERA5's mean capacity factor."""
    file = np.load(path)
    speeds = speed_of(file["era5_wind_cf"].astype(float).mean(axis=0))
    return onto(speeds, file["lat"].astype(float), file["lon"].astype(float), (721, 1440))


def speed_of(capacity_factor: np.ndarray) -> np.ndarray:
    """The mean wind that gives the cubic turbine this capacity factor with a Weibull distribution of k 2.3."""
    means, expected = cubic_turbine()
    return np.asarray(np.interp(capacity_factor, expected, means))


def cubic_turbine() -> tuple[np.ndarray, np.ndarray]:
    """Mean winds and the capacity factors of the turbine behind the reanalysis's, as far as they rise together."""
    means = np.linspace(0.5, 16.0, 311)
    speed = np.linspace(0.0, 40.0, 4001)
    output = np.clip((speed**3 - CUT_IN**3) / (RATED**3 - CUT_IN**3), 0.0, 1.0) * (speed < CUT_OUT)
    scale = means / gamma(1.0 + 1.0 / WEIBULL_K)
    below = 1.0 - np.exp(-((speed[None, :] / scale[:, None]) ** WEIBULL_K))
    expected = np.diff(below, axis=1) @ ((output[:-1] + output[1:]) / 2.0)
    rising = slice(0, int(np.argmax(expected)) + 1)
    return means[rising], expected[rising]


def read_years(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The calendar years, and (years, 180, 360) capacity factors of wind and sun over their long-term means."""
    file = np.load(path)
    latitude, longitude = file["lat"].astype(float), file["lon"].astype(float)
    factors = []
    for name in ("era5_wind_cf", "era5_solar_cf"):
        values = file[name].astype(float)
        mean = values.mean(axis=0)
        ratio = np.divide(values, mean, out=np.ones_like(values), where=mean > 1e-3)
        factors.append(np.stack([onto(year, latitude, longitude, (180, 360)) for year in ratio]))
    return file["years"], factors[0], factors[1]
