"""The packed climate in memory, and what it says of one place."""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

TABLE = Path(__file__).parent.parent / "data" / "climate.npz"
LAPSE_C_PER_M = 0.0065


@dataclass(frozen=True, slots=True, eq=False)
class PlaceClimate:
    """Climate of a place: monthly values (12,), means of the year; `dni_mean` is None where no atlas has it.

    elevation_m, depth_m: of land above the sea, of the sea's floor below it; the one that does not apply is 0.

    ghi_month, dni_mean: kWh/m2/day. wind_mean: m/s at 100 m. wind_season: factors of mean 1. air_month: Celsius at
    the place's elevation; swing_month: daily range, K. years: calendar years, wind_year and sun_year: their means over
    the long-term ones, (years,) each. The flags say where a coarser source or a neighbour stands in.
    """

    elevation_m: float
    depth_m: float
    wind_mean: float
    wind_season: np.ndarray
    ghi_month: np.ndarray
    dni_mean: float | None
    air_month: np.ndarray
    swing_month: np.ndarray
    years: tuple[int, ...]
    wind_year: np.ndarray
    sun_year: np.ndarray
    wind_coarse: bool
    season_coarse: bool
    ghi_coarse: bool
    air_coarse: bool


class ClimateTable:
    """The table; `load()` reads it once."""

    def __init__(self) -> None:
        file = np.load(TABLE)
        self._fields = {name: file[name] for name in file.files}
        for name, shape in (("wind_coarse", (721, 1440)), ("season_coarse", (180, 360)), ("air_coarse", (180, 360))):
            self._fields[name] = np.unpackbits(self._fields[name])[: shape[0] * shape[1]].reshape(shape)

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years whose anomalies the table holds."""
        return tuple(int(year) for year in self._fields["years"])

    @classmethod
    def load(cls) -> "ClimateTable":
        """The table, read on the first call."""
        return _load()

    @lru_cache(maxsize=4096)  # noqa: B019  # there is one table; sites and their neighbours ask for the same cells
    def at(self, latitude: float, longitude: float) -> PlaceClimate:
        """The climate of a place."""
        field, corners = self._fields, _corners
        height = float(_mean(field["elevation"], corners(latitude, longitude, 540)))
        elevation = max(height, 0.0)
        quarter, degree = corners(latitude, longitude, 721), corners(latitude, longitude, 180)
        ghi_month = 0.04 * _mean(field["ghi_month"], degree)
        ghi_mean, dni_mean = (
            _known_mean(field[name], quarter, step) for name, step in (("ghi_mean", 0.03), ("dni_mean", 0.05))
        )
        if ghi_mean is not None:
            ghi_month = ghi_month * ghi_mean / ghi_month.mean()
        wind_mean = max(0.06 * float(_mean(field["wind_mean"], quarter)), 0.5)
        season = 1.0 + 0.01 * _mean(field["wind_season"], degree)
        return PlaceClimate(
            elevation_m=elevation,
            depth_m=max(-height, 0.0),
            wind_mean=wind_mean,
            wind_season=season / season.mean(),
            ghi_month=ghi_month,
            dni_mean=dni_mean,
            air_month=0.5 * _mean(field["air_month"], degree) - LAPSE_C_PER_M * elevation,
            swing_month=0.1 * _mean(field["swing_month"], degree),
            years=self.years,
            wind_year=self._speeds(wind_mean, self.output_of_years(latitude, longitude)),
            sun_year=1.0 + 0.0025 * _mean(field["sun_year"], degree),
            wind_coarse=_nearest(field["wind_coarse"], quarter),
            season_coarse=_nearest(field["season_coarse"], degree),
            ghi_coarse=ghi_mean is None,
            air_coarse=_nearest(field["air_coarse"], degree),
        )

    def output_of_years(self, latitude: float, longitude: float) -> np.ndarray:
        """What a turbine made in each of the years over the mean of all, (years,)."""
        return 1.0 + 0.01 * _mean(self._fields["wind_year"], _corners(latitude, longitude, 180))

    def _speeds(self, mean: float, output: np.ndarray) -> np.ndarray:
        """Factors of the mean wind that give a turbine these factors of its output."""
        speeds, factors = self._fields["turbine_speed"], self._fields["turbine_factor"]
        made = np.interp(mean, speeds, factors) * output
        return np.asarray(np.interp(made, factors, speeds) / min(mean, float(speeds[-1])))


Corners = tuple[np.ndarray, np.ndarray, np.ndarray]


def _corners(latitude: float, longitude: float, rows: int) -> Corners:
    """Rows, columns and weights of the four values around a place, of a global grid.

    An even number of rows: values in the middles of cells; an odd one: from pole to pole, at whole steps.
    """
    at_nodes = rows % 2
    steps = rows - at_nodes
    columns, shift = 2 * steps, 0.0 if at_nodes else 0.5
    y = np.clip((latitude + 90.0) / 180.0 * steps - shift, 0.0, rows - 1.0)
    x = (longitude + 180.0) / 360.0 * columns - shift
    south, west = int(np.floor(y)), int(np.floor(x))
    up, right = y - south, x - west
    if at_nodes:  # these are means of cells around the nodes: stay with the place's own, blend near its border
        up, right = up * up * (3.0 - 2.0 * up), right * right * (3.0 - 2.0 * right)
    row = np.array([south, south, min(south + 1, rows - 1), min(south + 1, rows - 1)])
    column = np.array([west, west + 1, west, west + 1]) % columns
    return row, column, np.array([(1 - up) * (1 - right), (1 - up) * right, up * (1 - right), up * right])


def _mean(field: np.ndarray, corners: Corners) -> np.ndarray:
    row, column, weight = corners
    return np.asarray(field[..., row, column].astype(float) @ weight)


def _known_mean(field: np.ndarray, corners: Corners, step: float) -> float | None:
    """Mean over the corners that hold a value (0 says none); None where none does."""
    row, column, weight = corners
    values = field[row, column].astype(float)
    weight = weight * (values > 0.0)
    return float(step * (values @ weight) / weight.sum()) if weight.sum() > 1e-9 else None


def _nearest(flags: np.ndarray, corners: Corners) -> bool:
    row, column, weight = corners
    best = int(np.argmax(weight))
    return bool(flags[row[best], column[best]])


@cache
def _load() -> ClimateTable:
    return ClimateTable()
